"""More traps for support's desk: forms sent in place, what comes after a mail, names that are alike, and what is
erased while a backup is made."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.urls import reverse

from backups import files
from correspondence.addresses import tracking_address
from correspondence.models import Mail, MailStatus
from finding import renewing
from onboarding.actions import casework
from onboarding.models import Application, Attention
from onboarding.steps import PRE_APPLICATION, STATUS_QUERY
from partners.models import Partner
from telemetry.progress import unwatched
from tenancy.models import Company, User
from tests.onboarding.admin.test_desk_traps import links, marked
from tests.onboarding.admin.test_mails import UNKNOWN, Seat, arrives
from tests.onboarding.admin.test_queue import waits
from tests.scenarios.browser import said, shown, signed_in, words
from tests.scenarios.factories import (
    CompanyFactory,
    MembershipFactory,
    PartnerFactory,
    tckn,
    vkn,
)
from tests.scenarios.ladder import at_iys, submitted
from tests.scenarios.support import CORRESPONDENCE, REVIEW, Support, colleague

pytestmark = pytest.mark.django_db
EVERYTHING = (*REVIEW, *CORRESPONDENCE)


def of_company(text: str = UNKNOWN, **more: Any) -> Seat:
    mail = arrives(text, to=tracking_address(at_iys().company).email, **more)
    return Seat(mail, colleague(*EVERYTHING))


def application_of(seat: Seat) -> Application:
    return Application.objects.get(company=seat.now().company)


# Forms that are sent in place.


def fields(seat: Seat, move: str) -> dict[str, str]:
    page = seat.client.get(seat.url("classify", "status_query", move)).content.decode()
    found = dict(re.findall(r'<input type="(?:text|url|hidden)" name="(\w+)" value="([^"]*)"', page))
    found.pop("csrfmiddlewaretoken", None)
    return {"note": "Söylendi", **{name: value for name, value in found.items() if value}}


Post = tuple[User, str, dict[str, Any]]


def on_mail(name: str, *args: str, verdict: str | None = "pass", **data: Any) -> Post:
    seat = of_company(verdict=verdict)
    return seat.user, seat.url(name, *args), data or fields(seat, args[-1])


def lost(**data: Any) -> Post:
    seat, company = Seat(arrives(UNKNOWN, to="kim@bilinmez.example")), CompanyFactory.create()
    return seat.user, seat.url("attach"), {"company": company.pk}


def on_case(name: str, *args: Any, of: Callable[[], Application] = submitted, **data: Any) -> Post:
    support = Support(of())
    version = support.record(STATUS_QUERY if of is at_iys else PRE_APPLICATION).version
    return support.user, support.url(name, *args), {"expected_version": version, **data}


def on_mark(note: str) -> Post:
    support = Support(marked())
    return support.user, support.url("settle_mark", Attention.objects.get().pk), {"note": note}


def step(move: str, reason: str = "") -> Post:
    return on_case("move", move=f"pre_application:{move}", reason=reason)


POSTS: dict[str, tuple[Callable[[], Post], int]] = {
    "filed": (lambda: on_mail("act", "dosyala", note="Reklam"), 302),
    "filed without a reason": (lambda: on_mail("act", "dosyala", note=" "), 302),
    "classified": (lambda: on_mail("classify", "status_query", "received"), 302),
    "classified, leads to the case": (lambda: on_mail("classify", "status_query", "ask_changes"), 302),
    "unvouched": (lambda: on_mail("classify", "status_query", "received", verdict=None), 422),
    "together, without an act": (lambda: on_mail("together", act="", mails=["x"]), 302),
    "attached": (lost, 302),
    "approved": (lambda: step("approve"), 302),
    "rejected": (lambda: step("reject", "Yetki belgesi yok"), 302),
    "rejected without a reason": (lambda: step("reject"), 302),
    "changes": (lambda: on_case("ask_changes", "pre_application", website="Açılmıyor"), 302),
    "no changes": (lambda: on_case("ask_changes", "pre_application"), 422),
    "answer": (lambda: on_case("answer", "status_query", "received", of=at_iys, note="Arandı"), 302),
    "answer without a note": (lambda: on_case("answer", "status_query", "received", of=at_iys), 422),
    "snoozed": (lambda: on_case("snooze", event="company", until="", note=""), 302),
    "noted": (lambda: on_case("note", text="Baktım", key=str(uuid4())), 302),
    "mark": (lambda: on_mark("Aradık"), 302),
    "mark without a word": (lambda: on_mark(" "), 302),
}


@pytest.mark.parametrize("name", POSTS)
def test_what_is_sent_in_place_is_told_where_to_go_on(name: str) -> None:
    make, status = POSTS[name]
    user, path, data = make()
    plain, browser = signed_in(user), signed_in(user)
    with transaction.atomic():
        without = plain.post(path, data)
        transaction.set_rollback(True)
    assert without.status_code == status, words(without)
    answer = browser.post(path, data, headers={"X-In-Place": "1"})
    if status == 422:
        assert (answer.status_code, words(answer)) == (422, words(without))
        return
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer.json() == {"next": without["Location"]}
    told = said(without)
    page = words(browser.get(answer.json()["next"], follow=True))
    assert [each for each in told if shown(each) not in page] == []


@pytest.mark.parametrize("headers", [{}, {"X-In-Place": "1"}], ids=["plain", "in place"])
def test_a_case_that_a_colleague_has_stays_a_page(headers: dict[str, str]) -> None:
    other = colleague(*EVERYTHING)
    for user, path, data in (step("reject", "Yok"), on_mail("act", "dosyala", note="Reklam")):
        for each in Application.objects.all():
            casework.take(application=each, user=other)
        answer = signed_in(user).post(path, data, headers=headers)
        assert (answer.status_code, "html" in answer["Content-Type"]) == (409, True)
        assert f"{other} bakıyor" in words(answer)


# From a mail to its case, and on.


def following(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    found = {each["href"] for each, _text in links(answer.content.decode()) if each.get("data-key") == "n"}
    assert len(found) <= 1
    return found.pop() if found else ""


def applied() -> tuple[Seat, str]:
    """A mail that asks for changes, and the address of the case to which one is led."""
    seat = of_company()
    case = seat.classify("status_query", "ask_changes", note="Web sitesi açılmıyor")["Location"]
    assert case.partition("?")[0] == Support(application_of(seat), user=seat.user).url("change")
    return seat, case


def behind(subject: str = "Konu 2", **more: Any) -> str:
    mail = arrives(UNKNOWN, subject=subject, **more)
    return reverse("admin:correspondence_mail_change", args=[mail.pk])


def test_after_a_decision_on_the_case_the_next_mail_comes_and_after_the_last_the_next_case() -> None:
    second, third = waits(submitted(), 3), waits(submitted(), 2)
    seat, case = applied()
    first, then = behind(), behind("Konu 3")
    assert following(seat.client, case) == first
    support = Support(application_of(seat), user=seat.user)
    support.client = seat.client
    version = support.record(STATUS_QUERY).version
    answer = seat.client.post(
        support.url("ask_changes", "status_query"), {"contact_phone": "Kapalı", "expected_version": version}
    )
    assert answer["Location"] == support.url("change"), "without a query"
    assert following(seat.client, answer["Location"]) == first
    assert following(seat.client, Support(third).url("change")).startswith(Support(second).url("change"))
    Mail.objects.filter(subject="Konu 2").update(status=MailStatus.FILED)
    assert following(seat.client, case) == then
    Mail.objects.filter(subject="Konu 3").update(status=MailStatus.FILED)
    assert following(seat.client, case).startswith(Support(second).url("change"))


@pytest.mark.parametrize("whose", ["theirs", "own", "decided", "nobody's"])
def test_a_mail_that_is_not_for_this_person_is_not_offered(whose: str) -> None:
    ours = PartnerFactory.create()
    theirs = PartnerFactory.create(is_default=False, name="Öteki", host_name="oteki.example")
    seat, case = applied()
    if whose == "own":
        company = at_iys().company
        MembershipFactory.create(user=seat.user, company=company)
        mail = behind(to=tracking_address(company).email)
    else:
        mail = behind(partner=theirs if whose == "theirs" else ours if whose == "decided" else None)
    if whose == "decided":
        Mail.objects.filter(subject="Konu 2").update(status=MailStatus.FILED)
    bare, pk = case.partition("?")[0], mail.split("/")[-3]
    for address in (case, bare, f"{bare}?sira=posta%3D{pk}", f"{bare}?sira=posta%253D{pk}", bare):
        assert following(seat.client, address) == "", address
        page = seat.client.get(address).content.decode()
        assert not re.search(f"{re.escape(mail)}|Konu 2", page), address
    yes = behind("Konu 3", partner=ours)
    assert following(seat.client, case) == yes


def test_nothing_in_the_address_does_harm() -> None:
    seat, case = applied()
    mail, bare = behind(), case.partition("?")[0]
    key = mail.split("/")[-3]
    odd = [
        "", "x", "posta", "%00", "%FF%FE", "0", "-1", "9" * 4000, "javascript%3Aalert(1)", "%2F%2Fkotu.example",
        "%22%3E%3Cscript%3Ealert(1)", f"{key}%26posta%3Dx", f"{key}%0D%0AX%3A%201", key.upper(), uuid4(),
    ]  # fmt: skip
    for value in odd:
        address = f"{bare}?sira=posta%3D{value}"
        assert following(seat.client, address) in ("", mail), value
        page = seat.client.get(address).content.decode()
        assert not re.search(r"<script>alert|href=\"(?:javascript:|[^\"?]*kotu)", page), value


def test_who_may_not_see_mails_goes_on_by_cases() -> None:
    _seat, case = applied()
    behind()
    other = waits(submitted(), 4)
    reader = signed_in(colleague(*REVIEW))
    for address in (case, case.partition("?")[0]):
        assert following(reader, address).startswith(Support(other).url("change"))


# The company of a mail that has none.
NEAR, INCI, NEAR_INCI = "Şunu mu demek istediniz?", "İnci Kuyumculuk A.Ş.", "Birinci Yapı A.Ş."
VKN, SIGNATORY = vkn(901), tckn(903)


@pytest.fixture
def alone() -> Seat:
    seat = Seat(arrives("Merhaba.", to="kim@bilinmez.example", partner=PartnerFactory.create()))
    CompanyFactory.create(trade_name=INCI, tax_number=VKN, mersis_number=f"0{VKN}00017")
    CompanyFactory.create(trade_name=NEAR_INCI, tax_number=SIGNATORY, mersis_number="")
    elsewhere = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
    for name in ("Menekşe Kırtasiye A.Ş.", "Kuyumculukk A.Ş.", "Birincii A.Ş."):
        CompanyFactory.create(trade_name=name, partner=elsewhere)
    renewing.renew_marked()
    return seat


def look_for(seat: Seat, typed: str) -> str:
    return words(seat.client.get(seat.url("change"), {"q": typed}))


@pytest.mark.parametrize("typed", ["kuyumuculuk", "KUYUMCULLUK", "birinici yapı", "Birinciyapı"])
def test_what_is_spelled_alike_is_asked_for_and_may_be_chosen(alone: Seat, typed: str) -> None:
    title = INCI if "kuy" in typed.lower() else NEAR_INCI
    page = look_for(alone, typed).partition(NEAR)[2]
    assert (title in page, re.search("Menekşe|Kuyumculukk|Birincii", page)) == (True, None)
    company = Company.objects.get(trade_name=title)
    alone.attach(Application(company=company))
    assert alone.now().company == company


def amiss(number: str) -> str:
    return number[:-3] + number[-2] + number[-3] + number[-1]


@pytest.mark.parametrize("typed", [
    amiss(VKN), VKN[:-1], VKN, SIGNATORY, amiss(SIGNATORY), tckn(77), f"kuyumuculuk {tckn(77)}", "\x00", "x" * 300,
    f"0{amiss(VKN)}00017", "inci", "Birinci", "menekşe", "meneksse", "P-7KQ4MX", "A.Ş.", "%", "<script>alert(1)",
])  # fmt: skip
def test_nothing_is_guessed_for_a_number_nor_beside_what_was_found_nor_elsewhere(alone: Seat, typed: str) -> None:
    page = look_for(alone, typed)
    assert NEAR not in page
    assert not re.search("Menekşe|Kuyumculukk|Birincii", page)
    assert typed != "inci" or (INCI in page and NEAR_INCI not in page)


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("how", ["a file", "its folder", "all that is left"])
def test_what_is_erased_while_a_backup_is_made_is_no_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, how: str, again: bool
) -> None:
    store: Any = storages["private"]
    for each in list(store.lying()):
        store.delete(each.name)
    for name in ("a/x", "b/y", "b/z", "c/d/e"):
        store.save(name, ContentFile(name.encode()))
    before = tmp_path / "1" if again else None
    if before:
        before.mkdir()
        assert files.copy(before, None, unwatched)[0] == 4
    lying, gone = store.lying, {"a file": ["b/y"], "its folder": ["b"], "all that is left": ["a", "b", "c"]}[how]

    def erased_meanwhile() -> Iterator[Any]:
        for place, found in enumerate(list(lying()) if how == "a file" else lying()):
            if not place:
                for each in map(Path, map(store.path, gone)):
                    shutil.rmtree(each) if each.is_dir() else each.unlink()
            yield found

    monkeypatch.setattr(store, "lying", erased_meanwhile)
    folder = tmp_path / "2"
    folder.mkdir()
    count, _size = files.copy(folder, before, unwatched)
    assert again or count == {"a file": 3, "its folder": 2, "all that is left": 0}[how]
    files.check(folder, unwatched)
