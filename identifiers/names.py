"""Names of people, companies and brands, which go into letters to strangers and into papers. PURE.

What a mail program makes a link of is bait when a stranger reads it. A bare domain is another matter: Turkish
trade registers have firms called Trendyol.com and n11.com, so it stays in names of companies and brands, and
`unlinked` keeps mail programs from linking it. Nobody's own name has one.
"""

import re
import unicodedata

from identifiers import Refused, turkish
from identifiers.digits import bare
from identifiers.invisible import plain

# Signs that are read as ordinary ones, beside those that NFKC maps: IDNA's full stops (RFC 3490, 3.1), and what
# looks like a slash or a colon.
_ORDINARY = str.maketrans({"。": ".", "․": ".", "∕": "/", "⁄": "/", "╱": "/", "∶": ":", "꞉": ":", "ː": ":"})
# A dot that was written so that it does not look like one: evil[.]com, evil (nokta) com.
_HIDDEN_DOT = re.compile(
    r"[\[({<]\s*(?:\.|dot|nokta)\s*[\])}>]|\w\s+(?:dot|nokta)\s+(?:com|net|org|tr)\b", re.IGNORECASE
)
# A scheme with what follows one; a few of them also without.
_SCHEME = re.compile(
    r"[a-z][a-z0-9+.-]*\s*:\s*[/\\]|\b(?:https?|hxxps?|ftps?|mailto|tel|sms|javascript|data|file|whatsapp|tg)\s*:",
    re.IGNORECASE,
)
_WWW = re.compile(r"\bwww\d{0,2}\s*\.", re.IGNORECASE)
# No top-level domain has a letter of Turkish: "Ltd.Şti./Ankara" is no address.
_TOP = r"(?:xn--[a-z0-9-]+|(?:(?![çğıöşüÇĞİÖŞÜ])[^\W\d_]){2,24})"
_DOMAIN = rf"(?<![\w.-])(?:\w(?:[\w-]*\w)?\.)+{_TOP}"
# A domain with what makes an address of it: a port, a path, a question, an anchor.
_ADDRESS = re.compile(rf"{_DOMAIN}\.?\s*(?::\d|[/\\?#]\S)", re.IGNORECASE)
_PUNYCODE = re.compile(r"\bxn--", re.IGNORECASE)
_IP_ADDRESS = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])|\[[0-9a-f:]*:[0-9a-f:]+\]", re.IGNORECASE)
_REFUSED = (_HIDDEN_DOT, _SCHEME, _WWW, _ADDRESS, _PUNYCODE, _IP_ADDRESS)
# What ends the domain of a person's name, such as it is: "Dr.Ali" and "M.Can" are names.
_ENDINGS = (
    "com|net|org|info|biz|tr|io|co|app|dev|shop|store|online|site|xyz|link|click|top|live|page|me|ru|cn|de|uk"
)
_ENDED = re.compile(rf"\w{{2,}}\s*\.\s*(?:{_ENDINGS})\b(?!\.)", re.IGNORECASE)
# Where a mail program would see a domain: letters or digits, a dot, letters.
_LINKED = re.compile(r"(?<=\w)\.(?=[^\W\d_]{2})")
# Longer than any name that is kept. The searches take time with the square of the length, so none begins on more.
LONGEST = 500
_NUMBER = re.compile(r"\d{5}")
_CONTROL = {"Cc", "Zl", "Zp", "Co", "Cn", "Cs"}

_NO_CONTROL = "Adda satır sonu ya da denetim karakteri olamaz; adı elle yeniden yazın."
_NO_ADDRESS = (
    "Adda internet ya da e-posta adresi (http, www, @, / ile devam eden alan adı) olamaz; yalnızca adı yazın."
)
_TOO_LONG = f"Ad en çok {LONGEST} karakter olabilir; yalnızca adı yazın."
_FIRST = re.compile(r"\b[^\W\d_]")
_NO_DOMAIN = "Kişi adında internet adresi olamaz; yalnızca ad ve soyadı yazın."


def clean(text: str) -> str:
    """The name of a company or a brand with single spaces. Raises Refused."""
    # One sign may be read as many ("ﷺ" is eighteen).
    if len(text) > LONGEST or len(seen := _as_read(text)) > LONGEST:
        raise Refused(_TOO_LONG)
    if any(unicodedata.category(each) in _CONTROL for each in text):
        raise Refused(_NO_CONTROL)
    if "@" in seen or any(each.search(seen) for each in _REFUSED):
        raise Refused(_NO_ADDRESS)
    name = " ".join(text.split())
    if name and not any(each.isalnum() for each in name):
        raise Refused("Adı yazın; yalnızca işaretten oluşamaz.")
    return name


def clean_person(text: str) -> str:
    """The name of a person. Raises Refused, also for a number beside it: identity numbers are pasted along, and
    a name is masked nowhere."""
    name = clean(text)
    if _NUMBER.search(bare(name)):
        raise Refused("Ad soyad alanına numara yazmayın; yalnızca adı ve soyadı yazın.")
    if _ENDED.search(_as_read(name)):
        raise Refused(_NO_DOMAIN)
    # It stands in papers and letters to İYS. Any capital in it was meant, and the rest with it.
    return _FIRST.sub(lambda found: turkish.upper(found[0]), name) if name == turkish.lower(name) else name


def unlinked(name: str) -> str:
    """The name as letters to strangers show it: no mail program takes “Trendyol .com” for an address."""
    return _LINKED.sub(" .", name)


def _as_read(text: str) -> str:
    return unicodedata.normalize("NFKC", plain(text)).translate(_ORDINARY)
