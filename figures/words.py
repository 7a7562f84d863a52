"""Figures as people read them. PURE."""

DAY, HOUR, MINUTE = 86_400, 3_600, 60


def days(seconds: float) -> str:
    """For tables and spreadsheets: always in days."""
    return f"{seconds / DAY:.2f}".replace(".", ",")


def time(seconds: float) -> str:
    """For a drawing: in what is large enough to be said in few digits."""
    if seconds >= 100 * DAY:
        return f"{number(round(seconds / DAY))} gün"
    for unit, name in ((DAY, "gün"), (HOUR, "saat")):
        if seconds >= unit:
            return f"{seconds / unit:.1f} {name}".replace(".", ",")
    return f"{round(seconds / MINUTE)} dakika"


def share(part: int, of: int) -> str:
    return f"%{round(100 * part / of)}" if of else "–"


def number(count: int) -> str:
    return f"{count:,}".replace(",", ".")
