"""Why a letter did not go, for people: from the mail server's answer, by its kind. PURE (RFC 3463; RFC 5321, 4.2).

What the portal itself says of a letter is a Turkish sentence already and is shown as it is.
"""

import re
from dataclasses import dataclass

_CODE = re.compile(r"^([245]\d\d)\b")
_KIND = re.compile(r"\b[245]\.(\d{1,3}\.\d{1,3})\b")
_NO_ADDRESS = re.compile(
    r"no such (?:user|recipient)|(?:user|recipient|address|mailbox)(?: \S+)? (?:unknown|not found)|unknown user"
    r"|does not exist",
    re.IGNORECASE,
)
_ASK_FOR_ANOTHER = "Adresi denetleyin, doğrusunu alıcıya sorun. Adres düzelmeden yeniden denemek işe yaramaz."
_OF_IYS = (
    "Adres İYS'nindir, sizin düzelteceğiniz bir şey yok. Bir süre sonra yeniden deneyin; sürerse portalı"
    " işletenlere haber verin."
)
_SMALLER = "Yeniden denemek işe yaramaz. İptal edin; belgeler küçültülünce yeni mektup hazırlansın."
_ANOTHER_WAY = "Yeniden denemek işe yaramaz. İptal edin; alıcıya başka bir yoldan ulaşın."
_AGAIN = "Yeniden deneyin; sürerse portalı işletenlere haber verin."
_OTHERWISE = "Alıcıya başka bir yoldan ulaşın; sürerse portalı işletenlere haber verin."


@dataclass(frozen=True, slots=True)
class Failure:
    """What happened and what to do about it; `answer` are the server's own words, empty where there are none.
    `is_final`: trying again is of no use; `is_to_cancel`: it is to be cancelled."""

    says: str
    to_do: str = ""
    answer: str = ""
    is_final: bool = False
    is_to_cancel: bool = False


# By the kind of answer, as the pattern of its subject and detail; the first that fits.
_KINDS = (
    (r"1\.(1|3|6|10)", "Böyle bir e-posta adresi yok.", _ASK_FOR_ANOTHER),
    (r"1\.2|4\.4", "Adresin @ işaretinden sonrası bir posta sunucusuna çıkmıyor.", _ASK_FOR_ANOTHER),
    (r"2\.1", "Alıcının posta kutusu kapalı.", _ASK_FOR_ANOTHER),
    (r"2\.2", "Alıcının posta kutusu dolu.", "Alıcıya haber verin; yer açılınca yeniden deneyin."),
    (r"2\.3|3\.4", "Mektup, alıcının sunucusu için çok büyük.", _SMALLER),
    (r"7\.\d+", "Posta sunucusu mektubu güvenlik kuralları yüzünden geri çevirdi.", _OTHERWISE),
)
_TOO_LARGE, _UNKNOWN = "3.4", "1.1"


def failure(answer: str, *, to_iys: bool = False, has_papers: bool = True) -> Failure:
    """Of what stands on the letter's row. Nobody in support can mend an address of İYS's own, nor make a letter
    smaller that has no papers."""
    code = _CODE.match(answer)
    if code is None and not answer.isascii():
        return Failure(answer)
    if code is None:
        return Failure("Posta sunucusuyla bağlantı kesildi.", _AGAIN, answer)
    kind = _kind(code[1], answer)
    if not kind and not answer.isascii():
        return Failure(answer.removeprefix(code[1]).strip())
    for pattern, says, to_do in _KINDS:
        if re.fullmatch(pattern, kind):
            if to_iys and to_do == _ASK_FOR_ANOTHER:
                return Failure(says, _OF_IYS, answer)
            if to_do == _SMALLER:
                advice = _SMALLER if has_papers else _ANOTHER_WAY
                return Failure(says, advice, answer, is_final=True, is_to_cancel=True)
            return Failure(says, to_do, answer, is_final=to_do == _ASK_FOR_ANOTHER)
    if code[1].startswith("4"):
        return Failure("Posta sunucusu mektubu her denemede erteledi.", _AGAIN, answer)
    return Failure("Posta sunucusu mektubu geri çevirdi.", _OTHERWISE, answer)


def _kind(code: str, answer: str) -> str:
    """The subject and detail of the answer, also where a server writes none."""
    found = _KIND.search(answer)
    if found is not None and not found[1].startswith("0."):
        return found[1]
    return _TOO_LARGE if code == "552" else _UNKNOWN if _NO_ADDRESS.search(answer) else ""
