"""No text of a stranger keeps a process busy: fields clean what was typed before they ask for its length."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial

import pytest

import identifiers
from tests.scenarios.work import keeps_busy

LONG = 100_000
SHAPES = (
    "a", "9", ".", "-", " ", "@", "(", "[.", ":/", "a.", "a-", "a ", "9.", "xn--", "İ", "a\u0301", "\ufdfa", "\n",
)  # fmt: skip


def cleaners() -> Iterator[Callable[[str], object]]:
    """Every `clean…` of the package that takes one text and nothing else that must be given."""
    for each in pkgutil.iter_modules(identifiers.__path__):
        module = importlib.import_module(f"identifiers.{each.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            needed = [p for p in inspect.signature(function).parameters.values() if p.default is p.empty]
            if function.__module__ == module.__name__ and name.startswith("clean") and len(needed) == 1:
                yield function


@pytest.mark.parametrize("clean", list(cleaners()), ids=lambda each: f"{each.__module__}.{each.__name__}")
def test_a_long_text_takes_no_longer_than_its_length(clean: Callable[[str], object]) -> None:
    def answer(shape: str) -> None:
        with suppress(ValueError):  # a refusal is as good as an answer
            clean(shape * (LONG // len(shape)))

    assert not [shape for shape in SHAPES if keeps_busy(partial(answer, shape))]
