"""Finding an application for somebody without an account, who knows its number and one of its addresses."""

import hashlib
import hmac
from uuid import UUID

from django.db.models import Q

from identifiers import reference
from onboarding.models import Application
from wall.crossings import Crossing
from wall.standing import crossing

# A number of İYS's may stand in more than one application of a company. So many are compared, always.
COMPARED = 4


def find(*, number: str, email: str) -> UUID | None:
    """The newest application of this number, ours or İYS's, if the address is its signatory's or its company's.

    A wrong number costs what a wrong address costs: one query, and the same comparisons.
    """
    numbered = Application.objects.filter(Q(reference=reference.clean(number)) | Q(iys_application_number=number))
    rows = numbered.order_by("-opened_at").values_list(
        "pk", "application_form__signatory_email", "company__corporate_email"
    )
    with crossing(Crossing.STATUS):
        candidates: list[tuple[UUID | None, str, str]] = [
            (pk, signatory or "", corporate) for pk, signatory, corporate in rows[:COMPARED]
        ]
    candidates += [(None, "", "")] * (COMPARED - len(candidates))
    asked = _digest(email)
    found = None
    for pk, *addresses in candidates:
        same = [hmac.compare_digest(asked, _digest(each)) and each != "" for each in addresses]
        if any(same) and found is None:
            found = pk
    return found


def company_of(application: UUID) -> UUID | None:
    """Whose application it is that was found."""
    with crossing(Crossing.STATUS):
        return Application.objects.filter(pk=application).values_list("company_id", flat=True).first()


def _digest(address: str) -> bytes:
    return hashlib.sha256(address.strip().lower().encode()).digest()
