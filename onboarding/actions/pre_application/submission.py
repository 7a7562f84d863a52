"""Verbs of step 1 and of its corrections in step 2: fill in, hand in documents, submit, remark."""

from collections.abc import Mapping, Sequence
from functools import partial

from django.db import transaction
from django.utils import timezone

from brands import registering
from documents import paper_readings
from documents.inspection import Inspected
from documents.models import Document
from journal.entries import write
from journal.models import Event
from journal.parties import Party
from onboarding.actions.pre_application import cargo
from onboarding.actor import Actor, LetterChanged, NotAllowed
from onboarding.dossier import changes, content, corrections, filing, parcel_due, readings, signed, undertaking
from onboarding.letters import drafts
from onboarding.machine import Step
from onboarding.models import (
    Application,
    ApplicationForm,
    ChannelChoices,
    DocumentKind,
    Remark,
    StepRecord,
    Submission,
)
from onboarding.steps import PRE_APPLICATION, STATUS_QUERY
from onboarding.transitions import perform
from tenancy.models import Company, User

COMPANY_FIELDS = (
    "trade_name",
    "tax_number",
    "mersis_number",
    "tax_office",
    "website",
    "contact_phone",
    "corporate_email",
    "kep_address",
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
DATA_FIELDS = frozenset(COMPANY_FIELDS + FORM_FIELDS)
# What is open in each state of the company's turn, by step: in step 1 it writes, in step 2 it corrects.
EVERYTHING = None
NAMED = frozenset({"*"})  # exactly what the remarks name
OPEN: Mapping[tuple[str, str], frozenset[str] | None] = {
    (PRE_APPLICATION.key, "draft"): EVERYTHING,
    (PRE_APPLICATION.key, "changes_asked"): NAMED,
    (PRE_APPLICATION.key, "query"): DATA_FIELDS,
    (PRE_APPLICATION.key, "form"): DATA_FIELDS | content.READABLE,
    (PRE_APPLICATION.key, "signing"): frozenset({DocumentKind.UNDERTAKING_SIGNED}),
    (PRE_APPLICATION.key, "returned"): NAMED,
    (PRE_APPLICATION.key, "info_entry"): frozenset(content.ENTRY),
    (PRE_APPLICATION.key, "evidence"): frozenset({DocumentKind.EVIDENCE}),
    (STATUS_QUERY.key, "correcting"): NAMED,
}
# Corrections after the online channel's information entry: its parts open by name, the letter is approved anew.
AFTER_ENTRY = frozenset({(PRE_APPLICATION.key, "changes_asked"), (STATUS_QUERY.key, "correcting")})
# The company's move that hands the dossier in, by step and by where it stands.
SUBMITTING_MOVES = {
    (PRE_APPLICATION.key, "draft"): "submit",
    (PRE_APPLICATION.key, "changes_asked"): "submit",
    (PRE_APPLICATION.key, "signing"): "submit_online",
    (PRE_APPLICATION.key, "returned"): "submit_online",
    (STATUS_QUERY.key, "correcting"): "correct",
}


def open_record(application: Application) -> StepRecord | None:
    """The record of the step in which the dossier may be written now; None when it is closed."""
    for record in application.records.all():
        if (record.step, record.state) in OPEN and record.turn == Party.COMPANY:
            return record
    return None


def corrections_asked(application: Application) -> bool:
    """Whether support or İYS has asked for corrections; otherwise the company writes by itself."""
    record = open_record(application)
    return record is not None and OPEN[record.step, record.state] == NAMED


def open_fields(application: Application) -> frozenset[str] | None:
    """Which fields and documents may be changed now: None means all, an empty set means none.

    While corrections are asked for, exactly what the remarks name is open; a remark that names nothing
    opens everything. Data that change have to be signed for again: on paper the undertaking opens once they have.
    """
    record = open_record(application)
    if record is None:
        return frozenset()
    fields = OPEN[record.step, record.state]
    if fields != NAMED:
        return fields
    remarks = (each for each in application.remarks.all() if each.step == record.step)
    named = frozenset(each.field for each in remarks if each.settled_at is None)
    if "" in named or not named:
        return EVERYTHING
    named = changes.mended_together(named)
    if named & (DATA_FIELDS | content.TOGETHER.keys()):
        named |= signed.opened_by_data(application)
    return named


def reopened_entry(application: Application) -> frozenset[str]:
    """Which parts of the online channel's information entry (dossier.ENTRY) corrections open again."""
    record = open_record(application)
    online = application.application_form.channel == ChannelChoices.ONLINE
    if record is None or (record.step, record.state) not in AFTER_ENTRY or not online:
        return frozenset()
    fields = open_fields(application)
    return frozenset(content.ENTRY) if fields is None else fields & content.ENTRY.keys()


def _require_open(application: Application, name: str) -> None:
    fields = open_fields(application)
    if fields is not None and name not in fields:
        raise NotAllowed("Bu bilgi şu anda değiştirilemez; başvuru incelemede ya da İYS'de.")


def fill_in(
    *, application: Application, values: Mapping[str, object], complete: bool, actor: Actor
) -> ApplicationForm:
    """Writes what was typed to its homes, the company and the form; only fields that are open are taken. Raises
    NotAllowed when nothing may be written now. `complete` says that the form was valid as a whole."""
    with transaction.atomic():
        locked = Application.objects.select_for_update().select_related("company").get(pk=application.pk)
        fields = open_fields(locked)
        if fields is not None and not fields:
            raise NotAllowed("Başvuru bilgileri şu anda değiştirilemez; başvuru incelemede ya da İYS'de.")
        taken = {name: value for name, value in values.items() if fields is None or name in fields}
        company, form = locked.company, locked.application_form
        changed = put(company, form, taken)
        newly = complete and not form.complete
        form.complete = complete
        form.filled_in_by = actor.user
        form.on_behalf = actor.party is Party.STAFF
        form.save()
        # A draft that is saved while somebody types is no event; a dossier that is whole and changes is.
        if newly or (complete and changed):
            write(
                company=company,
                event=Event.FILLED_IN,
                text="Başvuru bilgileri kaydedildi" + (" (firma adına)" if form.on_behalf else ""),
                party=actor.party,
                actor=actor.user,
                application_id=locked.pk,
                step_key=PRE_APPLICATION.key,
                data={"fields": sorted(changed)},
            )
    return form


def put(company: Company, form: ApplicationForm, values: Mapping[str, object]) -> list[str]:
    """Gives each value to its home, and returns which are new. The company is saved, the form is the caller's."""
    homes = dict.fromkeys(COMPANY_FIELDS, company) | dict.fromkeys(FORM_FIELDS, form)
    changed = [name for name, value in values.items() if name in homes and _known(homes[name], name) != value]
    for name in changed:
        setattr(homes[name], name, values[name])
    company.save()
    return changed


def _known(home: Company | ApplicationForm, name: str) -> object:
    """What stands there now, a number that is shown masked in full."""
    return getattr(home, f"full_{name}", getattr(home, name))


def hand_in(
    *,
    application: Application,
    kind: DocumentKind,
    inspected: Inspected,
    filename: str,
    actor: Actor,
    onto: Document | None = None,
) -> Document:
    """Adds a document and what it was read to say; the one of that kind before is replaced, not overwritten.
    Raises NotAllowed for what is not open, and for what filing refuses (`onto` as there)."""
    reading = readings.read(application.company, inspected)
    with transaction.atomic(), parcel_due.clock(partial(parcel_due.fresh, application)):
        locked = Application.objects.select_for_update().select_related("company").get(pk=application.pk)
        _require_open(locked, kind)
        filing.refuse_earlier(locked, kind, inspected.sha256)
        if actor.party is Party.STAFF:
            ApplicationForm.objects.filter(application=locked).update(on_behalf=True)
        document = filing.keep(locked, kind, inspected, filename=filename, actor=actor, onto=onto)
        paper_readings.keep(document, reading)
        cargo.follow(locked, document, actor)
        return document


def missing(application: Application, *, but: DocumentKind | None = None) -> list[str]:
    """What stands in the way of handing the dossier in, as Turkish sentences; empty when nothing does. `but`: a
    document that is not spoken of."""
    found = lacking(application, but=but)
    return found + changes.untouched(application, but=but) if corrections_asked(application) else found


def lacking(application: Application, *, but: DocumentKind | None = None) -> list[str]:
    """What is not there yet, whatever was asked for besides."""
    form = application.application_form
    needs = [need for need in content.needs(form) if need.kind != but]
    found = content.missing(form, needs)
    if form.channel == ChannelChoices.ONLINE and not found:
        found = undertaking.lacking(application) if but != DocumentKind.UNDERTAKING_SIGNED else []
        reopened = reopened_entry(application)
        found += registering.lacking_brands(application.company) if "brands" in reopened else []
        found += registering.lacking_figures(application.company) if "statistics" in reopened else []
    elif sentence := signed.sign_anew(application, needs):
        found.append(sentence)
    return found


def submit(*, application: Application, actor: Actor, expected_version: int, letter_digest: str) -> None:
    """Freezes the dossier and hands it to staff, from step 1 or from a correction in step 2.

    `letter_digest` is the digest of the letter that the owner saw. Raises NotAllowed when something is missing,
    saying what, and LetterChanged when the dossier has changed since.
    """
    with transaction.atomic():
        locked = Application.objects.select_for_update().get(pk=application.pk)
        record = open_record(locked)
        if record is None:
            raise NotAllowed("Başvuru şu anda gönderilemez; zaten incelemede ya da İYS'de.")
        move = SUBMITTING_MOVES.get((record.step, record.state))
        if move is None:
            raise NotAllowed("Başvuru şu anda gönderilemez; önceki bölümleri tamamlayın.")
        if found := missing(locked):
            raise NotAllowed(" ".join(found))
        if actor.user is None:
            raise NotAllowed("Başvuruyu yalnızca firma sahibi gönderebilir.")
        draft = letter_to_approve(locked, record)
        if draft is not None and draft.digest != letter_digest:
            raise LetterChanged
        perform(
            application=locked, step=record.definition, move=move, actor=actor, expected_version=expected_version
        )
        freeze(locked, record.definition, actor.user)
        if locked.application_form.channel == ChannelChoices.MANUAL:
            cargo.expect(locked)


def letter_to_approve(application: Application, record: StepRecord) -> drafts.Draft | None:
    """The letter to İYS that handing in approves; None online before the entry, where it is approved later."""
    online = application.application_form.channel == ChannelChoices.ONLINE
    if online and (record.step, record.state) not in AFTER_ENTRY:
        return None
    return drafts.pre_application_to_iys(application, record.definition, "")


def freeze(application: Application, step: Step, by: User) -> Submission:
    """Keeps what was handed in as it was; what had been asked for is settled by it."""
    frozen, digest = content.frozen(application.application_form)
    application.remarks.filter(settled_at=None).update(settled_at=timezone.now())
    return Submission.objects.create(
        application=application,
        step=step.key,
        number=application.submissions.filter(step=step.key).count() + 1,
        content=frozen,
        sha256=digest,
        submitted_by=by,
    )


# The staff's move that opens the dossier again, by step and by where it stands.
ASKING_MOVES = {
    (PRE_APPLICATION.key, "submitted"): "ask_changes",
    (PRE_APPLICATION.key, "reviewing"): "return_online",
    (PRE_APPLICATION.key, "final_review"): "return_info",
    (PRE_APPLICATION.key, "send_failed"): "return_failed",
    (PRE_APPLICATION.key, "evidence_review"): "return_evidence",
    (STATUS_QUERY.key, "changes_asked"): "open_correction",
    (STATUS_QUERY.key, "re_review"): "return_correction",
}


def ask_changes(
    *,
    application: Application,
    step: Step,
    remarks: Sequence[tuple[str, str]],
    actor: Actor,
    expected_version: int | None = None,
) -> None:
    """Staff open exactly what they name. `remarks` are (field or document kind, sentence) pairs.

    Raises NotAllowed without any remark, or when the dossier is not with staff or not in the portal.
    """
    if not remarks:
        raise NotAllowed("En az bir alan ya da belge için açıklama yazın.")
    if step is STATUS_QUERY and application.application_form.channel == ChannelChoices.APPLIED:
        raise NotAllowed(
            "Firma İYS'nin sitesinde başvurdu, bilgileri portalda değil. “İYS'nin sitesinde düzelttir” ile iletin."
        )
    with transaction.atomic():
        record = application.records.get(step=step.key)
        move = ASKING_MOVES.get((step.key, record.state))
        if move is None:
            raise NotAllowed("Başvuru şu anda incelemede değil.")
        # İYS's own words gave way to the precise list that staff made of them.
        application.remarks.filter(step=step.key, settled_at=None).update(settled_at=timezone.now())
        round_ = corrections.this_round(application) if step is STATUS_QUERY else 1
        Remark.objects.bulk_create(
            Remark(application=application, step=step.key, field=field, text=text, round=round_)
            for field, text in remarks
        )
        reason = " · ".join(text for _field, text in remarks)
        perform(
            application=application,
            step=step,
            move=move,
            actor=actor,
            reason=reason[:2000],
            expected_version=expected_version,
        )
