"""The portal's own reference of an application. PURE."""

import secrets

# Without 0/O, 1/I/L, 2/Z, 5/S, 8/B: read over the telephone, typed from paper.
ALPHABET = "34679ACDEFGHJKMNPQRTUVWXY"


def make() -> str:
    """`P-` and six unambiguous letters or digits, not to be guessed."""
    return "P-" + "".join(secrets.choice(ALPHABET) for _position in range(6))
