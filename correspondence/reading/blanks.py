"""What may stand in the blanks of a known sentence, and what such words may not say. PURE.

A blank that takes free words is where bad news could hide in a good sentence. So free words never decide anything:
a title, a brand or a remark that holds a word of decision fits no blank.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

# Words by which a case is decided, on plain text. A correction may say that a paper is missing or wrong, but
# not that the case is over.
_OUTCOME = re.compile(
    r"\b(?:iptal|redd|ret\b|red\b|askiya|askida|pasif|kapatil|kapandi|sonlan|feshe|fesih|silinm|silindi\b|silinec"
    r"|kaldiril|durdurul|onaylan|onaylad|onaylam|kabul ed|olumsuz|olumlu|tamamlan|sonuclan|tanimlan|iade)"
)
# Words that no name and no contact line needs, and that turn what is said before them.
_TURNING = re.compile(
    r"\b(?:gecersiz|basarisiz|hukumsuz|yetersiz|uygun|kabul|onay|dondur|engellen|gerceklestir|gerceklesme|alinama|alinmam"
    r"|yapilama|yapilmam|edileme|edilmem|verileme|verilmem|bulunama|bulunmam|ulasilama|saglanama|saglanmam|degil"
    r"|maalesef|malesef|uzgun|ne yazik|ancak|fakat|ragmen)"
)
# How a sentence tells what was done or left undone.
_PREDICATE = re.compile(
    r"\w(?:mistir|mustur|maktadir|mektedir|acaktir|ecektir|ilmedi|ulmedi|inmadi|unmadi|amadi|emedi|malidir|melidir)\b"
)
_PARTICIPLE = re.compile(
    r"\b(?:\w+(?:mis|mus|ilen|ilan|ulan|ulen|inan|inen|unan|unen|amayan|emeyen|digi|dugu|ildi|uldu|indi|undu|landi|lendi"
    r"|iyor|uyor|maz|mez)\b|eksik|yanlis|hatali|itiraz|ceza|borc|gecikme|son gun|suresi|sureniz)"
)
# A legal foot speaks of mails and of what may be done with them, never of a case.
_LEGAL = re.compile(
    r"gizli|kisiye ozel|muhatab|muhatap|alici|gonderildig|yetkisiz|virus|sorumlu|imha|kopyala|dagit|yasak|hukuk"
    r"|6698|kvkk|confidential|intended|privileged|recipient|liab|unauthori[sz]ed|disclos|in error"
)
_BUSINESS = re.compile(
    r"\b(?:basvuru|odeme|kodu|iyskod|paket|teklif|atama|talebiniz|evrak|sozlesme|uyeli|hesabiniz|kaydiniz|tutar|sureniz"
    r"|sona er|son bul|gecikme|ceza|borc)"
)
_MONTHS = "ocak|subat|mart|nisan|mayis|haziran|temmuz|agustos|eylul|ekim|kasim|aralik"
_DAYS = "pazartesi|sali|carsamba|persembe|cuma|cumartesi|pazar"
_LINE = r"[^\n/|]"
_LEGAL_FORM = (
    r"\b(?:a\. ?s\.?|as|anonim|ltd|limited|sti|sirketi|koll|kooperatif\w*|dernegi|vakfi|belediyesi)(?:\b|$)"
)


@dataclass(frozen=True, slots=True)
class Blank:
    """`pattern` is matched against plain text. `field` names the field of ExtractedFields that it fills; empty for
    none. `never`: what its words must not hold, `must`: what they hold. `free`: it takes nearly any words, so no
    sentence may be made of it alone."""

    pattern: str
    field: str = ""
    never: tuple[re.Pattern[str], ...] = ()
    free: bool = False
    must: re.Pattern[str] | None = None

    def takes(self, words: str) -> bool:
        if self.must is not None and not self.must.search(words):
            return False
        return not any(each.search(words) for each in self.never)


_NAME = (_OUTCOME, _TURNING, _PREDICATE)
BLANKS: Mapping[str, Blank] = {
    "numara": Blank(r"(?=[a-z]*\d)[a-z0-9]{4,20}\b", "application_number"),
    "kod": Blank(r"\d{4,15}\b", "iys_code"),
    "marka kodu": Blank(r"\d{4,15}\b", "brand_code"),
    "marka": Blank(rf"{_LINE}{{1,150}}", "brand", _NAME, free=True),
    "unvan": Blank(rf"{_LINE}{{2,250}}", "trade_name", _NAME, free=True),
    "firma": Blank(rf"{_LINE}{{2,250}}", "trade_name", _NAME, free=True, must=re.compile(_LEGAL_FORM)),
    "iş ortağı": Blank(rf"{_LINE}{{2,250}}", "partner_name", _NAME, free=True),
    "kişi": Blank(r"[^\n/|,;:.!?]{2,80}(?:\.[^\n/|,;:.!?]{1,80}){0,4}\.?", "", _NAME, free=True),
    "tarih": Blank(
        rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{4}}|\d{{1,2}} (?:{_MONTHS})(?: \d{{4}})?)(?:,? (?:{_DAYS}))?"
    ),
    "saat": Blank(r"\d{1,2}[:.]\d{2}(?::\d{2})?"),
    "tutar": Blank(r"(?:tl|try|₺)? ?\d[\d.,]{0,20}(?: ?(?:tl|try|₺|turk lirasi))?(?: ?\+ ?kdv)?"),
    "sayı": Blank(r"\d[\d.]{0,12}"),
    "paket": Blank(r"ileti[ -]{0,3}(?:\d[\d.]{0,9}\+?(?: ?(?:bin|k|milyon|m)\b)?|\+)"),
    "telefon": Blank(r"\+?[\d(][\d ()./-]{5,22}\d"),
    "e-posta": Blank(r"[^\s<>,;:()]{1,64}@[^\s<>,;:()]{3,100}[a-z]"),
    "bağlantı": Blank(r"(?:https?://|www\.)[^\s<>]{3,2000}"),
    "açıklama": Blank(r"[^\n]{2,900}", "", (_OUTCOME,), free=True),
    # Items of a list, one a line; the sign before the first may have been taken for a separator.
    "liste": Blank(
        r"(?:(?:[-•–·]|\d{1,2}[.)]) ?)?[^\n]{2,300}(?:\n{1,2}(?:[-•–·]|\d{1,2}[.)]) ?[^\n]{2,300}){1,20}",
        "",
        (_OUTCOME,),
        free=True,
    ),
    "söz": Blank(r"(?:[^\n.!?]|[.?](?=\w)){2,200}", "", (*_NAME, _PARTICIPLE), free=True),
    "hukuk": Blank(r"[^\n]{2,900}", "", (_OUTCOME, _BUSINESS), free=True, must=_LEGAL),
}
