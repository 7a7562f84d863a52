"""The secrets of an installation on one machine: made once and kept, so that a later run can read on."""

import base64
import os
import secrets
from pathlib import Path


def keys(var: Path) -> dict[str, str]:
    """SECRET_KEY and FIELD_KEYS of the folder; what the environment has already wins."""
    file = var / "keys.env"
    if not file.exists():
        var.mkdir(parents=True, exist_ok=True)
        field_key = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(f"SECRET_KEY={secrets.token_urlsafe(48)}\nFIELD_KEYS={field_key}\n")
    kept = dict(line.split("=", 1) for line in file.read_text().splitlines() if "=" in line)
    return {name: os.environ.get(name, value) for name, value in kept.items()}
