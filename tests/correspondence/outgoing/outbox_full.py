"""An outbox with letters in it, and what another process does at a chosen moment while they are being sent."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import Sum
from django.test import override_settings
from django.utils import timezone

from correspondence.models import Audience, Letter, LetterStatus
from correspondence.models.sending import SendingAccount, SendingDay
from correspondence.outgoing import message, outbox, smtp
from journal.models import Entry, Event
from limits.models import Counter
from limits.table import DEFAULTS
from tenancy.models import Company
from tests.scenarios.factories import CompanyFactory
from tests.scenarios.smtp_server import SECRET, AccountServer

OUTCOMES = (Event.LETTER_SENT, Event.LETTER_FAILED)
ADA = "ada@mavideniz.example"


def many(
    count: int,
    company: Company | None = None,
    *,
    key: str = "mektup",
    audience: Audience = Audience.COMPANY,
    **more: Any,
) -> list[Letter]:
    """So many letters that are due, the first the longest; they share the file with their words."""  # fmt: skip
    if company is None and audience is not Audience.ACCOUNT:
        company = CompanyFactory.create()
    body, address = outbox.Body("Örnek", "Metin\n", "<p>Metin</p>"), outbox.Address(audience, [ADA])
    if company is None:
        model = outbox.post_account(to=ADA, from_name="Kıyı", body=body)
    else:
        model = outbox.post(company=company, idempotency_key=f"{key}:model", body=body, address=address)
    values = {each.attname: getattr(model, each.attname) for each in Letter._meta.concrete_fields}
    Letter.objects.filter(pk=model.pk).delete()
    begin = timezone.now() - timedelta(hours=1)
    if (account := more.pop("account", None)) is not None:
        more["account_id"] = account.pk
    rows = []
    for number in range(count):
        name = uuid4()
        rows.append(
            Letter(
                **{
                    **values,
                    "id": name,
                    "idempotency_key": f"{key}:{number}",
                    "message_group": f"{key}:{number}",
                    "message_id": f"<{name}@takip.example>",
                    "subject": f"{key} {number}",
                    "due_at": begin + timedelta(seconds=number),
                    **more,
                }
            )
        )
    return Letter.objects.bulk_create(rows)


def in_parts(count: int, *, key: str = "bölüm", company: Company | None = None) -> list[Letter]:
    """One letter in so many parts, the last of which is due first."""
    parts = many(count, company, key=key)
    due = [each.due_at for each in reversed(parts)]
    for number, part in enumerate(parts, start=1):
        part.message_group, part.part, part.due_at = key, number, due[number - 1]
    Letter.objects.bulk_update(parts, ["message_group", "part", "due_at"])
    return parts


def account_of(company: Company, mailbox: AccountServer) -> SendingAccount:
    return SendingAccount.objects.create(
        company=company,
        email=company.corporate_email,
        host="127.0.0.1",
        port=mailbox.port,
        security="none",
        user_name=company.corporate_email,
        password=SECRET,
        state="ready",
        asked_at=timezone.now(),
        tested_at=timezone.now(),
    )


def now(letter: Letter) -> Letter:
    letter.refresh_from_db()
    return letter


def statuses(letters: Iterable[Letter]) -> list[str]:
    return [now(each).status for each in letters]


def attempts(letters: Iterable[Letter]) -> list[int]:
    return [now(each).attempts for each in letters]


def outcomes(letter: Letter) -> list[str]:
    entries = Entry.objects.filter(event__in=OUTCOMES, data__letter=str(letter.pk))
    return list(entries.order_by("pk").values_list("event", flat=True))


def entries(letter: Letter, event: Event) -> int:
    return Entry.objects.filter(event=event, data__letter=str(letter.pk)).count()


def counted_today() -> int:
    return SendingDay.objects.aggregate(total=Sum("letters"))["total"] or 0


def counted(measure: str) -> int:
    return Counter.objects.filter(measure=measure).aggregate(total=Sum("used"))["total"] or 0


def all_due() -> None:
    Letter.objects.filter(status=LetterStatus.QUEUED).update(due_at=timezone.now() - timedelta(seconds=1))


def quotas(**numbers: int) -> Any:
    """`letters__company__day=2`: the table of limits with other numbers."""
    return override_settings(QUOTAS={**DEFAULTS, **{key.replace("__", "."): n for key, n in numbers.items()}})


@dataclass
class Line:
    """What went over lines, and acts of others at moments of it."""

    recipients: list[tuple[str, ...]] = field(default_factory=list)
    composed: list[str] = field(default_factory=list)
    during: dict[str, Callable[[], object]] = field(default_factory=dict)
    after: dict[str, Callable[[], object]] = field(default_factory=dict)
    once_composed: dict[str, Callable[[], object]] = field(default_factory=dict)

    def while_handing_over(self, letter: Letter, act: Callable[[], object]) -> None:
        self.during[letter.message_id] = act

    def once_handed_over(self, letter: Letter, act: Callable[[], object]) -> None:
        self.after[letter.message_id] = act

    def once_put_together(self, letter: Letter, act: Callable[[], object]) -> None:
        self.once_composed[letter.message_id] = act

    def watch(self, patch: pytest.MonkeyPatch) -> None:
        hand_over, compose, watching = smtp.Connection.hand_over, message.on_the_line, self

        def handed_over(connection: smtp.Connection, **what: Any) -> Any:
            name = _name(what["content"])
            watching.during.pop(name, _nothing)()
            answer = hand_over(connection, **what)
            watching.recipients.append((*what["needed"], *what["also"]))
            watching.after.pop(name, _nothing)()
            return answer

        def put_together(letter: Letter) -> bytes:
            raw = compose(letter)
            watching.composed.append(letter.message_id)
            watching.once_composed.pop(letter.message_id, _nothing)()
            return raw

        patch.setattr(smtp.Connection, "hand_over", handed_over)
        for module in composers():
            patch.setattr(module, "on_the_line", put_together)


def composers() -> list[Any]:
    """The modules that put letters together for a line."""
    return [
        module
        for name, module in list(sys.modules.items())
        if name.startswith("correspondence.outgoing.") and vars(module).get("on_the_line") is message.on_the_line
    ]


def _nothing() -> None:
    return None


def _name(content: bytes) -> str:
    start = content.index(b"Message-ID:")
    return content[start:].split(b"\r\n")[0].split(b":", 1)[1].strip().decode()
