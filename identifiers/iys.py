"""İYS's own numbers: the application number is not the code, and people mix them up. PURE."""

import re

from identifiers import Refused
from identifiers.digits import bare, number
from identifiers.turkish import upper

APPLICATION_NUMBER = (
    "Bu, ön başvuru numaranıza benziyor; İYSKod değildir. "
    "İYSKod yalnızca rakamlardan oluşur ve onay e-postasında “İYS Numaranız” diye yazar."
)
NO_CODE = (
    "Bu bir kod değil: İYSKod ve BrandKod yalnızca rakamlardan oluşur; onay e-postasında “İYS Numaranız” diye ve "
    "markanızın yanında yazar."
)
_APPLICATION = re.compile(r"[A-Z0-9]{4,20}")


def clean_code(text: str) -> str:
    """İYSKod or BrandKod: 4 to 15 digits. Raises Refused, and says so when it is a word or looks like an
    application number."""
    code = number(text)
    if re.search(r"[^\W\d_]", code):
        raise Refused(APPLICATION_NUMBER if re.search(r"\d", code) else NO_CODE)
    if not code.isascii() or not code.isdigit() or not 4 <= len(code) <= 15:
        raise Refused("Kod 4 ile 15 hane arasında, yalnızca rakamlardan oluşur.")
    return code


def clean_application_number(text: str) -> str:
    """The number of the pre-application, upper case, such as MX3ZB5JA. Raises Refused."""
    found = upper(bare(text)).replace("İ", "I")
    if not _APPLICATION.fullmatch(found):
        raise Refused("Ön başvuru numarası harf ve rakamlardan oluşur, örneğin MX3ZB5JA.")
    return found
