"""The passport number of a foreign signatory: countries write theirs in many ways. PURE."""

import re

from identifiers import Refused, tckn
from identifiers.digits import bare, is_sound

_FORM = re.compile(r"[A-Z0-9]{5,15}")


def clean(text: str) -> str:
    """5 to 15 letters and digits, upper case. Raises Refused."""
    number = bare(text).upper()
    if not _FORM.fullmatch(number):
        raise Refused("Pasaport numarası 5–15 harf ve rakamdan oluşur; Türkçe harf kullanmayın.")
    # No country's passport numbers are known to have eleven digits that fit one another so.
    if is_sound(number, tckn.clean):
        raise Refused(
            "Bu bir T.C. kimlik numarası gibi görünüyor. Öyleyse yabancı uyruklu kutusunun işaretini kaldırın; "
            "değilse pasaporttaki numarayı yazın."
        )
    return number
