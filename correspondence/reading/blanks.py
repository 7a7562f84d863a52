"""What may stand in the blanks of a known sentence, and what such words may not say. PURE.

A blank that takes free words is where bad news could hide in a good sentence. So free words never decide anything:
a name is written as names are, a foot is made of the words of known feet, a remark stands beside bad news alone.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from correspondence.reading.vocabulary import made_of

# Words by which a case is decided, on plain text. A correction may say that a paper is missing or wrong, but
# not that the case is over, or that what is said does not hold.
_OUTCOME = re.compile(
    r"\b(?:iptal|redd|ret\b|red\b|askiya|askida|pasif|kapatil|kapandi|sonlan|feshe|fesih|silinm|silindi\b|silinec"
    r"|kaldiril|durdurul|onaylan|onaylad|onaylam|kabul ed|olumsuz|olumlu|tamamlan|sonuclan|tanimlan|iade|geri al"
    r"|geri cek|vazgec|beklem|beklet|bekli|ertele|gerek yok|gereksiz|gerekme|\w*yoktur|yok\b|bulunmu|kalmad|kalkm"
    r"|test\b|testtir|deneme|ornektir|ornek amac|taslak|sehven|dikkate alma|itibar etme|gecersiz|gecerli degil"
    r"|gecerliligini|(?:yeniden|tekrar) (?:deger|incele)|giderildi|duzeltildi|cozul)"
)
# Words that no name needs, and that turn what is said before them.
_TURNING = re.compile(
    r"\b(?:basarisiz|hukumsuz|yetersiz|uygun|kabul|onay|dondur|engellen|gerceklestir|gerceklesme|alinama|alinmam"
    r"|yapilama|yapilmam|edileme|edilmem|verileme|verilmem|bulunama|bulunmam|ulasilama|saglanama|saglanmam|degil"
    r"|maalesef|malesef|uzgun|ne yazik|ancak|fakat|ragmen|henuz|yarin|artik\b|gecici|yanlis|hatali|dikkat|itibar"
    r"|yok say|saka\b|sonuc|karar|islem|dosya|incele|degerlendir|surec|sonra\b|onceki|once\b|kadar\b|gelince"
    r"|halinde|durumunda|takdirde|sart\b|sarti|kosul|geri\b|caym|eski\b|yalan|sakin\b|sira\b|hicbir|basvur|odeme"
    r"|evrak|belge|talep|talebi|itiraz|eksik|ceza|borc|gecik|suresi|sureniz|son gun|lutfen|simdi|bugun|dun\b|not\b"
    r"|bu bir|acil\b|durum|eger\b|umari|yakinda|belki|muhtemel|keske|hayir\b|hayali|ruya|sahte|ornek metin)"
)
# How a sentence tells what was done or left undone.
_PREDICATE = re.compile(
    r"\w(?:mistir|mustur|maktadir|mektedir|acak|ecek|acaktir|ecektir|madi|medi|malidir|melidir|iyor|uyor|tirilmis|lanmis"
    r"|lenmis|ilmis|inmis|landi|lendi|ildi|uldu|indi|undu|masin|mesin)\b|\b(?:durdu|kalkti|doldu|bitti|oldu|kapali|bloke"
    r"|inaktif|ait|bos|yalnizca|sadece|devred\w*|cancel\w*|reject\w*|suspend\w*|pending|denied|declined|expired)\b"
)
# Written over letters, in letters that only look like Latin ones, or said by a sign: a cross, an empty box.
_DISGUISED = re.compile(r"[\u0300-\u1dff\u2190-\u2bff\U0001f000-\U0001ffff¿¡¬≠~]")
# A word of a name begins with a capital or a digit, has one early, or is an address: "iPhone", "mavi.com".
_NAME_WORD = re.compile(r"\W*(?:\w{0,2}[^\W_a-zçğıöşüâîû]|(?:ve|ile|ya|da|de|of|by|and|the)\W*$|\w+\.\w)|\W+$")
# What stands before a value names no brand.
_LABEL = re.compile(r"\biys|\bkod|\bno\b|\bnumara|\b(?:brand|marka) ?kod|\bfirma\b|\bunvan")
_ADDED = re.compile(r"[(\[{]")
_LEGAL = re.compile(
    r"gizli|gorus|kisiye ozel|ozeldir|muhatab|muhatap|alici|gonderil|gonderen|gonderici|yetkisiz|virus|sorumlu"
    r"|imha|kopya|dagit|yasak|hukuk|yanlislikla|6698|kvkk|kisisel veri|silin|garanti|confidential|addressee"
    r"|intended|privileged|recipient|liab|unauthori[sz]ed|disclos|in error|by mistake|views|opinions|prohibited"
    r"|sender|notify"
)
# A foot says what to do with a mail that went astray, never that this one did.
_ASTRAY = re.compile(
    r"(?:yanlis|hata|sehven)\w*(?: [^\s.]+){0,8} \w*(?:[dt][iu][rkm]?|mis|mus)\b(?! (?:ise|olabilir|olmasi))"
    r"|\b(?:yanlis|hatali|eksik)(?:tir|dir)\b|degilsiniz"
    r"|(?<!\bsorumlu )\bdegildir"
    r"|\bvirus\w* icer(?:mektedir|ir)\b|(?<!sorumlulugu )(?<!sorumluluk )\bbulunmamaktadir|\bbaska\w* aittir"
    r"|\b(?:was|were|been|is) (?:\w+ )?sent\b|(?<!if )\byou (?:are not|have received)\b|\b(?:has|have) no\b"
    r"|\b(?:is|are) not\b(?! the)"
)
# A remark that says the contrary of what it is a remark on.
_TAKEN_BACK = re.compile(r"^\W*(?:hayir|degil|hic)\b|\b(?:alinmistir|alindi\b|basarili|daha sonra|sonraki)")
# What a firm hands in with its application.
_PAPERS = re.compile(
    r"belge|evrak|sirku|gazete|levha|taahhut|kimlik|nufus|bilgi|alan|adres|numara|telefon|imza|form|sayfa|kase|unvan"
    r"|vergi|mersis|marka|site|dosya|faaliyet|fotokopi|ornegi|suret"
)
# Papers of another matter than the application, and what is asked only if something happens.
_ELSEWHERE = re.compile(
    r"\b(?:odeme|dekont|atama|is ortag|sozlesme|teklif|kart\b|kartini|fatura|sifre|parola|bu e-?posta|bu ileti"
    r"|(?:halinde|durumunda|takdirde|gerekirse|varsa|yoksa|sonra|sonrasinda|eger|ise|degil|her yil)\b)"
    r"|\w(?:irse|ursa|arsa|erse|[dt][iu]g[iu]nd[ae]|diysa|diyse|madikca|medikce|madan|meden)\b"
)
MONTHS = "ocak|subat|mart|nisan|mayis|haziran|temmuz|agustos|eylul|ekim|kasim|aralik"
_DAYS = "pazartesi|sali|carsamba|persembe|cuma|cumartesi|pazar"
_LINE = r"[^\n/|]"
_ROW = r"(?:(?:[-•–·]|\d{1,2}[.)]) ?)?[^\n/|:]{1,150}(?: ?[|/:–-] ?|\n)\d{4,15}(?=\n|$)"
# The dot belongs to the form: no sentence ends there.
_LEGAL_FORM = (
    r"\b(?:a\. ?s|as|anonim sirketi|ltd\.? sti|limited sirketi|sti|koll|kooperatifi|dernegi|vakfi|belediyesi)\b\.?"
)
_PLACE = r"\b(?:mah|mahallesi|cad|caddesi|cd|sok|sk|sokak|sokagi|bulvari|blv|bulv|kat|plaza|no|is merkezi)\b"
# One sentence: a point within a number, an address or before a small letter ends none. All of it is taken, and not
# by a possessive quantifier: with one, Python 3.11.2 (Debian 12) fails or finds nothing, cpython issue 101955.
_WITHIN = r"(?:[^\n.!?]|[.?](?=\w)|(?<=\ba\.s)\.|(?<=\btic)\.|(?<=\bsti)\.)"
_SENTENCE = rf"{_WITHIN}{{2,900}}(?!{_WITHIN})"


@dataclass(frozen=True, slots=True)
class Blank:
    """`pattern` is matched against plain text. `field` names the field of ExtractedFields that it fills; empty for
    none. `never`: what its words must not hold, `must`: what they hold. `free`: it takes nearly any words, so no
    sentence may be made of it alone. `named`: it is written as a name is. `topic`: its words stand in the
    vocabulary of that name."""

    pattern: str
    field: str = ""
    never: tuple[re.Pattern[str], ...] = ()
    free: bool = False
    must: re.Pattern[str] | None = None
    named: bool = False
    topic: str = ""

    def takes(self, words: str, written: str) -> bool:
        """Of the plain words and the same as they were written."""
        if self.must is not None and not self.must.search(words):
            return False
        if self.named and not is_named(written):
            return False
        if self.topic and not made_of(self.topic, words):
            return False
        return not any(each.search(words) for each in self.never)


def is_named(written: str) -> bool:
    """Whether words are written as a name is: no sentence, and nothing added in brackets. The first of several may
    be small: "kıyı İletişim Hizmetleri A.Ş."."""
    first, *others = written.split() or [""]
    return not _ADDED.search(written) and all(_NAME_WORD.match(word) for word in others or [first])


_NAME = (_OUTCOME, _TURNING, _PREDICATE, _DISGUISED)
_BRAND = (*_NAME, _LABEL)
_REMARK = (_OUTCOME, _DISGUISED, _TAKEN_BACK)
BLANKS: Mapping[str, Blank] = {
    "numara": Blank(r"(?=[a-z]*\d)[a-z0-9]{4,20}\b", "application_number"),
    "kod": Blank(r"\d{4,15}(?=\b|[dt][iu]r\b)", "iys_code"),
    "marka kodu": Blank(r"\d{4,15}\b", "brand_code"),
    "marka": Blank(r"[^\n/|:]{1,150}", "brand", _BRAND, free=True, named=True),
    # Rows of a table: a brand and its code, with a separator or in two cells.
    "marka listesi": Blank(rf"{_ROW}(?:\n{{1,2}}{_ROW}){{0,49}}", "", _BRAND, free=True, named=True),
    "unvan": Blank(rf"{_LINE}{{2,250}}", "trade_name", _NAME, free=True, named=True),
    "firma": Blank(rf"{_LINE}{{2,250}}?{_LEGAL_FORM}", "trade_name", _NAME, free=True, named=True),
    "iş ortağı": Blank(r"[^\n/|;:!?]{2,250}?", "partner_name", _NAME, free=True, named=True),
    "kişi": Blank(r"[^\n/|,;:.!?]{2,80}(?:\.[^\n/|,;:.!?]{1,80}){0,4}\.?", "", _NAME, free=True, named=True),
    "tarih": Blank(
        rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{4}}|\d{{1,2}} (?:{MONTHS})(?: \d{{4}})?)(?:,? (?:{_DAYS}))?"
    ),
    "saat": Blank(r"\d{1,2}[:.]\d{2}(?::\d{2})?"),
    "tutar": Blank(
        r"(?=[^\n]{0,12}[1-9])(?:tl|try|₺)? ?\d[\d.,]{0,20}(?: ?(?:tl|try|₺|turk lirasi))?(?: ?\+ ?kdv)?"
    ),
    "sayı": Blank(r"\d[\d.]{0,17}"),
    "paket": Blank(r"ileti[ -]{0,3}(?:[1-9][\d.]{0,9}\+?(?: ?(?:bin|k|milyon|m)\b)?|\+)"),
    "telefon": Blank(r"\+?[\d(][\d ()./-]{5,22}\d"),
    "e-posta": Blank(r"[^\s<>,;:()]{1,64}@[^\s<>,;:()]{3,100}[a-z]"),
    "bağlantı": Blank(r"(?:https?://|www\.)[^\s<>]{3,2000}"),
    "açıklama": Blank(r"[^\n]{2,900}", "", _REMARK, free=True),
    "evrak": Blank(r"[^\n.!?]{2,300}", "", (*_REMARK, _ELSEWHERE), free=True, must=_PAPERS),
    # Items of a list, one a line; the sign before the first may have been taken for a separator.
    "liste": Blank(
        r"(?:(?:[-•–·]|\d{1,2}[.)]) ?)?[^\n]{2,300}(?:\n{1,2}(?:[-•–·]|\d{1,2}[.)]) ?[^\n]{2,300}){1,20}",
        "",
        _REMARK,
        free=True,
    ),
    "adres": Blank(r"[^\n|]{5,200}", "", _NAME, free=True, must=re.compile(_PLACE), named=True),
    "konu": Blank(r"[^\n.!?:;]{2,120}", "", free=True, topic="konu"),
    "söz": Blank(r"(?:[^\n.!?]|[.?](?=\w)){2,200}", "", free=True, topic="söz"),
    "hukuk": Blank(_SENTENCE, "", (_ASTRAY,), free=True, must=_LEGAL, topic="hukuk"),
}
