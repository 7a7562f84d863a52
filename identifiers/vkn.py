"""Vergi kimlik numarası, the tax number of a company; real persons may use their TCKN. PURE."""

from stdnum.exceptions import ValidationError
from stdnum.tr import vkn

from identifiers import Refused, digits, tckn


def clean(text: str) -> str:
    """10 digits, or the 11 of a TCKN. Raises Refused."""
    number = digits.number(text)
    if number and not (number.isascii() and number.isdigit()):
        raise Refused("Vergi kimlik numarası yalnızca rakamlardan oluşur; harf ya da işaret yazmayın.")
    if len(number) == 11:
        return tckn.clean(number)
    if len(number) != 10:
        offer = digits.zero_lost(number, 10, clean)
        if len(number) == 16:
            offer = " Bu bir MERSİS numarası gibi görünüyor."
        raise Refused(
            f"Vergi kimlik numarası 10 haneli olmalı; {len(number)} hane yazdınız.{offer} "
            "Şahıs işletmesiyseniz 11 haneli T.C. kimlik numaranızı yazabilirsiniz."
        )
    try:
        return vkn.validate(number)
    except ValidationError as error:
        raise Refused(
            "Vergi kimlik numarasında bir rakam yanlış görünüyor; vergi levhasıyla karşılaştırın."
        ) from error
