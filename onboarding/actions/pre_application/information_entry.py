"""Verbs of "Bilgi Girişi": the continue link, brands, last year's figures, the declaration (guide, 1.2)."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from brands import registering
from brands.models import Brand, Channel
from brands.registering import Figures, Reached
from documents.inspection import Inspected
from onboarding.actions.pre_application import submission
from onboarding.actor import Actor, LetterChanged, NotAllowed
from onboarding.attention import marks
from onboarding.dossier import changes, content, filing
from onboarding.gate import Route
from onboarding.letters import drafts
from onboarding.models import Application, AttentionKind, DocumentKind
from onboarding.steps import CODE_RECEIPT, PRE_APPLICATION
from onboarding.transitions import perform

# One link a minute is enough for anybody who looks for it in the spam folder.
RENEWAL_GAP = timedelta(minutes=1)


def is_open(application: Application) -> bool:
    """Whether the entry may be written and completed: the approval's link did not run out before that began."""
    record = submission.open_record(application)
    return record is not None and record.state == "info_entry" and _has_link(application)


def open_parts(application: Application) -> frozenset[str]:
    """Which parts of it (dossier.ENTRY) may be written: all while it is open, later what a correction names."""
    return frozenset(content.ENTRY) if is_open(application) else submission.reopened_entry(application)


def brands_are_open(application: Application) -> bool:
    """Whether brands may be added or changed: in the information entry, or by name on the manual channel."""
    record = submission.open_record(application)
    if record is None or record.state == "info_entry":
        return is_open(application)
    fields = submission.open_fields(application)
    return fields is None or "brands" in fields


def takes_later_brands(application: Application) -> bool:
    """Whether the company is through all six steps and may tell of a brand that it has begun to use since."""
    return (
        application.finished_at is not None and application.closed_at is None and application.route == Route.FULL
    )


def awaits_link(application: Application) -> bool:
    """Whether the information entry waits for a new link: the mail's ran out before anything was written."""
    record = submission.open_record(application)
    return record is not None and record.state == "info_entry" and not _has_link(application)


def _has_link(application: Application) -> bool:
    """Whether one leads into the entry. Whoever is signed in need not come by the mail."""
    return any(link.holds for link in application.continue_links.all())


def _begun(application: Application) -> None:
    """What is written is not lost with the link's last day."""
    now = timezone.now()
    application.continue_links.filter(used_at=None, expires_at__gte=now).update(used_at=now)


def renew(*, application: Application) -> None:
    """Mails a new link. Raises NotAllowed while there is nothing to continue, or right after the last one."""
    with transaction.atomic():
        locked = _locked(application)
        record = submission.open_record(locked)
        if record is None or record.state != "info_entry":
            raise NotAllowed("Şu anda devam bağlantısı gerekmiyor.")
        last = locked.continue_links.first()
        if last is not None and timezone.now() - last.created_at < RENEWAL_GAP:
            raise NotAllowed("Bağlantı az önce gönderildi. Gelen kutunuza ve istenmeyen e-postalara bakın.")
        number = locked.continue_links.count()
        drafts.post(
            "continue_application",
            application=locked,
            step=PRE_APPLICATION,
            idempotency_key=f"continue_application:{locked.pk}:{number}",
        )


def _locked(application: Application) -> Application:
    """The application as it stands now: whoever submits it meanwhile waits, or was first and nothing is open."""
    return Application.objects.select_for_update(of=("self",)).select_related("company").get(pk=application.pk)


def _require(*, allowed: bool) -> None:
    if not allowed:
        raise NotAllowed("Marka ve istatistik bilgileri şu anda değiştirilemez.")


def save_brand(
    *,
    application: Application,
    brand: Brand | None,
    name: str,
    reached: Mapping[Channel, Reached],
    certificate: Inspected | None,
    filename: str,
    actor: Actor,
) -> Brand:
    """Adds or changes a brand with its certificate. Raises NotAllowed, or Refused for a name that is taken.

    A brand that is new after the end reopens nothing: it is put before staff, who have İYS add it.
    """
    with transaction.atomic():
        locked = _locked(application)
        later = brand is None and takes_later_brands(locked)
        _require(allowed=later or brands_are_open(locked))
        _begun(locked)
        saved = registering.save_brand(company=locked.company, brand=brand, name=name, reached=reached)
        if certificate is not None:
            saved.certificate = filing.keep(
                locked,
                DocumentKind.BRAND_CERTIFICATE,
                certificate,
                filename=filename,
                actor=actor,
                about=saved.pk,
            )
            saved.save(update_fields=["certificate"])
        if later:
            marks.raise_mark(
                record=locked.records.get(step=CODE_RECEIPT.key),
                kind=AttentionKind.BRAND_ADDED,
                idempotency_key=f"brand:{saved.pk}",
                text=f"“{saved.name}” markası bildirildi; İYS'ye eklenmesi ve kodunun alınması gerekiyor.",
                actor=actor,
            )
    return saved


def remove_brand(*, application: Application, brand: Brand) -> None:
    with transaction.atomic():
        _require(allowed=brands_are_open(_locked(application)))
        if brand.code:
            raise NotAllowed("Bu markanın İYS'de kodu var; silinemez. Destek ekibine yazın.")
        brand.delete()


def save_figures(*, application: Application, year: int, figures: Mapping[Channel, Figures]) -> None:
    with transaction.atomic():
        locked = _locked(application)
        _require(allowed="statistics" in open_parts(locked))
        _begun(locked)
        registering.save_figures(company=locked.company, year=year, figures=figures)


def complete(*, application: Application, actor: Actor, expected_version: int, letter_digest: str) -> None:
    """The declaration that everything is right, frozen with what it was made about.

    `letter_digest` is the digest of the letter that the owner saw. Raises NotAllowed with what is missing, and
    LetterChanged when the letter is another one by now.
    """
    if actor.user is None:
        raise NotAllowed("Başvuruyu yalnızca firma sahibi tamamlayabilir.")
    with transaction.atomic():
        locked = _locked(application)
        _require(allowed=is_open(locked))
        lacking = [*registering.lacking(locked.company), *changes.untouched(locked, step=PRE_APPLICATION.key)]
        if lacking:
            raise NotAllowed(" ".join(lacking))
        if drafts.pre_application_to_iys(locked, PRE_APPLICATION, "").digest != letter_digest:
            raise LetterChanged
        perform(
            application=locked,
            step=PRE_APPLICATION,
            move="complete",
            actor=actor,
            expected_version=expected_version,
        )
        submission.freeze(locked, PRE_APPLICATION, actor.user)
