"""The links of a mail, so that people can press them in the post office."""

import re
from email.message import EmailMessage
from html.parser import HTMLParser

_URL = re.compile(r"https?://[^\s<>\"')]+")


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.href = ""
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.href, self.words = dict(attrs).get("href") or "", []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.href.startswith("http"):
            self.found.append((" ".join("".join(self.words).split()), self.href))
            self.href = ""


def links_of(message: EmailMessage) -> list[tuple[str, str]]:
    """(words, address) of each link of the HTML, else of each address in the plain text."""
    part = message.get_body(("html", "plain"))
    if part is None:
        return []
    text = str(part.get_content())
    if part.get_content_type() == "text/html":
        reader = _Links()
        reader.feed(text)
        return reader.found
    return [(url, url) for url in _URL.findall(text)]
