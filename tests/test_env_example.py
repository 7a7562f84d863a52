"""`.env.example` against what the settings really read."""

import re
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]


def test_every_variable_of_the_settings_is_explained_and_no_other() -> None:
    settings = (PROJECT / "iysportal" / "settings.py").read_text()
    example = (PROJECT / ".env.example").read_text()
    read = set(re.findall(r'\benv\.\w+\(\s*"([A-Z0-9_]+)"', settings))
    explained = set(re.findall(r"^#?([A-Z][A-Z0-9_]+)=", example, re.MULTILINE))
    own_to_compose = {
        "POSTGRES_PASSWORD",
        "DATABASE_OWNER_PASSWORD",
        "DATABASE_WEB_PASSWORD",
        "DATABASE_WORKER_PASSWORD",
        "DATABASE_BACKUP_PASSWORD",
        "REDIS_PASSWORD",
        "MAILBOX_PASSWORD",
    }
    assert read
    assert explained - own_to_compose == read
