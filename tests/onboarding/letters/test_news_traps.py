"""News that rests while something else happens: nobody is told what is no longer so, or is none of theirs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone

from correspondence.models import Audience, Letter, LetterStatus
from correspondence.outgoing import delivery
from journal.models import Entry, Event
from onboarding import applications, transitions
from onboarding.actor import IYS
from onboarding.gate import Route
from onboarding.steps import STATUS_QUERY
from team import people
from tenancy.models import Membership, User
from tests.onboarding.letters.test_news import told
from tests.scenarios import mails
from tests.scenarios.cast import Cast
from tests.scenarios.factories import MembershipFactory
from tests.scenarios.ladder import STAFF
from tests.scenarios.smtp_server import Server, running

pytestmark = pytest.mark.django_db
SENT_TO_IYS = "Ön başvuru: İYS'ye gönderildi"
RECEIVED = "Başvuru durumu: İYS başvurunuzu aldı, inceliyor"


@pytest.fixture
def cast() -> Cast:
    cast = Cast()
    cast.at_iys_with_the_parcel()
    assert SENT_TO_IYS in told(cast)
    return cast


def news() -> list[Letter]:
    waiting = Letter.objects.filter(message_group__startswith="news:", status=LetterStatus.QUEUED)
    return list(waiting.order_by("created_at"))


@pytest.mark.parametrize("ends", ["withdrawn", "replaced", "on another route", "refused"])
def test_an_application_that_ended_meanwhile_has_no_news(cast: Cast, ends: str) -> None:
    if ends == "withdrawn":
        cast.move(STATUS_QUERY, "withdraw", cast.owner, reason="Vazgeçtik")
    if ends == "replaced":
        Letter.objects.filter(audience=Audience.IYS).update(status=LetterStatus.SENT)
    if ends in ("replaced", "on another route"):
        applications.change_route(application=cast.now(), route=Route.EXEMPT, actor=cast.owner, closes=True)
    if ends == "refused":
        cast.move(STATUS_QUERY, "refuse", IYS, reason="Belge eksik")
    assert SENT_TO_IYS not in told(cast)


def test_news_of_a_move_that_was_taken_back_does_not_go(cast: Cast) -> None:
    cast.move(STATUS_QUERY, "received", IYS)
    assert RECEIVED in told(cast)
    moved = Entry.objects.filter(company=cast.company, event=Event.MOVED).latest("pk")
    transitions.undo(application=cast.now(), entries=[moved], actor=STAFF, reason="Başka firmanın postasıymış")
    assert RECEIVED not in told(cast)


def goes() -> Letter:
    """The news that rests, as it is when its time has come and the letters are sent."""
    (resting,) = news()
    Letter.objects.filter(pk=resting.pk).update(due_at=timezone.now())
    delivery.deliver()
    resting.refresh_from_db()
    return resting


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as found:
        yield found


def parts(cast: Cast, role: str, how: str) -> str:
    """One of the team is not to be told any more; returns their address."""
    member = cast.company.memberships.get(user=cast.people[role])
    if how == "removed":
        people.remove(membership=member, by=people.Doer(cast.people["owner"]))
    elif how == "left":
        people.remove(membership=member, by=people.Doer(cast.people[role]))
    elif how == "switched off":
        User.objects.filter(pk=member.user_id).update(is_active=False)
    else:
        Membership.objects.filter(pk=member.pk).update(notices="turn")
    return member.user.email


@pytest.mark.parametrize("how", ["removed", "left", "switched off", "wants no news"])
def test_who_is_not_to_be_told_any_more_is_not_told_what_was_resting(cast: Cast, how: str, server: Server) -> None:
    address = parts(cast, "editor", how)
    assert address in news()[0].to
    gone = goes()
    assert gone.status == LetterStatus.SENT
    assert gone.to == [cast.people["owner"].email]
    (mail,) = [each for each in server.mails if gone.message_id.encode() in each]
    assert address.encode() not in mail


def test_news_that_has_lost_all_its_readers_does_not_go(cast: Cast, server: Server) -> None:
    Letter.objects.filter(pk=news()[0].pk).update(to=[cast.people["editor"].email])
    parts(cast, "editor", "left")
    assert goes().status == LetterStatus.CANCELLED


def test_who_has_left_keeps_no_old_news_alive(cast: Cast, tmp_path: Path) -> None:
    parts(cast, "editor", "removed")
    cast.arrives(tmp_path, mails.RECEIVED)
    assert [subject for subject in told(cast) if subject in (SENT_TO_IYS, RECEIVED)] == [RECEIVED]


def test_who_came_meanwhile_changes_nothing(cast: Cast, tmp_path: Path) -> None:
    """The newer letter has more readers, and all of the older one's."""
    MembershipFactory.create(company=cast.company)
    cast.arrives(tmp_path, mails.RECEIVED)
    assert [subject for subject in told(cast) if subject in (SENT_TO_IYS, RECEIVED)] == [RECEIVED]


def test_two_steps_in_a_row_that_ask_are_two_mails_that_both_go(cast: Cast, tmp_path: Path) -> None:
    cast.arrives(tmp_path, mails.APPROVED)
    asked = Letter.objects.filter(message_group__startswith="turn:", status=LetterStatus.QUEUED).count()
    assert asked == 1
    assert not news()


def test_the_other_company_of_one_person_takes_no_news_away(cast: Cast, tmp_path: Path) -> None:
    other = Cast(trade_name="Öteki Ticaret Limited Şirketi", code="820593")
    MembershipFactory.create(company=other.company, user=cast.people["owner"])
    other.at_iys()
    other.arrives(tmp_path, mails.RECEIVED)
    assert SENT_TO_IYS in told(cast)


def test_the_next_attempt_is_not_told_of_by_the_one_before(cast: Cast) -> None:
    cast.move(STATUS_QUERY, "withdraw", cast.owner, reason="Vazgeçtik")
    application = applications.apply_again(company=cast.company, actor=cast.owner)
    assert application.closed_at is None
    assert not news()


def test_the_last_owner_who_mutes_all_is_still_told_that_it_is_her_turn(cast: Cast, tmp_path: Path) -> None:
    Membership.objects.filter(company=cast.company).update(notices="none")
    cast.arrives(tmp_path, mails.APPROVED)
    asks = Letter.objects.filter(message_group__startswith="turn:", audience=Audience.COMPANY).latest("created_at")
    assert asks.to == [cast.people["owner"].email]


def test_a_step_put_on_hold_while_its_news_rests_does_not_say_what_comes_next(cast: Cast) -> None:
    """What was sent stays true; support's pause is told by whoever paused it."""
    cast.move(STATUS_QUERY, "hold", reason="Telefon bekleniyor")
    assert SENT_TO_IYS in told(cast)
