"""Which field of the dossier is on which page of its form. PURE.

Fields that are checked against each other stand on one page: a page is right or wrong by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """`key` stands in its URL. `fields` in the order of the page, which is the order of what is wrong too."""

    key: str
    title: str
    fields: tuple[str, ...]


PAGES: Sequence[Page] = (
    Page(
        "firma",
        "Firma",
        ("trade_name", "mersis_number", "tax_number", "province", "district", "tax_office", "address"),
    ),
    Page("iletisim", "İletişim", ("website", "contact_phone", "corporate_email", "kep_address")),
    Page(
        "imza-yetkilisi",
        "İmza yetkilisi",
        ("signatory_name", "signatory_email", "signatory_mobile", "signatory_foreign", "signatory_identity"),
    ),
)
BY_KEY = {page.key: page for page in PAGES}
OF_FIELD = {name: page for page in PAGES for name in page.fields}
ORDER = tuple(OF_FIELD)
