"""Having a list read: in a confined process, which is believed nothing. PURE."""

from typing import Any

from confinement.running import Ended, run
from confinement.serving import Limits
from identifiers import Refused
from team.importing.limits import MOST_BYTES, MOST_COLUMNS, MOST_LETTERS, MOST_ROWS

LIMITS = Limits(memory=512 * 1024 * 1024, seconds=20.0)
UNREADABLE = "Dosya okunamadı. Excel'de yeniden XLSX ya da CSV olarak kaydedip deneyin."


def rows_of(payload: bytes) -> list[list[str]]:
    """The rows of a CSV or XLSX file, all of one length. Raises Refused."""
    if len(payload) > MOST_BYTES:
        raise Refused(f"Dosya en çok {MOST_BYTES // 2**20} MB olabilir.")
    if not payload.strip():
        raise Refused("Dosya boş.")
    try:
        return _believed(run("team.importing.sheets:read", {"payload": payload}, limits=LIMITS))
    except (Ended, TypeError, ValueError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(UNREADABLE) from error


def _believed(found: Any) -> list[list[str]]:
    """Raises ValueError for what is no such list."""
    if not 0 < len(found) <= MOST_ROWS + 1 or any(len(row) > MOST_COLUMNS for row in found):
        raise ValueError("more than was asked for")
    if len({len(row) for row in found}) != 1:
        raise ValueError("rows of several lengths")
    return [[str(cell)[:MOST_LETTERS] for cell in row] for row in found]
