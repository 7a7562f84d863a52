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
from onboarding.dossier import content, filing
from onboarding.gate import Route
from onboarding.letters import drafts
from onboarding.models import AttentionKind, ContinueLink, DocumentKind, Onboarding
from onboarding.steps import CODE_RECEIPT, PRE_APPLICATION
from onboarding.transitions import perform

# One link a minute is enough for anybody who looks for it in the spam folder.
RENEWAL_GAP = timedelta(minutes=1)


def is_open(onboarding: Onboarding) -> bool:
    """Whether the entry may be written and completed: the link of the approval was opened."""
    record = submission.open_record(onboarding)
    return record is not None and record.state == "info_entry" and is_continued(onboarding)


def open_parts(onboarding: Onboarding) -> frozenset[str]:
    """Which parts of it (dossier.ENTRY) may be written: all while it is open, later what a correction names."""
    return frozenset(content.ENTRY) if is_open(onboarding) else submission.reopened_entry(onboarding)


def brands_are_open(onboarding: Onboarding) -> bool:
    """Whether brands may be added or changed: in the information entry, or by name on the manual channel."""
    record = submission.open_record(onboarding)
    if record is None or record.state == "info_entry":
        return is_open(onboarding)
    fields = submission.open_fields(onboarding)
    return fields is None or "brands" in fields


def takes_later_brands(onboarding: Onboarding) -> bool:
    """Whether the company is through all six steps and may tell of a brand that it has begun to use since."""
    return onboarding.finished_at is not None and onboarding.closed_at is None and onboarding.route == Route.FULL


def is_continued(onboarding: Onboarding) -> bool:
    return onboarding.continue_links.exclude(used_at=None).exists()


def follow(*, onboarding: Onboarding, link: ContinueLink) -> None:
    """Opens the information entry by the link of the mail. Raises NotAllowed when it no longer holds."""
    if link.used_at is None and link.expires_at < timezone.now():
        raise NotAllowed("Bu bağlantının süresi dolmuş. Yeni bir bağlantı isteyin.")
    ContinueLink.objects.filter(pk=link.pk, used_at=None).update(used_at=timezone.now())


def renew(*, onboarding: Onboarding) -> None:
    """Mails a new link. Raises NotAllowed while there is nothing to continue, or right after the last one."""
    with transaction.atomic():
        attempt = _locked(onboarding)
        record = attempt.records.get(step=PRE_APPLICATION.key)
        if record.state != "info_entry":
            raise NotAllowed("Şu anda devam bağlantısı gerekmiyor.")
        last = attempt.continue_links.first()
        if last is not None and timezone.now() - last.created_at < RENEWAL_GAP:
            raise NotAllowed("Bağlantı az önce gönderildi. Gelen kutunuza ve istenmeyen e-postalara bakın.")
        number = attempt.continue_links.count()
        drafts.post(
            "continue_application",
            onboarding=attempt,
            step=PRE_APPLICATION,
            cause=f"continue_application:{attempt.pk}:{number}",
        )


def _locked(onboarding: Onboarding) -> Onboarding:
    """The attempt as it stands now: whoever submits it meanwhile waits, or was first and nothing is open."""
    return Onboarding.objects.select_for_update(of=("self",)).select_related("company").get(pk=onboarding.pk)


def _require(*, allowed: bool) -> None:
    if not allowed:
        raise NotAllowed("Marka ve istatistik bilgileri şu anda değiştirilemez.")


def save_brand(
    *,
    onboarding: Onboarding,
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
        attempt = _locked(onboarding)
        later = brand is None and takes_later_brands(attempt)
        _require(allowed=later or brands_are_open(attempt))
        saved = registering.save_brand(company=attempt.company, brand=brand, name=name, reached=reached)
        if certificate is not None:
            saved.certificate = filing.keep(
                attempt,
                DocumentKind.BRAND_CERTIFICATE,
                certificate,
                filename=filename,
                actor=actor,
                about=saved.pk,
            )
            saved.save(update_fields=["certificate"])
        if later:
            marks.raise_mark(
                record=attempt.records.get(step=CODE_RECEIPT.key),
                kind=AttentionKind.BRAND_ADDED,
                cause=f"brand:{saved.pk}",
                text=f"“{saved.name}” markası bildirildi; İYS'ye eklenmesi ve kodunun alınması gerekiyor.",
                actor=actor,
            )
    return saved


def remove_brand(*, onboarding: Onboarding, brand: Brand) -> None:
    with transaction.atomic():
        _require(allowed=brands_are_open(_locked(onboarding)))
        if brand.code:
            raise NotAllowed("Bu markanın İYS'de kodu var; silinemez. Destek ekibine yazın.")
        brand.delete()


def save_figures(*, onboarding: Onboarding, year: int, figures: Mapping[Channel, Figures]) -> None:
    with transaction.atomic():
        attempt = _locked(onboarding)
        _require(allowed="statistics" in open_parts(attempt))
        registering.save_figures(company=attempt.company, year=year, figures=figures)


def complete(*, onboarding: Onboarding, actor: Actor, seen: int, approved: str) -> None:
    """The declaration that everything is right, frozen with what it was made about.

    `approved` is the digest of the letter that the owner saw. Raises NotAllowed with what is missing, and
    LetterChanged when the letter is another one by now.
    """
    if actor.user is None:
        raise NotAllowed("Başvuruyu yalnızca firma sahibi tamamlayabilir.")
    with transaction.atomic():
        attempt = _locked(onboarding)
        _require(allowed=is_open(attempt))
        lacking = registering.lacking(attempt.company)
        if lacking:
            raise NotAllowed(" ".join(lacking))
        if drafts.pre_application_to_iys(attempt, PRE_APPLICATION, "").digest != approved:
            raise LetterChanged
        perform(onboarding=attempt, step=PRE_APPLICATION, move="complete", actor=actor, seen=seen)
        submission.freeze(attempt, PRE_APPLICATION, actor.user)
