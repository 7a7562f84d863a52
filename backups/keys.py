"""The keys without which a backup is worth nothing: by which marks it names them, and their own sealed copy. PURE.

The copy never lies beside the data: who has both has everything. It is opened with the passphrase alone, by a
machine that has nothing else yet: `python -m backups.keys FILE`.
"""

import hashlib
import hmac
import json
import os
import secrets
import sys
from base64 import b64decode, b64encode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from getpass import getpass
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

WORK = 2**15  # of scrypt: a tenth of a second and 32 MB for each passphrase that somebody tries


class WrongPassphrase(ValueError):
    """Another passphrase than the one with which the copy was made, or the copy was changed."""


def mark(key: str) -> str:
    """Names a key and gives nothing of it away."""
    return hashlib.sha256(b"iysportal key " + key.encode()).hexdigest()[:12]


def seal(content: bytes, field_key: str) -> str:
    """That who wrote this had the key."""
    return hmac.digest(hashlib.sha256(b"iysportal backup " + field_key.encode()).digest(), content, "sha256").hex()


def is_sealed_by(content: bytes, said: str, field_keys: Sequence[str]) -> bool:
    return any(hmac.compare_digest(seal(content, key), said) for key in field_keys)


def name_of_copy(values: Mapping[str, str]) -> str:
    """One name for one set of keys, so that changed ones lie beside those of before."""
    return f"keys-{mark(json.dumps(values, sort_keys=True))}.json"


def sealed_copy(values: Mapping[str, str], passphrase: str) -> bytes:
    salt = secrets.token_bytes(16)
    inside = _cipher(passphrase, salt).encrypt(json.dumps(dict(values)).encode())
    return json.dumps({"salt": b64encode(salt).decode(), "sealed": inside.decode()}).encode()


def opened_copy(copy: bytes, passphrase: str) -> dict[str, str]:
    """Raises WrongPassphrase."""
    try:
        found = json.loads(copy)
        inside = _cipher(passphrase, b64decode(found["salt"])).decrypt(found["sealed"])
    except (InvalidToken, ValueError, KeyError, TypeError):
        raise WrongPassphrase("The passphrase does not open this copy of the keys.") from None
    values: dict[str, str] = json.loads(inside)
    return values


def _cipher(passphrase: str, salt: bytes) -> Fernet:
    derived = Scrypt(salt, 32, WORK, 8, 1).derive(passphrase.encode())
    return Fernet(urlsafe_b64encode(derived))


def main(arguments: Sequence[str]) -> int:
    """Prints the keys as lines for .env."""
    if len(arguments) != 1:
        print("usage: python -m backups.keys FILE", file=sys.stderr)
        return 2
    passphrase = os.environ.get("BACKUP_PASSPHRASE") or getpass("Passphrase: ")
    try:
        values = opened_copy(Path(arguments[0]).read_bytes(), passphrase)
    except (OSError, WrongPassphrase) as error:
        print(error, file=sys.stderr)
        return 1
    for name, value in values.items():
        print(f"{name}={value}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
