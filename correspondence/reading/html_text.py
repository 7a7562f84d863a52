"""The text and the links of an HTML mail. Nothing is fetched or run. PURE.

Written for mails, not for browsers: a tag ends at the first ">", so that the time is linear in the length
whatever the HTML (the standard library's parser takes quadratic time over unfinished tags).
"""

import re
from dataclasses import dataclass, field
from html import unescape

BLOCKS = frozenset(
    {
        "p",
        "div",
        "br",
        "tr",
        "td",
        "th",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "caption",
        "blockquote",
    }
    | {"ul", "ol", "dl", "dt", "dd", "hr", "pre", "center", "address", "section", "article", "aside", "header"}
    | {"footer", "main", "nav", "figure", "figcaption", "form", "fieldset", "legend", "option", "body"}
)
SILENT = frozenset({"script", "style", "title", "xml"})
VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "col", "wbr", "area", "base"})
MAX_WRAPPERS = 20  # within one another; a real mail has a quotation per answer
MAX_INTRODUCTION = 3  # lines that say who wrote
# How mail programs mark what they quote: Gmail and K-9, Thunderbird, Roundcube, Yahoo, Zoho, Proton, Yandex and
# Mail.ru, Outlook on the web, for telephones and for Mac, FairEmail.
_QUOTES = re.compile(
    r"gmail_quote|moz-cite-prefix|moz-forward-container|reply-intro|yahoo_quoted|zmail_extra"
    r"|protonmail_quote|tutanota_quote|mail-quote-collapse|mailru-blockquote|js-helper__quote"
    r"|(?:mail-editor|ms-outlook-mobile)-reference-message|fairemail=[\"']?reference"
)
# From here on stands the mail that is answered, without a tag around it: Outlook, Zimbra.
_QUOTES_THE_REST = re.compile(r"divRplyFwdMsg|OutlookMessageHeader|zwchr")
_KEEPS_LINES = re.compile(r"white-space:\s{0,9}(?:pre|break-spaces)")
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
class _Wrapper:
    """An element that quotes, or keeps its line ends. `begins`: the first piece inside; `within`: elements of the
    same name that are open inside; `introduces`: holds no more than who wrote, then a <blockquote>."""

    name: str
    quotes: bool
    keeps_lines: bool
    begins: int
    within: int = 0
    introduces: bool = False


@dataclass
class _Page:
    pieces: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    sentence: list[str] = field(default_factory=list)
    wrappers: list[_Wrapper] = field(default_factory=list)
    href: str = ""
    silent: str = ""
    quotes_the_rest: bool = False

    def words(self, data: str) -> None:
        if not data or self.silent:
            return
        text = _unescaped(data)
        lines = text.split("\n") if any(each.keeps_lines for each in self.wrappers) else [text.replace("\n", " ")]
        for at, line in enumerate(lines):
            if at:
                self.new_line()
            self.pieces.append(line)
            self.sentence.append(line)

    def new_line(self) -> None:
        # Quoted as plain text would be, so that one rule cuts both.
        depth = sum(each.quotes for each in self.wrappers) + self.quotes_the_rest
        self.pieces.append("\n" + "> " * min(depth, 3))
        self.sentence.clear()

    def tag(self, name: str, inside: str) -> None:
        if self.silent:
            self.silent = "" if name == f"/{self.silent}" else self.silent
            return
        plain = name.removeprefix("/")
        if name in SILENT:
            self.silent = name
        wraps = self._closes(plain) if name[0] == "/" else self._opens(name, inside[:1_000])
        if wraps or plain in BLOCKS:
            self.new_line()
        if name == "a":
            found = _HREF.search(inside)
            self.href = _unescaped(next(filter(None, found.groups()), "")).strip() if found else ""
        elif name == "/a":
            if self.href.startswith(("http://", "https://")):
                self.links.append(Link(" ".join("".join(self.sentence).split()), self.href))
            self.href = ""

    def _opens(self, name: str, inside: str) -> bool:
        begins_rest = bool(_QUOTES_THE_REST.search(inside)) and not self.quotes_the_rest
        self.quotes_the_rest = self.quotes_the_rest or begins_rest
        if name in VOID or name == "a":
            return begins_rest
        if self.wrappers and self.wrappers[-1].name == "p" and name in BLOCKS:
            self.wrappers.pop()  # as in a browser
        for each in self.wrappers:
            each.within += each.name == name
        quotes = name == "blockquote" or bool(_QUOTES.search(inside))
        keeps_lines = name == "pre" or bool(_KEEPS_LINES.search(inside))
        if (quotes or keeps_lines) and len(self.wrappers) < MAX_WRAPPERS:
            if name == "blockquote":
                self._introduced()
            self.wrappers.append(_Wrapper(name, quotes, keeps_lines, len(self.pieces)))
        return quotes or begins_rest

    def _introduced(self) -> None:
        around = self.wrappers[-1] if self.wrappers else None
        if around is not None and around.quotes and around.name != "blockquote" and not around.introduces:
            lines = "".join(self.pieces[around.begins :]).split("\n")
            around.introduces = sum(bool(line.strip("> ")) for line in lines) <= MAX_INTRODUCTION

    def _closes(self, name: str) -> bool:
        """What was left open inside ends with it."""
        closed = next((at for at, each in enumerate(self.wrappers) if each.name == name and not each.within), None)
        for each in self.wrappers[:closed]:
            each.within -= each.name == name and each.within > 0
        if closed is None:
            return False
        quoted = any(each.quotes for each in self.wrappers[closed:])
        del self.wrappers[closed:]
        # What stands below the quotation, within the same wrapper, was written between (Gmail).
        if name == "blockquote" and self.wrappers and self.wrappers[-1].introduces:
            self.wrappers[-1].quotes = False
        return quoted


def text_and_links(html: str) -> tuple[str, list[Link]]:
    """Line by line as a reader sees it; what stands in a quotation has "> " before it."""
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
