"""What people put between digits, taken away. PURE."""

import re

_BETWEEN = re.compile(r"[\s.\-/()\u200b\u00a0]+")


def bare(text: str) -> str:
    """The text without spaces, dots, dashes, slashes and brackets."""
    return _BETWEEN.sub("", text)
