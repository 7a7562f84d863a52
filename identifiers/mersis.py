"""MERSİS numarası of the central trade registry: 0 + VKN + sequence, or TCKN + sequence, 16 digits. PURE."""

from functools import partial

from identifiers import Refused, digits, masking, tckn, vkn


class OfAnother(Refused):
    """A sound number, and not of the tax number it was held against: `owner` is the one that it is made of."""

    def __init__(self, sentence: str, owner: str) -> None:
        super().__init__(sentence)
        self.owner = owner


def clean(text: str, tax_number: str | None = None) -> str:
    """16 digits, held against the tax number (10 digits, or the 11 of a TCKN) when that is given. Raises Refused,
    and OfAnother where that is the only thing wrong with it.

    A person's MERSİS number is made of the TCKN and says nothing about a VKN of ten digits.
    """
    number = digits.number(text)
    if number and not (number.isascii() and number.isdigit()):
        raise Refused("MERSİS numarası yalnızca rakamlardan oluşur; harf ya da işaret yazmayın.")
    if number[11:] == "00000" and len(number) == 16:
        raise Refused(
            "MERSİS numarasının son beş hanesi sıfır olmaz; Excel gibi bir hesap tablosu sonunu silmiş olabilir. "
            "Numarayı belgenizden bakıp yazın."
        )
    if len(number) != 16:
        offer = digits.zero_lost(number, 16, partial(clean, tax_number=tax_number))
        if digits.is_sound(number, vkn.clean):
            offer = " Bu bir vergi kimlik numarası gibi görünüyor."
        raise Refused(f"MERSİS numarası 16 haneli olmalı; {len(number)} hane yazdınız.{offer}")
    owner = number[1:11] if number[0] == "0" else number[:11]
    try:
        (vkn if number[0] == "0" else tckn).clean(owner)
    except Refused as error:
        raise Refused(
            "MERSİS numarasında bir rakam yanlış görünüyor; ticaret sicil gazetenizle karşılaştırın."
        ) from error
    comparable = number[0] == "0" or len(tax_number or "") == 11
    if tax_number and comparable and owner != tax_number:
        raise OfAnother(
            f"MERSİS numarası {masking.shown(owner)} numaralı vergi kimliğine ait görünüyor, "
            f"siz vergi kimlik numarası olarak {masking.shown(tax_number)} yazdınız. İkisini karşılaştırın.",
            owner,
        )
    return number
