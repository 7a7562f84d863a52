"""Delivering what is due: claim → send, outside any transaction → settle.

A letter is put together while its row is locked and not yet claimed: a sender that dies before the mail
server was asked leaves the letter as it was. From the claim on the server may have it.
"""

import logging
import smtplib
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.core.mail.message import sanitize_address
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.db.models import F
from django.utils import timezone

from correspondence.addresses import envelope_sender
from correspondence.models import Audience, Letter, LetterQuerySet, LetterStatus
from correspondence.models.sending import Pot, SendingAccount, SendingDay
from correspondence.outgoing import control, news, restored, retry
from correspondence.outgoing.message import Unsendable, on_the_line
from correspondence.outgoing.outbox import LEASE
from correspondence.outgoing.smtp import Connection, Route
from fetcher.places import ForbiddenHost
from journal.entries import write
from journal.models import Event
from journal.parties import Party
from limits import quotas
from limits.quotas import Quota, TooMany
from telemetry import timings
from telemetry.bound import bound

logger = logging.getLogger(__name__)
TROUBLE_OF_THE_LINE = (OSError, smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError)
DATABASE_AWAY = (OperationalError, InterfaceError)
POTS = {Audience.IYS: Pot.IYS, Audience.ACCOUNT: Pot.ACCOUNT, Audience.COMPANY: Pot.ORDINARY}
PATIENCE = timedelta(hours=1)  # with a database that is away while an outcome waits to be written down
OUTDATED = "Mektuptaki kodun ya da bağlantının süresi doldu; gönderilmedi."
DOUBT = "Mektup sunucuya verilmiş olabilir ama yanıtı alınamadı; aynı Message-ID ile yeniden gönderilir."


@dataclass(frozen=True)
class Ready:
    """A claimed letter and what goes on the line."""

    letter: Letter
    content: bytes


@dataclass(frozen=True)
class Outcome:
    """The mail server's answer. `code` None: the line broke; `in_doubt`: maybe after the letter was taken."""

    code: int | None
    text: str
    in_doubt: bool = False

    @property
    def accepted(self) -> bool:
        return self.code == 250

    @property
    def told(self) -> str:
        """In one word, for the metrics."""
        return "ok" if self.accepted else "line" if self.code is None else "refused"


def deliver(*, limit: int = 500) -> int:
    """Sends what is due, the portal's letters first; returns how many letters mail servers accepted. `limit`
    bounds the letters over each line, so that a company's own account never waits for ever."""
    _end_outdated()
    take_up_abandoned()
    if not restored.may_send():
        return 0
    news.ask_again(timezone.now())
    sent = _deliver_over(Route.of_portal(), None, limit)
    due = Letter.objects.due(timezone.now()).exclude(account=None)
    for account in SendingAccount.objects.filter(pk__in=due.values("account")).select_related("company"):
        sent += _deliver_over(Route.of_account(account), account, limit)
    return sent


def _deliver_over(route: Route, account: SendingAccount | None, limit: int) -> int:
    sent = 0
    connection = Connection(route)
    closed: set[str] = set()  # audiences for which a cap is reached
    try:
        for _turn in range(limit):
            if account is None and not _reachable(connection):
                break
            ready = _claim(account, closed)
            if ready is None:
                break
            with bound(letter=ready.letter.pk):
                with timings.timed(timings.LETTERS) as said:
                    outcome = _send(ready, connection, account)
                    said["outcome"] = outcome.told
                _surely(lambda letter=ready.letter, outcome=outcome: _settle(letter, outcome))  # type: ignore[misc]
            if outcome.accepted:
                sent += 1
            elif outcome.code is None:
                break  # the server is away: the other letters would only wear out their attempts
    finally:
        connection.close()
    return sent


def _reachable(connection: Connection) -> bool:
    """Whether the portal's own mail server answers. While it does not, no letter is touched and none wears out."""
    if not connection.is_open and not Letter.objects.due(timezone.now()).filter(account=None).exists():
        return False
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        logger.warning("The mail server cannot be reached; the letters wait: %s", error)
        return False
    return True


def _end_outdated() -> None:
    """What a letter was to bring opens nothing any more: it is not sent, nor kept. Whoever wants it asks anew."""
    now = timezone.now()
    for letter in Letter.objects.outdated(now).select_related("company"):
        with transaction.atomic():
            if Letter.objects.outdated(now).filter(pk=letter.pk).end(LetterStatus.FAILED, smtp_answer=OUTDATED):
                _journal(letter, Event.LETTER_FAILED, OUTDATED)


def take_up_abandoned() -> None:
    for letter in Letter.objects.abandoned(timezone.now()).select_related("company"):
        if letter.delivered_at is not None:
            _close(letter, LetterStatus.SENT, "Kopyası geldi.", sent_at=letter.delivered_at)
        else:
            logger.warning("Letter %s was left in the middle of sending; it goes again.", letter.pk)
            _later(letter, Outcome(None, DOUBT, in_doubt=True), at_once=True)


def _claim(account: SendingAccount | None, closed: set[str]) -> Ready | None:
    """Takes one letter that may go now and puts it together.

    Letters that other senders are looking at are passed by; the row count decides, not what was read.
    """
    while True:
        with transaction.atomic():
            due = Letter.objects.due(timezone.now()).filter(account=account).exclude(audience__in=closed)
            letter = (
                due.select_for_update(skip_locked=True, of=("self",)).select_related("company__partner").first()
            )
            if letter is None:
                return None
            if (sending_hold := control.hold_over(letter)) is not None:
                control.hold_back(letter, sending_hold)
                continue
            with bound(letter=letter.pk):
                content = _put_together(letter)
            if content is None:
                continue
            if not _counted(letter, closed):
                continue
            letter.attempts += 1
            letter.lease_until = timezone.now() + LEASE
            claimed = Letter.objects.filter(pk=letter.pk, status=LetterStatus.QUEUED).update(
                status=LetterStatus.SENDING, lease_until=letter.lease_until, attempts=letter.attempts
            )
            if not claimed:
                continue
        return Ready(letter, content)


def _put_together(letter: Letter) -> bytes | None:
    """None when it cannot be, which is written down: one such letter stops no other."""
    try:
        return on_the_line(letter)
    except Unsendable as error:
        _close(letter, LetterStatus.FAILED, str(error))
    except (DatabaseError, InterfaceError):
        raise
    except Exception as error:
        logger.exception("Letter %s cannot be put together.", letter.pk)
        letter.attempts += 1
        Letter.objects.filter(pk=letter.pk).update(attempts=F("attempts") + 1)
        _later(letter, Outcome(None, f"Mektup hazırlanamadı: {type(error).__name__}"))
    return None


def _counted(letter: Letter, closed: set[str]) -> bool:
    """Whether the letter may go today; what the portal tells its own staff always may.

    Its company's and its partner's measures come first: they put off that letter alone, until there is room again.
    A pot that is used up stops every letter of its kind.
    """
    if letter.audience == Audience.STAFF:
        return True
    pot = POTS[Audience(letter.audience)]
    try:
        with transaction.atomic():
            _take(letter, pot)
            if SendingDay.count(pot):
                return True
            transaction.set_rollback(True)
    except TooMany as refusal:
        _put_off(letter, refusal)
        return False
    closed.add(letter.audience)
    control.tell_of_cap(pot)
    return False


def _take(letter: Letter, pot: Pot) -> None:
    company = letter.company
    if company is None or pot is Pot.ACCOUNT:
        return
    quota = Quota.LETTERS_TO_IYS if pot is Pot.IYS else Quota.LETTERS
    quotas.take(quota, company=company, partner=company.partner)


def _put_off(letter: Letter, refusal: TooMany) -> None:
    """Back into the queue until the measure gives room again; others go meanwhile."""
    until = refusal.until or timezone.now() + timedelta(days=1)
    Letter.objects.filter(pk=letter.pk, status=LetterStatus.QUEUED).update(
        due_at=until, smtp_answer=f"{refusal.quota.says} {refusal.goes_on} kendiliğinden gönderilecek."
    )


def _send(ready: Ready, connection: Connection, account: SendingAccount | None) -> Outcome:
    letter = ready.letter
    if account is not None and not account.is_usable:
        return Outcome(554, "Firmanın gönderim hesabı artık kullanıma hazır değil.")
    try:
        refused = connection.hand_over(
            sender=sanitize_address(envelope_sender(letter), "utf-8"),
            needed=[sanitize_address(each, "utf-8") for each in letter.to],
            also=[sanitize_address(each, "utf-8") for each in letter.cc],
            content=ready.content,
        )
    except ForbiddenHost:
        return Outcome(554, "Gönderim hesabının sunucusuna bağlanılmasına izin verilmiyor.")
    except smtplib.SMTPRecipientsRefused as error:
        code, text = next(iter(error.recipients.values()))
        return Outcome(code, text.decode(errors="replace"))
    except smtplib.SMTPResponseException as error:
        said = error.smtp_error
        return Outcome(error.smtp_code, said.decode(errors="replace") if isinstance(said, bytes) else said)
    except (*TROUBLE_OF_THE_LINE, smtplib.SMTPException) as error:
        connection.close()
        return Outcome(None, str(error), in_doubt=connection.in_doubt)
    lost = "; ".join(f"{each}: {code} {text.decode(errors='replace')}" for each, (code, text) in refused.items())
    return Outcome(250, f"Bilgi alıcısı reddedildi: {lost}" if lost else "")


def _surely(write_down: Callable[[], None]) -> None:
    """Writes an outcome down however long the database is away: what went out must not go again."""
    deadline = time.monotonic() + PATIENCE.total_seconds()
    while True:
        try:
            write_down()
        except DATABASE_AWAY:
            if connection.in_atomic_block or time.monotonic() > deadline:
                raise
            logger.warning("The database is away; the outcome of a letter waits for it.")
            connection.close()
            time.sleep(0.5)
        else:
            return


def _settle(letter: Letter, outcome: Outcome) -> None:
    answer = f"{outcome.code or ''} {outcome.text}".strip()[:500]
    if outcome.accepted:
        _close(letter, LetterStatus.SENT, answer, sent_at=timezone.now())
    else:
        _later(letter, outcome)


def _later(letter: Letter, outcome: Outcome, *, at_once: bool = False) -> None:
    """Back into the queue for as long as the row of delays says (`at_once`: not at all), then given up."""
    answer = f"{outcome.code or ''} {outcome.text}".strip()[:500]
    kind = retry.classify(outcome.code, outcome.text, own_account=letter.account_id is not None)
    wait = retry.delay(kind, letter.attempts)
    if wait is None:
        _close(letter, LetterStatus.FAILED, answer, **_doubt(outcome))
        return
    with transaction.atomic():
        settled = _still_ours(letter).update(
            status=LetterStatus.QUEUED,
            due_at=timezone.now() + (timedelta() if at_once else wait),
            smtp_answer=answer,
            lease_until=None,
            **_doubt(outcome),
        )
        if settled and outcome.in_doubt:
            _journal(letter, Event.LETTER_DOUBTED, answer)


def _doubt(outcome: Outcome) -> dict[str, object]:
    return {"doubted_at": timezone.now(), "doubt_seen_at": None} if outcome.in_doubt else {}


def _still_ours(letter: Letter) -> LetterQuerySet:
    """The row as it was claimed: an outcome is written down once, and never over another sender's."""
    return Letter.objects.filter(
        pk=letter.pk, status__in=(LetterStatus.QUEUED, LetterStatus.SENDING), lease_until=letter.lease_until
    )


def _close(letter: Letter, status: LetterStatus, answer: str, **fields: object) -> None:
    with transaction.atomic():
        closed = _still_ours(letter).end(status, smtp_answer=answer[:500], lease_until=None, **fields)
        if not closed:
            return
        if status is LetterStatus.FAILED:
            # The parts that follow would speak of one that never came.
            following = Letter.objects.parts_of(letter).filter(status=LetterStatus.QUEUED)
            following.end(status, smtp_answer="Önceki parçası gönderilemediği için gönderilmedi.")
        _journal(letter, Event.LETTER_SENT if status is LetterStatus.SENT else Event.LETTER_FAILED, answer)


def _journal(letter: Letter, event: Event, answer: str) -> None:
    if letter.company is not None:
        write(
            company=letter.company,
            event=event,
            text=f"“{letter.subject}” → {', '.join(letter.to)}",
            party=Party.SYSTEM,
            application_id=letter.application_id,
            step_key=letter.step_key,
            data={"letter": str(letter.pk), "answer": answer},
        )
