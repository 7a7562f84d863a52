"""How often somebody has to press, tick or choose a file on the straight way, and how many fields to write; a way
that grows longer is seen."""

from collections.abc import Iterator
from contextlib import contextmanager

# As they were counted when the way was made straight: from the start page to İYS's codes by each channel, and on
# from there to the end.
MANUAL_TO_CODES = 14
ONLINE_TO_CODES = 19
CODES_TO_END = 10
# A vergi levhası that carries text is one more file to choose, and spares seven fields.
THE_TAX_PLATE = 1
# What is typed or chosen from a list, from the start page to the end. Codes are none of it: they come by a link or
# by SMS.
MANUAL_FIELDS = 14
MANUAL_FIELDS_WITH_TAX_PLATE = 8
ONLINE_FIELDS = 15
PACKAGE_FIELDS = 1  # of these, behind the codes


class Clicks:
    def __init__(self) -> None:
        self.made: list[str] = []
        self.written: list[str] = []  # each field once, however often it had to be corrected
        self._aside = False

    def note(self, what: str) -> None:
        if not self._aside:
            self.made.append(what)

    def wrote(self, page: str, field: str) -> None:
        if not self._aside and field != "code" and f"{page} {field}" not in self.written:
            self.written.append(f"{page} {field}")

    @contextmanager
    def aside(self) -> Iterator[None]:
        """A mistake on purpose, or what not everybody has to do."""
        before, self._aside = self._aside, True
        yield
        self._aside = before
