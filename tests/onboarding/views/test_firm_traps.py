"""What a company meets from the sending of its dossier to the end, by somebody who has seen none of the code."""

import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from correspondence.models import Audience, Letter, LetterStatus
from correspondence.outgoing.bodies import body_of
from identifiers import Refused, kep
from journal.parties import Party
from onboarding.actions.pre_application import submission
from onboarding.actor import IYS, SYSTEM, Actor
from onboarding.gate import Route
from onboarding.machine import Step
from onboarding.models import Package, PackageChoice
from onboarding.overview import expected_wait
from onboarding.steps import PACKAGE_CONTRACT, PRE_APPLICATION, STATUS_QUERY, STEPS
from sandbox.authority import Authority
from tests.onboarding.letters.test_news import told
from tests.onboarding.mail.test_bounces import comes_back, letter_of
from tests.onboarding.views.test_fresh_eyes_corrections import asked_of
from tests.onboarding.views.test_signing_anew import asked_by_iys
from tests.onboarding.views.test_waiting import STATES, asks
from tests.scenarios import mails
from tests.scenarios.browser import shown, words
from tests.scenarios.cast import Cast
from tests.scenarios.factories import PASSWORD, PartnerFactory
from tests.scenarios.ladder import STAFF
from tests.scenarios.online import Online
from tests.scenarios.papers import blank_pdf, upload

pytestmark = pytest.mark.django_db
TO_SEND, NEWS = "Taahhütnamenin aslı", "Ön başvuru: İYS'ye gönderildi"
ANEW = re.compile(r"yeniden imzala", re.IGNORECASE)
CIRCULAR = "signature_circular"


@pytest.fixture
def cast() -> Cast:
    return Cast()


def ask(cast: Cast, *fields: str) -> None:
    cast.move(STATUS_QUERY, "ask_changes", IYS, reason="Düzeltin")
    asked = [(field, "Bir daha bakın") for field in fields]
    submission.ask_changes(application=cast.now(), step=STATUS_QUERY, remarks=asked, actor=STAFF)


def put_in(cast: Cast, kind: str, pages: int) -> str:
    return str(cast.answer("upload", kind, file=upload(blank_pdf(pages), f"{kind}.pdf"))["Location"])


def parcels(cast: Cast) -> list[Letter]:
    to_them = Letter.objects.filter(company=cast.company, audience=Audience.COMPANY, subject__startswith=TO_SEND)
    return list(to_them.exclude(status=LetterStatus.CANCELLED))


def times(cast: Cast) -> tuple[int, ...]:  # that owner, editor and viewer are told of it
    return tuple(sum(one.email in each.to for each in parcels(cast)) for one in cast.people.values())


def test_who_may_send_the_parcel_reads_where_to_and_where_to_say_so_and_no_news_beside_it(cast: Cast) -> None:
    cast.at_iys()
    assert times(cast) == (1, 1, 0)
    assert NEWS not in told(cast)
    for body in map(body_of, parcels(cast)):
        for said in (body.text, body.html):
            assert "TOBB Plaza Şişli / İstanbul" in shown(said)
            assert reverse("onboarding:cargo") in said


def test_who_may_not_send_the_parcel_reads_who_will_and_no_forms_address(cast: Cast) -> None:
    viewer = cast.people["viewer"]
    cast.company.memberships.filter(user=viewer).update(notices="all")
    cast.at_iys()
    (letter,) = [each for each in parcels(cast) if viewer.email in each.to]
    assert letter.to == [viewer.email]
    for said in (body_of(letter).text, body_of(letter).html):
        assert str(cast.people["owner"]) in shown(said)
        assert reverse("onboarding:cargo") not in said


@pytest.mark.parametrize("text", [mails.RECEIVED, mails.APPROVED, mails.CHANGES], ids=["taken", "yes", "changes"])
def test_the_parcels_mail_goes_at_once_whatever_comes_then(cast: Cast, tmp_path: Path, text: str) -> None:
    cast.at_iys()
    before = parcels(cast)
    cast.arrives(tmp_path, text)
    assert parcels(cast) == before
    assert set(before) <= set(Letter.objects.due(timezone.now()))
    assert times(cast) == (1, 1, 0)


@pytest.mark.parametrize(("notices", "expected"), [("turn", (1, 1, 1)), ("none", (1, 0, 0))])
def test_who_wants_the_own_turn_alone_is_told(cast: Cast, notices: str, expected: tuple[int, ...]) -> None:
    cast.company.memberships.update(notices=notices)
    cast.at_iys()
    assert times(cast) == expected
    assert NEWS not in told(cast)


def test_nobody_is_told_to_ship_before_the_letter_to_iys_has_gone(cast: Cast) -> None:
    cast.submitted()
    assert not parcels(cast)
    for move, actor, why in (("approve", STAFF, ""), ("letter_failed", SYSTEM, "dolu"), ("send_again", STAFF, "")):
        cast.move(PRE_APPLICATION, move, actor, why)
        assert not parcels(cast), move
    cast.move(PRE_APPLICATION, "letter_sent", SYSTEM)
    assert times(cast) == (1, 1, 0)


@pytest.mark.parametrize("later", ["approved", "another paper", "bounced"])
def test_the_parcel_of_one_undertaking_is_told_of_once(cast: Cast, tmp_path: Path, later: str) -> None:
    cast.at_iys()
    Letter.objects.filter(company=cast.company).update(status=LetterStatus.SENT)
    if later == "approved":
        cast.move(STATUS_QUERY, "received", IYS)
        cast.move(STATUS_QUERY, "approve", IYS)
    elif later == "another paper":
        ask(cast, CIRCULAR)
        put_in(cast, CIRCULAR, 2)
        cast.submit()
        cast.move(STATUS_QUERY, "send_correction")
        cast.move(STATUS_QUERY, "letter_sent", SYSTEM)
    else:
        comes_back(tmp_path, letter_of(cast))
        cast.move(PRE_APPLICATION, "send_again")
        cast.move(PRE_APPLICATION, "letter_sent", SYSTEM)
    assert times(cast) == (1, 1, 0)


@pytest.mark.parametrize(("rung", "before"), [("at_iys", 1), ("at_iys_with_the_parcel", 0)])
def test_what_was_signed_anew_is_told_of_again_when_it_is_due(cast: Cast, rung: str, before: int) -> None:
    getattr(cast, rung)()
    Letter.objects.filter(company=cast.company).update(status=LetterStatus.SENT)
    ask(cast, "address")
    cast.write(address="Ege Caddesi No: 12/4")
    cast.submit()
    for move, actor, why in (("send_correction", STAFF, ""), ("letter_failed", SYSTEM, "dolu")):
        cast.move(STATUS_QUERY, move, actor, why)
        assert times(cast) == (before, before, 0), move
    cast.move(STATUS_QUERY, "send_correction")
    cast.move(STATUS_QUERY, "letter_sent", SYSTEM)
    assert times(cast) == (before + 1, before + 1, 0)


def test_a_parcel_that_was_recorded_while_the_letter_went_is_not_asked_for(cast: Cast) -> None:
    cast.submitted()
    cast.move(PRE_APPLICATION, "approve")
    cast.send("cargo", role="editor", carrier="Yurtiçi", tracking_number="12345", sent_on="2026-03-02")
    cast.move(PRE_APPLICATION, "letter_sent", SYSTEM)
    assert not parcels(cast)
    assert NEWS in told(cast)


@pytest.mark.parametrize("route", [Route.EXEMPT, Route.SELF_MANAGED], ids=str)
def test_a_short_route_has_no_parcels_mail(route: Route) -> None:
    cast = Cast(route)
    cast.press("panel_settings", "panel_settings", kind=route, correct="on", exemption_basis="Dernek 34-1")
    assert Letter.objects.filter(company=cast.company, audience=Audience.COMPANY).exists()
    assert not parcels(cast)


def test_the_online_channel_has_no_parcel_and_no_paper_to_sign_anew(authority: Authority, trust: Path) -> None:
    online = Online(authority, trust)
    with online.settings:
        asked_by_iys(online, "address")
        assert not parcels(online)
        page = online.open("status_query")
    assert "Düzeltmeye başla" in page.links
    assert not ANEW.search(page.words)


@pytest.mark.parametrize("role", ["owner", "viewer"])
def test_step_1_asks_for_news_as_long_as_step_2_waits_for_somebody_else(cast: Cast, role: str) -> None:
    cast.at_iys()
    for state, party in STATUS_QUERY.turns.items():
        cast.application.records.filter(step=STATUS_QUERY.key).update(state=state, turn=party)
        waits, links = party is not Party.COMPANY, cast.open("pre_application", role=role).links
        assert bool(asks(cast, "pre_application", role)) is waits, state
        on = {path for text, path in links.items() if text.endswith(" git")}
        assert not waits or reverse("onboarding:status_query") in on, state


def test_step_1_leads_on_once_iys_has_approved_and_is_quiet(cast: Cast, tmp_path: Path) -> None:
    cast.at_iys()
    address = asks(cast, "pre_application")
    assert cast.browsers["owner"].get(address).status_code == 204
    cast.arrives(tmp_path, mails.APPROVED)
    assert {"HX-Redirect", "HX-Refresh"} & set(cast.browsers["owner"].get(address).headers)
    assert cast.open("pre_application").links["3. adıma git"] == reverse("onboarding:code_receipt")
    assert asks(cast, "pre_application") == ""


@pytest.mark.parametrize("withdrawn", [False, True])
def test_step_1_asks_for_no_news_once_all_is_over(cast: Cast, withdrawn: bool) -> None:
    (Cast.at_iys if withdrawn else Cast.finished)(cast)
    if withdrawn:
        cast.move(STATUS_QUERY, "withdraw", cast.owner, reason="Vazgeçtik")
    assert asks(cast, "pre_application") == ""


@pytest.mark.parametrize("fields", ["address", f"{CIRCULAR} trade_name", "signatory_name", CIRCULAR])
def test_what_has_to_be_signed_anew_is_said_before_it_is_begun(cast: Cast, fields: str) -> None:
    cast.at_iys()
    ask(cast, *fields.split())
    page = cast.open("status_query")
    assert "Düzeltmeye başla" in page.links
    assert bool(ANEW.search(page.words)) is (fields != CIRCULAR)


@pytest.mark.parametrize("role", ["owner", "editor", "viewer"])
def test_each_wait_answers_once_how_long(cast: Cast, role: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [4] * 20 if role == "editor" else []
    monkeypatch.setattr(expected_wait, "ended_waits", lambda step, state: cases)
    counts: dict[str, Any] = dict.fromkeys(("message_addresses", "call_addresses", "email_addresses"), 10)
    counts["package_id"] = Package.objects.earliest("pk").pk
    PackageChoice.objects.create(application=cast.application, offer_email="a@b.example", **counts)
    records = cast.application.records
    for step, state in STATES:
        for before in STEPS[: step.number - 1]:
            records.filter(step=before.key).update(state=min(before.done), turn="")
        records.filter(step=step.key).update(state=state, turn=step.turns[state])
        found = cast.open(step.key, role=role).words.split("Ne kadar sürer?")
        if not cases and step.turns[state] is Party.STAFF:  # of support's pace nothing is known
            assert len(found) == 1, (step.key, state)
            continue
        assert len(found) == 2, (step.key, state)
        assert re.match(r" (?!Siz ne yapacaksınız|Sonra ne olacak|Nasıl öğreneceksiniz)\S", found[1]), state


@pytest.mark.parametrize(("by", "role"), [(STAFF, "owner"), (IYS, "editor")], ids=["support", "İYS"])
def test_a_payment_that_failed_does_not_press_anybody_to_pay_again(cast: Cast, by: Actor, role: str) -> None:
    cast.accepted()
    if by is STAFF:
        cast.press("payment", "payment", reference="TR-1")
    cast.move(PACKAGE_CONTRACT, "payment_failed", by, "Tutar 4.990 < 5.990 & ad eksik")
    page = cast.open("package_contract", role=role)
    main = cast.browsers[role].get(reverse("onboarding:package_contract")).content.decode().partition("<main")[2]
    assert any("Ödemeniz doğrulanamadı" in each for each in re.findall(r"<h[12]\b.*?</h[12]>", main, re.DOTALL))
    assert "Para hesabınızdan çıktıysa yeniden ödemeyin" in page
    assert "Tutar 4.990 < 5.990 & ad eksik" in page
    assert {"Ödemeye git", "Ödemeyi yaptım"} <= set(page.links)
    loud = re.findall(r'<(a|button)\b([^>]*\bclass="button\s*"[^>]*)>(.*?)</\1>', main, re.DOTALL)
    assert not [each for each in loud if "teklif.example/ode" in each[1] or "Ödemeye git" in each[2]]


def test_a_wrong_kep_address_is_answered_with_one_that_is_right(cast: Cast) -> None:
    cast.send("mersis_question", has_mersis="evet")
    for typed in ("mavi", "mavi@", "@hs01.kep.tr", "a@b@hs01.kep.tr", "a..b@hs01.kep.tr", "a@b.example"):
        with pytest.raises(Refused, match=r"firmaniz@hs01\.kep\.tr") as refusal:
            kep.clean(typed)
        assert "firmaniz.com.tr" not in str(refusal.value)
        assert str(refusal.value) in cast.press_page("iletisim", kep_address=typed)


def test_the_page_of_the_code_says_that_it_is_typed_or_the_mails_button_pressed() -> None:
    PartnerFactory.create()
    client, email = Client(), f"ada-{uuid4().hex[:8]}@yenifirma.example"
    typed = {"full_name": "Ada Yalın", "email": email, "password1": PASSWORD}
    said = words(client.post(reverse("account_signup"), typed, follow=True))
    assert re.search(r"[Kk]od[^.]*\byaz", said)
    assert re.search(r"düğme[^.]*\bbas", said)


@pytest.mark.parametrize("role", ["owner", "viewer"])
def test_that_nothing_was_registered_is_not_folded_away(role: str) -> None:
    cast = Cast(Route.SELF_MANAGED)
    cast.press("panel_settings", "panel_settings", kind=Route.SELF_MANAGED, correct="on")
    said = "Bu beyanla İYS'ye kayıt yapılmadı"
    assert said in cast.open("summary", role=role)
    for name in ("summary", "board", "panel_settings"):
        source, folds = cast.browsers[role].get(reverse(f"onboarding:{name}")).content.decode(), 1
        whole = shown(source).count(said)
        while folds:
            source, folds = re.subn(r"<details\b(?:(?!<details\b).)*?</details>", " ", source, flags=re.DOTALL)
        assert shown(source).count(said) == whole, name


@pytest.mark.parametrize("step", [PRE_APPLICATION, STATUS_QUERY], ids=["support's", "İYS's"])
@pytest.mark.parametrize("other", ["website", "trade_registry_gazette"], ids=["field", "paper"])
def test_the_last_file_leads_to_the_review_unless_something_else_is_open(step: Step, other: str) -> None:
    for leads_to in ("pre_application", "review"):
        cast = asked_of(step, (CIRCULAR, "Okunmuyor"), (other, "Bir daha bakın"))
        if leads_to == "review":
            remark = cast.now().remarks.exclude(by_iys=True).get(settled_at=None, field=other)
            cast.answer("answer_remark", remark.pk, answer="Olduğu gibi doğru")
        assert put_in(cast, CIRCULAR, 2) == reverse(f"onboarding:{leads_to}")


@pytest.mark.parametrize("step", [PRE_APPLICATION, STATUS_QUERY], ids=["support's", "İYS's"])
def test_an_undertaking_to_be_signed_anew_is_the_last_file(step: Step) -> None:
    cast = asked_of(step, (CIRCULAR, "Okunmuyor"), ("address", "Eksik"))
    cast.write(address="Ege Caddesi No: 12/4")
    assert put_in(cast, CIRCULAR, 2) == reverse("onboarding:pre_application")
    cast.downloads()
    assert put_in(cast, "undertaking", 3) == reverse("onboarding:review")
