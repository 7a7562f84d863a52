"""Letters over a real SMTP line: once per cause, claimed once, tried again, given up."""

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.test import override_settings
from django.utils import timezone

from correspondence.models import Audience, Letter, LetterStatus
from correspondence.outgoing import delivery, outbox
from correspondence.outgoing.retry import DELAYS, Answer
from journal.models import Entry, Event
from tenancy.models import Company
from tests.scenarios.factories import CompanyFactory
from tests.scenarios.smtp_server import Server, running

pytestmark = pytest.mark.django_db


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as found:
        yield found


def post(idempotency_key: str = "one", company: Company | None = None) -> Letter:
    return outbox.post(
        company=company or CompanyFactory.create(),
        idempotency_key=idempotency_key,
        body=outbox.Body("Başvuru – İYS", "Sayın Yetkili,\nığüşöç\n", "<p>ığüşöç</p>"),
        address=outbox.Address(Audience.IYS, ["onkayit@iys.org.tr"], cc=["iys@kiyi.example"]),
    )


def left_behind(letter: Letter, **more: object) -> None:
    """As a sender leaves it that dies after it asked the mail server."""
    ago = timezone.now() - timedelta(seconds=1)
    Letter.objects.filter(pk=letter.pk).update(status=LetterStatus.SENDING, attempts=1, lease_until=ago, **more)


def test_a_letter_goes_out_as_it_was_posted(server: Server) -> None:
    letter = post()
    assert delivery.deliver() == 1
    message = message_from_bytes(server.mails[0], policy=policy.default)
    assert str(message["Subject"]) == "Başvuru – İYS"
    assert str(message["Message-ID"]) == letter.message_id
    assert letter.from_email in str(message["From"])
    assert letter.reply_to in str(message["Reply-To"])
    body = message.get_body(("plain",))
    assert body is not None
    assert "ığüşöç" in str(body.get_content())
    letter.refresh_from_db()
    assert letter.status == LetterStatus.SENT


def test_one_cause_is_one_letter(server: Server) -> None:
    company = CompanyFactory.create()
    assert post("same", company).pk == post("same", company).pk
    delivery.deliver()
    delivery.deliver()
    assert len(server.mails) == 1


def test_a_batch_goes_over_one_connection(server: Server) -> None:
    company = CompanyFactory.create()
    for number in range(5):
        post(f"cause {number}", company)
    assert delivery.deliver() == 5
    assert len(server.sessions) == 1


def test_a_refusal_for_now_is_tried_again_later_with_the_same_message_id(server: Server) -> None:
    letter = post()
    server.answer = "451 try later"
    delivery.deliver()
    letter.refresh_from_db()
    assert letter.status == LetterStatus.QUEUED
    assert letter.due_at > timezone.now()
    Letter.objects.update(due_at=timezone.now())
    server.answer = "250 OK"
    delivery.deliver()
    assert letter.message_id.encode() in server.mails[0]


def test_a_refusal_for_good_is_not_tried_again(server: Server) -> None:
    letter = post()
    server.answer = "550 no such user"
    delivery.deliver()
    letter.refresh_from_db()
    assert (letter.status, letter.attempts) == (LetterStatus.FAILED, 1)
    assert "no such user" in letter.smtp_answer


def test_a_server_that_is_away_loses_nothing() -> None:
    letter = post()
    with override_settings(EMAIL_HOST="127.0.0.1", EMAIL_PORT=9):
        assert delivery.deliver() == 0
    letter.refresh_from_db()
    assert letter.status == LetterStatus.QUEUED


def test_a_letter_whose_sender_died_goes_again(server: Server) -> None:
    letter = post()
    left_behind(letter)
    delivery.deliver()
    letter.refresh_from_db()
    assert letter.status == LetterStatus.SENT
    assert len(server.mails) == 1
    assert letter.message_id.encode() in server.mails[0]


def test_a_letter_that_somebody_is_sending_is_left_alone(server: Server) -> None:
    post()
    Letter.objects.update(status=LetterStatus.SENDING, lease_until=timezone.now() + timedelta(minutes=1))
    assert delivery.deliver() == 0
    assert server.mails == []


def test_an_account_letter_belongs_to_no_company(server: Server) -> None:
    outbox.post_account(to="ada@mavideniz.example", from_name="Kıyı", body=outbox.Body("Kod", "123456"))
    delivery.deliver()
    message = message_from_bytes(server.mails[0], policy=policy.default)
    assert message["Auto-Submitted"] == "auto-generated"


def test_a_letter_whose_sender_died_is_shown_to_staff_as_perhaps_sent_twice(server: Server) -> None:
    letter = post()
    left_behind(letter)
    delivery.deliver()
    letter.refresh_from_db()
    assert letter.doubted_at is not None
    assert Entry.objects.filter(event=Event.LETTER_DOUBTED, data__letter=str(letter.pk)).count() == 1


def test_a_letter_whose_copy_came_is_not_sent_again(server: Server) -> None:
    letter = post()
    left_behind(letter, delivered_at=timezone.now())
    assert delivery.deliver() == 0
    letter.refresh_from_db()
    assert (letter.status, letter.doubted_at, server.mails) == (LetterStatus.SENT, None, [])


def test_a_letter_that_kills_its_senders_is_given_up_in_the_end(server: Server) -> None:
    letter = post()
    left_behind(letter)
    Letter.objects.update(attempts=len(DELAYS[Answer.SOON]) + 1)
    assert delivery.deliver() == 0
    letter.refresh_from_db()
    assert letter.status == LetterStatus.FAILED


def test_a_line_that_breaks_after_the_letter_was_handed_over_leaves_a_doubt(server: Server) -> None:
    letter = post()
    server.answer = "hang up"
    delivery.deliver()
    letter.refresh_from_db()
    assert letter.status == LetterStatus.QUEUED
    assert letter.doubted_at is not None


def test_a_refusal_leaves_no_doubt(server: Server) -> None:
    letter = post()
    server.answer = "451 try later"
    delivery.deliver()
    letter.refresh_from_db()
    assert letter.doubted_at is None


def test_nobody_gets_a_letter_that_its_addressee_is_refused(server: Server) -> None:
    letter = post()
    server.refuses["onkayit@iys.org.tr"] = "550 5.1.1 unknown"
    delivery.deliver()
    letter.refresh_from_db()
    assert (letter.status, server.mails) == (LetterStatus.FAILED, [])
    assert "5.1.1" in letter.smtp_answer


def test_a_copy_that_is_refused_keeps_no_letter_and_is_written_down(server: Server) -> None:
    letter = post()
    server.refuses["iys@kiyi.example"] = "550 5.1.1 unknown"
    delivery.deliver()
    letter.refresh_from_db()
    assert (letter.status, len(server.mails)) == (LetterStatus.SENT, 1)
    assert "iys@kiyi.example" in letter.smtp_answer


def test_a_refused_letter_stands_in_no_others_way(server: Server) -> None:
    refused = post("first")
    Letter.objects.update(to=["olmayan@iys.org.tr"])
    post("second")
    server.refuses["olmayan@iys.org.tr"] = "550 5.1.1 unknown"
    assert delivery.deliver() == 1
    refused.refresh_from_db()
    assert refused.status == LetterStatus.FAILED
    assert len(server.sessions) == 1


def test_a_letter_that_cannot_be_put_together_stands_in_no_others_way(server: Server) -> None:
    broken = post("first")
    Letter.objects.filter(pk=broken.pk).update(words="{bozuk")
    post("second")
    assert delivery.deliver() == 1
    broken.refresh_from_db()
    assert (broken.status, broken.attempts) == (LetterStatus.QUEUED, 1)
    assert broken.due_at > timezone.now()


def test_while_the_server_is_away_no_letter_wears_out() -> None:
    letter = post()
    with override_settings(EMAIL_HOST="127.0.0.1", EMAIL_PORT=9):
        for _turn in range(20):
            delivery.deliver()
    letter.refresh_from_db()
    assert (letter.status, letter.attempts) == (LetterStatus.QUEUED, 0)
