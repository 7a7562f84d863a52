"""Three letters in their turn, and what another process does to the middle one at a moment of the sending."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from correspondence.models import Audience, Letter
from correspondence.outgoing import control, news, outbox
from partners.models import Partner
from tenancy.models import Company, User
from tests.correspondence.outgoing.outbox_full import (
    Line,
    many,
)
from tests.scenarios.factories import CompanyFactory, MembershipFactory, UserFactory
from tests.scenarios.smtp_server import Server

DEFNE, EFE = "defne@liman.example", "efe@liman.example"
COPY = "kopya@liman.example"
LATER = timedelta(hours=1)


@dataclass
class Row:
    """Three letters in their turn. The middle one is news of another partner's company, to two of its people."""

    first: Letter
    middle: Letter
    last: Letter

    @property
    def company(self) -> Company:
        assert self.middle.company is not None
        return self.middle.company


def three() -> Row:
    """The middle one waits since just after the first."""
    first, last = many(2)
    liman = Partner.objects.create(name="Liman", legal_name="Liman A.Ş.", copy_address="iys@liman.example")
    company = CompanyFactory.create(partner=liman)
    for email in (DEFNE, EFE):
        MembershipFactory.create(company=company, user=UserFactory.create(email=email))
    middle = outbox.post(
        company=company,
        idempotency_key="news:middle",
        body=outbox.Body("Haber", "Metin\n"),
        address=outbox.Address(Audience.COMPANY, [DEFNE, EFE], cc=[COPY], application_id=uuid4()),
    )
    middle.due_at = first.due_at + timedelta(milliseconds=1)
    middle.save(update_fields=["due_at"])
    return Row(first, middle, last)


Act = Callable[[Row, User], object]


def change(**values: object) -> Act:
    def act(row: Row, _by: User) -> object:
        fresh = {name: value() if callable(value) else value for name, value in values.items()}
        return Letter.objects.filter(pk=row.middle.pk).update(**fresh)

    return act


def hold_all(target: str, *, of_partner: bool) -> Act:
    def act(row: Row, by: User) -> object:
        partner = row.company.partner if of_partner else None
        return control.hold_sending(partner=partner, target=target, reason="dur", by=by)

    return act


def superseded(row: Row, _by: User) -> None:
    assert row.middle.application_id
    news.supersede(
        company=row.company, application_id=row.middle.application_id, readers=[DEFNE, EFE], why="Yenisi var."
    )


def withdrawn(row: Row, _by: User) -> None:
    assert row.middle.application_id
    news.withdraw(application_id=row.middle.application_id, why="Geri alındı.")


# What is done to the middle letter, the status and the attempts that it has in the end.
ACTS: dict[str, tuple[Act, str, int]] = {
    "held": (lambda row, by: control.hold(letter=row.middle, reason="dur", by=by), "held", 0),
    "cancelled": (lambda row, by: control.cancel(letter=row.middle, reason="dur", by=by), "cancelled", 0),
    "marked as sent": (lambda row, by: control.mark_sent(letter=row.middle, reason="gitti", by=by), "sent", 0),
    "partner held": (hold_all("", of_partner=True), "queued", 0),
    "address held": (hold_all(EFE, of_partner=False), "held", 0),
    "copy's address held": (hold_all(COPY, of_partner=False), "held", 0),
    "domain held": (hold_all("@liman.example", of_partner=False), "held", 0),
    "partner holds the address": (hold_all(DEFNE, of_partner=True), "held", 0),
    "superseded": (superseded, "cancelled", 0),
    "withdrawn": (withdrawn, "cancelled", 0),
    "taken by another": (
        change(status="sending", attempts=1, lease_until=lambda: timezone.now() + LATER),
        "sending",
        1,
    ),
    "sent by another": (change(status="sent", attempts=1, sent_at=timezone.now), "sent", 1),
    "failed there and rests": (change(attempts=1, due_at=lambda: timezone.now() + LATER), "queued", 1),
    "failed there for good": (change(status="failed", attempts=1), "failed", 1),
    "put off": (change(due_at=lambda: timezone.now() + LATER), "queued", 0),
}
MOMENTS = ("first put together", "put together", "first handed over")


def at(moment: str, line: Line, row: Row, act: Callable[[], object]) -> None:
    if moment == "first put together":
        line.once_put_together(row.first, act)
    elif moment == "put together":
        line.once_put_together(row.middle, act)
    else:
        line.once_handed_over(row.first, act)


def mails_of(server: Server, letter: Letter) -> int:
    return [str(each["Message-ID"]) for each in server.messages].count(letter.message_id)
