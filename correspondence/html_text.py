"""The text and the links of an HTML mail. Nothing is fetched or run. PURE."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

BLOCKS = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "table", "blockquote", "ul", "ol", "hr"})
SILENT = frozenset({"script", "style", "head", "title"})


@dataclass(frozen=True, slots=True)
class Link:
    """`text` is what the link says, with the words of its block before it when it says too little."""

    text: str
    href: str


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.links: list[Link] = []
        self.silent = 0
        self.href = ""
        self.link_words: list[str] = []
        self.sentence: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent += 1
        if tag in BLOCKS:
            self.pieces.append("\n")
            self.sentence.clear()
        if tag == "a":
            self.href = next((value or "" for name, value in attrs if name == "href"), "")
            self.link_words.clear()

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT and self.silent:
            self.silent -= 1
        if tag in BLOCKS:
            self.pieces.append("\n")
        if tag == "a" and self.href:
            if self.href.startswith(("http://", "https://")):
                self.links.append(Link(" ".join("".join(self.sentence).split()), self.href))
            self.href = ""

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        self.pieces.append(data)
        self.sentence.append(data)


def text_and_links(html: str) -> tuple[str, list[Link]]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (re.sub(r"[ \t\r\f\v\u00a0]+", " ", line).strip() for line in "".join(reader.pieces).split("\n"))
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return text, reader.links
