"""The vergi levhası on the page that founds a company: chosen, read, carried, taken away; without script too."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django import forms
from django.http import HttpRequest

from identifiers import Refused, masking
from team import tax_plate
from team.tax_plate import FIELD, Beside, Plate
from tenancy.models import User

READ, DROP = "read_plate", "drop_plate"
USE = "use"  # and the name of the field in which what the paper says takes the place of what was typed
FIRST = "Önce vergi levhanızın PDF dosyasını seçin."


@dataclass(frozen=True, slots=True)
class FoundingPaper:
    """`is_asked`: the page is to be shown again, and nothing founded: what was read has to be seen first."""

    plate: Plate | None = None
    refusal: str = ""
    is_asked: bool = False
    token: str = ""
    fields: dict[str, str] = field(default_factory=dict)

    def beside(self, form: forms.Form) -> Iterator[tuple[forms.BoundField, Beside | None]]:
        for each in form:
            typed = str(each.value() or "").strip()
            yield each, tax_plate.beside(self.plate, each.name, typed) if self.plate and typed else None


def _still(typed: str) -> str:
    """A number with stars is the portal's own writing, and nothing without the paper that it stood in."""
    return "" if "*" in typed else typed


def of(request: HttpRequest, user: User) -> FoundingPaper:
    if request.method != "POST":
        return FoundingPaper()
    is_asked = FIELD in request.FILES or any(name in request.POST for name in (READ, DROP, USE))
    plate, refusal = None, ""
    try:
        plate = tax_plate.brought(request) or (None if DROP in request.POST else tax_plate.carried(request, user))
        if plate is None and READ in request.POST:
            refusal = FIRST
    except Refused as error:
        refusal = str(error)
    typed = {name: request.POST.get(name, "").strip() for name in ("trade_name", "tax_number")}
    if is_asked:
        says = {name: masking.shown(value) for name, value in plate.says.items()} if plate else {}
        used = {name: says[name] for name in says if name == request.POST.get(USE)}
        typed = {name: _still(value) or says.get(name, "") for name, value in typed.items()} | used
    return FoundingPaper(plate, refusal, is_asked, tax_plate.carrying(plate, user) if plate else "", typed)
