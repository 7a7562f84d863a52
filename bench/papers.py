"""Papers by a warm worker, beside WeasyPrint as it comes on the same HTML, warm as well."""

from collections.abc import Mapping
from functools import cache, partial
from typing import Any

from django.template.loader import render_to_string
from weasyprint import HTML

from bench.measure import Row
from bench.outgoing import company
from documents import rendering
from tests.documents.test_rendering import assignment, undertaking

TEMPLATES = {"undertaking": "pdf/undertaking.html", "assignment form": "pdf/assignment_form.html"}


@cache
def _context(paper: str) -> Mapping[str, Any]:
    return undertaking(company()) if paper == "undertaking" else assignment(company(), 4_100)


@cache
def _html(paper: str) -> str:
    return render_to_string(TEMPLATES[paper], dict(_context(paper)))


def _least(paper: str) -> None:
    HTML(string=_html(paper)).write_pdf()


def _ours(paper: str) -> None:
    rendering.html_to_pdf(_html(paper))


def _unchanged(paper: str) -> None:
    """The paper for the same content, which the first round has made."""
    rendering.ensure(
        company=company(),
        kind="undertaking_blank",
        template=TEMPLATES[paper],
        context=_context(paper),
        filename="taahhutname.pdf",
        by=None,
    )


ROWS = (
    *(
        Row(f"a PDF: {paper}", partial(_least, paper), partial(_ours, paper), goal)
        for paper, goal in (("undertaking", 0.85), ("assignment form", 0.95))
    ),
    Row("a PDF: undertaking, unchanged", partial(_least, "undertaking"), partial(_unchanged, "undertaking"), 0.02),
)
