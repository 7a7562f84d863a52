"""What a mail's parts hold, gathered: the words of each form and of attached mails, links, files. PURE."""

from dataclasses import dataclass, field

from correspondence.reading import text_formats, tnef
from correspondence.reading.charsets import decoded
from correspondence.reading.forms import Forms, Leaf, forms, has_words
from correspondence.reading.heads import header_block, values_of
from correspondence.reading.html_text import Link, text_and_links
from correspondence.reading.mime import Part

MAX_TEXT = 100_000  # characters of a mail's text that are read
MAX_LINKS = 200
ENRICHED = ("text/enriched", "text/richtext")
HTML = ("text/html", "application/xhtml+xml")
# Texts for programs, not for people. One of a type that nobody knows is plain text (RFC 2046, 4.1.4).
DATA = frozenset(
    {"text/calendar", "text/vcard", "text/x-vcard", "text/directory", "text/csv", "text/xml", "text/css"}
    | {"text/rtf", "text/x-amp-html", "text/javascript"}
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as it lies in the mail; its bytes are decoded when they are asked for."""

    filename: str
    content_type: str
    part: Part

    @property
    def size(self) -> int:
        """In bytes, as it came over the line."""
        return self.part.size

    @property
    def payload(self) -> bytes:
        return self.part.payload


@dataclass
class Words:
    """The words of one mail on the way through its parts: its own, or those of an attached one."""

    leaves: list[Leaf] = field(default_factory=list)
    enclosed: list[Leaf] = field(default_factory=list)  # in winmail.dat, mostly the same once more
    files: list[Part] = field(default_factory=list)  # of text
    attached: list[int] = field(default_factory=list)
    head: str = ""


@dataclass
class Pieces:
    """What is found on the way through a mail's parts; `mails` has the mail itself as 0, and attached ones."""

    mails: dict[int, Words] = field(default_factory=lambda: {0: Words()})
    links: list[Link] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    unopened: list[str] = field(default_factory=list)
    status: str = ""
    original: str = ""

    def take(self, part: Part) -> None:
        kind, words = part.kind, self.mails[part.mail]
        if part.unopened:
            self.unopened.append(part.unopened)
        if part.holds:
            self._attached_mail(part)
        elif kind in ("message/delivery-status", "message/global-delivery-status"):
            self.status += part.text[:MAX_TEXT]
        elif kind in ("text/rfc822-headers", "message/global-headers"):
            self.original += part.text[:MAX_TEXT] + "\n"
        elif part.disposition == "attachment" or part.filename or not _is_words(kind):
            self.attachments.append(Attachment(part.filename, kind, part))
            if _is_words(kind):
                words.files.append(part)
        else:
            (words.enclosed if part.enclosed else words.leaves).append(self._leaf(part))

    def _attached_mail(self, part: Part) -> None:
        self.mails[part.mail].attached.append(part.holds)
        self.mails[part.holds] = Words()
        if part.kind not in tnef.TYPES:
            head = header_block(part.payload)
            if not part.mail:
                self.original += f"Message-ID: {' '.join(str(head.get('Message-ID', '')).split())}\n"
            labels = (("Kimden", "From"), ("Tarih", "Date"), ("Konu", "Subject"))
            shown = ((label, decoded(next(values_of(head, name), ""))) for label, name in labels)
            self.mails[part.holds].head = "\n".join(f"{label}: {words}" for label, words in shown if words)
            if part.disposition == "attachment" or part.filename:
                self.attachments.append(Attachment(part.filename or "ileti.eml", part.kind, part))

    def _leaf(self, part: Part) -> Leaf:
        if part.kind not in HTML:
            # One more, so that it shows that something was cut.
            return Leaf(part.choices, is_html=False, words=_plain(part)[: MAX_TEXT + 1])
        # Markup is longer than the words that it shows.
        words, linked = text_and_links(part.text[: 4 * MAX_TEXT])
        self.links += linked[:MAX_LINKS]
        return Leaf(part.choices, is_html=True, words=words)

    def forms_of(self, number: int) -> Forms:
        """What winmail.dat says is the mail's other form, or its only one. Of a mail that says nothing itself, a
        text is read that programs show within it; one that has to be opened is only shown."""
        words = self.mails[number]
        said, enclosed = forms(words.leaves), forms(words.enclosed)
        both = has_words(words.leaves) and has_words(words.enclosed)
        if not both and has_words(words.enclosed):
            said, enclosed = enclosed, said
        files = Forms("", "", "")
        if not (has_words(words.leaves) or has_words(words.enclosed) or words.attached):
            said = forms([self._leaf(part) for part in words.files if part.disposition != "attachment"])
            files = forms([self._leaf(part) for part in words.files if part.disposition == "attachment"])
        rest = (enclosed.first, enclosed.other, said.rest, enclosed.rest, files.first, files.other, files.rest)
        other = said.other or (enclosed.first if both else "")
        return Forms(*(each[: MAX_TEXT + 1] for each in (said.first, other, "\n".join(filter(str.strip, rest)))))


def _is_words(kind: str) -> bool:
    # A multipart comes here when its boundary is broken: people shall see what it says all the same.
    return (kind.startswith(("text/", "multipart/")) and kind not in DATA) or kind in (*HTML, "")


def _plain(part: Part) -> str:
    if part.kind in ENRICHED:
        return text_formats.enriched(part.text)
    if part.parameter("format") == "flowed":
        return text_formats.flowed(part.text, delete_space=part.parameter("delsp") == "yes")
    return part.text.replace("\r\n", "\n")
