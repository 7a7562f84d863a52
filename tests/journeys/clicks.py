"""How often somebody has to press, tick or choose a file on the straight way; a way that grows longer is seen."""

from collections.abc import Iterator
from contextlib import contextmanager

# As they were counted when the way was made straight: from the start page to İYS's codes by each channel, and on
# from there to the end.
MANUAL_TO_CODES = 14
ONLINE_TO_CODES = 19
CODES_TO_END = 10


class Clicks:
    def __init__(self) -> None:
        self.made: list[str] = []
        self._aside = False

    def note(self, what: str) -> None:
        if not self._aside:
            self.made.append(what)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """A mistake on purpose, or what not everybody has to do."""
        before, self._aside = self._aside, True
        yield
        self._aside = before
