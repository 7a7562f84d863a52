"""PURE. What was typed into a form of a finished page, put back into its fields as a browser would show it.

It does for browsers without script what static/js/drafts.js does for the others, by the same rule: nothing goes
into hidden fields, passwords, files, and fields of identity numbers (data-secret).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import Protocol
from urllib.parse import urljoin, urlsplit

Attributes = dict[str, str | None]


class Note(Protocol):
    def __call__(self, *, lacks: bool) -> str: ...


SECRET = ("password", "file")
PRESSED = ("submit", "button", "image", "reset")
TICKED = ("checkbox", "radio")
MARKED = {"input": "checked", "option": "selected"}


@dataclass(slots=True)
class Tag:
    """A start tag from `start` to `end` in the page; what stands in a text area goes on until `closed`."""

    name: str
    attributes: Attributes
    start: int
    end: int
    closed: int = 0
    list: str = ""  # of an option: the name of its list

    @property
    def kind(self) -> str:
        return (self.attributes.get("type") or "text").lower() if self.name == "input" else self.name

    @property
    def pair(self) -> tuple[str, str]:
        return self.attributes.get("name") or "", self.attributes.get("value") or ""

    @property
    def is_secret(self) -> bool:
        return self.kind in SECRET or "data-secret" in self.attributes

    @property
    def is_fixed(self) -> bool:
        fixed = self.kind == "hidden" or self.kind in PRESSED or self.name == "button"
        return fixed or "disabled" in self.attributes or "readonly" in self.attributes


@dataclass(slots=True)
class Form:
    action: str
    start: int
    folded: list[Tag]  # what has to be unfolded for the form to be seen
    tags: list[Tag] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self._lines = [0]  # where each begins, as HTMLParser counts them
        for line in page.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self._form: Form | None = None
        self._list = ""
        self._folded: list[Tag] = []
        self.feed(page)

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes, start = dict(attrs), self._here()
        end = start + len(self.get_starttag_text() or "")
        if tag == "form":
            posts = (attributes.get("method") or "").lower() == "post"
            self._form = Form(attributes.get("action") or "", start, [*self._folded]) if posts else None
            if self._form is not None:
                self.forms.append(self._form)
        elif self._form is not None and tag in ("input", "textarea", "option", "button"):
            self._form.tags.append(Tag(tag, attributes, start, end, end, self._list))
        elif tag == "select":
            self._list = "" if "disabled" in attributes else attributes.get("name") or ""
        elif tag == "details":
            self._folded.append(Tag(tag, attributes, start, end))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._list = ""
        elif tag == "details" and self._folded:
            self._folded.pop()
        elif tag == "textarea" and self._form is not None and self._form.tags:
            self._form.tags[-1].closed = self._here()


def refill(page: str, *, at: str, action: str, typed: Sequence[tuple[str, str]], note: Note) -> str | None:
    """The page with what was typed in its form that posts to `action`; None when it has no such form. `at` is the
    page's own path. In front of the form stands `note` (HTML), which is told whether the form has secret fields.

    Of several forms of one address it is the one whose hidden fields and buttons were sent, too.
    """
    forms = [form for form in _Reader(page).forms if _path(at, form.action) == _path(at, action)]
    if not forms:
        return None
    sent, names = set(typed), {name for name, _value in typed}
    form = max(forms, key=lambda each: (_fixed(each, sent), sum(tag.pair[0] in names for tag in each.tags)))
    values: dict[str, list[str]] = {}
    for name, value in typed:
        values.setdefault(name, []).append(value)
    changes = [(form.start, form.start, note(lacks=any(tag.is_secret for tag in form.tags)))]
    folded = (tag for tag in form.folded if "open" not in tag.attributes)
    changes += [(tag.start, tag.end, _written(tag.name, {**tag.attributes, "open": None})) for tag in folded]
    for tag in form.tags:
        if not tag.is_fixed and not tag.is_secret:
            changes += _changed(tag, values)
    for start, end, text in sorted(changes, reverse=True):
        page = page[:start] + text + page[end:]
    return page


def _path(at: str, action: str) -> str:
    return urlsplit(urljoin(at, action or at)).path


def _fixed(form: Form, sent: set[tuple[str, str]]) -> int:
    return sum(tag.is_fixed and tag.pair in sent for tag in form.tags)


def _changed(tag: Tag, values: Mapping[str, list[str]]) -> list[tuple[int, int, str]]:
    name, value = tag.pair
    name = tag.list if tag.name == "option" else name
    if tag.name == "option" or tag.kind in TICKED:
        # A box that is not ticked is not sent.
        if not name or (name not in values and tag.kind != "checkbox"):
            return []
        mark = MARKED[tag.name]
        is_on = (value if "value" in tag.attributes else "on") in values.get(name, [])
        if is_on == (mark in tag.attributes):
            return []
        others = {key: text for key, text in tag.attributes.items() if key != mark}
        return [(tag.start, tag.end, _written(tag.name, {**others, **({mark: None} if is_on else {})}))]
    if name not in values or not values[name]:
        return []
    if tag.name == "textarea":
        # The first line break after the tag is no part of the text.
        return [(tag.end, tag.closed, "\n" + escape(values[name].pop(0)))]
    return [(tag.start, tag.end, _written(tag.name, {**tag.attributes, "value": values[name].pop(0)}))]


def _written(name: str, attributes: Attributes) -> str:
    parts = [key if value is None else f'{key}="{escape(value)}"' for key, value in attributes.items()]
    return f"<{' '.join([name, *parts])}>"
