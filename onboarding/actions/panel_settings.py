"""The verb of step 6: one of three exclusive declarations, frozen with its very words."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet

from documents.models import LegalText
from onboarding import applications
from onboarding.actor import Actor, NotAllowed
from onboarding.gate import Route
from onboarding.models import Application, Declaration, DeclarationKind
from onboarding.steps import PANEL_SETTINGS
from onboarding.transitions import perform
from tenancy.models import Company

# The declaration that each route leads to.
OF_ROUTE = {
    Route.FULL: DeclarationKind.PARTNER,
    Route.EXEMPT: DeclarationKind.EXEMPT,
    Route.SELF_MANAGED: DeclarationKind.SELF_MANAGED,
}
ROUTE_OF = {kind: route for route, kind in OF_ROUTE.items()}
NEEDS_REGISTRATION = (
    "Bu beyan için önce İYS kaydı ve iş ortağı ataması tamamlanmalı. Yolunuzu 6 adımlı kayda çevirin."
)


def may_declare(kind: DeclarationKind, route: Route) -> bool:
    """An assigned partner is declared at the end of the six steps alone; the two others stand open to all."""
    return kind is not DeclarationKind.PARTNER or route is Route.FULL


def text_of(kind: DeclarationKind) -> LegalText:
    """The declaration's text in force. Raises NotAllowed when staff have loaded none."""
    return _in_force(f"declaration_{kind.value}")


def correctness() -> LegalText:
    """ "Girilen bilgilerin doğruluğunu onaylar …": the box that every declaration needs."""
    return _in_force("declaration_correctness")


def _in_force(kind: str) -> LegalText:
    text = LegalText.objects.in_force(kind)
    if text is None:
        raise NotAllowed("Beyan metni henüz yüklenmedi; destek ekibine haber verin.")
    return text


def history(company: Company) -> QuerySet[Declaration]:
    """What the company has declared, in this and in earlier applications; the newest is in force."""
    declared = Declaration.objects.filter(application__company=company)
    return declared.select_related("declared_by", "text_version")


def prefilled(application: Application) -> tuple[str, list[str]]:
    """The İYSKod and the BrandKods that step 3 confirmed."""
    brands = application.company.brands.exclude(code="").values_list("code", flat=True)
    return application.iys_code, list(brands)


def declare(
    *,
    application: Application,
    kind: DeclarationKind,
    iys_code: str,
    brand_codes: Sequence[str],
    exemption_basis: str,
    change_reason: str,
    actor: Actor,
    expected_version: int,
    ip_address: str | None,
) -> Declaration:
    """Saves the declaration and ends the step; a later one is a new row.

    Of the two short routes, the application follows the declaration. Raises NotAllowed for a declaration that
    the route does not allow, or for codes changed without a reason.
    """
    if actor.user is None:
        raise NotAllowed("Beyanı yalnızca firma sahibi verebilir.")
    if not may_declare(kind, Route(application.route)):
        raise NotAllowed(NEEDS_REGISTRATION)
    confirmed_code, confirmed_brands = prefilled(application)
    changed = (iys_code, set(brand_codes)) != (confirmed_code, set(confirmed_brands))
    if kind is DeclarationKind.PARTNER and changed and not change_reason.strip():
        raise NotAllowed("Onaylanmış kodları değiştirdiniz: nedenini yazın.")
    with transaction.atomic():
        record = application.records.get(step=PANEL_SETTINGS.key)
        perform(
            application=application,
            step=PANEL_SETTINGS,
            move="save" if record.state == "form" else "declare_anew",
            actor=actor,
            expected_version=expected_version,
        )
        if application.route != Route.FULL:
            applications.put_on_route(application=application, route=ROUTE_OF[kind], actor=actor)
        version = text_of(kind)
        words = version.naming(application.company.partner.legal_name)
        return Declaration.objects.create(
            application=application,
            kind=kind,
            iys_code=iys_code,
            brand_codes=list(brand_codes),
            exemption_basis=exemption_basis,
            change_reason=change_reason,
            text_version=version,
            text=f"{words}\n\n{correctness().body.strip()}",
            declared_by=actor.user,
            ip_address=ip_address,
        )
