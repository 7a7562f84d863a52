"""Which letter goes next: looked at in batches, put together ahead, taken one by one.

Looking takes nothing. A letter is taken by one statement that finds it as it was looked at: of several senders one
gets it, and a sender that dies leaves behind the one letter in its hand, however many it had looked at.
"""

import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import DatabaseError, InterfaceError, transaction
from django.db.models import Exists, F
from django.utils import timezone

from correspondence.addresses import envelope_sender
from correspondence.models import Audience, Letter, LetterQuerySet, LetterStatus, with_documents
from correspondence.models.sending import Pot, SendingAccount, SendingDay, SendingHold
from correspondence.outgoing import control, news, settling
from correspondence.outgoing.message import Unsendable, address_on_the_line, on_the_line
from limits import quotas
from limits.quotas import Quota, TooMany, Who
from telemetry.bound import bound

logger = logging.getLogger(__name__)
BATCH = 50  # letters that are looked at together
LEASE = timedelta(minutes=5)
POTS = {Audience.IYS: Pot.IYS, Audience.ACCOUNT: Pot.ACCOUNT, Audience.COMPANY: Pot.ORDINARY}


@dataclass(frozen=True)
class Ready:
    """A letter and what goes on the line: the envelope, with those who must be accepted and those who may, and the
    content."""

    letter: Letter
    sender: str
    needed: Sequence[str]
    also: Sequence[str]
    content: bytes


class Queue:
    """The letters of one line (`account` None: the portal's own) that one sender goes through; `codes`: of these,
    what somebody waits for before a page."""

    def __init__(self, account: SendingAccount | None, *, codes: bool = False) -> None:
        self.account, self._codes = account, codes
        self._closed: set[str] = set()  # audiences for which a cap is reached
        self._missed: set[UUID] = set()  # letters that could not be taken as they had been looked at
        self._lost: set[UUID] = set()  # nor the second time: they are left to others
        self._holds: list[SendingHold] = []
        self._batch: list[Letter] = []
        self._ready: Ready | None = None

    def due(self, now: datetime) -> LetterQuerySet:
        due = Letter.objects.due(now).filter(account=self.account)
        return due.filter(audience=Audience.ACCOUNT) if self._codes else due

    def prepare(self) -> bool:
        """Puts the next letter together, where none is yet; False when nothing is left that may go now."""
        while self._ready is None and (letter := self._next()) is not None:
            with bound(letter=letter.pk):
                self._ready = self._put_together(letter)
        return self._ready is not None

    def take(self) -> Ready | None:
        """The letter that was prepared, now this sender's own; None when it may not go or somebody else has it."""
        ready, self._ready = self._ready, None
        if ready is None:
            return None
        letter = ready.letter
        with transaction.atomic():
            if self.account is not None:
                # It may have been taken away meanwhile, or lead elsewhere.
                self.account = SendingAccount.objects.select_related("company").get(pk=self.account.pk)
            if not self._counted(letter):
                return None
            now = timezone.now()
            unknown = SendingHold.objects.filter(lifted_at=None).exclude(pk__in=[each.pk for each in self._holds])
            taken = (
                Letter.objects.as_looked_at(letter, now)
                .filter(~Exists(unknown))
                .update(status=LetterStatus.SENDING, lease_until=now + LEASE, attempts=F("attempts") + 1)
            )
            if not taken:
                transaction.set_rollback(True)  # what was counted for it, too
        if not taken:
            self._miss(letter)
            return None
        letter.attempts, letter.lease_until = letter.attempts + 1, now + LEASE
        return ready

    def _next(self) -> Letter | None:
        if not self._batch:
            self._look()
        return self._batch.pop() if self._batch else None

    def _look(self) -> None:
        now = timezone.now()
        if self.account is None:
            news.ask_again(now)  # news goes over the portal's own line
        # Before the letters: a hold that comes in between is none of these, and a letter is not taken then.
        self._holds = list(SendingHold.objects.filter(lifted_at=None))
        due = self.due(now).exclude(audience__in=self._closed).exclude(pk__in=self._lost)
        # With their words, which lists of letters leave out.
        whole = due.defer(None).select_related("company__partner").prefetch_related(with_documents())
        self._batch = list(whole[:BATCH])
        self._batch.reverse()
        if self._missed:
            # Another sender is at these letters, and would be a step ahead all the time.
            random.shuffle(self._batch)

    def _miss(self, letter: Letter) -> None:
        """Looks anew; a letter that is missed twice is left alone, so that every run comes to its end."""
        (self._lost if letter.pk in self._missed else self._missed).add(letter.pk)
        self._batch.clear()

    def _put_together(self, letter: Letter) -> Ready | None:
        """None when it cannot be, which is written down: one such letter stops no other."""
        if (sending_hold := control.hold_over(letter, self._holds)) is not None:
            if not control.hold_back(letter, sending_hold):
                self._miss(letter)
            return None
        try:
            return Ready(
                letter,
                sender=address_on_the_line(envelope_sender(letter)),
                needed=[address_on_the_line(each) for each in letter.to],
                also=[address_on_the_line(each) for each in letter.cc],
                content=on_the_line(letter),
            )
        except Unsendable as error:
            settling.unsendable(letter, str(error))
        except (DatabaseError, InterfaceError):
            raise
        except Exception as error:
            logger.exception("Letter %s cannot be put together.", letter.pk)
            settling.not_put_together(letter, f"Mektup hazırlanamadı: {type(error).__name__}")
        return None

    def _counted(self, letter: Letter) -> bool:
        """Whether the letter may go today; what the portal tells its own staff always may.

        Its company's and its partner's measures come first: they put off that letter alone, until there is room
        again. A pot that is used up stops every letter of its kind.
        """
        if letter.audience == Audience.STAFF:
            return True
        pot = POTS[Audience(letter.audience)]
        quota, who = _measure(letter, pot)
        try:
            quotas.take(quota, **who)
        except TooMany as refusal:
            settling.put_off(letter, refusal)
            return False
        if SendingDay.count(pot):
            return True
        quotas.give_back(quota, **who)
        self._closed.add(letter.audience)
        self._batch = [each for each in self._batch if each.audience != letter.audience]
        control.tell_of_cap(pot)
        return False


def _measure(letter: Letter, pot: Pot) -> tuple[Quota, Who]:
    """By what is counted, and for whom; what belongs to an account is counted for no company."""
    company = letter.company
    if company is None or pot is Pot.ACCOUNT:
        return Quota.LETTERS, Who()
    quota = Quota.LETTERS_TO_IYS if pot is Pot.IYS else Quota.LETTERS
    return quota, Who(company=company, partner=company.partner)
