"""Letters that are no longer what they were looked at as: readers, secrets, holds and accounts that change."""

from datetime import timedelta

import pytest
from django.utils import timezone

from correspondence.models import Letter, LetterStatus
from correspondence.models.sending import SendingAccount
from correspondence.outgoing import control, delivery, news, outbox, sending_accounts, settling
from journal.models import Event
from tenancy.models import User
from tests.correspondence.outgoing.meanwhile import ACTS, COPY, DEFNE, EFE, LATER, MOMENTS, Row, at, mails_of
from tests.correspondence.outgoing.outbox_full import (
    Line,
    account_of,
    attempts,
    counted,
    counted_today,
    now,
    outcomes,
    statuses,
)
from tests.scenarios.factories import CompanyFactory
from tests.scenarios.smtp_server import AccountServer, Server

pytestmark = pytest.mark.django_db
SECRET = "gizli-anahtar-8231"


@pytest.mark.parametrize("target", [EFE, "@liman.example"])
def test_what_was_looked_at_under_a_hold_that_is_lifted_goes_on(
    server: Server, line: Line, row: Row, support: User, target: str
) -> None:
    order = control.hold_sending(partner=None, target=target, reason="dur", by=support)
    Letter.objects.filter(pk=row.middle.pk).update(due_at=row.last.due_at + timedelta(milliseconds=1))
    line.once_handed_over(row.first, lambda: control.lift(sending_hold=order, by=support))
    delivery.deliver()
    delivery.deliver()
    assert statuses([row.first, row.last, row.middle]) == ["sent"] * 3
    assert mails_of(server, row.middle) == 1


def test_news_that_becomes_due_while_others_go_goes_to_the_team_of_now(
    server: Server, line: Line, row: Row
) -> None:
    """A long run: the news was not yet due when it began."""
    middle = Letter.objects.filter(pk=row.middle.pk)
    middle.update(due_at=timezone.now() + LATER)
    row.company.memberships.filter(user__email=EFE).delete()
    line.once_handed_over(row.first, lambda: middle.update(due_at=timezone.now()))
    delivery.deliver()
    delivery.deliver()
    assert [each for each in line.recipients if DEFNE in each or EFE in each] == [(DEFNE, COPY)]


@pytest.mark.parametrize("moment", MOMENTS)
def test_who_left_the_team_gets_no_news(server: Server, line: Line, row: Row, moment: str) -> None:
    def leaves() -> None:
        row.company.memberships.filter(user__email=EFE).delete()
        news.ask_again(timezone.now())

    at(moment, line, row, leaves)
    delivery.deliver()
    delivery.deliver()
    assert [each for each in line.recipients if DEFNE in each or EFE in each] == [(DEFNE, COPY)]
    assert not any(EFE in str(each["To"]) for each in server.messages)
    assert statuses([row.first, row.middle, row.last]) == ["sent", "sent", "sent"]
    assert attempts([row.middle]) == [1]
    assert (counted_today(), counted("letters.company.day")) == (3, 3)


@pytest.mark.parametrize("moment", MOMENTS)
def test_news_whose_readers_have_all_left_does_not_go(server: Server, line: Line, row: Row, moment: str) -> None:
    def leave() -> None:
        row.company.memberships.all().delete()
        news.ask_again(timezone.now())

    at(moment, line, row, leave)
    assert delivery.deliver() == 2
    assert now(row.middle).status == LetterStatus.CANCELLED
    assert mails_of(server, row.middle) == 0


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("how", ["wiped", "over"])
def test_a_secret_that_ended_meanwhile_is_not_sent(
    server: Server, line: Line, row: Row, how: str, moment: str
) -> None:
    sealed = outbox.with_secrets(
        shown=outbox.Body("Haber", "••••"),
        sent=outbox.Body("Haber", SECRET),
        until=timezone.now() + LATER,
    )
    middle = outbox.post_account(to=DEFNE, from_name="Liman", body=sealed)
    middle.due_at = row.middle.due_at
    middle.save(update_fields=["due_at"])
    Letter.objects.filter(pk=row.middle.pk).delete()
    row.middle = middle

    def ends() -> None:
        Letter.objects.filter(pk=middle.pk).update(sealed_until=timezone.now())
        if how == "wiped":
            settling.end_outdated()

    at(moment, line, row, ends)
    assert delivery.deliver() == 2
    delivery.deliver()
    assert not any(SECRET.encode() in raw for raw in server.mails)
    assert mails_of(server, middle) == 0
    assert now(middle).status != LetterStatus.SENT
    assert statuses([row.first, row.last]) == ["sent", "sent"]


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_letter_that_was_erased_meanwhile_stops_nobody(
    server: Server, line: Line, row: Row, moment: str
) -> None:
    at(moment, line, row, lambda: Letter.objects.filter(pk=row.middle.pk).delete())
    assert delivery.deliver() == 2
    assert server.titles == [row.first.subject, row.last.subject]
    assert (counted_today(), counted("letters.company.day")) == (2, 2)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_letter_that_was_taken_up_under_another_cause_goes_once(
    server: Server, line: Line, row: Row, moment: str
) -> None:
    renamed = {"idempotency_key": "news:again", "message_group": "news:again"}
    at(moment, line, row, lambda: Letter.objects.filter(pk=row.middle.pk).update(**renamed))
    delivery.deliver()
    delivery.deliver()
    assert mails_of(server, row.middle) == 1
    assert outcomes(row.middle) == [Event.LETTER_SENT]
    assert now(row.middle).message_group == "news:again"


@pytest.mark.parametrize("name", ["held", "taken by another", "partner held", "address held"])
@pytest.mark.parametrize("moment", ["put together", "first handed over"])
def test_on_a_companys_own_line_it_is_the_same(
    server: Server, mailbox: AccountServer, line: Line, row: Row, support: User, name: str, moment: str
) -> None:
    account = account_of(row.company, mailbox)
    elsewhere = CompanyFactory.create()
    rest = {"account": account, "company": elsewhere}
    Letter.objects.filter(pk__in=[row.first.pk, row.last.pk]).update(**rest)
    Letter.objects.filter(pk=row.middle.pk).update(account=account)
    act, status, tried = ACTS[name]
    at(moment, line, row, lambda: act(row, support))
    delivery.deliver()
    delivery.deliver()
    assert (server.mails, sorted(mailbox.titles)) == ([], [row.first.subject, row.last.subject])
    assert statuses([row.middle]) == [status]
    assert attempts([row.middle]) == [tried]
    assert (counted_today(), counted("letters.company.day")) == (2, 2)


@pytest.mark.parametrize("moment", MOMENTS)
def test_nothing_goes_over_an_account_that_was_taken_away_meanwhile(
    server: Server, mailbox: AccountServer, line: Line, row: Row, support: User, moment: str
) -> None:
    account = account_of(row.company, mailbox)
    Letter.objects.update(account=account, company=row.company)
    sending = SendingAccount.objects.get(pk=account.pk)
    at(moment, line, row, lambda: sending_accounts.take_away(account=sending, by=support))
    delivery.deliver()
    assert row.middle.subject not in mailbox.titles
    assert row.last.subject not in mailbox.titles
    assert now(row.last).status != LetterStatus.SENT
