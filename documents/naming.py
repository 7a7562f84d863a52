"""Names of files that every system, mail program and sha256sum can read."""

from django.utils.text import slugify

from identifiers.turkish import fold

LONGEST = 60  # characters
ASCII = str.maketrans("çğöşü", "cgosu")


def plain_name(text: str) -> str:
    """Small ASCII letters, digits and hyphens, such as `imza-sirkuleri`; empty where the text has none of them."""
    return slugify(fold(text).translate(ASCII))[:LONGEST].strip("-")
