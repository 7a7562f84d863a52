"""Which fields and documents İYS's words are about: Turkish words to keys of the dossier. PURE.

Only a suggestion: support ticks what really opens.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from identifiers.turkish import fold


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A field or a kind of document, and İYS's own sentence about it."""

    key: str
    remark: str


# In this order: what a pattern takes is gone for the ones after it, so that the address of a web site or of a
# mailbox is no postal address. The text is folded: case is gone, ı and i are one. An empty key takes words away.
PATTERNS: tuple[tuple[str, str], ...] = (
    ("", r"iys (?:web )?site\w*|onkayit@\S+|https?://\S+|ticaret sicil\w* tescil\w*"),
    ("website", r"(?:web|internet) (?:site\w*|sayfa\w*|adres\w*)(?: adres\w*)?|site\w* adres\w*|\bsiteniz\w*"),
    ("signatory_email", r"e-?posta\w*(?: adres\w*)?|e-?mail\w*(?: adres\w*)?"),
    ("signature_circular", r"imza (?:sirkü\w*|beyan\w*)|sirküler\w*"),
    ("trade_registry_gazette", r"(?:ticaret )?sicil\w* gazete\w*|\bgazete\w*"),
    ("undertaking", r"taahhüt\w*"),
    ("tax_plate", r"vergi levha\w*"),
    ("identity_card", r"(?:nüfus|kimlik) (?:cüzdan\w*|kart\w*|fotokopi\w*)(?: fotokopi\w*)?"),
    ("chamber_certificate", r"(?:oda|meslek kuruluş\w*) (?:kayit|sicil) \w+|faaliyet belge\w*"),
    (
        "brands",
        (
            r"(?:\bmarka\w* )?\btescil\w*(?: belge\w*)?|\bmarka\w*|\b(?:kisa|gönderici) (?:isim|ismi|adi|adlar)\w*"
            r"|\balici sayi\w*"
        ),
    ),
    ("statistics", r"\bistatisti\w*|\bgönderim (?:sayi|adet|aded)\w*|\bret bildirim\w*"),
    ("mersis_number", r"\bmersis\b(?: n\w+)?"),
    ("tax_office", r"vergi daire\w*"),
    ("tax_number", r"\bvkn\b|vergi (?:kimlik )?(?:no\w*|numara\w*)"),
    ("signatory_identity", r"\btckn\b|\bt\.? ?c\.? ?(?:kimlik|no)\w*(?: n\w+)?|kimlik n\w+|pasaport\w*"),
    ("signatory_mobile", r"(?:cep|mobil) (?:telefon\w*|numara\w*|hat\w*)(?: numara\w*)?|\bgsm\b(?: n\w+)?"),
    ("contact_phone", r"(?:iletişim|sabit) (?:telefon\w*|numara\w*|hat\w*)|\btelefon\w*(?: numara\w*)?"),
    ("trade_name", r"\b(?:ticaret |ticari )?unvan\w*"),
    ("signatory_name", r"\bad(?:i|iniz)? ?(?:ve |/)?soyad\w*|yetkili\w*(?: kişi\w*)? (?:adi|ismi)\w*"),
    ("district", r"\bilçe\w*"),
    ("province", r"\bil(?:i|iniz|in)?\b(?= |/|,|$)"),
    ("address", r"\badres\w*"),
)
_COMPILED = tuple((key, re.compile(pattern)) for key, pattern in PATTERNS)
# An e-signed undertaking is a kind of its own.
_ALSO = {"undertaking": "undertaking_signed"}
# Sentences; not after "T.C." or "2.", and after a colon only behind "… bulunmaktadır:".
_CLAUSES = re.compile(r"(?<!\b[A-ZÇĞİÖŞÜ]\.)(?<!\d\.)(?<=[.;!?])\s+|(?<=d[ıi]r:)\s+|\n+")


def suggest(text: str, known: Collection[str]) -> tuple[Suggestion, ...]:
    """One suggestion for each of the `known` keys that the text speaks of, in their order."""
    found: dict[str, list[str]] = {}
    for asked, clause in _clauses(text):
        for key in _keys(asked, known):
            found.setdefault(key, []).append(clause.rstrip(";:"))
    return tuple(Suggestion(key, " ".join(found[key])[:1000]) for key in known if key in found)


def _clauses(text: str) -> list[tuple[str, str]]:
    """Each clause: what it asks for, and with it what İYS says will follow if it is not done, which asks for
    nothing by itself."""
    found: list[tuple[str, str]] = []
    for clause in filter(None, map(str.strip, _CLAUSES.split(text))):
        if not fold(clause).startswith("aksi "):
            found.append((clause, clause))
        elif found:
            asked, whole = found[-1]
            found[-1] = asked, f"{whole} {clause}"
    return found


def _keys(clause: str, known: Collection[str]) -> Iterator[str]:
    words = fold(clause)
    for key, pattern in _COMPILED:
        rest = pattern.sub(" ", words)
        if rest != words:
            words = rest
            yield from (each for each in (key, _ALSO.get(key, "")) if each in known)
