"""Who has looked at what holds identity numbers is in the journal (KVKK)."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from journal.entries import write
from journal.models import Entry, Event
from tenancy.models import Company, User

# A browser that shows a PDF asks for it several times: what is opened again within this time is one look.
ONE_LOOK = timedelta(minutes=5)
# Who leafs through a paper has opened it at its first page: the pages behind that are no further looks.
LEAFING = timedelta(minutes=30)


def opened(
    *,
    company: Company,
    key: str,
    text: str,
    party: str,
    user: User | None,
    application_id: UUID | None = None,
    within: timedelta = ONE_LOOK,
) -> None:
    """Writes down that a paper was opened. `key` names the file, `text` says in Turkish what was opened; `within`
    what time after an entry there is no other one."""
    before = Entry.objects.filter(
        company=company, event=Event.PAPER_OPENED, actor=user, data__file=key, at__gt=timezone.now() - within
    )
    if not before.exists():
        write(
            company=company,
            event=Event.PAPER_OPENED,
            text=text,
            party=party,
            actor=user,
            application_id=application_id,
            data={"file": key},
        )
