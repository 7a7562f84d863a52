"""Which fields each paper needs to have no empty line; what is not known yet is asked for before it is made.

Fields are named as on the form of step 1. What a paper prints only where there is some (a MERSİS number, the
sender's telephone on a parcel) is not needed.
"""

from collections.abc import Mapping

from onboarding.dossier import content
from onboarding.models import Application, DocumentKind

SALES_CONTRACT = "sales_contract"
PARTY = ("trade_name", "tax_number", "province", "district", "address")
ON_THE_FORM = ("signatory_name", *PARTY, "tax_office")
NEEDS: Mapping[str, tuple[str, ...]] = {
    SALES_CONTRACT: (*PARTY, "contact_phone"),
    DocumentKind.ADDRESS_LABEL: PARTY,
    DocumentKind.ASSIGNMENT_BLANK: ON_THE_FORM,
    # An e-signature is checked by its signatory's TCKN.
    DocumentKind.ASSIGNMENT_TO_SIGN: ("signatory_identity", *ON_THE_FORM),
}
WHOLE_DOSSIER = frozenset({DocumentKind.UNDERTAKING_BLANK, DocumentKind.UNDERTAKING_TO_SIGN})


def fields(application: Application, paper: str) -> tuple[str, ...]:
    """What the paper needs; the undertaking has every line of the dossier."""
    if paper in WHOLE_DOSSIER:
        return tuple(line.key for line in content.lines(application.application_form))
    return NEEDS[paper]


def lacking(application: Application, paper: str) -> tuple[str, ...]:
    """Those of them that nobody has given yet."""
    form = application.application_form
    homes = (application.company, form)
    return tuple(name for name in fields(application, paper) if not any(getattr(home, name, "") for home in homes))


def refused(application: Application, paper: str) -> str:
    """Why the paper cannot be made yet, as a Turkish sentence; empty when it can."""
    known = {line.key: line.label for line in content.lines(application.application_form)}
    missing = [known[name] for name in lacking(application, paper)]
    return f"Bu belge için şu bilgiler eksik: {', '.join(missing)}." if missing else ""
