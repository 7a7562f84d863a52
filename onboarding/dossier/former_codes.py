"""What still says a code that is no longer in force: step 5's signed form, and step 6's declaration."""

from dataclasses import dataclass

from journal.models import Entry, Event
from onboarding.machine import Step
from onboarding.models import Application, Assignment, AssignmentWay, DocumentKind
from onboarding.steps import PANEL_SETTINGS, PARTNER_ASSIGNMENT

PRINTING = (DocumentKind.ASSIGNMENT_FORM, DocumentKind.ASSIGNMENT_SIGNED)


@dataclass(frozen=True, slots=True)
class Said:
    """A code that stands somewhere, and the one of now, empty where there is none; `brand` where it is known."""

    code: str
    now: str
    brand: str = ""

    def __str__(self) -> str:
        where = f"“{self.brand}” için " if self.brand else ""
        return f"{where}{self.code} yazıyor, {f'kodunuz {self.now}' if self.now else 'artık kodlarınızda yok'}"


def printed(application: Application, kind: str) -> dict[str, object]:
    """What the journal keeps of a form that came back signed: the codes then in force, of brands by their key."""
    if kind not in PRINTING:
        return {}
    brands = {str(brand.pk): brand.code for brand in application.company.brands.exclude(code="")}
    return {"iys_code": application.iys_code, "brand_codes": brands}


def difference(application: Application, step: Step) -> str:
    """What the result of this step says otherwise than the codes in force; empty where nothing does, or where
    it is not known with which codes it was made."""
    if step is PARTNER_ASSIGNMENT:
        where, said = "Atama formunda", _on_the_form(application)
    elif step is PANEL_SETTINGS:
        where, said = "Beyanınızda", _in_the_declaration(application)
    else:
        return ""
    differing: dict[tuple[str, str], Said] = {}
    for each in said:
        if each.code != each.now:
            # The main brand's code is the İYSKod, and is said once.
            differing.setdefault((each.code, each.now), each)
    return f"{where} {'; '.join(map(str, differing.values()))}." if differing else ""


def refusal(application: Application, step: Step) -> str:
    """Why this result cannot be confirmed as still valid; empty when it can."""
    differs = difference(application, step)
    return f"{differs} Bu yüzden adım yeniden yapılmalı." if differs else ""


def _on_the_form(application: Application) -> list[Said]:
    found = Assignment.of(application)
    if found.signed_form is None or found.way != AssignmentWay.FORM:
        return []
    handed_in = Entry.objects.filter(application_id=application.pk, event=Event.DOCUMENT_ADDED)
    entry = handed_in.filter(data__document=str(found.signed_form.pk)).first()
    if entry is None or "iys_code" not in entry.data:
        return []
    brands = {str(brand.pk): brand for brand in application.company.brands.all()}
    codes = {brand.code for brand in brands.values()}
    said = [Said(entry.data["iys_code"], application.iys_code)]
    for key, code in entry.data["brand_codes"].items():
        brand = brands.get(key)
        # A brand that was merged into another one still has its code there.
        said.append(Said(code, brand.code, brand.name) if brand else Said(code, code if code in codes else ""))
    return said


def _in_the_declaration(application: Application) -> list[Said]:
    declared = application.declarations.first()
    if declared is None or not declared.iys_code:
        return []
    codes = set(application.company.brands.values_list("code", flat=True))
    brands = [code for code in declared.brand_codes if code != declared.iys_code]
    return [
        Said(declared.iys_code, application.iys_code),
        *(Said(code, code if code in codes else "") for code in brands),
    ]
