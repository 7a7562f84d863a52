"""A thing has one name wherever people read of it (docs/glossary.md)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_house import PACKAGES, ROOT

# What is not said any more, and the name that is.
OTHER_NAMES = {
    "İYSKod": r"İYS [Kk]od",
    "BrandKod": r"[Bb]rand [Kk]od",
    "İYS bilgileri": r"[Pp]anel bilgileri",
}
# The request in exactly İYS's own words, as the guide gives them.
IYSS_OWN = "İYS koduna sahip firmamız adına"
# The wordings in which İYS's mails are understood, none of them ours.
NOT_OURS = ROOT / "correspondence" / "reading"


def said(source: Path) -> Iterator[str]:
    """The texts of a module that a person may read: none of its docstrings."""
    tree = ast.parse(source.read_text())
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def texts() -> Iterator[tuple[Path, str]]:
    for package in PACKAGES:
        for source in (ROOT / package).rglob("*.py"):
            if not source.is_relative_to(NOT_OURS):
                yield from ((source, each.replace(IYSS_OWN, "")) for each in said(source))
    for source in (*(ROOT / "templates").rglob("*.*"), *(ROOT / "docs" / "rehber").glob("*.md")):
        yield source, source.read_text()


@pytest.mark.parametrize("name", OTHER_NAMES)
def test_no_text_has_another_name_for_it(name: str) -> None:
    other = re.compile(OTHER_NAMES[name])
    assert not [(source, found[0]) for source, text in texts() if (found := other.search(text))]
