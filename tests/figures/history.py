"""A small history with dates, written by hand: what the journal would hold of it."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from correspondence.models import Audience, Letter, LetterStatus, Mail, MailStatus
from journal.models import Entry, Event
from journal.parties import Party
from onboarding.gate import Route
from onboarding.models import Application
from partners.models import Partner
from tenancy.models import Company, User
from tests.scenarios.factories import CompanyFactory

ISTANBUL = ZoneInfo("Europe/Istanbul")
ONE, TWO = "pre_application", "status_query"


def on(day: str, hour: str = "12:00") -> datetime:
    """A moment in Istanbul."""
    return datetime.fromisoformat(f"2026-{day}T{hour}").replace(tzinfo=ISTANBUL)


class History:
    """One application and what became of it. Steps hand their turn on at the same moment."""

    def __init__(self, at: datetime, *, company: Company | None = None, route: Route = Route.FULL) -> None:
        self.company: Company = company or CompanyFactory.create()
        self.application = Application.objects.create(company=self.company, route=route)
        Application.objects.filter(pk=self.application.pk).update(opened_at=at)
        self.told(Event.OPENED, at)

    def told(self, event: Event, at: datetime, **columns: Any) -> Entry:
        columns = {"party": Party.SYSTEM, "text": "", **columns}
        return Entry.objects.create(
            company=self.company, application_id=self.application.pk, event=event, at=at, **columns
        )

    def moved(
        self, step: str, left: str, state: str, at: datetime, *, turn: str = "company", by: User | None = None
    ) -> Entry:
        data = {"move": "x", "left": left, "state": state, "before": {"turn": turn}}
        party = Party.STAFF if by else Party.SYSTEM
        return self.told(Event.MOVED, at, step_key=step, data=data, party=party, actor=by)

    def undone(self, entry: Entry, at: datetime, *, by: User | None = None) -> None:
        self.told(Event.UNDONE, at, step_key=entry.step_key, data={"of": [entry.pk]}, actor=by)

    def first_step(self, sent: datetime, reviewed: datetime, by: User | None = None) -> Entry:
        """The company sends, support approves, and step 1 is done."""
        self.moved(ONE, "draft", "submitted", sent)
        return self.moved(ONE, "submitted", "sent", reviewed, turn="staff", by=by)


def mail(at: datetime, *, kind: str = "received", company: Company | None = None, **columns: Any) -> Mail:
    number = Mail.objects.count()
    columns = {"status": MailStatus.APPLIED, **columns}
    made: Mail = Mail.objects.create(
        mailbox="m", folder="INBOX", uid_validity=1, uid=str(number), stored_name=str(number),
        sha256=f"{number:064}", size=1, company=company, kind=kind, **columns,
    )  # fmt: skip
    Mail.objects.filter(pk=made.pk).update(received_at=at)
    return made


def letter(at: datetime, *, company: Company | None, audience: Audience = Audience.COMPANY) -> Letter:
    number = Letter.objects.count()
    sent: Letter = Letter.objects.create(
        company=company, audience=audience, idempotency_key=f"rakam-{number}", message_group=f"rakam-{number}",
        status=LetterStatus.SENT, from_email="p@portal.example", subject="x", stored_name="x",
        message_id=f"<{number}@x>", due_at=at, sent_at=at,
    )  # fmt: skip
    return sent


def partner(name: str) -> Partner:
    return Partner.objects.create(name=name, legal_name=f"{name} A.Ş.")
