"""Bringing a list in: kept line by line, started, stopped, and done in waves by a worker.

A line is done in one transaction, in which its outcome is written: a worker that dies in the middle of a list
leaves nothing half done, and a second one finds nothing to do twice. It goes on in the name of who started it, as
long as that person may bring lists. Quotas decide how far a wave comes.
"""

import json
import logging
from collections.abc import Callable, Mapping, Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from limits import hours, quotas
from limits.quotas import Quota, TooMany
from partners.models import Partner
from team import people
from team.importing.checking import Line, cells_of, line_of, mapped
from team.importing.columns import Field
from team.importing.rights import may_bring
from team.models import CompanyImport, ImportRow, ImportState, RowOutcome
from tenancy import memberships
from tenancy.models import Company, User

logger = logging.getLogger(__name__)

SENT = (RowOutcome.FOUNDED, RowOutcome.INVITED)  # a letter went
WAVE = 25  # lines at a turn of the schedule
# The same whoever has the number: that another partner has it is that partner's.
NOT_FOUNDED = "Bu satır için firma açılamadı. Numarayı denetleyin; doğruysa portalı işletenlere sorun."
NOT_INVITED = "Bu adrese davet gönderilemez. Firmadan başka birinin adresini yazın."
FAILED = "Bu satır işlenirken bir hata oldu, hiçbir şey yapılmadı. Yinelenirse portalı işletenlere sorun."


def keep(*, partner: Partner, by: User, name: str, rows: Sequence[Sequence[str]]) -> CompanyImport:
    """The lines as they were read; the file itself is not kept."""
    with transaction.atomic():
        batch = CompanyImport.objects.create(partner=partner, by=by, name=name[:120])
        ImportRow.objects.bulk_create(
            (
                ImportRow(company_import=batch, number=number, cells=json.dumps(cells, ensure_ascii=False))
                for number, cells in enumerate(rows, 1)
            ),
            batch_size=500,
        )
    return batch


def start(batch: CompanyImport, by: User) -> bool:
    """Also goes on with one that was stopped; False when there is nothing to begin with. From now on the list is
    `by`'s: whoever starts it invites the companies' people, and answers for it."""
    may = CompanyImport.objects.filter(pk=batch.pk, state__in=(ImportState.CHECKED, ImportState.STOPPED))
    return bool(may.update(state=ImportState.RUNNING, waits_until=None, by=by))


def stop(batch: CompanyImport) -> bool:
    """Ends it after the line that is being done, which holds the list's row; what was done stays."""
    running = CompanyImport.objects.filter(pk=batch.pk, state=ImportState.RUNNING)
    return bool(running.update(state=ImportState.STOPPED))


def run_waves() -> int:
    """One wave of each list that goes on, in the hours in which the portal writes to people by itself; returns how
    many lines were done. A list that fails stops no other."""
    if not hours.is_open(timezone.now()):
        return 0
    done = 0
    for batch in CompanyImport.objects.filter(state=ImportState.RUNNING).select_related("partner", "by"):
        try:
            done += _wave(batch)
        except Exception:
            logger.exception("The list %s fails; the others go on.", batch.pk)
    return done


def _wave(batch: CompanyImport) -> int:
    """A line that fails stops no other: it is tried again after those that were not. Where nothing but such lines
    is left, the list stops, and people decide."""
    if not may_bring(batch.by, batch.partner):
        # What goes out does so in this person's name. A colleague who starts it again takes it over.
        stop(batch)
        return 0
    done, failed, waits_until = 0, 0, None
    waiting = batch.rows.filter(outcome=RowOutcome.WAITING).order_by(F("tried_at").asc(nulls_first=True), "number")
    for row in waiting[:WAVE]:
        try:
            if not _do(batch, row):
                break
        except TooMany as refusal:
            waits_until = refusal.until
            if refusal.quota is Quota.LISTED_COMPANIES:
                break
            # The next turn begins with the lines that were not tried: one mailbox that is full holds nobody up.
            ImportRow.objects.filter(pk=row.pk).update(tried_at=timezone.now())
        except Exception:
            logger.exception("Line %s of the list %s fails; the next ones go on.", row.number, batch.pk)
            failed += 1
            told = {Field.TAX_NUMBER.value: FAILED}
            ImportRow.objects.filter(pk=row.pk).update(tried_at=timezone.now(), problems=told)
        else:
            done += 1
    still = CompanyImport.objects.filter(pk=batch.pk, state=ImportState.RUNNING)
    if not batch.rows.filter(outcome=RowOutcome.WAITING).exists():
        still.update(state=ImportState.DONE, finished_at=timezone.now(), waits_until=None)
    elif failed and not done and waits_until is None:
        still.update(state=ImportState.STOPPED)
    else:
        still.update(waits_until=None if done else waits_until)
    return done


def _do(batch: CompanyImport, row: ImportRow) -> bool:
    """False when the list was stopped meanwhile, or another worker is at it or has done the line. Raises TooMany
    before anything is done. What was counted for a letter that did not go is given back."""
    line = line_of(cells_of(row), mapped(batch))
    if line.problems:
        # Checked by other rules than those of now: a release has come between.
        return _in_turn(batch, row, lambda mine: _leave(mine, line)) is not None
    address = line.clean[Field.EMAIL]
    quotas.take(Quota.LISTED_COMPANIES, partner=batch.partner)
    outcome = None
    try:
        quotas.take(Quota.INVITATIONS, partner=batch.partner, target=address)
        try:
            outcome = _in_turn(batch, row, lambda mine: _found(batch, mine, line.clean))
        finally:
            if outcome not in SENT:
                quotas.give_back(Quota.INVITATIONS, partner=batch.partner, target=address)
    finally:
        # One that was refused stays counted: it has told that a number is somewhere here.
        if outcome not in (*SENT, RowOutcome.REFUSED):
            quotas.give_back(Quota.LISTED_COMPANIES, partner=batch.partner)
    return outcome is not None


def _in_turn(batch: CompanyImport, row: ImportRow, end: Callable[[ImportRow], None]) -> str | None:
    """The outcome that `end` gives the line, written with all that it does; None when it is not to be done."""
    with transaction.atomic():
        # Whoever stops the list waits for this line, and the next one sees that it was stopped. A second worker
        # does not wait: the first is at this list.
        going_on = CompanyImport.objects.select_for_update(skip_locked=True)
        if not going_on.filter(pk=batch.pk, state=ImportState.RUNNING).exists():
            return None
        mine = ImportRow.objects.select_for_update().filter(pk=row.pk, outcome=RowOutcome.WAITING).first()
        if mine is None:
            return None
        mine.problems = {}
        end(mine)
        mine.tried_at = timezone.now()
        mine.save(update_fields=["outcome", "problems", "company", "tried_at"])
        return mine.outcome


def _leave(row: ImportRow, line: Line) -> None:
    row.outcome = RowOutcome.WRONG
    row.problems = {field.value: sentence for field, sentence in line.problems.items()}


def _found(batch: CompanyImport, row: ImportRow, clean: Mapping[Field, str]) -> None:
    number, email = clean[Field.TAX_NUMBER], clean[Field.EMAIL]
    if User.objects.filter(is_staff=True, email__iexact=email).exists():
        # The letter would let nobody in.
        row.outcome, row.problems = RowOutcome.REFUSED, {Field.EMAIL.value: NOT_INVITED}
        return
    company = memberships.found_by_support(
        partner=batch.partner,
        trade_name=clean[Field.TRADE_NAME],
        tax_number=number,
        contact_phone=clean.get(Field.PHONE, ""),
        tax_office=clean.get(Field.TAX_OFFICE, ""),
    )
    if company is not None:
        people.invite_first(company=company, email=email, by=batch.by)
        row.company, row.outcome = company, RowOutcome.FOUNDED
        return
    known = memberships.company_with(number)
    known = known and known.today
    if known is not None and known.partner_id == batch.partner_id:
        row.company, row.outcome = known, RowOutcome.THERE
        if memberships.without_a_first(Company.objects.filter(pk=known.pk)).exists():
            people.invite_first(company=known, email=email, by=batch.by)
            row.outcome = RowOutcome.INVITED
    else:
        row.outcome, row.problems = RowOutcome.REFUSED, {Field.TAX_NUMBER.value: NOT_FOUNDED}
