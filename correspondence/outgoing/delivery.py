"""Delivering what is due: look → put together → take → send, outside any transaction → settle.

What came of one letter and the taking of the next are one transaction. The next one is put together before: from
the taking on, the server may have it.
"""

import logging
import smtplib
import time
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from correspondence.models import Letter
from correspondence.models.sending import SendingAccount
from correspondence.outgoing import restored, settling
from correspondence.outgoing.settling import Outcome
from correspondence.outgoing.smtp import Connection, Route
from correspondence.outgoing.taking import Queue, Ready
from fetcher.places import ForbiddenHost
from telemetry import timings
from telemetry.bound import bound

logger = logging.getLogger(__name__)
T = TypeVar("T")
TROUBLE_OF_THE_LINE = (OSError, smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError)
DATABASE_AWAY = (OperationalError, InterfaceError)
LIMIT = 500  # letters over one line in one turn, so that no other line waits for ever
PATIENCE = timedelta(hours=1)  # with a database that is away while an outcome waits to be written down


def deliver(*, limit: int = LIMIT) -> int:
    """Sends what is due over each line, the portal's first; returns how many letters mail servers accepted."""
    sent = deliver_over_own_line(limit=limit)
    return sent + sum(deliver_over_account(pk, limit=limit) for pk in accounts_with_letters())


def deliver_over_own_line(*, limit: int = LIMIT) -> int:
    settling.end_outdated()
    settling.take_up_abandoned()
    return _deliver_over(Route.of_portal(), Queue(None), limit) if restored.may_send() else 0


def deliver_codes(*, limit: int = LIMIT) -> int:
    """What somebody waits for before a page: it stands behind no other letters, and hangs on no file store."""
    return _deliver_over(Route.of_portal(), Queue(None, codes=True), limit) if restored.codes_may_go() else 0


def accounts_with_letters() -> list[int]:
    """The companies' own lines over which letters are due."""
    due = Letter.objects.due(timezone.now()).exclude(account=None)
    return list(SendingAccount.objects.filter(pk__in=due.values("account")).values_list("pk", flat=True))


def deliver_over_account(pk: int, *, limit: int = LIMIT) -> int:
    account = SendingAccount.objects.select_related("company").filter(pk=pk).first()
    if account is None or not restored.may_send():
        return 0
    return _deliver_over(Route.of_account(account), Queue(account), limit)


def _deliver_over(route: Route, queue: Queue, limit: int) -> int:
    sent, account = 0, queue.account
    line = Connection(route)
    ready: Ready | None = None
    try:
        while limit > 0:
            if ready is None:
                if account is None and not _reachable(line, queue):
                    break
                if not queue.prepare():
                    break
                ready = queue.take()
                continue
            limit -= 1
            outcome, ready = _turn(ready, line, queue, goes_on=limit > 0)
            if outcome.accepted:
                sent += 1
            elif outcome.code is None:
                break  # the server is away: the other letters would only wear out their attempts
    finally:
        line.close()
    return sent


def _turn(ready: Ready, line: Connection, queue: Queue, *, goes_on: bool) -> tuple[Outcome, Ready | None]:
    """Sends one letter; what came of it, and the next one where it was taken along with writing that down."""
    account = queue.account  # as it was when this letter was taken
    if goes_on:
        _prepare(queue)
    with bound(letter=ready.letter.pk):
        with timings.timed(timings.LETTERS) as said:
            outcome = _send(ready, line, account)
            said["outcome"] = outcome.told

        def write_down() -> Ready | None:
            with transaction.atomic():
                settling.settle(ready.letter, outcome)
                return _take_along(queue) if goes_on and line.is_open else None

        return outcome, _surely(write_down)


def _take_along(queue: Queue) -> Ready | None:
    """Whatever goes wrong about the next letter undoes nothing of what came of the one before: taking it has a
    transaction of its own within this one."""
    try:
        return queue.take()
    except DATABASE_AWAY:
        raise
    except Exception:
        logger.exception("The next letter could not be taken.")
        return None


def _prepare(queue: Queue) -> None:
    """A letter is in hand: a database that goes away now must not keep it from the mail server."""
    try:
        queue.prepare()
    except DATABASE_AWAY:
        if connection.in_atomic_block:
            raise
        logger.warning("The database is away; the letter in hand goes, the next one is looked for afterwards.")
        connection.close()


def _reachable(line: Connection, queue: Queue) -> bool:
    """Whether the portal's own mail server answers. While it does not, no letter is touched and none wears out."""
    if not line.is_open and not queue.due(timezone.now()).exists():
        return False
    try:
        line.open()
    except (OSError, smtplib.SMTPException) as error:
        logger.warning("The mail server cannot be reached; the letters wait: %s", error)
        return False
    return True


def _send(ready: Ready, line: Connection, account: SendingAccount | None) -> Outcome:
    if account is not None:
        if not account.is_usable:
            return Outcome(554, "Firmanın gönderim hesabı artık kullanıma hazır değil.")
        line.lead(Route.of_account(account))
    try:
        refused = line.hand_over(sender=ready.sender, needed=ready.needed, also=ready.also, content=ready.content)
    except ForbiddenHost:
        return Outcome(554, "Gönderim hesabının sunucusuna bağlanılmasına izin verilmiyor.")
    except smtplib.SMTPRecipientsRefused as error:
        code, text = next(iter(error.recipients.values()))
        return Outcome(code, text.decode(errors="replace"))
    except smtplib.SMTPResponseException as error:
        said = error.smtp_error
        return Outcome(error.smtp_code, said.decode(errors="replace") if isinstance(said, bytes) else said)
    except (*TROUBLE_OF_THE_LINE, smtplib.SMTPException) as error:
        line.close()
        return Outcome(None, str(error), in_doubt=line.in_doubt)
    lost = "; ".join(f"{each}: {code} {text.decode(errors='replace')}" for each, (code, text) in refused.items())
    return Outcome(250, f"Bilgi alıcısı reddedildi: {lost}" if lost else "")


def _surely(write_down: Callable[[], T]) -> T:
    """Writes an outcome down however long the database is away: what went out must not go again."""
    deadline = time.monotonic() + PATIENCE.total_seconds()
    while True:
        try:
            return write_down()
        except DATABASE_AWAY:
            if connection.in_atomic_block or time.monotonic() > deadline:
                raise
            logger.warning("The database is away; the outcome of a letter waits for it.")
            connection.close()
            time.sleep(0.5)
