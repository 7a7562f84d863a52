"""The verb of step 6: one of three exclusive declarations, frozen with its very words."""

from collections.abc import Sequence

from django.db import transaction

from documents.models import LegalText
from onboarding.gate import Route
from onboarding.models import Declaration, DeclarationKind, Onboarding
from onboarding.steps import PANEL_SETTINGS
from onboarding.transitions import Actor, NotAllowed, perform

# Each route ends in its own declaration; choosing another one means choosing another route first.
OF_ROUTE = {
    Route.FULL: DeclarationKind.PARTNER,
    Route.EXEMPT: DeclarationKind.EXEMPT,
    Route.SELF_MANAGED: DeclarationKind.SELF_MANAGED,
}
OTHER_ROUTE = "Bu beyan seçtiğiniz yola uymuyor. Önce yolunuzu değiştirin."


def text_of(kind: DeclarationKind) -> LegalText:
    """The declaration's text in force. Raises NotAllowed when staff have loaded none."""
    text = LegalText.objects.in_force(f"declaration_{kind.value}")
    if text is None:
        raise NotAllowed("Beyan metni henüz yüklenmedi; destek ekibine haber verin.")
    return text


def correctness() -> LegalText:
    """ "Girilen bilgilerin doğruluğunu onaylar …": the box that every declaration needs."""
    text = LegalText.objects.in_force("declaration_correctness")
    if text is None:
        raise NotAllowed("Beyan metni henüz yüklenmedi; destek ekibine haber verin.")
    return text


def prefilled(onboarding: Onboarding) -> tuple[str, list[str]]:
    """The İYSKod and the BrandKods that step 3 confirmed."""
    brands = onboarding.company.brands.exclude(code="").values_list("code", flat=True)
    return onboarding.iys_code, list(brands)


def declare(
    *,
    onboarding: Onboarding,
    kind: DeclarationKind,
    iys_code: str,
    brand_codes: Sequence[str],
    exemption_basis: str,
    change_reason: str,
    actor: Actor,
    seen: int,
    ip_address: str | None,
) -> Declaration:
    """Saves the declaration and ends the step; a later one is a new row.

    Raises NotAllowed for a declaration of another route, or for codes changed without a reason.
    """
    if actor.user is None:
        raise NotAllowed("Beyanı yalnızca firma sahibi verebilir.")
    if OF_ROUTE[Route(onboarding.route)] is not kind:
        raise NotAllowed(OTHER_ROUTE)
    confirmed_code, confirmed_brands = prefilled(onboarding)
    changed = (iys_code, set(brand_codes)) != (confirmed_code, set(confirmed_brands))
    if kind is DeclarationKind.PARTNER and changed and not change_reason.strip():
        raise NotAllowed("Onaylanmış kodları değiştirdiniz: nedenini yazın.")
    with transaction.atomic():
        record = onboarding.records.get(step=PANEL_SETTINGS.key)
        perform(
            onboarding=onboarding,
            step=PANEL_SETTINGS,
            move="save" if record.state == "form" else "declare_anew",
            actor=actor,
            seen=seen,
        )
        version = text_of(kind)
        return Declaration.objects.create(
            onboarding=onboarding,
            kind=kind,
            iys_code=iys_code,
            brand_codes=list(brand_codes),
            exemption_basis=exemption_basis,
            change_reason=change_reason,
            text_version=version,
            text=f"{version.body.strip()}\n\n{correctness().body.strip()}",
            declared_by=actor.user,
            ip_address=ip_address,
        )
