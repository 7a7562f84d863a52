"""What a screen may say: the words of templates, code and scripts, in the pieces that they are written in."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.test_house import PACKAGES

ROOT = Path(__file__).parents[2]
# What stands between two pieces: markup, what is filled in, and quotation marks.
_BETWEEN = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>|\$?\{[^}]*\}|[“”\"`]", re.DOTALL)


@cache
def pieces() -> frozenset[str]:
    return frozenset(piece for text in _texts() for each in _BETWEEN.split(text) if (piece := plain(each)))


def plain(text: str) -> str:
    return " ".join(text.split()).strip(" .:?…·←→")


def _texts() -> Iterator[str]:
    for path in (ROOT / "templates").rglob("*.*"):
        if path.parent.name != "guide":
            yield (written := path.read_text())
            yield from re.findall(r'"([^"<>{}]+)"', written)  # also what stands in tags and attributes
    for path in (ROOT / "static" / "js").glob("*.js"):
        yield path.read_text()
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            nodes = ast.walk(ast.parse(path.read_text()))
            yield from (
                node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)
            )
