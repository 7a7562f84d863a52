"""Where words stand on a paper, asked by several threads of one process as a web server has them."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from documents.rendering import html_to_pdf
from documents.signatures.words import Box, Words

PAPER = html_to_pdf(
    "<style>@page { size: 400pt 600pt; margin: 0 } body { margin: 0; font: 20pt/20pt sans-serif } </style>"
    "<div style='padding: 100pt 0 0 100pt'>İmza</div><div style='break-before: page; height: 1pt'></div>"
)


@pytest.mark.parametrize(
    ("page", "box", "under"),
    [
        (0, (90, 480, 200, 500), True),
        (0, (0, 0, 400, 600), True),
        (0, (90, 300, 200, 400), False),
        (0, (200, 480, 400, 500), False),
        (1, (0, 0, 400, 600), False),
    ],
)
def test_a_box_lies_over_words_or_beside_them(page: int, box: Box, *, under: bool) -> None:
    assert Words(PAPER).under(page, box) is under


def test_many_threads_get_the_same_answer() -> None:
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _turn: Words(PAPER).under(0, (0, 0, 400, 600)), range(100)))
    assert found == [True] * 100
