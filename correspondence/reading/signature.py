"""What stands below a closing: the writer's name, post, department and firm. PURE.

A postscript stands there too, so only lines that can be nothing else count.
"""

import re

from correspondence.reading.blanks import BLANKS

_LONGEST = 90  # characters of a line
_POSTS = (
    r"\b(?:mudur|uzman|yonetici|yonetmen|sorumlu|temsilci|asistan|danisman|koordinator|direktor|baskan|sef|birim|departman"
    r"|ekib|servis|mudurlug|hizmetler|destek|merkez|iletisim|ileti yonetim sistemi|tobb|a\.?s\.?$|iys)"
)
_SIGNS = re.compile(rf"[a-z0-9&.,'/ -]*{_POSTS}[a-z0-9&.,'/ -]*$")
_NAME = re.compile(r"(?:(?:av|dr|prof|doc|uzm)\.? )?[a-z]{2,20}\.?(?: [a-z.]{1,20}){1,3}$")
_ADDRESS = re.compile(
    r".*\b(?:mah|mahallesi|cad|caddesi|cd|sok|sokak|sokagi|bulvari|blv|kat|plaza|no|is merkezi)\b.*\d.*"
)
# The nouns of our business stand in sentences, not in signatures.
_BUSINESS = re.compile(
    r"\b(?:basvuru|odeme|kod|hesabi|hesap(?! yonetici)|paket|teklif|belge|evrak|numara|talep|taleb|kayit|kayd"
    r"|sozlesme|uyelik|not\b|ps\b|onemli|dikkat|onay|red|ret|iptal|iade|itiraz)"
)


def is_signature_line(plain: str) -> bool:
    """Whether a line of plain text, found below a closing, belongs to a signature."""
    line = plain.strip(" -–—|•")
    if not line:
        return True
    if len(line) > _LONGEST or _BUSINESS.search(line) or not BLANKS["söz"].takes(line):
        return False
    return bool(_NAME.match(line) or _SIGNS.match(line) or _ADDRESS.match(line))
