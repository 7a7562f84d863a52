"""Triage: what staff make of a mail that no machine could decide, by the same transitions as every screen's."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from correspondence.incoming import decisions
from correspondence.incoming.authentication import SenderAuthentication
from correspondence.incoming.fetching import raw_of
from correspondence.incoming.matching import Clues, clues
from correspondence.incoming.owners import owners_of_address, owners_of_letters, owners_of_tokens
from correspondence.models import Mail, MailStatus
from correspondence.reading.kinds import KIND_OF_MOVE, KINDS, Kind, StepMove
from correspondence.reading.parsing import Unreadable, content, envelope
from documents.antivirus import Unchecked
from identifiers.masking import masked
from journal.parties import Party
from onboarding.actor import Actor, NotAllowed
from onboarding.applications import live_application, owners_of_numbers
from onboarding.machine import Move, Step
from onboarding.mail import answers
from onboarding.models import Application, StepRecord
from onboarding.overview.board import staff_moves
from tenancy.identities import stored_as
from tenancy.models import Company, User

OUTDATED = "Bu e-postaya sizden hemen önce başka biri karar verdi. Sayfa güncel durumu gösteriyor."
# What a mail may say that is not İYS's word but the company's own, and that staff make as their own move.
OF_COMPANIES = frozenset(move for spec in KINDS.values() if spec.said_by is Party.COMPANY for move in spec.moves)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A company that the mail may be about, and what in the mail speaks for it."""

    company: Company
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A thing that the mail may say to a step that is ready for it; `suggested`: the machine read it so."""

    record: StepRecord
    move: Move
    suggested: bool


def candidates(mail: Mail, companies: QuerySet[Company]) -> list[Candidate]:
    """Those of `companies` that the mail names by token, letter, number or sender; the most named first."""
    found = _clues(mail)
    numbered = frozenset().union(*owners_of_numbers(found.numbers).values())
    speaking = (
        ("takip adresi (eskisi de olabilir) alıcılar arasında", owners_of_tokens(found.tokens)),
        ("bir mektubunu yanıtlıyor", owners_of_letters(found.message_ids)),
        ("numarası metinde geçiyor", Company.objects.filter(pk__in=numbered)),
        ("gönderen onun adresi", owners_of_address(mail.from_email)),
    )
    reasons: dict[Company, list[str]] = {}
    for why, owners in speaking:
        for company in companies.filter(pk__in=owners.values("pk"))[:10]:
            reasons.setdefault(company, []).append(why)
    listed = (Candidate(company, tuple(why)) for company, why in reasons.items())
    return sorted(listed, key=lambda each: -len(each.why))


def search(companies: QuerySet[Company], words: str) -> QuerySet[Company]:
    """Those of `companies` with these words in the name, or with this number: of taxes, ours or İYS's."""
    words = words.strip()
    if not words:
        return companies.none()
    named = (
        Q(trade_name__icontains=words)
        | Q(tax_number__in=stored_as(words))
        | Q(applications__reference__iexact=words)
    )
    numbered = Q(applications__iys_application_number__iexact=words) | Q(applications__iys_code=words)
    return companies.filter(named | numbered).distinct()[:20]


def _clues(mail: Mail) -> Clues:
    raw = raw_of(mail)
    try:
        return clues(envelope(raw), content(raw), tracking_domain=settings.TRACKING_DOMAIN)
    except Unreadable:
        return Clues(frozenset(), (), frozenset())


def choices(mail: Mail) -> list[Choice]:
    """What the mail may say to the steps of its company now; empty when it has no live application."""
    application = live_application(mail.company) if mail.company else None
    if application is None:
        return []
    meant = KINDS[mail.kind].move_at(mail.step_key) if mail.kind else None
    return [
        Choice(record, row, meant == (record.step, row.name))
        for record, of_staff, of_iys in staff_moves(application)
        for row in (*of_iys, *(row for row in of_staff if (record.step, row.name) in OF_COMPANIES))
    ]


def choice(mail: Mail, step: str, move: str) -> Choice | None:
    return next((each for each in choices(mail) if (each.record.step, each.move.name) == (step, move)), None)


def apply(
    *,
    mail: Mail,
    step: Step,
    move: str,
    extracted: Mapping[str, Any],
    note: str,
    vouched: str,
    by: User,
    expected_version: int,
) -> None:
    """Makes the move that the mail stands for, with the staff member as witness.

    `vouched` says how the sender of an unverified mail was checked otherwise; without it such a mail moves
    nothing. Raises NotAllowed, also when somebody else decided about the mail meanwhile.
    """
    if mail.sender_authentication != SenderAuthentication.VERIFIED and not vouched.strip():
        raise NotAllowed("Gönderen doğrulanmadı: ayrıca nasıl doğruladığınızı yazın.")
    application = live_application(mail.company) if mail.company else None
    if application is None:
        raise NotAllowed("E-posta, başvurusu süren bir firmaya eklenmeden uygulanamaz.")
    if not decisions.is_undecided(mail):
        raise NotAllowed("Bu e-postaya zaten karar verilmiş.")
    row = step.move(move)
    actor = Actor(Party.STAFF if (step.key, move) in OF_COMPANIES else Party.IYS, by)
    known = mail.extracted if isinstance(mail.extracted, dict) else {}
    said = {**known, **extracted}
    with transaction.atomic(), outdated_is_refused():
        decisions.decide(
            mail,
            application_id=application.pk,
            step_key=step.key,
            status=MailStatus.APPLIED,
            status_why=f"{by} uyguladı: {row.label}"[:500],
            kind=KIND_OF_MOVE.get(StepMove(step.key, move), Kind.UNKNOWN),
            extracted=said,
        )
        try:
            answers.take(
                application=application,
                step=step,
                move=move,
                extracted=said,
                actor=actor,
                reason=note,
                mail=mail,
                expected_version=expected_version,
                data={"recorded_by_staff": True, **({"vouched": masked(vouched)} if vouched else {})},
            )
        except Unchecked as error:
            raise NotAllowed("Eki virüs taramasından geçirilemedi; az sonra yeniden deneyin.") from error
        except Unreadable as error:
            raise NotAllowed("Bu e-posta çözümlenemiyor; yanıtı başvurunun sayfasından kaydedin.") from error


def may_take_back(mail: Mail) -> bool:
    return mail.status == MailStatus.APPLIED


def take_back(*, mail: Mail, reason: str, by: User) -> None:
    """Undoes what the mail moved; it waits for a decision again. Raises NotAllowed when something rests on it."""
    if not may_take_back(mail) or mail.application_id is None:
        raise NotAllowed("Bu e-posta hiçbir adımı ilerletmedi.")
    application = Application.objects.get(pk=mail.application_id)
    with transaction.atomic(), outdated_is_refused():
        answers.take_back(application=application, mail=mail, actor=Actor(Party.STAFF, by), reason=reason)
        decisions.decide(mail, status=MailStatus.PERSON, status_why=f"Geri alındı ({by}): {reason}"[:500])


@contextmanager
def outdated_is_refused() -> Iterator[None]:
    """Turns Outdated into NotAllowed, for staff."""
    try:
        yield
    except decisions.Outdated as error:
        raise NotAllowed(OUTDATED) from error
