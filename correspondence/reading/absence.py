"""What answering machines say: "I am away", "we have got your mail". PURE.

What else a mail says was written by a person, or concerns somebody, and is never put away unseen.
"""

import re

from correspondence.reading.phrases import plain

MAX_SENTENCES = 40
# Any of these makes a short sentence of `plain` text one that an answering machine writes.
_AWAY = re.compile(
    r"ofis(?:te degil| disinda|imde degil|im disinda)|ofiste bulunm|izinde(?:yim|yiz|\b)|izinli\w*"
    r"|yillik izn|yillik izin|raporlu\w*|tatilde\w*|seyahatte\w*|gorevde\w*|yurt disinda\w*|toplantida\w*"
    r"|bulunmayacag|bulunamayacag|dondugumde|donusumde|donuste|geri donus yap|donus yapacag"
    r"|donus yapilacak|donus saglanacak|en kisa surede|e-?posta\w{0,8} (?:tarafimiza )?(?:alin|ulas|aldi)"
    r"|(?:mesajiniz|iletiniz)\w{0,4} (?:tarafimiza )?(?:alin|ulas|aldi)|bize ulas(?:ti|mis)"
    r"|otomatik (?:yanit|cevap|ileti|mesaj|olarak)|acil (?:durum|konu|hallerde|isler)\w*"
    r"|erisimim (?:sinirli|kisitli|olmayacak|yok)|yanitla(?:yacag|yamayacag|yabilecegi)"
    r"|cevapla(?:yacag|yamayacag)|calisma saat|mesai saat|kapaliyiz|tekrar ofiste|out of (?:the )?office"
    r"|on (?:annual |sick |parental |maternity )?leave|on vacation|on holiday|away from"
    r"|i am (?:currently )?away|im (?:currently )?away|currently (?:out|away|unavailable|travel)"
    r"|will (?:be )?(?:back|return)|limited access|when i return|upon my return|as soon as possible"
    r"|get back to you|reply to you|respond to you|automat(?:ic|ed) (?:reply|response|message)|auto-?reply"
    r"|received your (?:e-?mail|message|mail)|(?:e-?mail|message|mail) has been received|urgent matter"
    r"|in urgent cases|for urgent|thank you for (?:your )?(?:e-?mail|message|mail|contacting)|abwesen"
    r"|nicht im (?:buro|haus)|im urlaub|bin ich wieder|в отпуске|отсутств|автоматическ"
)
_EMPTY = re.compile(
    r"(?:(?:sayin|degerli|sevgili|dear)(?: [^\s,]+){1,2}|(?:merhaba|selam)(?:lar)?(?: [^\s,]+ (?:hanim|bey))?"
    r"|(?:hello|hi)(?: [^\s,]+)?|iyi (?:gunler|calismalar|aksamlar)(?: dilerim| dileriz)?|kolay gelsin"
    r"|(?:cok )?tesekkur(?:ler| ederim| ederiz)?|thanks|thank you|sincerely)[ ,.!:]*$"
)
# Whom to ask instead, and how: an address, a telephone.
_CONTACT = re.compile(r"[^\s@]{1,64}@[^\s@]{1,100}|\+?\d[\d ()/-]{6,20}\d")
# What a mail of İYS is about: with one of these it is no mere answer of somebody who is away.
_CASE = re.compile(
    r"basvur|odem|odendi|teklif|\bkod|redd|onay|iptal|belge|evrak|imza|sozlesme|atama|paket|fatura|eksik|duzelt"
    r"|tale[bp]|taahhut|\bmarka|vergi|mersis|dekont|application|payment|invoice|contract|reject|approv"
)
_NUMBERS = re.compile(r"\b(?=\w*\d)(?=\w*[a-z])\w{6,}\b|\b\d{5,9}\b")
_SIGNATURE = re.compile(
    r"(?:(?:en derin |en icten )?saygi(?:lar|larimla|larimizla)?|iyi (?:gunler|calismalar)(?: dilerim| dileriz)?"
    r"|best regards|kind regards|regards|--)[ ,.!]*$"
)
_LONGEST_SIGNATURE = 400  # characters
_ENDS = re.compile(r"(?<=[.!?])\s+|\n+")
_LONGEST = 220  # characters of a sentence that says so little


def beyond(text: str) -> str:
    """The first sentence that an answering machine would not write; empty when it wrote everything.

    A question never is one, nor what names a number that could be a case's. After the greeting at the end comes a
    signature, which says nothing.
    """
    sentences = _ENDS.split(text)
    for position, sentence in enumerate(sentences):
        folded = plain(sentence)
        if _SIGNATURE.match(folded) and _is_signature(sentences[position + 1 :]):
            return ""
        if folded and (position >= MAX_SENTENCES or not _says_little(folded)):
            return sentence.strip()
    return ""


def is_told(text: str) -> bool:
    """Whether the text says that somebody is away, or that the mail was got."""
    return _AWAY.search(plain(text)) is not None


def _is_signature(lines: list[str]) -> bool:
    return len("".join(lines)) <= _LONGEST_SIGNATURE and not any("?" in line for line in lines)


def _says_little(folded: str) -> bool:
    if _EMPTY.match(folded):
        return True
    if "?" in folded or len(folded) > _LONGEST or _CASE.search(folded):
        return False
    if _NUMBERS.search(_CONTACT.sub(" ", folded)):
        return False
    return _CONTACT.search(folded) is not None or _AWAY.search(folded) is not None
