"""A page of the guide, out of its Markdown. PURE.

The pages are our own files, and raw HTML in them is shown as text (CommonMark with `html` off).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from identifiers.turkish import skeleton

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_TARGET = re.compile(r"(?:(?P<page>[\w-]+)\.md)?(?:#(?P<anchor>.+))?")


@dataclass(frozen=True, slots=True)
class Section:
    """What stands below one heading, up to the next; `level` 1 is the page's own title."""

    level: int
    title: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """`html` is all of it but the title; `links` and `pictures` are its targets as they are written."""

    key: str
    html: str
    sections: tuple[Section, ...]
    links: tuple[str, ...]
    pictures: tuple[tuple[str, str], ...]  # file, what is seen on it

    @property
    def title(self) -> str:
        return self.sections[0].title

    @property
    def chapters(self) -> tuple[Section, ...]:
        return tuple(each for each in self.sections if each.level == 2)

    def section(self, anchor: str) -> Section | None:
        """The one of this anchor; the page's own beginning without one."""
        if not anchor:
            return self.sections[0]
        return next((each for each in self.sections if each.anchor == anchor), None)


def read(key: str, written: str, address: Callable[[str], str], picture: Callable[[str], dict[str, str]]) -> Page:
    """`address` gives the URL of a page by its key, `picture` the attributes of an image by its file."""
    tokens = _MARKDOWN.parse(written)
    sections = tuple(_sections(tokens))
    links: list[str] = []
    pictures: list[tuple[str, str]] = []
    for token in _inline(tokens):
        if token.type == "link_open":
            links.append(str(token.attrs["href"]))
            token.attrs.update(_link(links[-1], address))
        elif token.type == "image":
            pictures.append((str(token.attrs["src"]), token.content))
            token.attrs.update(picture(pictures[-1][0]))
    body = tokens[3:]  # a heading is three tokens
    return Page(
        key, _MARKDOWN.renderer.render(body, _MARKDOWN.options, {}), sections, tuple(links), tuple(pictures)
    )


def parted(target: str) -> tuple[str | None, str]:
    """Key of the page and anchor of a link within the guide; no key for a place of the page itself.

    Raises ValueError for what is not written as one.
    """
    found = _TARGET.fullmatch(target)
    if not target or found is None:
        raise ValueError(f"{target!r} is no link within the guide")
    return found["page"], found["anchor"] or ""


def anchor_of(title: str) -> str:
    return "-".join(filter(None, map(skeleton, re.findall(r"\w+", title))))


def _link(target: str, address: Callable[[str], str]) -> dict[str, str]:
    if target.startswith(("https://", "mailto:")):
        return {"rel": "noopener noreferrer"}
    page, anchor = parted(target)
    return {"href": (address(page) if page else "") + (f"#{anchor}" if anchor else "")}


def _inline(tokens: Sequence[Token]) -> Iterator[Token]:
    return (child for token in tokens for child in token.children or ())


def _sections(tokens: Sequence[Token]) -> Iterator[Section]:
    """Gives each heading its anchor on the way."""
    starts = [at for at, token in enumerate(tokens) if token.type == "heading_open"]
    if starts[:1] != [0]:
        raise ValueError("a page of the guide begins with its title")
    for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True):
        title = _plain(tokens[start + 1])
        anchor = anchor_of(title)
        tokens[start].attrSet("id", anchor)
        below = " ".join(filter(None, map(_plain, tokens[start + 3 : end])))
        yield Section(int(tokens[start].tag[1:]), title, anchor, below)


def _plain(token: Token) -> str:
    """Its words alone; of a picture nothing."""
    written = "".join(" " if child.type == "softbreak" else child.content
                      for child in token.children or () if child.type != "image")  # fmt: skip
    return " ".join(written.split())
