"""Where the words of a paper stand, by PDFium; imported only where a signed paper is looked at. PURE.

Only papers of our own are given to it, never a file that came from outside.
"""

from functools import cached_property
from threading import Lock

import pypdfium2  # type: ignore[import-untyped]

# Left, low, right, high, in points from the page's lower left corner.
Box = tuple[float, float, float, float]

# PDFium may be called by one thread of a process at a time, whatever the document.
ONE_AT_A_TIME = Lock()


class Words:
    """Of one paper; its pages are read when they are first asked about."""

    def __init__(self, paper: bytes) -> None:
        self._paper = paper

    @cached_property
    def _pages(self) -> list[list[Box]]:
        with ONE_AT_A_TIME:
            document = pypdfium2.PdfDocument(self._paper)
            try:
                return [_of(document[number]) for number in range(len(document))]
            finally:
                document.close()

    def under(self, page: int, box: Box) -> bool:
        """Whether something that is written on the page lies under the box."""
        left, low, right, high = box
        return any(
            left < word[2] and word[0] < right and low < word[3] and word[1] < high for word in self._pages[page]
        )


def _of(page: pypdfium2.PdfPage) -> list[Box]:
    text = page.get_textpage()
    try:
        return [text.get_rect(number) for number in range(text.count_rects())]
    finally:
        text.close()
        page.close()
