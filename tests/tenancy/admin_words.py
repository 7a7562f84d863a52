"""What a page says to people, and the English and the wrong Turkish that Django's admin brings."""

import re
from html.parser import HTMLParser

from django.contrib import admin

# Words of the admin, of its scripts and of Django's errors. None is a Turkish word ("on", "at", "son" are).
ENGLISH = frozenset(
    """
    about account action actions active add added address after again all already and another any apply
    are available back because been before below between browse by calendar can cancel cannot change
    changed changes checked choose chosen clear click close confirm content continue correct create
    created currently dashboard database day default delete deleted deleting denied detail details
    documentation does down edit empty english enter error errors every exists expired failed false field
    fields file filter find first following forgot format found from full general group groups has have
    help here hide history home hour how into invalid invitation item items keep keyword last list
    loading log login logout manage matching method minute missing month more name
    navigation never new next none noon note now object objects of old only open optional order other
    page password permission permissions please previous private read recent remove removed request
    required reset result results return role row rows run save saved search second select selected
    selection server session set show skip sort staff start status submit successfully superuser
    sure take text than the their there these this those time title today toggle tomorrow total true type
    unknown unsaved until update updated upload user username users valid value values view want warning
    was were what when which with without yes yesterday you your
    """.split()  # noqa: SIM905 - to be read
)
# Names that are the same in every language: headers of mails, forms of files, domains, keys, sources of mails.
NAMES = re.compile(
    r"\bEnter\b|\bkutu: \S+|"
    r"\S*[@/]\S*|\b[\w-]+\.[\w.]+\b|\b[A-Z][\w]*-[A-Z][\w-]*\b|\bfrom: |\b(?:Date|From|Subject|To)\b"
)
# A reference may have letters that make a word: P-66THE3.
_WORD = re.compile(r"(?<!\d)[A-Za-zÇĞİÖŞÜçğıöşüÂâÎîÛû]+(?!\d)")
_SHOWN = ("title", "placeholder", "aria-label", "alt")


_NAMES = {str(model._meta.verbose_name_plural).casefold() for model in admin.site._registry} - {"bul"}
_MANY = re.compile(rf"\b\d+ (?:adet |tane )?({'|'.join(sorted(map(re.escape, _NAMES)))})\b")


class Said(HTMLParser):
    """The texts of a page that people read or hear; of what they wrote themselves nothing is known here."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._unseen = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in ("script", "style")
        given = dict(attrs)
        self.texts += [value for name in _SHOWN if (value := given.get(name))]
        if tag == "input" and given.get("type") in ("submit", "button", "reset"):
            self.texts.append(given.get("value") or "Submit")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if self._unseen and data.strip():
            self.texts.append(" ".join(data.split()))


def english(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(NAMES.sub(" ", text))} & ENGLISH


def many(text: str) -> list[str]:
    """Names of several rows after a number, where the noun is in the singular: "36 firmalar"."""
    return _MANY.findall(text.casefold())


def wrong(text: str) -> bool:
    """Also what Python makes of İ when it writes it small: an i with two dots."""
    return bool(english(text) or many(text)) or "i̇" in text
