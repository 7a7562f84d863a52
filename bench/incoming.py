"""Mails in: a backlog that moves no step, a fifth of it with a PDF of 100 kB; fetched, stored, matched, read."""

import hashlib
import tempfile
from collections.abc import Iterable
from email import message_from_bytes, policy
from functools import cache
from pathlib import Path
from uuid import uuid4

from django.test import override_settings

from bench import plain
from bench.measure import Row
from correspondence.addresses import tracking_address
from correspondence.mailbox import open_mailbox
from correspondence.models import Mail, MailStatus
from onboarding.mail import pipeline
from tenancy.models import Company
from tests.scenarios.factories import open_application
from tests.scenarios.mailbox import Maildir
from tests.scenarios.mails import OURS, mail

MAILS, COMPANIES, BATCH = 400, 20, 50
PDF = b"%PDF-1.4\n" + b"0" * 100_000
TEXT = "Sayın Yetkili,\n\nBaşvurunuzla ilgili görüşmek üzere yarın sizi arayacağız.\n\nİyi çalışmalar\n"


@cache
def _folder() -> "tempfile.TemporaryDirectory[str]":
    """Goes with this process."""
    return tempfile.TemporaryDirectory(prefix="portal-bench-")


@cache
def box() -> Maildir:
    return Maildir(Path(_folder().name))


@cache
def addresses() -> list[str]:
    return [tracking_address(open_application().company).email for _number in range(COMPANIES)]


def backlog() -> None:
    forget()
    put(addresses())


def forget() -> None:
    Mail.objects.filter(mailbox=_mailbox()).delete()


def _mailbox() -> str:
    return open_mailbox(box().url).name


def watched() -> override_settings:
    return override_settings(MAILBOX_URLS=[box().url], AUTHSERV_ID=OURS)


def put(to: Iterable[str], count: int = MAILS) -> None:
    known = list(to)
    for number in range(count):
        box().put(
            mail(
                to=known[number % len(known)],
                text=TEXT,
                message_id=f"<{uuid4()}@iys.org.tr>",
                pdf=PDF if number % 5 == 0 else None,
            )
        )


def one(company: Company) -> None:
    """A single mail to a company, as far as it goes."""
    put([tracking_address(company).email], 1)
    with watched():
        pipeline.run()


def least() -> None:
    """Parsed, its text read, whose it is looked up for a batch; a file and a row for each; then acknowledged."""
    files = sorted((box().path / "new").iterdir())
    kept = box().path / "kept"
    kept.mkdir(exist_ok=True)
    with plain.asking() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS bench_mails (sha256 text PRIMARY KEY, company_id uuid,"
            " message_id text, subject text, sender text, words text)"
        )
        cursor.execute("TRUNCATE bench_mails")
        for start in range(0, len(files), BATCH):
            rows = []
            for file in files[start : start + BATCH]:
                raw = file.read_bytes()
                found = message_from_bytes(raw, policy=policy.default)
                body = found.get_body(("plain",))
                digest = hashlib.sha256(raw).hexdigest()
                (kept / digest).write_bytes(raw)
                words = body.get_content() if body else ""
                rows.append(
                    (digest, str(found["To"]), found["Message-ID"], found["Subject"], found["From"], words)
                )
            tokens = [_token(to) for _digest, to, *_rest in rows]
            cursor.execute(
                "SELECT token, company_id FROM correspondence_trackingaddress WHERE token = ANY(%s)", [tokens]
            )
            owners = dict(cursor.fetchall())
            values = [(digest, owners[_token(to)], *map(str, rest)) for digest, to, *rest in rows]
            one_row = "(%s, %s, %s, %s, %s, %s)"
            cursor.execute(
                f"INSERT INTO bench_mails VALUES {', '.join([one_row] * len(values))}",  # noqa: S608
                [each for row in values for each in row],
            )
            for file in files[start : start + BATCH]:
                file.rename(box().path / "cur" / file.name)


def _token(to: str) -> str:
    return to.removeprefix("t-").partition("@")[0]


def ours() -> None:
    with watched():
        pipeline.run()
    if not is_done():
        raise RuntimeError("Not every mail was read and filed; what was measured says nothing.")


def is_done() -> bool:
    known = Mail.objects.filter(mailbox=_mailbox(), status=MailStatus.PERSON, company__isnull=False)
    return known.count() == MAILS


ROWS = (Row(f"mails in, {MAILS} that move nothing, one process", least, ours, 0.9, backlog),)
