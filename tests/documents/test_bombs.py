"""A small file that unpacks to a large one costs the portal's own process nothing, and is refused in words."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from documents.inspection import inspect
from identifiers import Refused
from tests.documents import nasty

MEGABYTE = 1024 * 1024
# What the portal itself may grow by: the file, its copy on the way, and what Python keeps.
MAY_GROW = 64
SECONDS = 30  # after which gunicorn would end the request


def peak() -> int:
    """The most memory that this process has had since `forget_peak`, in MB."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found
    return int(found[1]) // 1024


def forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def inspected(payload: bytes) -> str:
    """The sentence of the refusal, empty when it was taken."""
    try:
        inspect(payload, "belge", max_bytes=10 * MEGABYTE, max_pages=60)
    except Refused as refusal:
        return str(refusal)
    return ""


def costs(payload: bytes) -> tuple[str, int, float]:
    forget_peak()
    before, began = peak(), time.monotonic()
    sentence = inspected(payload)
    return sentence, peak() - before, time.monotonic() - began


@pytest.mark.parametrize("make", nasty.BOMBS.values(), ids=nasty.BOMBS)
def test_a_bomb_is_refused_and_costs_the_portal_nothing(make: Callable[[], bytes]) -> None:
    payload = make()
    assert len(payload) < 10 * MEGABYTE
    sentence, grown, seconds = costs(payload)
    assert sentence.endswith("."), "it was taken"
    assert grown < MAY_GROW
    assert seconds < SECONDS


@pytest.mark.parametrize("make", nasty.ODD.values(), ids=nasty.ODD)
def test_what_is_odd_costs_the_portal_nothing_either(make: Callable[[], bytes]) -> None:
    payload = make()
    sentence, grown, seconds = costs(payload)
    assert sentence == "" or sentence.endswith(".")
    assert grown < MAY_GROW
    assert seconds < SECONDS
