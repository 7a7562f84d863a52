"""The verb of step 6: one of three exclusive declarations, frozen with its very words."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from documents.models import LegalText
from onboarding import applications
from onboarding.actor import Actor, NotAllowed
from onboarding.attention.marks import raise_mark
from onboarding.codes import in_force
from onboarding.gate import Route
from onboarding.models import Application, AttentionKind, Declaration, DeclarationKind, StepRecord
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
REASON_WANTED = "Onaylanmış kodları değiştirdiniz: nedenini yazın."
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


def declare(
    *,
    application: Application,
    kind: DeclarationKind,
    iys_code: str,
    brand_codes: Mapping[UUID, str],
    exemption_basis: str,
    change_reason: str,
    actor: Actor,
    expected_version: int,
    ip_address: str | None,
) -> Declaration:
    """Saves the declaration and ends the step; a later one is a new row. `brand_codes` are by the brand's key.

    Codes that an assigned partner is declared with are those in force from then on, and support is told what
    was corrected. Of the two short routes, the application follows the declaration. Raises NotAllowed for a
    declaration that the route does not allow, for codes changed without a reason, and for one of another company.
    """
    if actor.user is None:
        raise NotAllowed("Beyanı yalnızca firma sahibi verebilir.")
    if not may_declare(kind, Route(application.route)):
        raise NotAllowed(NEEDS_REGISTRATION)
    changes: list[str] = []
    if kind is DeclarationKind.PARTNER:
        changes = in_force.corrected(application, iys_code=iys_code, brand_codes=brand_codes)
    if changes and not change_reason.strip():
        raise NotAllowed(REASON_WANTED)
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
        if changes:
            in_force.put_in_force(application, iys_code=iys_code, brand_codes=brand_codes)
        version = text_of(kind)
        words = version.naming(application.company.partner.legal_name)
        declared = Declaration.objects.create(
            application=application,
            kind=kind,
            iys_code=iys_code,
            brand_codes=[code for code in brand_codes.values() if code],
            exemption_basis=exemption_basis,
            change_reason=change_reason,
            text_version=version,
            text=f"{words}\n\n{correctness().body.strip()}",
            declared_by=actor.user,
            ip_address=ip_address,
        )
        if changes:
            _tell_support(record, changes, declared, actor)
    return declared


def _tell_support(record: StepRecord, changes: list[str], declared: Declaration, actor: Actor) -> None:
    """The papers that went to İYS before say the former code: whether they hold is for people to decide."""
    raise_mark(
        record=record,
        kind=AttentionKind.CODE_CORRECTED,
        idempotency_key=f"declaration:{declared.pk}",
        text=f"Kod beyanda düzeltildi ({'; '.join(changes)}). Neden: {declared.change_reason}",
        actor=actor,
    )
