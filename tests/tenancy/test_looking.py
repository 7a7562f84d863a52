"""Who looks changes nothing: no GET of a company's, support's or anybody's screens writes to the database."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.contrib import admin
from django.core.exceptions import MultipleObjectsReturned, ObjectDoesNotExist
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from correspondence.models import LetterAttachment
from onboarding.models import Attention, CaseNote, DocumentKind, HandOff, NoteMention
from onboarding.steps import STEPS
from sandbox.authority import Authority
from tenancy.roles import Role
from tests.scenarios.browser import signed_in
from tests.scenarios.cast import Cast
from tests.scenarios.factories import UserFactory
from tests.scenarios.online import Online
from tests.tenancy.answers import Scene
from tests.tenancy.table import MANUAL
from tests.tenancy.table_online import ONLINE

pytestmark = pytest.mark.django_db
SCENES = {**MANUAL, **ONLINE}
WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"(\w+)"')
# Who is signed in and who tried to: not what the screens are about.
# How often was asked is counted (limits/), whatever came of it.
OF_THE_SESSION = ("accounts_session", "limits_counter")
# What a GET writes all the same, to which table.
ALLOWED = {
    # A paper with an identity number is opened: who looked is written down.
    "onboarding:document": "journal_entry",
    "paper_by_link": "journal_entry",
    "admin:onboarding_application_document": "journal_entry",
    "admin:correspondence_letter_attachment": "journal_entry",
    "admin:correspondence_mail_attachment": "journal_entry",
    # The ZIP has identity numbers in it: it is given out with a note of who took it (KVKK).
    "onboarding:pack_file": "journal_entry",
    "admin:onboarding_application_pack_file": "journal_entry",
    # allauth keeps its own row of the address of somebody who was made without one.
    "account_email": "account_emailaddress",
}
# Where support looks too: an application that is half way, one that is finished, and one on the online channel.
BY_LINK = ("sign_by_link", "paper_by_link")
SEEN_BY_SUPPORT = ("written_to", "offered", "packed", "given")


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority.new()


def begun(scene: Scene, authority: Authority, trust: Path) -> Cast:
    found: Cast = Online(authority, trust) if scene in ONLINE.values() else Cast()
    scene.begin(found)
    return found


def written(client: Client, path: str, method: str = "get", **headers: str) -> set[str]:
    """The tables that a look writes to."""
    connection.queries_log.clear()
    with CaptureQueriesContext(connection) as seen:
        got: Any = getattr(client, method)(path, headers=headers)
        if got.streaming:
            b"".join(got.streaming_content)
    found = {match[1] for query in seen.captured_queries if (match := WRITE.match(query["sql"]))}
    return {table for table in found if not table.startswith(OF_THE_SESSION)}


# What there is to look at.

Paths = Iterator[tuple[str, str]]


def urls(
    patterns: list[URLPattern | URLResolver] | None = None, space: str = "", before: tuple[str, ...] = ()
) -> Iterator[tuple[str, list[str]]]:
    """Every name of the URL map, with the names of what stands in its path."""
    for each in patterns if patterns is not None else get_resolver().url_patterns:
        parts = (*before, *each.pattern.regex.groupindex)
        if isinstance(each, URLResolver):
            yield from urls(each.url_patterns, f"{space}{each.namespace}:" if each.namespace else space, parts)
        elif each.name:
            yield f"{space}{each.name}", list(parts)


def of_anybody() -> Paths:
    """The public URLs, and those of one's own account, that have nothing in their path."""
    yield from ((name, reverse(name)) for name, parts in urls() if ":" not in name and not parts)


def by_link(cast: Cast) -> Paths:
    """What a signatory without an account opens."""
    for link in HandOff.objects.filter(application__company=cast.company):
        yield from ((name, reverse(f"onboarding:{name}", args=[link.pk])) for name in BY_LINK)


def of_the_scene(cast: Cast, scene: Scene) -> Paths:
    yield from ((name, url.path(name, cast)) for name, url in scene.urls.items())


def of_the_company(cast: Cast, scene: Scene) -> Paths:
    """Those of the other scenes for which there is here what stands in their path."""
    for name, url in (each for other in SCENES.values() for each in other.urls.items()):
        if name not in scene.urls:
            try:
                yield name, url.path(name, cast)
            except (LookupError, AssertionError, ObjectDoesNotExist, MultipleObjectsReturned):
                continue


def of_support(cast: Cast) -> Paths:
    """Every list and form, and for some rows of each list everything that there is about them."""
    models = {model._meta.label_lower.replace(".", "_"): model for model in admin.site._registry}
    for name, parts in urls():
        if name.startswith("admin:") and not parts:
            yield name, reverse(name)
        model = models.get("_".join(name.removeprefix("admin:").split("_")[:2]))
        if name.startswith("admin:") and parts and model is not None:
            rows = model._default_manager.order_by("-pk")
            if parts[1:] == ["attachment"]:
                # Keys are random: else it would be chance whether one of the two has any.
                rows = rows.filter(attachments__isnull=False).distinct()
            for row in rows[:2]:
                yield from ((name, reverse(name, args=[row.pk, *more])) for more in _behind(cast, parts[1:]))


def _behind(cast: Cast, parts: list[str]) -> list[list[object]]:
    """What may stand in the path behind the key of a row."""
    if parts == ["step", "move"]:
        return [[step.key, row.name] for step in STEPS for row in step.moves]
    attached = LetterAttachment.objects.filter(letter__company=cast.company)
    there: dict[str, list[object]] = {
        "step": [step.key for step in STEPS],
        "kind": [*DocumentKind, "pdf", "zip"],
        "document": [*cast.company.documents.values_list("pk", flat=True), uuid4()],
        "mention": [*NoteMention.objects.values_list("pk", flat=True), 0],
        "mark": [*Attention.objects.values_list("pk", flat=True), 0],
        "attachment": [*attached.values_list("pk", flat=True), 0],
        "place": [0, 9],
        "act": ["beklet", "dosyala"],
    }
    return [[value] for value in there[parts[0]]] if parts else [[]]


# Looking.


@pytest.mark.parametrize("which", SCENES)
def test_looking_changes_nothing(which: str, authority: Authority, tmp_path: Path) -> None:
    scene = SCENES[which]
    (tmp_path / "root.pem").write_bytes(authority.root.pem)
    with override_settings(TRUST_DIR=tmp_path, **{"SMS_URL": "", "REGISTRY_URL": "", **scene.settings}):
        cast = begun(scene, authority, tmp_path)
        looker = UserFactory.create(is_staff=True, is_superuser=True)
        owner, staff = cast.browsers["owner"], signed_in(looker)
        note = CaseNote.objects.create(
            application=cast.now(), by=looker, text="Bakar mısın?", at=timezone.now(), key=uuid4()
        )
        NoteMention.objects.create(note=note, person=looker)
        visits: list[tuple[str, Client, str, str]]
        here, mine = list(of_the_scene(cast, scene)), list(of_the_company(cast, scene))
        visits = [(role, cast.browsers[role], *each) for role in Role for each in here]
        visits += [("viewer", cast.browsers["viewer"], *each) for each in mine]
        visits += [("owner", owner, *each) for each in (*mine, *of_anybody())]
        visits += [("nobody", Client(), *each) for each in (*here, *of_anybody(), *by_link(cast))]
        if which in SEEN_BY_SUPPORT:
            visits += [("staff", staff, *each) for each in of_support(cast)]
        wrong = {
            f"{who} writes to {table} by looking at {name}"
            for who, client, name, path in visits
            for table in written(client, path) - {ALLOWED.get(name)}
        }
        wrong |= {
            f"the owner writes to {table} by {how} of {name}"
            for name, path in here
            for how, headers in (("head", {}), ("get", {"HX-Request": "true"}))
            for table in written(owner, path, how, **headers) - {ALLOWED.get(name)}
        }
    assert len({name for _who, _client, name, _path in visits}) > (150 if which in SEEN_BY_SUPPORT else 50)
    assert not wrong, "\n".join(sorted(wrong))


@pytest.mark.parametrize(
    ("which", "name"),
    [
        ("packed", "onboarding:pack_file"),
    ],
)
def test_what_is_allowed_to_write_does(which: str, name: str, authority: Authority, tmp_path: Path) -> None:
    (tmp_path / "root.pem").write_bytes(authority.root.pem)
    with override_settings(TRUST_DIR=tmp_path, **{"SMS_URL": "", "REGISTRY_URL": "", **SCENES[which].settings}):
        cast = begun(SCENES[which], authority, tmp_path)
        path = SCENES[which].urls[name].path(name, cast)
        assert written(cast.browsers["owner"], path) == {ALLOWED[name]}
