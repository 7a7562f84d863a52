"""Verbs of step 1 and of its corrections in step 2: fill in, hand in documents, submit, remark."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from documents.inspection import Inspected
from documents.models import Document, Origin
from documents.storage import store
from journal.entries import write
from journal.models import Event
from onboarding import dossier, letters
from onboarding.machine import Party, Step
from onboarding.models import ApplicationForm, Cargo, DocumentKind, Onboarding, Remark, StepRecord, Submission
from onboarding.steps import PRE_APPLICATION, STATUS_QUERY
from onboarding.transitions import Actor, LetterChanged, NotAllowed, perform

COMPANY_FIELDS = (
    "trade_name",
    "tax_number",
    "mersis_number",
    "tax_office",
    "website",
    "contact_phone",
    "corporate_email",
    "province",
    "district",
    "address",
)
FORM_FIELDS = (
    "has_mersis",
    "signatory_foreign",
    "signatory_identity",
    "signatory_name",
    "signatory_email",
    "signatory_mobile",
)
# Each is held against the other, so whoever may change one may change both.
PLACE = frozenset({"province", "district"})
# The states in which the dossier is open, by step: the company writes in step 1, corrects in step 2.
OPEN_STATES = {
    PRE_APPLICATION.key: frozenset({"draft", "changes_asked"}),
    STATUS_QUERY.key: frozenset({"correcting"}),
}


def open_record(onboarding: Onboarding) -> StepRecord | None:
    """The record of the step in which the dossier may be written now; None when it is closed."""
    for record in onboarding.records.all():
        if record.state in OPEN_STATES.get(record.step, ()) and record.turn == Party.COMPANY:
            return record
    return None


def open_fields(onboarding: Onboarding) -> frozenset[str] | None:
    """Which fields and documents may be changed now: None means all, an empty set means none.

    While corrections are asked for, exactly what the remarks name is open; a remark that names nothing
    opens everything.
    """
    record = open_record(onboarding)
    if record is None:
        return frozenset()
    if record.step == PRE_APPLICATION.key and record.state == "draft":
        return None
    named = frozenset(onboarding.remarks.filter(step=record.step, settled_at=None).values_list("field", flat=True))
    if "" in named or not named:
        return None
    return named | PLACE if named & PLACE else named


def _require_open(onboarding: Onboarding, name: str) -> None:
    fields = open_fields(onboarding)
    if fields is not None and name not in fields:
        raise NotAllowed("Bu bilgi şu anda değiştirilemez; başvuru incelemede ya da İYS'de.")


def fill_in(
    *, onboarding: Onboarding, values: Mapping[str, object], complete: bool, actor: Actor
) -> ApplicationForm:
    """Writes what was typed to its homes: the company and the form. Only fields that are open are taken.

    Raises NotAllowed when nothing may be written now. `complete` says that the form was valid as a whole.
    """
    with transaction.atomic():
        attempt = Onboarding.objects.select_for_update().select_related("company").get(pk=onboarding.pk)
        fields = open_fields(attempt)
        if fields is not None and not fields:
            raise NotAllowed("Başvuru bilgileri şu anda değiştirilemez; başvuru incelemede ya da İYS'de.")
        taken = {name: value for name, value in values.items() if fields is None or name in fields}
        company, form = attempt.company, attempt.application_form
        for name in COMPANY_FIELDS:
            if name in taken:
                setattr(company, name, taken[name])
        company.save()
        for name in FORM_FIELDS:
            if name in taken:
                setattr(form, name, taken[name])
        form.complete = complete
        form.filled_in_by = actor.user
        form.on_behalf = actor.party is Party.STAFF
        form.save()
        if complete:
            write(
                company=company,
                event=Event.FILLED_IN,
                text="Başvuru bilgileri kaydedildi" + (" (firma adına)" if form.on_behalf else ""),
                party=actor.party,
                actor=actor.user,
                subject=attempt.pk,
                topic=PRE_APPLICATION.key,
                data={"fields": sorted(taken)},
            )
    return form


def hand_in(
    *, onboarding: Onboarding, kind: DocumentKind, inspected: Inspected, filename: str, actor: Actor
) -> Document:
    """Adds a document; the one of that kind from before is replaced, never overwritten."""
    with transaction.atomic():
        attempt = Onboarding.objects.select_for_update().select_related("company").get(pk=onboarding.pk)
        _require_open(attempt, kind)
        document = store(
            company=attempt.company,
            kind=kind,
            payload=inspected.payload,
            filename=filename,
            content_type=inspected.content_type,
            pages=inspected.pages,
            origin=Origin.UPLOADED,
            by=actor.user,
        )
        journal_document(attempt, document, actor)
    return document


def journal_document(attempt: Onboarding, document: Document, actor: Actor) -> None:
    write(
        company=attempt.company,
        event=Event.DOCUMENT_ADDED,
        text=f"{DocumentKind(document.kind).label}: {document.name}",
        party=actor.party,
        actor=actor.user,
        subject=attempt.pk,
        data={"document": str(document.pk), "sha256": document.sha256},
    )


def submit(*, onboarding: Onboarding, actor: Actor, seen: int, approved: str) -> None:
    """Freezes the dossier and hands it to staff, from step 1 or from a correction in step 2.

    `approved` is the digest of the letter that the owner saw. Raises NotAllowed when something is missing,
    saying what, and LetterChanged when the dossier has changed since.
    """
    with transaction.atomic():
        attempt = Onboarding.objects.select_for_update().get(pk=onboarding.pk)
        record = open_record(attempt)
        if record is None:
            raise NotAllowed("Başvuru şu anda gönderilemez; zaten incelemede ya da İYS'de.")
        form = attempt.application_form
        lacking = dossier.missing(form)
        if lacking:
            raise NotAllowed(" ".join(lacking))
        if actor.user is None:
            raise NotAllowed("Başvuruyu yalnızca firma sahibi gönderebilir.")
        step = record.definition
        if letters.pre_application_to_iys(attempt, step, "").digest != approved:
            raise LetterChanged
        perform(
            onboarding=attempt,
            step=step,
            move="submit" if step is PRE_APPLICATION else "correct",
            actor=actor,
            seen=seen,
        )
        content, digest = dossier.frozen(form)
        Submission.objects.create(
            onboarding=attempt,
            step=step.key,
            number=attempt.submissions.filter(step=step.key).count() + 1,
            content=content,
            sha256=digest,
            submitted_by=actor.user,
        )
        attempt.remarks.filter(settled_at=None).update(settled_at=timezone.now())


# The staff's move that opens the dossier again, by step and by where it stands.
ASKING_MOVES = {
    (PRE_APPLICATION.key, "submitted"): "ask_changes",
    (PRE_APPLICATION.key, "send_failed"): "return_failed",
    (STATUS_QUERY.key, "changes_asked"): "open_correction",
    (STATUS_QUERY.key, "re_review"): "return_correction",
}


def ask_changes(
    *,
    onboarding: Onboarding,
    step: Step,
    remarks: Sequence[tuple[str, str]],
    actor: Actor,
    seen: int | None = None,
) -> None:
    """Staff open exactly what they name. `remarks` are (field or document kind, sentence) pairs.

    Raises NotAllowed without any remark, or when the dossier is not with staff.
    """
    if not remarks:
        raise NotAllowed("En az bir alan ya da belge için açıklama yazın.")
    with transaction.atomic():
        record = onboarding.records.get(step=step.key)
        move = ASKING_MOVES.get((step.key, record.state))
        if move is None:
            raise NotAllowed("Başvuru şu anda incelemede değil.")
        # İYS's own words gave way to the precise list that staff made of them.
        onboarding.remarks.filter(step=step.key, settled_at=None).update(settled_at=timezone.now())
        Remark.objects.bulk_create(
            Remark(onboarding=onboarding, step=step.key, field=field, text=text) for field, text in remarks
        )
        reason = " · ".join(text for _field, text in remarks)
        perform(onboarding=onboarding, step=step, move=move, actor=actor, reason=reason[:2000], seen=seen)


def record_cargo(
    *,
    onboarding: Onboarding,
    carrier: str,
    tracking_number: str,
    sent_on: date,
    arrived_on: date | None,
    actor: Actor,
) -> None:
    """Where the paper undertaking is. It runs beside step 1 and never blocks it.

    Raises NotAllowed when the company's route has no step 1.
    """
    if not onboarding.verdicts()[PRE_APPLICATION.number - 1].passable:
        raise NotAllowed("Taahhütname kargosu bu başvuruda gerekmiyor.")
    with transaction.atomic():
        Cargo.objects.update_or_create(
            onboarding=onboarding,
            defaults={
                "carrier": carrier,
                "tracking_number": tracking_number,
                "sent_on": sent_on,
                "arrived_on": arrived_on,
            },
        )
        write(
            company=onboarding.company,
            event=Event.FILLED_IN,
            text=f"Kargo: {carrier} {tracking_number}",
            party=actor.party,
            actor=actor.user,
            subject=onboarding.pk,
            topic=PRE_APPLICATION.key,
        )
