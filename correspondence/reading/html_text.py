"""The text and the links of an HTML mail. Nothing is fetched or run. PURE.

Written for mails, not for browsers: a tag ends at the first ">", so that the time is linear in the length
whatever the HTML (the standard library's parser takes quadratic time over unfinished tags).
"""

import re
from dataclasses import dataclass, field
from html import unescape

BLOCKS = frozenset(
    {"p", "div", "br", "tr", "td", "th", "li", "h1", "h2", "h3", "h4", "table", "blockquote", "ul", "ol", "hr"}
)
SILENT = frozenset({"script", "style", "head", "title"})
_TAG_NAME = re.compile(r"/?[a-zA-Z][a-zA-Z0-9]*")
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")
_INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\u2060\ufeff")


@dataclass(frozen=True, slots=True)
class Link:
    """`text` is what the link says, with the words of its block before it when it says too little."""

    text: str
    href: str


@dataclass
class _Page:
    pieces: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    sentence: list[str] = field(default_factory=list)
    href: str = ""
    quotes: int = 0
    silent: str = ""

    def words(self, data: str) -> None:
        if data and not self.silent:
            words = _unescaped(data).replace("\n", " ")
            self.pieces.append(words)
            self.sentence.append(words)

    def new_line(self) -> None:
        # Quoted as plain text would be, so that one rule cuts both.
        self.pieces.append("\n" + "> " * min(self.quotes, 3))
        self.sentence.clear()

    def tag(self, name: str, inside: str) -> None:
        if self.silent:
            self.silent = "" if name == f"/{self.silent}" else self.silent
            return
        plain = name.removeprefix("/")
        if name in SILENT:
            self.silent = name
        if plain == "blockquote":
            self.quotes = max(0, self.quotes + (-1 if name[0] == "/" else 1))
        if plain in BLOCKS:
            self.new_line()
        if name == "a":
            found = _HREF.search(inside)
            self.href = _unescaped(next(filter(None, found.groups()), "")).strip() if found else ""
        elif name == "/a":
            if self.href.startswith(("http://", "https://")):
                self.links.append(Link(" ".join("".join(self.sentence).split()), self.href))
            self.href = ""


def text_and_links(html: str) -> tuple[str, list[Link]]:
    """Line by line as a reader sees it; what stands in a <blockquote> has "> " before it."""
    page = _Page()
    at, last_end, last_comment = 0, html.rfind(">"), html.rfind("-->")
    while at < len(html):
        opening = html.find("<", at)
        if opening < 0 or opening > last_end:
            break
        page.words(html[at:opening])
        if html.startswith("<!--", opening) and opening < last_comment:
            at = html.find("-->", opening) + 3
            continue
        name = _TAG_NAME.match(html, opening + 1)
        if name is None and html[opening + 1 : opening + 2] not in ("!", "?"):
            page.words("<")
            at = opening + 1
            continue
        closing = html.find(">", opening)
        if name is not None:
            page.tag(name.group().lower(), html[name.end() : closing])
        at = closing + 1
    page.words(html[at:])
    return squeezed("".join(page.pieces)), page.links


def squeezed(text: str) -> str:
    """The same words with single spaces and at most one empty line in between."""
    lines = (_SPACES.sub(" ", line).strip() for line in text.translate(_INVISIBLE).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _unescaped(text: str) -> str:
    try:
        return unescape(text)
    except ValueError:  # a numeric reference of thousands of digits
        return text
