"""Letters that come back: marked, told, and the step's turn is support's, once and only while nobody answered."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import override_settings

from correspondence.addresses import signed_address, tracking_address
from correspondence.models import Letter, LetterStatus, Mail, MailStatus
from journal.models import Entry, Event
from journal.parties import Party
from onboarding.actor import IYS
from onboarding.steps import PRE_APPLICATION, STATUS_QUERY
from tests.mails import make
from tests.mails.machines import HEADERS, REPORT, report
from tests.scenarios.cast import Cast
from tests.scenarios.mailbox import Maildir

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent() -> Cast:
    cast = Cast()
    cast.at_iys()
    Letter.objects.filter(company=cast.company, audience="iys").update(status=LetterStatus.SENT)
    return cast


def letter_of(cast: Cast) -> Letter:
    return Letter.objects.filter(company=cast.company, audience="iys").latest("created_at")


def comes_back(
    folder: Path, letter: Letter, text: str = "", headers: str = REPORT, *, to: str = "", path: str = "<>"
) -> Mail:
    """A delivery report to the letter's envelope sender."""
    raw = text or report("failed", HEADERS)
    head = (
        f"Return-Path: {path}\nDelivered-To: {to or signed_address(letter.pk)}\n"
        f"From: mailer-daemon@mx.portal.example\nMessage-ID: <{uuid4()}@mx>\n{headers}\n"
    )
    box = Maildir(folder / uuid4().hex)
    return box.brings((head + raw).replace(make.LETTER_A, letter.message_id).encode())


def test_a_letter_that_comes_back_gives_the_turn_to_support(sent: Cast, tmp_path: Path) -> None:
    letter = letter_of(sent)
    mail = comes_back(tmp_path, letter)
    letter.refresh_from_db()
    assert letter.bounced_at is not None
    assert "5.1.1" in letter.bounce_why
    record = sent.record(PRE_APPLICATION)
    assert (record.state, record.turn) == ("send_failed", Party.STAFF)
    assert (mail.status, mail.company) == (MailStatus.APPLIED, sent.company)
    assert sent.record(STATUS_QUERY).turn == ""
    assert Entry.objects.filter(event=Event.LETTER_FAILED, company=sent.company).count() == 1


def test_a_second_report_of_the_same_letter_changes_nothing_more(sent: Cast, tmp_path: Path) -> None:
    letter = letter_of(sent)
    comes_back(tmp_path, letter)
    version = sent.record(PRE_APPLICATION).version
    assert comes_back(tmp_path, letter).status == MailStatus.PERSON
    assert sent.record(PRE_APPLICATION).version == version
    assert Entry.objects.filter(event=Event.LETTER_FAILED).count() == 1


def test_once_iys_has_answered_a_late_report_is_for_people_alone(sent: Cast, tmp_path: Path) -> None:
    sent.move(STATUS_QUERY, "received", IYS)
    mail = comes_back(tmp_path, letter_of(sent))
    assert (mail.status, sent.state(PRE_APPLICATION)) == (MailStatus.PERSON, "sent")
    assert letter_of(sent).bounced_at is not None


def test_a_copy_that_did_not_arrive_is_told_and_moves_nothing(sent: Cast, tmp_path: Path) -> None:
    text = report("failed", HEADERS).replace("onkayit@iys.org.tr", "iys@kiyi.example")
    mail = comes_back(tmp_path, letter_of(sent), text)
    assert (mail.status, sent.state(PRE_APPLICATION)) == (MailStatus.PERSON, "sent")
    assert "iys@kiyi.example adresine ulaşmadı" in mail.status_why
    assert letter_of(sent).bounced_at is None


def test_a_delay_is_no_bounce(sent: Cast, tmp_path: Path) -> None:
    mail = comes_back(tmp_path, letter_of(sent), report("delayed", HEADERS, status="4.4.1"))
    assert (mail.status, sent.state(PRE_APPLICATION)) == (MailStatus.FILED, "sent")
    assert letter_of(sent).bounced_at is None


def test_a_report_about_a_letter_that_nobody_wrote_waits_for_people(sent: Cast, tmp_path: Path) -> None:
    mail = comes_back(tmp_path, Letter(message_id="<baska@saldirgan.example>"))
    assert (mail.status, sent.state(PRE_APPLICATION)) == (MailStatus.PERSON, "sent")


def test_a_letter_that_failed_after_all_attempts_gives_the_turn_to_support_too(sent: Cast, tmp_path: Path) -> None:
    comes_back(tmp_path, letter_of(sent), report("failed", HEADERS, status="4.4.7"), path="<MAILER-DAEMON>")
    assert sent.state(PRE_APPLICATION) == "send_failed"


def tracking(cast: Cast, letter: Letter) -> str:
    return tracking_address(cast.company).email


def of_another_letter(cast: Cast, letter: Letter) -> str:
    other = Letter.objects.exclude(pk=letter.pk).filter(company=cast.company).first()
    assert other is not None
    return signed_address(other.pk)


def signed_by_a_stranger(cast: Cast, letter: Letter) -> str:
    with override_settings(SECRET_KEY="baska"):
        return signed_address(letter.pk)


@pytest.mark.parametrize("address", [tracking, of_another_letter, signed_by_a_stranger])
def test_a_report_that_only_names_the_letter_is_a_suggestion_for_people(
    sent: Cast, tmp_path: Path, address: Callable[[Cast, Letter], str]
) -> None:
    """A viewer of the company can read the Message-ID and forge the rest."""
    letter, entries = letter_of(sent), Entry.objects.count()
    mail = comes_back(tmp_path, letter, to=address(sent, letter))
    letter.refresh_from_db()
    assert (mail.status, sent.state(PRE_APPLICATION)) == (MailStatus.PERSON, "sent")
    assert letter.bounced_at is None
    assert not Entry.objects.filter(event=Event.LETTER_FAILED).exists()
    assert Entry.objects.count() <= entries + 1, "the journal says that a mail was read, and nothing more"


def test_who_writes_from_an_address_of_his_own_reports_nothing(sent: Cast, tmp_path: Path) -> None:
    mail = comes_back(tmp_path, letter_of(sent), path="<izleyen@mavideniz.example>")
    assert (mail.status, sent.state(PRE_APPLICATION)) == (MailStatus.PERSON, "sent")


def test_a_report_that_names_nobody_is_for_people(sent: Cast, tmp_path: Path) -> None:
    text = f"Mektubunuz teslim edilemedi.\n\nMessage-ID: {make.LETTER_A}\n"
    mail = comes_back(tmp_path, letter_of(sent), text, "Content-Type: text/plain; charset=utf-8\n")
    assert (mail.kind, mail.status, sent.state(PRE_APPLICATION)) == ("bounce", MailStatus.PERSON, "sent")
    assert "kime ulaşmadığını söylemiyor" in mail.status_why


def test_a_report_in_words_alone_moves_the_step_when_it_came_to_the_letters_address(
    sent: Cast, tmp_path: Path
) -> None:
    text = "A message that you sent could not be delivered.\n\n  onkayit@iys.org.tr\n    550 no such user\n"
    mail = comes_back(tmp_path, letter_of(sent), text, "Content-Type: text/plain; charset=utf-8\n")
    assert (mail.status, sent.state(PRE_APPLICATION)) == (MailStatus.APPLIED, "send_failed")
    assert "kendi dönüş adresine" in mail.tied_why


def test_the_letter_can_go_again_and_its_step_goes_on(sent: Cast, tmp_path: Path) -> None:
    comes_back(tmp_path, letter_of(sent))
    sent.move(PRE_APPLICATION, "send_again")
    assert sent.state(PRE_APPLICATION) == "sending"
    first = Letter.objects.filter(company=sent.company, audience="iys").order_by("created_at")[0]
    assert letter_of(sent).message_id != first.message_id
