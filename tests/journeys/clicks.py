"""How often somebody has to press, tick or choose a file on the straight way, how many fields to write, how long
it all takes; a way that grows longer is seen."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.journeys.minutes import TAPS_FOR_A_FILE, TAPS_FOR_A_MAIL, Minutes

# As they were counted when the way was made straight: from the start page to İYS's codes by each channel, and on
# from there to the end.
MANUAL_TO_CODES = 14
ONLINE_TO_CODES = 19
CODES_TO_END = 10
# A vergi levhası that carries text is one more file to choose, and spares seven fields.
THE_TAX_PLATE = 1
# What is typed or chosen from a list, from the start page to the end. Codes are none of it: they come by a link or
# by SMS.
MANUAL_FIELDS = 13
MANUAL_FIELDS_WITH_TAX_PLATE = 7
ONLINE_FIELDS = 14
PACKAGE_FIELDS = 1  # of these, behind the codes
# Of one's own time, from the start page to the end, with every page and every mail read; see minutes.py.
MANUAL_MINUTES = 11
MANUAL_MINUTES_WITH_SMALL_PRINT = 12


class Clicks:
    def __init__(self) -> None:
        self.made: list[str] = []
        self.written: list[str] = []  # each field once, however often it had to be corrected
        self.minutes = Minutes()
        self._aside = False

    def note(self, what: str) -> None:
        if not self._aside:
            self.made.append(what)
            self.minutes.presses()

    def chose(self, file: str) -> None:
        if not self._aside:
            self.made.append(file)
            self.minutes.presses(TAPS_FOR_A_FILE)

    def wrote(self, page: str, field: str, value: str) -> None:
        if self._aside or f"{page} {field}" in self.written:
            return
        self.minutes.writes(value)
        if field != "code":
            self.written.append(f"{page} {field}")

    def saw(self, page: dict[str, str]) -> None:
        if not self._aside:
            self.minutes.reads(page["told"])
            self.minutes.reads(page["hinted"], as_a="hint")

    def got(self, mail: str) -> None:
        """Opened where it was, read, and closed again."""
        self.minutes.presses(TAPS_FOR_A_MAIL)
        self.minutes.reads(mail)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """A mistake on purpose, or what not everybody has to do."""
        before, self._aside = self._aside, True
        yield
        self._aside = before
