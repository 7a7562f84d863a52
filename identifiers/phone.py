"""Telephone numbers, by Google's libphonenumber; region Turkey unless the number says otherwise. PURE."""

import re

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from identifiers import Refused, digits
from identifiers.invisible import plain

# libphonenumber reads letters as the keys they are on, and drops extensions without a word.
_NOT_DIALLED = re.compile(r"[^\W\d_]|[#;,*]")
TURKEY = 90  # its country code (ITU-T E.164)
_MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
_PAID = {PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST}


def clean(text: str, *, mobile: bool = False) -> str:
    """E.164, for example +905550102030. Raises Refused; with `mobile` also for what gets no SMS."""
    digits.refuse_shortened(text)
    written = plain(text)
    if _NOT_DIALLED.search(written):
        raise Refused("Telefon numarasını yalnızca rakamlarla yazın; harf ya da dahili numara eklemeyin.")
    try:
        number = phonenumbers.parse(written, "TR")
    except phonenumbers.NumberParseException as error:
        raise Refused("Bu bir telefon numarası değil. Örneğin 0555 010 20 30 gibi yazın.") from error
    if not phonenumbers.is_valid_number(number):
        if written.startswith(("+", "00")) and number.country_code != TURKEY:
            raise Refused(
                "Yabancı numara eksik ya da fazla haneli görünüyor. Ülke koduyla, +49 1512 345 67 89 gibi yazın."
            )
        example = "Örneğin 0555 010 20 30" if mobile else "Alan koduyla, örneğin 0232 555 01 01"
        raise Refused(f"Telefon numarası eksik ya da fazla haneli görünüyor. {example} gibi yazın.")
    if phonenumbers.number_type(number) in _PAID:
        raise Refused("Bu ücretli bir hat. Firmanıza ulaşılan sabit, 0850, 444 ya da cep numarasını yazın.")
    if mobile and phonenumbers.number_type(number) not in _MOBILE and number.country_code != TURKEY:
        raise Refused(
            "Bu yabancı numara bir cep telefonu değil. Ülke koduyla, + ile başlayan cep numarasını yazın."
        )
    if mobile and phonenumbers.number_type(number) not in _MOBILE:
        raise Refused("Bu numara bir cep telefonu değil. 05 ile başlayan cep numarasını yazın.")
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def is_turkish(number: str) -> bool:
    """Whether a number in E.164 is one of Turkey's numbering plan."""
    return phonenumbers.parse(number, None).country_code == TURKEY


def is_mobile(number: str) -> bool:
    """Whether a number in E.164, or none at all, is one that gets SMS."""
    return bool(number) and phonenumbers.number_type(phonenumbers.parse(number, None)) in _MOBILE


def pretty(number: str) -> str:
    """As a Turkish reader writes it: 0555 010 20 30, 444 1 222; foreign numbers internationally."""
    parsed = phonenumbers.parse(number, "TR")
    if parsed.country_code != TURKEY:
        return phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)
    dialled = str(parsed.national_number)
    if len(dialled) == 7:
        return f"{dialled[:3]} {dialled[3]} {dialled[4:]}"
    return f"0{dialled[:3]} {dialled[3:6]} {dialled[6:8]} {dialled[8:]}"
