"""How large a list of companies may be. PURE."""

MOST_BYTES = 5 * 2**20
MOST_ROWS, MOST_COLUMNS = 5_000, 40
MOST_LETTERS = 500  # of a cell
MOST_LINES, MOST_IN_QUOTES = 6, 2_000  # of a CSV cell: lines, letters; more is a quotation mark never closed
MOST_EMPTY = 5_000  # rows with nothing in them, one after another
MOST_UNPACKED, MOST_PARTS = 100 * 2**20, 500  # of an XLSX file: the bytes of its parts, and how many there are
