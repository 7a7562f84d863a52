"""Codes that the company typed beside those that İYS itself wrote: where they differ, İYS's are likelier."""

from dataclasses import dataclass

from identifiers import turkish
from onboarding.models import Application, CodeReading, CodeSource

OF_THE_COMPANY = (CodeSource.TYPED, CodeSource.DECLARED)


@dataclass(frozen=True, slots=True)
class Differing:
    """`what` is "İYSKod" or the brand whose code it is."""

    what: str
    typed: str
    theirs: str

    def __str__(self) -> str:
        return f"{self.what}: {self.theirs} yerine {self.typed}"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """`theirs` is the newest reading of what İYS wrote."""

    theirs: CodeReading
    lines: tuple[Differing, ...]


def written_by_iys(application: Application) -> CodeReading | None:
    """The newest reading of İYS's own words, whoever brought them, whatever the company typed since; uses
    prefetched readings when there are any."""
    readings = application.code_readings.all()
    return next((each for each in readings if each.source not in OF_THE_COMPANY), None)


def contradiction(reading: CodeReading) -> Contradiction | None:
    """What of this reading İYS wrote otherwise; None where it is İYS's own, or İYS has said nothing yet.

    Brands are compared by name: one that only one of the two names contradicts nothing.
    """
    if reading.source not in OF_THE_COMPANY:
        return None
    theirs = written_by_iys(reading.application)
    if theirs is None:
        return None
    pairs = [("İYSKod", reading.iys_code, theirs.iys_code)]
    pairs += [
        (mine["name"], mine["code"], named["code"])
        for mine in reading.brands
        for named in theirs.brands
        if turkish.same(mine["name"], named["name"])
    ]
    lines = tuple(Differing(*pair) for pair in pairs if pair[1] != pair[2])
    return Contradiction(theirs, lines) if lines else None
