"""Support looks at a company's pages as its people see them.

| what is done | what comes |
|---|---|
| reason empty | 422, nothing begins |
| begun | the board of the company, a bar with company, role, reason and end; journal: begin, who, why, until |
| any page of the portal, by POST (form, htmx, autosave) | 403 in words, no view is reached, no row changes |
| any page of the portal, by GET | the company's own page with the bar, or 403 “kapalı”; no row changes |
| own account, recovery codes, sign links, files, mail account | 403 “kapalı” |
| *Bakışı bitir* | journal: end; pages of companies lead staff to their own again |
| another look is begun | the first ends, journalled |
| signed out | journal: end; at the next log-in nothing is left of it |
| half an hour over | pages closed at once; the worker writes the end, once |
| no right · another partner's · one's own company · taken away meanwhile | 403 · 404 · 403 · over |
| the company's own people | notice nothing: pages, counts and marks as before |
"""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone

from jobs.tasks import end_looks
from journal.models import Entry, Event
from partners.models import Partner
from tenancy import looking
from tenancy.middleware import BESIDE_ADMIN
from tenancy.models import CompanyLook, PastMembership, User
from tenancy.requests import AUTOSAVE_HEADER
from tenancy.roles import Role
from tests.scenarios.browser import signed_in, with_session, words
from tests.scenarios.cast import Cast
from tests.scenarios.support import CORRESPONDENCE, REVIEW, colleague
from tests.tenancy import scenes
from tests.tenancy.answers import Page
from tests.tenancy.looking import of_the_company, of_the_scene
from tests.tenancy.table import MANUAL
from tests.tenancy.test_open_urls import ARGS
from tests.tenancy.test_wall import rows, urls

pytestmark = pytest.mark.django_db
WHY = "Telefonda, yükleme düğmesini bulamıyor"
BOARD = "onboarding:board"


class Looker:
    """A colleague of the company's partner who looks at it."""

    def __init__(self, cast: Cast, *, begins: bool = True, role: Role = Role.OWNER) -> None:
        self.cast = cast
        self.user: User = colleague(*REVIEW, *CORRESPONDENCE, partner=cast.company.partner)
        self.client: Client = signed_in(self.user)
        if begins:
            assert self.begin(role=role).status_code == 302

    def begin(self, *, reason: str = WHY, role: str = Role.OWNER, cast: Cast | None = None) -> Any:
        return self.client.post(begin_path(cast or self.cast), {"reason": reason, "role": role})

    def end(self) -> Any:
        return self.client.post(reverse("admin:tenancy_companylook_end"))

    def board(self) -> Any:
        return self.client.get(reverse(BOARD))


def begin_path(cast: Cast) -> str:
    return f"{reverse('admin:tenancy_companylook_add')}?firma={cast.company.pk}"


def told(cast: Cast) -> list[str]:
    return list(
        Entry.objects.filter(company=cast.company, event=Event.LOOKED_AT)
        .order_by("pk")
        .values_list("text", flat=True)
    )


@pytest.fixture
def cast() -> Cast:
    found = Cast()
    scenes.written_to(found)
    found.browsers.open_all()
    return found


def test_a_look_begins_with_a_reason_and_shows_the_companys_pages(cast: Cast) -> None:
    looker = Looker(cast, begins=False)
    case = looker.client.get(reverse("admin:onboarding_application_change", args=[cast.application.pk]))
    assert f'href="{begin_path(cast)}"' in case.content.decode()
    empty = looker.begin(reason=" ")
    assert empty.status_code == 422
    assert "Neden baktığınızı yazın." in words(empty)
    assert not CompanyLook.objects.exists()
    begun = looker.begin()
    assert begun["Location"] == reverse(BOARD)
    page = looker.board()
    assert Page("onboarding/board.html").wrong(page) == ""
    bar = words(page)
    assert f"{cast.company.trade_name} firmasının gözünden yalnızca bakıyorsunuz" in bar
    assert "Bakışı bitir" in bar
    assert WHY in bar
    assert page.wsgi_request.user == looker.user, "nobody becomes somebody else"
    [entry] = Entry.objects.filter(event=Event.LOOKED_AT)
    assert entry.actor == looker.user
    assert entry.application_id == cast.application.pk
    assert WHY in entry.text
    assert "Sahip" in entry.text
    shown = words(looker.client.get(reverse("admin:onboarding_application_change", args=[cast.application.pk])))
    assert WHY in shown, "it stands in the case's timeline"


def test_what_is_offered_is_what_the_role_is_offered(cast: Cast) -> None:
    """The very pages: what is on them in `main` is what the company's own person of that role reads."""
    for role in (Role.OWNER, Role.VIEWER):
        looker = Looker(cast, role=role)
        path = reverse("onboarding:pre_application")
        theirs, seen = cast.browsers[role].get(path), looker.client.get(path)
        assert main(seen) == main(theirs)


def main(answer: Any) -> str:
    """Without the fields of forms that are a browser's own."""
    page = answer.content.decode()
    return re.sub(r'<input type="hidden"[^>]*>', "", page[page.index("<main") : page.index("</main>")])


def every_path() -> list[tuple[str, str]]:
    """Every URL of the portal outside of support's pages, with something in its path."""
    values: dict[str, object] = {"str": "x", "int": 1, "uuid": uuid4()}
    found = []
    for name, pattern in urls():
        if name.startswith("admin:") or name in looking.AS_EVER | BESIDE_ADMIN:
            continue
        args = ARGS.get(name) or [_value(pattern, each, values) for each in pattern.pattern.converters]
        found.append((name, reverse(name, args=args)))
    return found


def _value(pattern: URLPattern, name: str, values: dict[str, object]) -> object:
    kind = type(pattern.pattern.converters[name]).__name__.removesuffix("Converter").lower()
    return values.get(kind, values["uuid"])


def test_no_post_gets_through_whatever_the_url(cast: Cast) -> None:
    looker = Looker(cast)
    paths, before, wrong = every_path(), rows(), []
    for name, path in paths:
        plain = looker.client.post(path, {"text": "x"})
        if plain.status_code != 403 or "looking.html" not in [each.name for each in plain.templates]:
            wrong.append(f"{name} {plain.status_code}")
        for headers in ({"HX-Request": "true"}, {AUTOSAVE_HEADER: "1"}):
            sent = looker.client.post(path, {"text": "x"}, headers=headers)
            if (sent.status_code, "refused" in sent.headers.get("HX-Trigger", "")) != (403, True):
                wrong.append(f"{name} {sent.status_code} {headers}")
        others = {method: getattr(looker.client, method)(path).status_code for method in ("put", "delete")}
        wrong += [f"{name} {method} {got}" for method, got in others.items() if got != 403]
    assert len(paths) > 140
    assert not wrong, "\n".join(wrong)
    assert rows() == before


def test_valid_data_of_the_companys_own_forms_change_nothing(cast: Cast) -> None:
    """What its owner may send, with all the fields of the page."""
    looker, before, wrong = Looker(cast), rows(), []
    for name, url in MANUAL["written_to"].urls.items():
        data = {field: value for field, value in url.data(cast).items() if not hasattr(value, "read")}
        got = looker.client.post(url.path(name, cast), data)
        wrong += [f"{name} {got.status_code}"] if got.status_code != 403 else []
    assert not wrong
    assert rows() == before


@pytest.mark.parametrize("which", ["written_to", "offered", "packed"])
def test_pages_are_shown_with_the_bar_or_closed_and_looking_changes_nothing(which: str) -> None:
    cast, scene = Cast(), MANUAL[which]
    scene.begin(cast)
    cast.browsers.open_all()
    looker = Looker(cast)
    before, wrong, shown = rows(), [], set()
    for name, path in [*of_the_scene(cast, scene), *of_the_company(cast, scene)]:
        got = looker.client.get(path)
        is_page = got.headers.get("Content-Type", "").startswith("text/html")
        page = got.content.decode() if is_page and not got.streaming else ""
        if "<html" in page and 'class="looking"' not in page:
            wrong.append(f"{name} has no bar")
        if name in looking.SHOWN:
            theirs = cast.browsers["owner"].get(path)
            shown.add(name)
            if got.status_code != theirs.status_code:
                wrong.append(f"{name}: {got.status_code}, the owner {theirs.status_code}")
        elif got.status_code != 403 or "kapalıdır" not in words(got):
            wrong.append(f"{name} is not closed: {got.status_code}")
    assert not wrong, "\n".join(wrong)
    assert len(shown) > 20
    assert rows() == before


@pytest.mark.django_db(transaction=True)
def test_what_a_page_would_write_is_refused_before_the_database(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that is open and writes all the same, by a mistake of tomorrow's."""
    looker = Looker(cast)
    path = reverse("onboarding:document", args=[cast.company.documents.all()[0].pk])
    monkeypatch.setattr(looking, "SHOWN", looking.SHOWN | {"onboarding:document"})
    before = rows()
    assert looker.client.get(path).status_code == 403
    assert rows() == before
    assert looker.end().status_code == 302, "support's own pages write as ever"
    assert rows() != before


@pytest.mark.parametrize(
    "name",
    [
        "accounts:mine", "account_email", "account_change_password", "mfa_index", "mfa_generate_recovery_codes",
        "usersessions_list", "privacy:mine", "team:notices", "team:sms_notices", "team:sending_account",
        "team:company_new", "onboarding:identity",
    ],
)  # fmt: skip
def test_what_is_somebodys_own_or_secret_is_closed(cast: Cast, name: str) -> None:
    closed = Looker(cast).client.get(reverse(name))
    assert closed.status_code == 403
    assert "Bu sayfa firmanın gözünden bakarken kapalıdır." in words(closed)


def test_it_is_ended_by_its_button(cast: Cast) -> None:
    looker = Looker(cast)
    assert looker.end()["Location"] == reverse("admin:onboarding_application_change", args=[cast.application.pk])
    assert looker.board()["Location"] == reverse("admin:index")
    assert told(cast)[1:] == ["Firmanın gözünden bakış bitti: kendisi bitirdi."]
    looker.end()
    assert len(told(cast)) == 2


def test_another_look_ends_the_first(cast: Cast) -> None:
    other = Cast(code="820593")
    looker = Looker(cast)
    looker.begin(cast=other)
    assert told(cast)[1:] == ["Firmanın gözünden bakış bitti: başka bir bakışa başladı."]
    page = words(looker.board())
    assert other.company.trade_name in page
    assert cast.company.trade_name not in page


@pytest.mark.parametrize("door", ["account_logout", "admin:logout"])
def test_it_ends_with_the_session(cast: Cast, door: str) -> None:
    looker = Looker(cast)
    assert looker.client.post(reverse(door)).status_code in (200, 302)
    assert told(cast)[1:] == ["Firmanın gözünden bakış bitti: oturumunu kapattı."]
    assert with_session(looker.user).get(reverse(BOARD))["Location"] == reverse("admin:index")


def test_it_ends_by_itself(cast: Cast) -> None:
    looker = Looker(cast)
    end = timezone.now() - timedelta(seconds=1)
    CompanyLook.objects.update(ends_at=end)
    over = looker.client.post(reverse("support:ask"), {"text": "x"})
    assert over["Location"] == reverse("admin:index")
    assert looker.board()["Location"] == reverse("admin:index")
    for _turn in range(2):
        end_looks()
    assert told(cast)[1:] == ["Firmanın gözünden bakış bitti: süre doldu."]
    assert CompanyLook.objects.get().ended_at == end
    assert not cast.company.questions.filter(asked_by=looker.user).exists()


def test_an_open_page_is_loaded_anew_once_it_is_over(cast: Cast) -> None:
    looker = Looker(cast)
    CompanyLook.objects.update(ends_at=timezone.now())
    got = looker.client.get(reverse("onboarding:board_live"), headers={"HX-Request": "true"})
    assert (got.status_code, got.headers.get("HX-Refresh")) == (204, "true")


def test_only_companies_that_one_may_see_and_has_no_part_in(cast: Cast) -> None:
    looker = Looker(cast, begins=False)
    elsewhere = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
    answers = {
        "without the right": colleague("view_application", partner=cast.company.partner),
        "of another partner": colleague(*REVIEW, partner=elsewhere),
        "of the company once": colleague(*REVIEW, partner=cast.company.partner),
    }
    PastMembership.objects.create(user=answers["of the company once"], company=cast.company, role=Role.VIEWER)
    due = {"without the right": 403, "of another partner": 404, "of the company once": 403}
    for who, user in answers.items():
        client = signed_in(user)
        for got in (client.get(begin_path(cast)), client.post(begin_path(cast), {"reason": WHY, "role": "owner"})):
            assert got.status_code == due[who], who
    assert cast.browsers["owner"].get(begin_path(cast)).status_code == 302
    assert not CompanyLook.objects.exists()
    assert looker.begin().status_code == 302


def test_a_right_that_was_taken_away_ends_it(cast: Cast) -> None:
    looker = Looker(cast)
    looker.user.user_permissions.remove(Permission.objects.get(codename="add_companylook"))
    assert looker.board()["Location"] == reverse("admin:index")
    for _turn in range(2):
        end_looks()
    assert told(cast)[1:] == ["Firmanın gözünden bakış bitti: yetkisi kalmadı."]
    looker.user.user_permissions.add(Permission.objects.get(codename="add_companylook"))
    session = looker.client.session
    session[looking.LOOK] = str(CompanyLook.objects.get().pk)
    session.save()
    assert looker.board()["Location"] == reverse("admin:index"), "what is over stays over"


def test_nobody_takes_a_look_of_somebody_elses(cast: Cast) -> None:
    """The key alone opens nothing: in another person's session it is nobody's."""
    Looker(cast)
    other = Looker(cast, begins=False)
    session = other.client.session
    session[looking.LOOK] = str(CompanyLook.objects.get().pk)
    session.save()
    assert other.board()["Location"] == reverse("admin:index")


def test_supports_own_pages_work_meanwhile(cast: Cast) -> None:
    looker = Looker(cast)
    case = reverse("admin:onboarding_application_note", args=[cast.application.pk])
    assert looker.client.post(case, {"text": "Baktım", "key": uuid4()}).status_code == 302
    assert 'class="looking"' not in looker.client.get(reverse("admin:index")).content.decode()


def test_the_companys_own_people_notice_nothing(cast: Cast) -> None:
    page = reverse(BOARD)
    before = words(cast.browsers["owner"].get(page))
    looker = Looker(cast)
    for name in ("support:questions", BOARD, "team:people"):
        looker.client.get(reverse(name))
    assert words(cast.browsers["owner"].get(page)) == before
    assert looker.user.full_name not in words(cast.browsers["owner"].get(reverse("team:people")))
