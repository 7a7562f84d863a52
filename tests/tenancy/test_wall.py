"""The wall between companies: each URL for everybody who might knock, and exactly what comes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from onboarding.models import HandOff
from partners.models import Partner
from sandbox.authority import Authority
from tenancy.kept_posts import SHOWN_TO
from tenancy.models import Invitation
from tenancy.roles import Role
from tests.scenarios.browser import Screen, signed_in
from tests.scenarios.cast import Cast
from tests.scenarios.factories import UserFactory
from tests.scenarios.online import Online
from tests.scenarios.papers import photo, upload
from tests.scenarios.support import CORRESPONDENCE, REVIEW, colleague
from tests.tenancy import scenes
from tests.tenancy.answers import ITS_PAGE, NOT_FOUND, Answer, File, Page, Scene, To, Url, complaints
from tests.tenancy.looking import ALLOWED, SCENES, beside, changes, watched, written
from tests.tenancy.table_online import ONLINE

pytestmark = pytest.mark.django_db
METHODS = ("get", "post")
# Rows that no person of a company writes by what it does there, or that are the same for all.
APART = {"accounts", "sessions", "contenttypes", "auth", "admin"}


def urls(
    patterns: list[URLPattern | URLResolver] | None = None, space: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from urls(pattern.url_patterns, inner)
        else:
            yield f"{space}{pattern.name}", pattern


def test_the_table_has_every_url_once() -> None:
    """The admin's are in test_admin_wall.py, the public ones and one's own account's in test_open_urls.py."""
    spaces = ("onboarding:", "team:", "support:")
    known = [name for scene in SCENES.values() for name in scene.urls]
    there = {name for name, _pattern in urls() if name.startswith(spaces)}
    assert sorted(known) == sorted(there - BY_LINK - OF_A_PERSON - OF_WHO_CHOSE)


# Everybody who might knock.


class Knocking:
    """A company brought so far, another one brought as far, and who belongs to none."""

    def __init__(self, which: str, authority: Authority, trust: Path) -> None:
        self.which, scene = which, SCENES[which]

        def company(code: str) -> Cast:
            online = scene in ONLINE.values()
            found = Online(authority, trust, code=code) if online else Cast(code=code)
            scene.begin(found)
            found.browsers.open_all()
            return found

        self.cast = company("710482")
        self.rows = rows()
        self.stranger = company("820593")
        partner = self.cast.company.partner
        elsewhere = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
        seeing = REVIEW + CORRESPONDENCE
        self.strangers = {
            "nobody": Client(),
            "newcomer": signed_in(UserFactory.create()),
            "support": signed_in(colleague(*seeing, partner=partner)),
            "support of another partner": signed_in(colleague(*seeing, partner=elsewhere)),
            "superuser": signed_in(UserFactory.create(is_staff=True, is_superuser=True)),
        }
        # Whatever is tried is refused or undone, so that this holds until the end.
        self.before = rows()

    def of_none(self, who: str, path: str) -> Answer:
        """What somebody gets who is of no company."""
        if who == "nobody":
            return To("account_login", tail=f"?next={path}")
        return To("team:company_new" if who == "newcomer" else "admin:index")


# Of each table the rows as the database gave them last, and as text.
_last: dict[type[Model], tuple[list[tuple[Any, ...]], set[str]]] = {}


def rows() -> set[str]:
    """Every row of every table, as text.

    The model is asked for a table that is not as it was: working out its query costs far more than the query does.
    """
    models = [model for model in apps.get_models() if model._meta.app_label not in APART and not model._meta.proxy]
    found: set[str] = set()
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608
            stored = cursor.fetchall()
            if model not in _last or _last[model][0] != stored:
                told = {f"{model._meta.label} {row!r}" for row in model._base_manager.values_list()}
                _last[model] = stored, told
            found |= _last[model][1]
    return found


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def knock(client: Client, method: str, path: str, data: Any) -> Any:
    for value in data.values():
        if hasattr(value, "seek"):
            value.seek(0)
    return client.post(path, data) if method == "post" else client.get(path)


@pytest.fixture
def knocking(request: pytest.FixtureRequest, authority: Authority, trust: Path) -> Iterator[Knocking]:
    scene = SCENES[request.param]
    known = {"TRUST_DIR": trust, "SMS_URL": "", "REGISTRY_URL": "", "CODE_RESEND_SECONDS": 0, **scene.settings}
    with override_settings(**known):
        yield Knocking(request.param, authority, trust)


each_scene = pytest.mark.parametrize(("knocking", "scene"), [(name, SCENES[name]) for name in SCENES],
                                     indirect=["knocking"], ids=list(SCENES))  # fmt: skip


@each_scene
def test_everybody_gets_exactly_what_is_due(knocking: Knocking, scene: Scene) -> None:
    wrong = [
        f"{name} {it}"
        for name, url in scene.urls.items()
        for look in (refused, served, kept_apart)
        for it in look(knocking, name, url)
    ]
    wrong += changes(knocking.which, scene, knocking.cast)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("knocking", ["packed"], indirect=True)
def test_what_is_allowed_to_write_does(knocking: Knocking) -> None:
    """The watch sees what is written: else all that the wall says of looking would be empty."""
    name = "onboarding:pack_file"
    path = SCENES["packed"].urls[name].path(name, knocking.cast)
    assert written(knocking.cast.browsers["owner"], path) == {ALLOWED[name]}


def refused(knocking: Knocking, name: str, url: Url) -> list[str]:
    """Who may not is told so, and nothing is written."""
    cast = knocking.cast
    path = url.path(name, cast)
    with undone():
        # What a page says of the person to whom it was shown is not on a stranger's: test_kept_posts.py.
        data = {field: value for field, value in url.data(cast).items() if field != SHOWN_TO}
    visits = [
        (who, method, client, knocking.of_none(who, path))
        for who, client in knocking.strangers.items()
        for method in METHODS
    ]
    visits += [
        (role, method, cast.browsers[role], url.due(role, method))
        for role in Role
        for method in METHODS
        if url.due(role, method).refuses
    ]
    if path != url.path(name, knocking.stranger):
        # What stands in the path is another company's.
        client = knocking.stranger.browsers["owner"]
        visits += [("stranger", "get", client, NOT_FOUND if url.get else ITS_PAGE)]
        visits += [("stranger", "post", client, NOT_FOUND)]
    wrong = []
    with undone():
        for who, method, client, due in visits:
            said = visited(name, client, method, path, data, due)[1]
            wrong += [f"{method} {who}: {it}" for it in said]
        return wrong + [f"changed: {row}" for row in knocking.before ^ rows()]


def served(knocking: Knocking, name: str, url: Url) -> list[str]:
    """Who may gets the page, and what is posted takes effect without a word of refusal."""
    wrong, cast = [], knocking.cast
    for role in Role:
        for method in METHODS:
            due = url.due(role, method)
            if due.refuses:
                continue
            acts = method == "post" and url.post is not None
            with undone():
                path, data = url.path(name, cast), url.data(cast)
                got, said = visited(name, cast.browsers[role], method, path, data, due)
                said += complaints(got)
                if acts and knocking.before == rows():
                    said.append("nothing came of it")
            wrong += [f"{method} {role}: {it}" for it in said]
    return wrong


def visited(name: str, client: Client, method: str, path: str, data: Any, due: Answer) -> tuple[Any, list[str]]:
    """The answer and what is wrong with it; who only looks writes nothing (looking.py)."""
    with watched() as tables:
        got = knock(client, method, path, data)
        said = due.wrong(got)
    return got, ([said] if said else []) + (beside(name, tables) if method == "get" else [])


def kept_apart(knocking: Knocking, name: str, url: Url) -> list[str]:
    """Another company's owner sees and changes what is its own, and nothing else."""
    wrong, cast, other = [], knocking.cast, knocking.stranger
    secrets = (cast.company.trade_name, cast.company.tax_number, cast.application.reference, cast.code)
    ours = (str(cast.company.pk), str(cast.application.pk))
    for method in METHODS:
        with undone():
            path, data, due = url.path(name, other), url.data(other), url.due(Role.OWNER, method)
            got, said = visited(name, other.browsers["owner"], method, path, data, due)
            after = rows()
        page = b"" if got.streaming else got.content
        said += [f"shows {secret}" for secret in secrets if secret.encode() in page]
        said += [f"changed: {row}" for row in (knocking.rows & knocking.before) - after]
        said += [f"wrote: {row}" for row in after - knocking.before if any(each in row for each in ours)]
        wrong += [f"{method} stranger on its own: {it}" for it in said]
    return wrong


# What another company's ids in a form come to.


@pytest.mark.parametrize("knocking", ["differing"], indirect=True)
def test_another_companys_difference_is_not_settled_by_a_form_that_names_it(knocking: Knocking) -> None:
    before = rows()
    named: dict[str, Any] = {**scenes.difference(knocking.cast)}
    got = knocking.stranger.answer("settle_difference", **named)
    assert got.status_code == 422
    assert knocking.cast.code not in got.content.decode()
    assert rows() == before


# What belongs to a person, not to a company.

OF_A_PERSON = {"team:company_new", "team:choose", "team:join", "team:notices"}


@pytest.mark.parametrize("knocking", ["continuing"], indirect=True)
def test_what_belongs_to_a_person_needs_nobody_elses(knocking: Knocking) -> None:
    cast, wrong = knocking.cast, []
    people = {**knocking.strangers, **cast.browsers}
    for name in OF_A_PERSON - {"team:join"}:
        for who, client in people.items():
            page: Answer = Page(f"team/{name.removeprefix('team:')}.html")
            due = knocking.of_none(who, reverse(name)) if who == "nobody" else page
            got = client.get(reverse(name))
            wrong += [f"{name} {who}: {it}" for it in [due.wrong(got)] if it]
            if who not in cast.browsers and cast.company.trade_name in got.content.decode():
                wrong.append(f"{name} {who} is told of the company")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("knocking", ["continuing"], indirect=True)
def test_nobody_chooses_a_company_that_is_not_theirs(knocking: Knocking) -> None:
    for who, client in {**knocking.strangers, "stranger": knocking.stranger.browsers["owner"]}.items():
        got = client.post(reverse("team:choose"), {"company": knocking.cast.company.pk})
        due = knocking.of_none(who, reverse("team:choose")) if who == "nobody" else NOT_FOUND
        assert due.wrong(got) == "", who
    own = knocking.cast.browsers["viewer"].post(reverse("team:choose"), {"company": knocking.cast.company.pk})
    assert To("onboarding:board").wrong(own) == ""


@pytest.mark.parametrize("knocking", ["continuing"], indirect=True)
def test_an_invitation_is_for_its_address_alone(knocking: Knocking) -> None:
    cast = knocking.cast
    invitation = Invitation.objects.create(
        company=cast.company,
        email="davetli@mavideniz.example",
        role=Role.EDITOR,
        invited_by=cast.people["owner"],
        expires_at="2099-01-01T00:00Z",
    )
    path, before = reverse("team:join", args=[invitation.pk]), rows()
    others = {**knocking.strangers, **cast.browsers, "stranger": knocking.stranger.browsers["owner"]}
    for who, client in others.items():
        for method in METHODS:
            due = Page("team/join.html") if who == "nobody" else Page("team/join_other.html", 403)
            assert due.wrong(knock(client, method, path, {})) == "", f"{method} {who}"
    assert rows() == before
    invited = UserFactory.create(email="davetli@mavideniz.example")
    client = signed_in(invited)
    assert Page("team/join.html").wrong(client.get(path)) == ""
    shown = Screen(client.get(path)).fields
    assert To("onboarding:board").wrong(client.post(path, shown)) == ""
    assert cast.company.memberships.get(user=invited).role == Role.EDITOR


# What somebody has chosen on a form and not sent yet: not even the company's other people see it.

OF_WHO_CHOSE = {"onboarding:drop_draft", "onboarding:draft_picture"}


@pytest.mark.parametrize("knocking", ["written_to"], indirect=True)
def test_a_chosen_file_is_its_persons_alone(knocking: Knocking) -> None:
    cast = knocking.cast
    kept = cast.browsers["editor"].post(
        reverse("onboarding:keep_draft", args=["tax_plate"]),
        {"file": upload(photo(), "levha.jpg")},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert kept.status_code == 201
    picture, drop = kept.json()["picture"], kept.json()["remove"]
    others = {"owner": cast.browsers["owner"], "stranger": knocking.stranger.browsers["owner"]}
    before = rows()
    for path, method in ((picture, "get"), (drop, "post")):
        for who, client in {**knocking.strangers, **others}.items():
            due = knocking.of_none(who, path) if who in knocking.strangers else NOT_FOUND
            assert due.wrong(knock(client, method, path, {})) == "", f"{method} {path} {who}"
        assert knock(cast.browsers["viewer"], method, path, {}).status_code == 403
    for client, kind in ((others["stranger"], "tax_plate"), (others["owner"], "tax_plate"),
                         (cast.browsers["editor"], "signature_circular")):  # fmt: skip
        # Nor does a form bring it that names it: another company's, another person's, another place's.
        got = client.post(
            reverse("onboarding:upload", args=[kind]),
            {"file_kept": kept.json()["id"]},
            headers={"X-Requested-With": "XMLHttpRequest"},
        )
        assert got.status_code in (404, 422)
    assert rows() == before
    assert File("image/jpeg").wrong(cast.browsers["editor"].get(picture)) == ""
    assert To("onboarding:board").wrong(cast.browsers["editor"].get(drop)) == ""
    assert To("onboarding:board").wrong(cast.browsers["editor"].post(drop)) == ""
    assert NOT_FOUND.wrong(cast.browsers["editor"].get(picture)) == ""


# Who has the unguessable link of a signatory gets in by it, and nobody else.

BY_LINK = {"onboarding:sign_by_link", "onboarding:paper_by_link"}


@pytest.mark.parametrize("knocking", ["to_sign_by_link"], indirect=True)
@pytest.mark.parametrize("name", sorted(BY_LINK))
def test_a_signing_link_opens_one_paper_as_long_as_it_holds(knocking: Knocking, name: str) -> None:
    cast = knocking.cast
    link = cast.now().hand_offs.get()
    path, visitor = reverse(name, args=[link.pk]), Client()

    def gets(due: Answer, **changes: object) -> str:
        with undone():
            HandOff.objects.filter(pk=link.pk).update(**changes)
            return due.wrong(visitor.get(path))

    page: Answer = File("application/pdf") if "paper" in name else Page("onboarding/online/sign_by_link.html")
    assert page.wrong(visitor.get(path)) == ""
    assert NOT_FOUND.wrong(visitor.get(reverse(name, args=[uuid4()]))) == ""
    assert gets(NOT_FOUND, expires_at="2026-01-01T00:00Z") == ""
    assert gets(NOT_FOUND, revoked_at="2026-01-01T00:00Z") == ""
    # The application is not at the signature any more: not even the right link opens anything.
    cast.application.records.filter(step="pre_application").update(state="form")
    assert NOT_FOUND.wrong(visitor.get(path)) == ""
