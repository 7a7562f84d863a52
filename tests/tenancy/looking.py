"""Who looks changes nothing: no GET of a company's, support's or anybody's screens writes to the database.

The wall (test_wall.py) watches every page that it opens; here is what it would not open at that scene.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from django.contrib import admin
from django.core.exceptions import MultipleObjectsReturned, ObjectDoesNotExist
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from correspondence.models import LetterAttachment
from onboarding.models import Attention, CaseNote, DocumentKind, HandOff, NoteMention
from onboarding.steps import STEPS
from partners.models import Partner
from tests.scenarios.browser import signed_in
from tests.scenarios.cast import Cast
from tests.scenarios.factories import UserFactory
from tests.tenancy.answers import Scene
from tests.tenancy.table import MANUAL
from tests.tenancy.table_online import ONLINE

SCENES = {**MANUAL, **ONLINE}
# Behind what the wall says first (wall/statements.py).
WRITE = re.compile(r'(?:SET LOCAL [^;]*; )*\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"(\w+)"')
# Who is signed in and who tried to: not what the screens are about.
# How often was asked is counted (limits/), whatever came of it.
OF_THE_SESSION = ("accounts_session", "limits_counter")
# What a GET writes all the same, to which table.
ALLOWED = {
    # A paper with an identity number is opened: who looked is written down.
    "onboarding:document": "journal_entry",
    "onboarding:document_page": "journal_entry",
    "paper_by_link": "journal_entry",
    "onboarding:paper_by_link": "journal_entry",
    "admin:onboarding_application_document": "journal_entry",
    "admin:onboarding_application_page": "journal_entry",
    "admin:correspondence_letter_attachment": "journal_entry",
    "admin:correspondence_mail_attachment": "journal_entry",
    # The ZIP has identity numbers in it: it is given out with a note of who took it (KVKK).
    "onboarding:pack_file": "journal_entry",
    "admin:onboarding_application_pack_file": "journal_entry",
    # allauth keeps its own row of the address of somebody who was made without one.
    "account_email": "account_emailaddress",
}
# Where everybody looks at everything: an application that is half way, one that is finished, one on the online
# channel. Support looks there too; the pages of a person's account are of no scene.
SEEN_BY_ALL = ("written_to", "offered", "packed", "given")
BY_LINK = ("sign_by_link", "paper_by_link")


@contextmanager
def watched() -> Iterator[set[str]]:
    """The tables that are written to meanwhile."""
    found: set[str] = set()

    def execute(proceed: Callable[..., Any], sql: str, *more: Any) -> Any:
        match = WRITE.match(sql)
        if match and not match[1].startswith(OF_THE_SESSION):
            found.add(match[1])
        return proceed(sql, *more)

    with connection.execute_wrapper(execute):
        yield found


def beside(name: str, tables: set[str]) -> list[str]:
    """What is wrong about looking at the URL of this name, where that wrote to these tables."""
    return [f"looking writes to {table}" for table in sorted(tables - {ALLOWED.get(name)})]


def written(client: Client, path: str, method: str = "get", **headers: str) -> set[str]:
    with watched() as tables:
        got: Any = getattr(client, method)(path, headers=headers)
        if got.streaming:
            b"".join(got.streaming_content)
    return tables


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
            # The pages of the eighty moves are one page: of one row.
            for row in rows[: 1 if parts[1:] == ["step", "move"] else 2]:
                yield from ((name, reverse(name, args=[row.pk, *more])) for more in _behind(cast, parts[1:]))


def _behind(cast: Cast, parts: list[str]) -> list[list[object]]:
    """What may stand in the path behind the key of a row."""
    if parts == ["step", "move"]:
        return [[step.key, row.name] for step in STEPS for row in step.moves]
    if parts == ["document", "number"]:
        # The pages of a paper are alike, and each takes a process.
        return [[pk, 1] for pk in cast.company.documents.values_list("pk", flat=True)[:3]]
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
        "to": [*Partner.objects.order_by("is_default").values_list("pk", flat=True), 0],
    }
    return [[value] for value in there[parts[0]]] if parts else [[]]


# Looking.


def changes(which: str, scene: Scene, cast: Cast) -> list[str]:
    """What looking changes in this scene beside the pages that the wall opens; empty when nothing does."""
    owner, mine = cast.browsers["owner"], list(of_the_company(cast, scene))
    visits: list[tuple[str, Client, str, str]]
    visits = [("owner", owner, *each) for each in mine]
    visits += [("nobody", Client(), *each) for each in by_link(cast)]
    if which in SEEN_BY_ALL:
        visits += [("viewer", cast.browsers["viewer"], *each) for each in mine]
        visits += [(who, client, *each) for each in of_anybody()
                   for who, client in (("owner", owner), ("nobody", Client()))]  # fmt: skip
        looker = UserFactory.create(is_staff=True, is_superuser=True)
        note = CaseNote.objects.create(
            application=cast.now(), by=looker, text="Bakar mısın?", at=timezone.now(), key=uuid4()
        )
        NoteMention.objects.create(note=note, person=looker)
        staff = signed_in(looker)
        visits += [("staff", staff, *each) for each in of_support(cast)]
    wrong = {
        f"{name} {who}: {it}" for who, client, name, path in visits for it in beside(name, written(client, path))
    }
    wrong |= {
        f"{how} {name} owner: {it}"
        for name, path in of_the_scene(cast, scene)
        for how, headers in (("head", {}), ("get", {"HX-Request": "true"}))
        for it in beside(name, written(owner, path, how, **headers))
    }
    assert len({name for _who, _client, name, _path in visits}) > (150 if which in SEEN_BY_ALL else 30)
    return sorted(wrong)
