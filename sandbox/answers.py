"""A mail of İYS's: the wording of a voice with its blanks filled, as text and as HTML."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.html import escape

from sandbox.voices import Wording

Facts = Mapping[str, str]
_LINK = re.compile(r"\[(?P<words>[^\]]+?)(?P<stop>\.?)\]\((?P<address>[^)]+)\)")


@dataclass(frozen=True)
class Answer:
    """`pdf` is (file name, bytes)."""

    subject: str
    text: str
    html: str
    pdf: tuple[str, bytes] | None = None


def written(wording: Wording, facts: Facts, brands: Mapping[str, str]) -> Answer:
    """`brands` are their names and codes. A wording that leads to an offer carries it as well."""
    paragraphs = list(_paragraphs(wording.text, facts, brands))
    inner = "".join(f"<p>{_as_html(words, known)}</p>" for words, known in paragraphs)
    return Answer(
        wording.subject.format_map(facts),
        "\n\n".join(_as_text(words, known) for words, known in paragraphs) + "\n",
        f'<html lang="tr"><body>{inner}</body></html>',
        ("teklif.pdf", _offer(facts["package"])) if "{view_url}" in wording.text else None,
    )


def _paragraphs(text: str, facts: Facts, brands: Mapping[str, str]) -> Iterator[tuple[str, Facts]]:
    for words in text.split("\n\n"):
        if "{brand}" in words:
            yield from ((words, {**facts, "brand": name, "brand_code": code}) for name, code in brands.items())
        else:
            yield words, facts


def _as_text(words: str, facts: Facts) -> str:
    return _LINK.sub(r"\g<words>: \g<address>", words).format_map(facts)


def _as_html(words: str, facts: Facts) -> str:
    linked = _LINK.sub(r'<a href="\g<address>">\g<words>\g<stop></a>', escape(words))
    return linked.format_map({name: escape(value) for name, value in facts.items()}).replace("\n", "<br>")


def _offer(package: str) -> bytes:
    # WeasyPrint is loaded with the first offer: it takes longer than all the rest of a start.
    from weasyprint import HTML

    page = (
        '<html lang="tr"><body style="font-family:DejaVu Sans"><h1>Teklif</h1>'
        f"<p>{escape(package)} paketi için deneme teklifidir.</p>"
        "<p>Sandbox: hiçbir ticari değeri yoktur.</p></body></html>"
    )
    pdf: bytes = HTML(string=page).write_pdf()
    return pdf
