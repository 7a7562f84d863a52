"""Letters that have not gone, in the hands of staff: held, released, tried again, cancelled; sending stopped."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import override_settings
from django.utils import timezone

from correspondence.models import Audience, Letter, LetterStatus
from correspondence.outgoing import control, delivery, outbox, settling
from journal.models import Entry, Event
from partners.models import Partner
from tenancy.models import Company, User
from tests.scenarios.factories import CompanyFactory, UserFactory
from tests.scenarios.smtp_server import Server, running

pytestmark = pytest.mark.django_db
TO = "onkayit@iys.org.tr"


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as found:
        yield found


@pytest.fixture
def support() -> User:
    user: User = UserFactory.create(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="hold_sending"))
    return user


def post(
    idempotency_key: str, to: str = TO, audience: Audience = Audience.IYS, company: Company | None = None
) -> Letter:
    return outbox.post(
        company=company or Company.objects.first() or CompanyFactory.create(),
        idempotency_key=idempotency_key,
        body=outbox.Body(f"Mektup {idempotency_key}", "Metin\n"),
        address=outbox.Address(audience, [to]),
    )


def status(letter: Letter) -> str:
    letter.refresh_from_db()
    return letter.status


def refused(server: Server, letter: Letter) -> Letter:
    server.answer = "550 no such user"
    delivery.deliver()
    server.answer = "250 OK"
    assert status(letter) == LetterStatus.FAILED
    return letter


def test_a_held_letter_stays_until_it_is_released(server: Server, support: User) -> None:
    letter = post("one")
    control.hold(letter=letter, reason="adres soruluyor", by=support)
    assert delivery.deliver() == 0
    control.release(letter=letter, by=support)
    assert delivery.deliver() == 1
    events = [Event.LETTER_POSTED, Event.LETTER_HELD, Event.LETTER_RELEASED, Event.LETTER_SENT]
    entries = Entry.objects.filter(company=letter.company).order_by("pk")
    assert [entry.event for entry in entries] == events
    assert entries[1].actor == support
    assert "adres soruluyor" in entries[1].text


def test_a_failed_letter_is_tried_again_under_its_message_id(server: Server, support: User) -> None:
    letter = refused(server, post("one"))
    control.retry(letter=letter, by=support)
    assert delivery.deliver() == 1
    assert [message["Message-ID"] for message in server.messages] == [letter.message_id]


def test_a_cancelled_letter_never_goes(server: Server, support: User) -> None:
    letter = post("one")
    control.cancel(letter=letter, reason="yanlış firma", by=support)
    assert delivery.deliver() == 0
    for act in (control.release, control.retry):
        with pytest.raises(control.NotNow):
            act(letter=letter, by=support)
    assert status(letter) == LetterStatus.CANCELLED
    assert "yanlış firma" in letter.smtp_answer


@pytest.mark.parametrize("now", [LetterStatus.SENDING, LetterStatus.SENT])
def test_what_is_going_or_gone_is_neither_held_nor_cancelled(support: User, now: LetterStatus) -> None:
    letter = post("one")
    Letter.objects.update(status=now)
    before = Entry.objects.count()
    for act in (control.hold, control.cancel):
        with pytest.raises(control.NotNow):
            act(letter=letter, reason="dur", by=support)
    assert status(letter) == now
    assert Entry.objects.count() == before


@pytest.mark.parametrize("act", [control.hold, control.cancel])
def test_it_is_said_why(support: User, act: object) -> None:
    with pytest.raises(control.NotNow, match="neden"):
        act(letter=post("one"), reason="  ", by=support)  # type: ignore[operator]


def test_one_order_stops_everything_and_its_end_lets_it_go(server: Server, support: User) -> None:
    post("one")
    outbox.post_account(to="ada@mavideniz.example", from_name="Kıyı", body=outbox.Body("Kod", "123456"))
    order = control.hold_sending(partner=None, target="", reason="yanlış şablon", by=support)
    assert delivery.deliver() == 0
    assert set(Letter.objects.values_list("status", "attempts")) == {(LetterStatus.QUEUED, 0)}
    control.lift(sending_hold=order, by=support)
    assert delivery.deliver() == 2
    order.refresh_from_db()
    assert (order.held_by, order.lifted_by, order.reason) == (support, support, "yanlış şablon")


def test_the_order_holds_in_the_middle_of_a_batch(server: Server, support: User) -> None:
    for number in range(4):
        post(f"{number}")
    settle = settling.settle

    def settle_and_stop(letter: Letter, outcome: settling.Outcome) -> None:
        settle(letter, outcome)
        if len(server.mails) == 2:
            control.hold_sending(partner=None, target="", reason="dur", by=support)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settling, "settle", settle_and_stop)
        assert delivery.deliver() == 2
    assert len(server.mails) == 2


def test_a_partner_stops_its_own_companies_letters_alone(server: Server, support: User) -> None:
    ours = post("ours")
    other = Partner.objects.create(name="Liman", legal_name="Liman A.Ş.", copy_address="iys@liman.example")
    theirs = post("theirs", company=CompanyFactory.create(partner=other))
    control.hold_sending(partner=other, target="", reason="bakım", by=support)
    assert delivery.deliver() == 1
    assert (status(ours), status(theirs)) == (LetterStatus.SENT, LetterStatus.QUEUED)


@pytest.mark.parametrize("target", ["Onkayit@IYS.org.tr", "@iys.org.tr"])
def test_letters_to_one_address_or_domain_wait_and_the_others_go(
    server: Server, support: User, target: str
) -> None:
    paused, free = post("paused"), post("free", "ada@mavideniz.example", Audience.COMPANY)
    order = control.hold_sending(partner=None, target=target, reason="posta kutusu dolu", by=support)
    assert delivery.deliver() == 1
    assert (status(paused), status(free)) == (LetterStatus.HELD, LetterStatus.SENT)
    assert "posta kutusu dolu" in paused.smtp_answer
    assert control.lift(sending_hold=order, by=support) == 1
    assert delivery.deliver() == 1


def test_a_domain_is_not_taken_for_one_that_ends_alike(support: User) -> None:
    order = control.hold_sending(partner=None, target="@iys.org.tr", reason="dur", by=support)
    assert not order.covers("a@degil-iys.org.tr")
    assert not order.covers("a@iys.org.tr.example")
    assert order.covers("A@İYS.ORG.TR".replace("İ", "I"))


def test_the_same_is_stopped_once_and_the_end_comes_once(support: User) -> None:
    order = control.hold_sending(partner=None, target="", reason="dur", by=support)
    with pytest.raises(control.NotNow):
        control.hold_sending(partner=None, target="", reason="dur", by=support)
    control.lift(sending_hold=order, by=support)
    with pytest.raises(control.NotNow):
        control.lift(sending_hold=order, by=support)


def test_above_the_days_cap_letters_wait_and_staff_are_told_once(server: Server, support: User) -> None:
    for number in range(5):
        post(f"{number}")
    company = post("company", "ada@mavideniz.example", Audience.COMPANY)
    with override_settings(LETTERS_TO_IYS_PER_DAY=2):
        for _turn in range(3):
            delivery.deliver()
        assert [message["To"] for message in server.messages].count(TO) == 2
        assert status(company) == LetterStatus.SENT
        (told,) = [message for message in server.messages if message["To"] == support.email]
        text = told.get_body(("plain",))
        assert text is not None
        assert "İYS'ye günde 2 mektup" in text.get_content()
        assert "/firma/bildirimler/" in text.get_content()
        assert Letter.objects.filter(status=LetterStatus.QUEUED, attempts=0).count() == 3
    assert delivery.deliver() == 3


def test_the_cap_of_all_letters_holds_for_all_but_what_staff_are_told(server: Server, support: User) -> None:
    for number in range(4):
        post(f"{number}", f"kisi{number}@mavideniz.example", Audience.COMPANY)
    with override_settings(LETTERS_PER_DAY=2):
        delivery.deliver()
        delivery.deliver()
    assert sorted(message["To"] for message in server.messages) == sorted(
        ["kisi0@mavideniz.example", "kisi1@mavideniz.example", support.email]
    )


def test_a_new_day_has_its_own_cap(server: Server) -> None:
    for number in range(2):
        post(f"{number}")
    with override_settings(LETTERS_TO_IYS_PER_DAY=1):
        delivery.deliver()
        tomorrow = timezone.now() + timedelta(days=1)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(timezone, "now", lambda: tomorrow)
            delivery.deliver()
    assert len(server.mails) == 2
