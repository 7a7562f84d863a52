"""Business days with days that staff added: days off (idari izin) and working days, as rows.

The calendar is that of 2026 and 2027 (law 2429; the feasts as Diyanet announces them). A half day off counts as
a whole one, as the halves of the law do (docs/operations.md); a working day that staff added wins over the weekend
and over the law's half days.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Row:
    """`following[n]` is the business day n + 1 business days after `start`.

    `until` are days with the number of business days after `start` up to and with each of them.
    """

    name: str
    start: date
    off: tuple[date, ...]
    working: tuple[date, ...]
    following: tuple[date, ...]
    until: tuple[tuple[date, int], ...]


def day(text: str) -> date:
    return date.fromisoformat(text)


def days(*texts: str) -> tuple[date, ...]:
    return tuple(map(day, texts))


TABLE = [
    Row(
        "nothing added, an ordinary week",
        day("2026-11-25"),
        (),
        (),
        days("2026-11-26", "2026-11-27", "2026-11-30"),
        ((day("2026-11-29"), 2), (day("2026-12-01"), 4)),
    ),
    Row(
        "nothing added, 23 April on a Thursday",
        day("2026-04-22"),
        (),
        (),
        days("2026-04-24", "2026-04-27"),
        ((day("2026-04-23"), 0), (day("2026-04-27"), 2)),
    ),
    Row(
        "idari izin on the Friday after it",
        day("2026-04-22"),
        days("2026-04-24"),
        (),
        days("2026-04-27", "2026-04-28"),
        ((day("2026-04-24"), 0), (day("2026-04-28"), 2)),
    ),
    Row(
        "idari izin on the Friday, made up for on the Saturday",
        day("2026-04-22"),
        days("2026-04-24"),
        days("2026-04-25"),
        days("2026-04-25", "2026-04-27"),
        ((day("2026-04-24"), 0), (day("2026-04-26"), 1), (day("2026-04-27"), 2)),
    ),
    Row(
        "idari izin on the Monday before 19 May",
        day("2026-05-15"),
        days("2026-05-18"),
        (),
        days("2026-05-20", "2026-05-21"),
        ((day("2026-05-19"), 0), (day("2026-05-21"), 2)),
    ),
    Row(
        "the week of the Feast of Sacrifice without idari izin",
        day("2026-05-22"),
        (),
        (),
        days("2026-05-25", "2026-06-01"),
        ((day("2026-05-26"), 1), (day("2026-06-01"), 2)),
    ),
    Row(
        "the whole week of the Feast of Sacrifice off",
        day("2026-05-22"),
        days("2026-05-25", "2026-05-26"),
        (),
        days("2026-06-01", "2026-06-02"),
        ((day("2026-05-31"), 0), (day("2026-06-02"), 2)),
    ),
    Row(
        "28 October worked all the same",
        day("2026-10-27"),
        (),
        days("2026-10-28"),
        days("2026-10-28", "2026-10-30"),
        ((day("2026-10-29"), 1), (day("2026-10-30"), 2)),
    ),
    Row(
        "28 October as it is, and the Friday after the holiday off",
        day("2026-10-27"),
        days("2026-10-30"),
        (),
        days("2026-11-02", "2026-11-03"),
        ((day("2026-11-01"), 0), (day("2026-11-03"), 2)),
    ),
    Row(
        "a working Saturday in an ordinary week",
        day("2026-11-27"),
        (),
        days("2026-11-28"),
        days("2026-11-28", "2026-11-30", "2026-12-01"),
        ((day("2026-11-28"), 1), (day("2026-12-01"), 3)),
    ),
    Row(
        "a working Sunday",
        day("2026-11-27"),
        (),
        days("2026-11-29"),
        days("2026-11-29", "2026-11-30"),
        ((day("2026-11-28"), 0), (day("2026-11-29"), 1)),
    ),
    Row(
        "a day off on a Sunday changes nothing",
        day("2026-11-27"),
        days("2026-11-29"),
        (),
        days("2026-11-30", "2026-12-01"),
        ((day("2026-11-30"), 1),),
    ),
    Row(
        "a day off on a public holiday changes nothing",
        day("2026-04-22"),
        days("2026-04-23"),
        (),
        days(
            "2026-04-24",
        ),
        ((day("2026-04-24"), 1),),
    ),
    Row(
        "snow: a week off after New Year",
        day("2026-12-31"),
        days("2027-01-04", "2027-01-05", "2027-01-06", "2027-01-07", "2027-01-08"),
        (),
        days("2027-01-11", "2027-01-12"),
        ((day("2027-01-10"), 0), (day("2027-01-12"), 2)),
    ),
    Row(
        "the start itself is a day off: counted from the next one",
        day("2026-11-26"),
        days("2026-11-26"),
        (),
        days("2026-11-27", "2026-11-30"),
        ((day("2026-11-27"), 1),),
    ),
    Row(
        "an afternoon off counts as the day",
        day("2026-11-26"),
        days("2026-11-27"),
        (),
        days("2026-11-30", "2026-12-01"),
        ((day("2026-11-27"), 0), (day("2026-11-30"), 1)),
    ),
]
