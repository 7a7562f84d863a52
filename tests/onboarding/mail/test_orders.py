"""Mails of İYS's in every order: too early, too late, twice, and against each other."""

from datetime import timedelta

import pytest
from django.utils import timezone

from correspondence.addresses import tracking_address
from correspondence.models import Letter, Mail, MailStatus
from onboarding import applications
from onboarding.actions import package_contract
from onboarding.actor import IYS, SYSTEM
from onboarding.codes import confirmation
from onboarding.gate import Route
from onboarding.mail import against, pipeline
from onboarding.models import Application, Attention, AttentionKind
from onboarding.steps import (
    CODE_RECEIPT,
    PACKAGE_CONTRACT,
    PARTNER_ASSIGNMENT,
    PRE_APPLICATION,
    STATUS_QUERY,
)
from tests.onboarding.admin.test_mails import Seat, arrives
from tests.onboarding.attention.test_marks import queue
from tests.scenarios import mails
from tests.scenarios.cast import Cast

pytestmark = pytest.mark.django_db
# One brand, by the company's own name: there is no difference to settle.
APPROVED = "Başvurunuz onaylanmıştır.\n\nHizmet sağlayıcı:\n{title}\n\nİYS Numaranız: {code}\n"
TEXTS = {
    "REC": ("onkayit@iys.org.tr", mails.RECEIVED),
    "COR": ("onkayit@iys.org.tr", mails.CHANGES),
    "COR2": ("onkayit@iys.org.tr", mails.CHANGES.replace("web sitesi açılmıyor", "imza sirküleri okunmuyor")),
    "LNK": (
        "onkayit@iys.org.tr",
        "Aşağıdaki bağlantıyla başvurunuza devam edebilirsiniz.\nhttps://iys.example/devam/1\n",
    ),
    "APP": ("onkayit@iys.org.tr", APPROVED.replace("{code}", "710482")),
    "APP2": ("onkayit@iys.org.tr", APPROVED.replace("{code}", "820593")),
    "REF": ("onkayit@iys.org.tr", "Başvurunuz reddedilmiştir.\n"),
    "OFF": ("satis@iys.org.tr", mails.OFFER),
    "PAY": ("satis@iys.org.tr", mails.PAID),
    "PAY2": ("satis@iys.org.tr", "Ödemeniz alınmıştır. İLETİ-25 paketiniz tanımlanmıştır.\n"),
    "FAIL": ("satis@iys.org.tr", "Ödemeniz alınamamıştır.\n"),
    "REF5": ("isortagim@iys.org.tr", mails.ASSIGNMENT_REFUSED),
    "ASG": ("isortagim@iys.org.tr", mails.ASSIGNED),
}
EARLY, PERSON, APPLIED, FILED = MailStatus.EARLY, MailStatus.PERSON, MailStatus.APPLIED, MailStatus.FILED


@pytest.fixture
def cast() -> Cast:
    return Cast()


def come(cast: Cast, *names: str) -> list[Mail]:
    """The mails arrive one after the other, each answering the company's last letter."""
    found = []
    for name in names:
        sender, text = TEXTS[name]
        html = mails.OFFER_HTML if name == "OFF" else ""
        text = text.replace("{title}", cast.company.trade_name)
        found.append(arrives(text, to=tracking_address(cast.company).email, sender=sender, html=html))
    return found


def became(found: list[Mail]) -> list[str]:
    pipeline.apply_due()
    pipeline.apply_due()
    return [Mail.objects.get(pk=each.pk).status for each in found]


def opens(cast: Cast) -> None:
    cast.move(PRE_APPLICATION, "approve")
    cast.move(PRE_APPLICATION, "letter_sent", SYSTEM)


def confirms(cast: Cast) -> None:
    confirmation.confirm(
        application=cast.now(), actor=cast.owner, expected_version=cast.record(CODE_RECEIPT).version
    )
    cast.application = cast.now()


def asks(cast: Cast) -> None:
    package = package_contract.recommend(package_contract.catalogue(), 4100)
    assert package is not None
    package_contract.choose(
        application=cast.application,
        message_addresses=0,
        call_addresses=0,
        email_addresses=4100,
        package=package,
        offer_email="bilgi@mavideniz.example",
    )
    cast.move(PACKAGE_CONTRACT, "request", cast.owner)
    cast.move(PACKAGE_CONTRACT, "letter_sent", SYSTEM)


@pytest.mark.parametrize(
    ("names", "state", "statuses"),
    [
        (["REC"], "received", [APPLIED]),
        (["LNK"], "continue_link", [APPLIED]),
        (["REC", "APP"], "approved", [APPLIED, APPLIED]),
        (["APP", "REC"], "approved", [APPLIED, FILED]),
        (["APP", "APP"], "approved", [APPLIED, FILED]),
        (["APP", "LNK"], "approved", [APPLIED, FILED]),
        (["REC", "REF"], "refused", [APPLIED, APPLIED]),
        (["APP", "REF"], "waiting", [PERSON, PERSON]),
        (["REF", "APP"], "waiting", [PERSON, PERSON]),
        (["COR", "APP"], "waiting", [PERSON, PERSON]),
        (["APP", "COR"], "waiting", [PERSON, PERSON]),
        (["APP", "APP2"], "waiting", [PERSON, PERSON]),
    ],
    ids=" ".join,
)
def test_what_came_before_its_step_opened(cast: Cast, names: list[str], state: str, statuses: list[str]) -> None:
    """It waits, is made in the order of arrival, and is left to people where it contradicts itself."""
    cast.submitted()
    found = come(cast, *names)
    assert became(found) == [EARLY] * len(names)
    assert cast.state(STATUS_QUERY) == "waiting"
    opens(cast)
    assert became(found) == statuses
    assert cast.state(STATUS_QUERY) == state
    if PERSON in statuses:
        assert {Mail.objects.get(pk=each.pk).status_why for each in found} == {against.EARLY}


@pytest.mark.parametrize(
    ("names", "state", "statuses"),
    [
        (["APP"], "approved", [APPLIED]),
        (["APP", "REC"], "approved", [APPLIED, FILED]),
        (["APP", "APP"], "approved", [APPLIED, FILED]),
        (["APP", "APP2"], "approved", [APPLIED, PERSON]),
        (["APP", "REF"], "approved", [APPLIED, PERSON]),
        (["APP", "COR"], "approved", [APPLIED, PERSON]),
        (["REF", "APP"], "refused", [APPLIED, PERSON]),
        (["COR", "REC"], "changes_asked", [APPLIED, FILED]),
        (["COR", "COR"], "changes_asked", [APPLIED, FILED]),
        (["COR", "COR2"], "changes_asked", [APPLIED, PERSON]),
        (["LNK", "LNK"], "continue_link", [APPLIED, FILED]),
        (["REF", "REF"], "refused", [APPLIED, FILED]),
    ],
    ids=" ".join,
)
def test_what_comes_after_its_stage(cast: Cast, names: list[str], state: str, statuses: list[str]) -> None:
    """What is said again is filed; what contradicts reaches a person; older news turns nothing back."""
    cast.at_iys()
    found = come(cast, *names)
    assert became(found) == statuses
    assert cast.state(STATUS_QUERY) == state


@pytest.mark.parametrize("first", ["APP", "COR"])
def test_the_number_of_a_late_receipt_is_kept(cast: Cast, first: str) -> None:
    cast.at_iys()
    come(cast, first, "REC")
    assert cast.now().iys_application_number == "MX3ZB5JA"


def test_codes_that_come_twice_are_told_once(cast: Cast) -> None:
    cast.at_iys()
    come(cast, "APP")
    told = Letter.objects.filter(company=cast.company).count()
    come(cast, "APP")
    assert Letter.objects.filter(company=cast.company).count() == told
    assert cast.application.code_readings.count() == 1


@pytest.mark.parametrize(
    "names", [["OFF", "PAY", "ASG"], ["ASG", "PAY", "OFF"], ["PAY", "ASG", "OFF"]], ids=" ".join
)
def test_each_early_mail_waits_for_its_own_moment_whatever_came_first(cast: Cast, names: list[str]) -> None:
    cast.at_iys()
    found = dict(zip(names, come(cast, *names), strict=True))

    def become() -> dict[str, str]:
        return dict(zip(found, became(list(found.values())), strict=True))

    come(cast, "APP")
    assert set(become().values()) == {EARLY}
    page = cast.open("board").words
    assert "Ödemeye git" not in page
    confirms(cast)
    assert set(become().values()) == {EARLY}, "an offer before the request was seen"
    assert cast.state(PACKAGE_CONTRACT) == "choosing"
    asks(cast)
    assert become() == {"OFF": APPLIED, "PAY": EARLY, "ASG": EARLY}
    assert cast.state(PACKAGE_CONTRACT) == "offered"
    cast.move(PACKAGE_CONTRACT, "accept", cast.owner)
    assert set(become().values()) == {APPLIED}
    assert (cast.state(PACKAGE_CONTRACT), cast.state(PARTNER_ASSIGNMENT)) == ("confirmed", "confirmed")


@pytest.mark.parametrize(
    ("rung", "names", "state", "statuses"),
    [
        ("offered", ["PAY"], "offered", [EARLY]),
        ("accepted", ["PAY"], "confirmed", [APPLIED]),
        ("accepted", ["PAY", "PAY"], "confirmed", [APPLIED, FILED]),
        ("accepted", ["PAY", "PAY2"], "confirmed", [APPLIED, PERSON]),
        ("accepted", ["PAY", "FAIL"], "confirmed", [APPLIED, PERSON]),
        ("accepted", ["FAIL", "PAY"], "confirmed", [APPLIED, APPLIED]),
        ("preparing", ["PAY"], "confirmed", [FILED]),
        ("preparing", ["FAIL"], "confirmed", [PERSON]),
        ("asked", ["OFF", "OFF"], "offered", [APPLIED, APPLIED]),
        ("choosing", ["OFF"], "choosing", [EARLY]),
        ("choosing", ["PAY", "FAIL"], "choosing", [EARLY, EARLY]),
    ],
)
def test_mails_of_step_4(cast: Cast, rung: str, names: list[str], state: str, statuses: list[str]) -> None:
    getattr(cast, rung)()
    found = come(cast, *names)
    assert became(found) == statuses
    assert cast.state(PACKAGE_CONTRACT) == state


@pytest.mark.parametrize(
    ("rung", "text", "status"),
    [
        ("asked", "İLETİ-5 paketi teklifimizi ekte bilgilerinize sunarız.", APPLIED),
        ("asked", "İleti 5.000 paketi teklifimizi ekte bilgilerinize sunarız.", APPLIED),
        ("asked", "İLETİ-150 paketi teklifimizi ekte bilgilerinize sunarız.", PERSON),
        ("asked", "İLETİ-50 paketi teklifimizi ekte bilgilerinize sunarız.", PERSON),
        ("asked", "İLETİ+ paketi teklifimizi ekte bilgilerinize sunarız.", PERSON),
        ("accepted", "İLETİ-5 paketiniz tanımlanmıştır.", APPLIED),
        ("accepted", "İLETİ-25 paketiniz tanımlanmıştır.", PERSON),
    ],
)
def test_what_names_another_package_than_was_asked_for_is_for_people(
    cast: Cast, rung: str, text: str, status: MailStatus
) -> None:
    getattr(cast, rung)()
    mail = arrives(text, to=tracking_address(cast.company).email, sender="satis@iys.org.tr")
    assert became([mail]) == [status], Mail.objects.get(pk=mail.pk).status_why


def test_a_payment_that_is_said_to_have_failed_and_to_have_come_is_for_people(cast: Cast) -> None:
    cast.offered()
    found = come(cast, "PAY", "FAIL")
    assert became(found) == [EARLY, EARLY]
    cast.move(PACKAGE_CONTRACT, "accept", cast.owner)
    assert became(found) == [PERSON, PERSON]
    assert cast.state(PACKAGE_CONTRACT) == "accepted"


def test_a_payment_for_an_offer_that_nobody_accepted_is_put_before_support(cast: Cast) -> None:
    """The company paid at İYS's own site and has pressed nothing here: it would wait for ever."""
    cast.offered()
    (mail,) = come(cast, "PAY")
    assert became([mail]) == [EARLY]
    assert became([mail]) == [EARLY]
    mark = Attention.objects.get()
    assert (mark.kind, mark.settled_at) == (AttentionKind.EARLY_ANSWER, None)
    assert mark.text.startswith(
        "“İYS ödemeyi aldı” diyen bir e-posta geldi; adım ise portalda “İYS'nin teklifi geldi”"
    )
    assert "İYS'nin yanıtı firmayı bekliyor" in queue()
    assert "yanıtı firmayı bekliyor" not in cast.open("package_contract").words, "her page says what she can do"
    cast.move(PACKAGE_CONTRACT, "accept", cast.owner)
    assert became([mail]) == [APPLIED]
    assert cast.state(PACKAGE_CONTRACT) == "confirmed"
    assert not Attention.objects.open().exists(), "and nobody is asked to look any more"


def test_a_payment_that_a_person_found_early_is_not_forgotten_either(cast: Cast) -> None:
    cast.offered()
    (mail,) = come(cast, "PAY")
    became([mail])
    Attention.objects.open().settle(now=timezone.now(), note="Aradım")
    cast.move(PACKAGE_CONTRACT, "choose_again", cast.owner)
    assert became([mail]) == [EARLY]
    assert Attention.objects.open().count() == 1, "the company went another way: a new reason to look"


@pytest.mark.parametrize("way", ["form", "handed in", "panel", "claimed", "sent"])
def test_iyss_word_that_the_partner_is_appointed_is_enough_whichever_way_it_was_done(cast: Cast, way: str) -> None:
    match way:
        case "sent":
            cast.form_sent()
        case _:
            cast.preparing()
    if way == "handed in":
        cast.form_handed_in()
        cast.move(PARTNER_ASSIGNMENT, "submit", cast.owner)
    if way in ("panel", "claimed"):
        cast.move(PARTNER_ASSIGNMENT, "use_panel", cast.owner)
    if way == "claimed":
        cast.move(PARTNER_ASSIGNMENT, "claim", cast.owner)
    (mail,) = come(cast, "ASG")
    assert became([mail]) == [APPLIED]
    assert cast.state(PARTNER_ASSIGNMENT) == "confirmed"


def test_an_appointment_that_came_before_step_5_opened_is_made_when_it_opens(cast: Cast) -> None:
    cast.accepted()
    (mail,) = come(cast, "ASG")
    assert became([mail]) == [EARLY]
    cast.move(PACKAGE_CONTRACT, "payment_received", IYS)
    assert became([mail]) == [APPLIED]
    assert cast.state(PARTNER_ASSIGNMENT) == "confirmed"


def test_what_is_early_is_no_news_on_the_board(cast: Cast) -> None:
    cast.at_iys()
    come(cast, "PAY", "ASG")
    board = cast.open("board").words
    for said in ("tamamlanmıştır", "Ödemeniz alınmıştır", "Paketiniz tanımlandı"):
        assert said not in board


def test_a_held_step_is_not_reminded_of_but_an_answer_of_iyss_still_counts(cast: Cast) -> None:
    cast.at_iys()
    cast.move(STATUS_QUERY, "hold", reason="Telefon bekleniyor")
    (mail,) = come(cast, "APP")
    assert became([mail]) == [APPLIED]
    assert not cast.record(STATUS_QUERY).held


@pytest.mark.parametrize("way", ["filed", "classified as something else"])
def test_what_staff_decide_about_an_early_mail_counts_when_the_step_opens(cast: Cast, way: str) -> None:
    cast.submitted()
    (mail,) = come(cast, "APP")
    assert became([mail]) == [EARLY]
    seat = Seat(mail)
    if way == "filed":
        seat.act("dosyala", "Deneme e-postası")
    else:
        seat.classify("status_query", "received", note="Yalnızca alındı", application_number="MX3ZB5JA")
    opens(cast)
    became([mail])
    assert cast.state(STATUS_QUERY) == ("waiting" if way == "filed" else "received")
    assert cast.state(CODE_RECEIPT) == "waiting"


@pytest.mark.parametrize("ends", ["withdrawn", "another route"])
def test_an_early_mail_of_an_attempt_that_ended_moves_nothing_of_the_next(cast: Cast, ends: str) -> None:
    cast.offered()
    (mail,) = come(cast, "ASG")
    assert became([mail]) == [EARLY]
    if ends == "withdrawn":
        cast.move(PACKAGE_CONTRACT, "withdraw", cast.owner, reason="Vazgeçtik")
    else:
        applications.change_route(application=cast.now(), route=Route.EXEMPT, actor=cast.owner, closes=True)
    assert became([mail]) != [APPLIED]
    live = Application.objects.filter(company=cast.company, closed_at=None)
    assert not live.exclude(records__step="partner_assignment", records__state="preparing").exists()
    assert cast.company.mails.filter(pk=mail.pk).exists(), "it stays in the thread"


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("Teklifimiz 01.03.2026 tarihine kadar geçerlidir.", "offer_expired"),
        ("Son geçerlilik tarihi: 1 Mart 2026", "offer_expired"),
        ("Teklifimiz 30/12/2199 tarihine kadar geçerlidir.", "offered"),
        ("Teklif tarihi: 01.03.2026", "offered"),
        ("Teklifimiz 31.02.2026 tarihine kadar geçerlidir.", "offered"),
        ("Teklifimiz 5 gün geçerlidir.", "offer_expired"),
        ("Teklifimiz 90 gün geçerlidir.", "offered"),
    ],
)
def test_an_offer_that_waited_until_it_ran_out_is_not_one_to_accept(cast: Cast, said: str, state: str) -> None:
    cast.choosing()
    text = f"Teklifimizi ekte bilgilerinize sunarız.\n{said}"
    mail = arrives(text, to=tracking_address(cast.company).email, sender="satis@iys.org.tr")
    assert mail.status == EARLY, mail.status_why
    Mail.objects.filter(pk=mail.pk).update(received_at=timezone.now() - timedelta(days=20))
    asks(cast)
    assert became([mail]) == [APPLIED]
    assert cast.state(PACKAGE_CONTRACT) == state


def test_codes_that_iys_gives_again_for_a_step_that_was_reopened_are_confirmed_again(cast: Cast) -> None:
    """The click counts for what was shown: nothing of before is taken for confirmed, and nobody is stuck."""
    cast.at_iys()
    come(cast, "APP")
    confirms(cast)
    cast.move(STATUS_QUERY, "reopen", reason="İYS onayını geri aldı")
    (mail,) = come(cast, "APP")
    assert became([mail]) == [APPLIED], Mail.objects.get(pk=mail.pk).status_why
    assert (cast.state(STATUS_QUERY), cast.state(CODE_RECEIPT)) == ("approved", "read")
    Seat(mail).act("geri-al", "Başka firmanın")
    record = cast.record(CODE_RECEIPT)
    assert (record.state, record.stale, cast.state(STATUS_QUERY)) == ("confirmed", True, "waiting")
    (mail,) = come(cast, "APP")
    confirms(cast)
    assert (cast.state(CODE_RECEIPT), cast.record(CODE_RECEIPT).stale) == ("confirmed", False)


def test_other_codes_for_a_step_that_was_reopened_are_for_people_who_can_take_them(cast: Cast) -> None:
    cast.at_iys()
    come(cast, "APP")
    confirms(cast)
    cast.move(STATUS_QUERY, "reopen", reason="İYS onayını geri aldı")
    (mail,) = come(cast, "APP2")
    assert became([mail]) == [PERSON]
    Seat(mail).classify("status_query", "approve", note="İYS'yi aradık, kod değişmiş")
    assert became([mail]) == [APPLIED]
    confirms(cast)
    assert cast.application.iys_code == "820593"


@pytest.mark.parametrize("held", [False, True])
def test_codes_that_come_after_the_approval_was_told_on_the_telephone_are_read(cast: Cast, held: bool) -> None:
    cast.codes_wanted()
    if held:
        cast.move(CODE_RECEIPT, "hold", reason="Telefon bekleniyor")
    (mail,) = come(cast, "APP")
    assert became([mail]) == [APPLIED]
    assert cast.state(CODE_RECEIPT) == "read"
    (other,) = come(cast, "APP2")
    assert became([other]) == [PERSON]
    Seat(mail).act("geri-al", "Başka firmanın")
    assert (cast.state(STATUS_QUERY), cast.state(CODE_RECEIPT)) == ("approved", "waiting")


def test_what_iys_wrote_about_the_round_before_moves_nothing_of_the_next(cast: Cast) -> None:
    """The same wish comes once more while it is fulfilled: it must not undo the correction when that goes."""
    cast.at_iys()
    come(cast, "COR")
    cast.move(STATUS_QUERY, "open_correction", reason="Web sitesi")
    found = come(cast, "COR", "COR2", "REC")
    assert became(found) == [FILED, PERSON, FILED]
    cast.touch_all()
    cast.submit()
    cast.move(STATUS_QUERY, "send_correction")
    (quick,) = come(cast, "APP")
    assert became([quick]) == [EARLY], "faster than the mail server's receipt"
    cast.move(STATUS_QUERY, "letter_sent", SYSTEM)
    assert became([*found, quick]) == [FILED, PERSON, FILED, APPLIED]
    assert cast.state(STATUS_QUERY) == "approved"


def test_an_offer_for_the_choice_of_before_is_no_answer_to_the_next(cast: Cast) -> None:
    cast.asked()
    cast.move(PACKAGE_CONTRACT, "choose_again", cast.owner)
    (late,) = come(cast, "OFF")
    asks(cast)
    assert became([late]) == [PERSON]
    assert cast.state(PACKAGE_CONTRACT) == "requested"


def test_a_refusal_that_comes_twice_refuses_once(cast: Cast) -> None:
    cast.form_sent()
    come(cast, "REF5")
    assert cast.state(PARTNER_ASSIGNMENT) == "refused"
    cast.move(PARTNER_ASSIGNMENT, "retry", cast.owner)
    (again,) = come(cast, "REF5")
    cast.move(PARTNER_ASSIGNMENT, "submit", cast.owner)
    cast.move(PARTNER_ASSIGNMENT, "approve")
    cast.move(PARTNER_ASSIGNMENT, "letter_sent", SYSTEM)
    assert became([again]) == [FILED]
    assert cast.state(PARTNER_ASSIGNMENT) == "sent"


@pytest.mark.parametrize(("name", "first"), [("APP", True), ("APP", False), ("REC", True)])
def test_what_has_come_by_itself_is_not_asked_about_because_it_is_forwarded_too(
    cast: Cast, name: str, first: bool
) -> None:
    cast.at_iys()
    owner = cast.people["owner"].email
    sender, text = TEXTS[name]
    text = text.replace("{title}", cast.company.trade_name)
    passed_on = (
        f"---------- Forwarded message ---------\nFrom: İYS <{sender}>\nDate: 27 Kas 2026 Cum 10:00\n"
        f"Subject: Ynt: Başvurunuz\nTo: <{owner}>\n\n{text}"
    )

    def forwards() -> Mail:
        return arrives(
            passed_on,
            to=tracking_address(cast.company).email,
            sender=owner,
            domain=owner.partition("@")[2],
            subject="Fwd: Ynt: Başvurunuz",
            in_reply_to="",
        )

    if first:
        come(cast, name)
        told = Letter.objects.filter(company=cast.company).count()
        assert forwards().status == FILED
        assert Letter.objects.filter(company=cast.company).count() == told
    else:
        assert forwards().status == PERSON
        come(cast, name)
    page = cast.open("code_receipt" if name == "APP" else "status_query")
    assert "Getirdiğiniz e-postadaki kodlar doğru mu?" not in page
