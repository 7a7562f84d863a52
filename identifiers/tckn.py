"""T.C. kimlik numarası, the number of a Turkish citizen. PURE."""

from stdnum.exceptions import ValidationError
from stdnum.tr import tckimlik, vkn

from identifiers import Refused, digits


def clean(text: str) -> str:
    """11 digits. Raises Refused."""
    number = digits.number(text)
    if number and not (number.isascii() and number.isdigit()):
        raise Refused("T.C. kimlik numarası yalnızca rakamlardan oluşur; harf ya da işaret yazmayın.")
    if len(number) != 11:
        kind = " Bu bir vergi numarası gibi görünüyor." if _is_vkn(number) else ""
        raise Refused(f"T.C. kimlik numarası 11 haneli olmalı; {len(number)} hane yazdınız.{kind}")
    if number[0] == "0":
        raise Refused("T.C. kimlik numarası 0 ile başlamaz; kimlikteki numarayla karşılaştırın.")
    if len(set(number[:10])) == 1:
        raise Refused("Bu geçerli bir T.C. kimlik numarası değil; kimlikteki numarayı yazın.")
    try:
        return tckimlik.validate(number)
    except ValidationError as error:
        raise Refused(
            "T.C. kimlik numarasında bir rakam yanlış görünüyor; kimlikteki numarayla karşılaştırın."
        ) from error


def _is_vkn(number: str) -> bool:
    return len(number) == 10 and vkn.is_valid(number)


def mask(number: str) -> str:
    """As it is shown on screens: the last four alone."""
    return "*" * max(len(number) - 4, 0) + number[-4:]
