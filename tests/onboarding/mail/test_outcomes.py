"""What a step makes of a letter that staff keep back, try again or cancel, and of one that it has outrun."""

from collections.abc import Iterator

import pytest

from correspondence.models import Audience, Letter, LetterStatus
from correspondence.outgoing import control, delivery, outbox
from journal.parties import Party
from onboarding.actions import support_note
from onboarding.actor import Actor
from onboarding.mail import outcomes
from onboarding.models import Application
from onboarding.steps import PRE_APPLICATION
from onboarding.transitions import perform
from tenancy.models import User
from tenancy.roles import Role
from tests.scenarios.factories import UserFactory
from tests.scenarios.ladder import submitted
from tests.scenarios.smtp_server import Server, running

pytestmark = pytest.mark.django_db
STAFF, OWNER = Actor(Party.STAFF), Actor(Party.COMPANY, role=Role.OWNER)


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as found:
        yield found


@pytest.fixture
def application() -> Application:
    """Staff have approved; the letter to İYS lies in the outbox."""
    found = submitted()
    perform(application=found, step=PRE_APPLICATION, move="approve", actor=STAFF)
    return found


@pytest.fixture
def support() -> User:
    user: User = UserFactory.create(is_staff=True)
    return user


def letter_of(application: Application) -> Letter:
    return Letter.objects.filter(application_id=application.pk, audience=Audience.IYS)[0]


def to_iys(server: Server) -> list[str]:
    return [str(each["Message-ID"]) for each in server.messages if "onkayit" in str(each["To"])]


def work() -> None:
    delivery.deliver()
    outcomes.handle_outcomes()


def standing(application: Application) -> tuple[str, str]:
    record = application.records.get(step=PRE_APPLICATION.key)
    return record.state, record.turn


def test_a_held_letter_gives_the_turn_to_staff_and_its_release_moves_the_step(
    server: Server, application: Application, support: User
) -> None:
    letter = letter_of(application)
    control.hold(letter=letter, reason="İYS aradı", by=support)
    work()
    assert standing(application) == ("send_failed", Party.STAFF)
    assert "İYS aradı" in application.records.get(step=PRE_APPLICATION.key).reason
    control.release(letter=letter, by=support)
    work()
    assert standing(application)[0] == "sent"
    assert to_iys(server) == [letter.message_id]


def test_a_failed_letter_that_is_tried_again_moves_the_step_when_it_goes(
    server: Server, application: Application, support: User
) -> None:
    letter = letter_of(application)
    server.answer = "550 policy"
    work()
    assert standing(application) == ("send_failed", Party.STAFF)
    server.answer = "250 OK"
    control.retry(letter=letter, by=support)
    work()
    assert standing(application)[0] == "sent"
    assert to_iys(server) == [letter.message_id]


def test_a_cancelled_letter_gives_the_turn_to_staff_who_may_send_anew(
    server: Server, application: Application, support: User
) -> None:
    letter = letter_of(application)
    control.cancel(letter=letter, reason="eski belge", by=support)
    work()
    assert standing(application) == ("send_failed", Party.STAFF)
    perform(application=application, step=PRE_APPLICATION, move="send_again", actor=STAFF)
    work()
    assert standing(application)[0] == "sent"
    assert len(to_iys(server)) == 1
    assert to_iys(server) != [letter.message_id]


def test_a_case_whose_failed_letter_was_cancelled_says_that_instead_of_the_failure(
    server: Server, application: Application, support: User
) -> None:
    server.answer = "550 5.1.1 no such user"
    work()
    control.cancel(letter=letter_of(application), reason="eski belge", by=support)
    work()
    record = application.records.get(step=PRE_APPLICATION.key)
    assert (record.state, record.turn) == ("send_failed", Party.STAFF)
    said = "Mektubu destek ekibi iptal etti, gönderilmeyecek: eski belge"
    assert support_note.note(record.state, record.reason) == said


def test_sending_again_takes_up_the_letter_that_is_held(
    server: Server, application: Application, support: User
) -> None:
    letter = letter_of(application)
    control.hold(letter=letter, reason="dur", by=support)
    work()
    perform(application=application, step=PRE_APPLICATION, move="send_again", actor=STAFF)
    work()
    assert to_iys(server) == [letter.message_id]


def test_both_ways_of_trying_again_at_once_send_one_letter(
    server: Server, application: Application, support: User
) -> None:
    letter = letter_of(application)
    server.answer = "550 policy"
    work()
    server.answer = "250 OK"
    control.retry(letter=letter, by=support)
    perform(application=application, step=PRE_APPLICATION, move="send_again", actor=STAFF)
    work()
    assert to_iys(server) == [letter.message_id]
    assert standing(application)[0] == "sent"


@pytest.mark.parametrize("kept_back", ["queued", "held", "failed"])
def test_what_has_not_gone_when_the_company_withdraws_never_goes(
    server: Server, application: Application, support: User, kept_back: str
) -> None:
    letter = letter_of(application)
    if kept_back == "held":
        control.hold(letter=letter, reason="dur", by=support)
    elif kept_back == "failed":
        server.answer = "550 policy"
        work()
        server.answer = "250 OK"
    outcomes.handle_outcomes()
    perform(application=application, step=PRE_APPLICATION, move="withdraw", actor=OWNER, reason="vazgeçtik")
    work()
    letter.refresh_from_db()
    assert letter.status == LetterStatus.CANCELLED
    assert to_iys(server) == []
    with pytest.raises(control.NotNow):
        control.retry(letter=letter, by=support)


def test_a_letter_that_went_back_to_the_company_is_not_sent_beside_the_new_one(
    server: Server, application: Application, support: User
) -> None:
    control.hold(letter=letter_of(application), reason="dur", by=support)
    work()
    perform(application=application, step=PRE_APPLICATION, move="return_failed", actor=STAFF, reason="imza eksik")
    work()
    assert to_iys(server) == []
    assert letter_of(application).status == LetterStatus.CANCELLED


def test_an_older_letter_that_goes_late_moves_nothing(server: Server, application: Application) -> None:
    older = letter_of(application)
    newer = outbox.post(
        company=application.company,
        idempotency_key="newer",
        body=outbox.Body("Yenisi", "Başka söz\n"),
        address=outbox.Address(
            Audience.IYS, ["baska@iys.org.tr"], application_id=application.pk, step_key="pre_application"
        ),
    )
    Letter.objects.filter(pk=older.pk).update(status=LetterStatus.SENT, outcome_handled_at=None)
    Letter.objects.filter(pk=newer.pk).update(status=LetterStatus.QUEUED)
    outcomes.handle_outcomes()
    assert standing(application)[0] == "sending"
