"""Goes through the portal as two companies and their partners' staff, by the role of DATABASE_URL alone.

`python -m tests.tenancy.rows_portal`: reads what `rows_world` printed, and prints as JSON what the pages said.
"""

import json
import os
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from tests.tenancy.rows_world import PASSWORD

ROUNDS = 8


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iysportal.settings")
    import django

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["*"]
    settings.CELERY_BROKER_URL = "memory://"
    # What a page shows is looked at here, and not how its style sheets are called.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    sides = json.load(sys.stdin)
    browsers = [_logged_in(side) for side in sides]
    together = Barrier(len(sides))
    with ThreadPoolExecutor(len(sides)) as threads:
        found = list(threads.map(lambda pair: _walk(pair[0], pair[1], together), browsers))
    print(json.dumps({side["name"]: each for side, each in zip(sides, found, strict=True)}))


def _logged_in(side: Mapping[str, Any]) -> tuple[Any, Any]:
    from django.test import Client

    owner, staff = Client(), Client()
    doors = (
        owner.post("/hesap/login/", {"login": side["emails"]["owner"], "password": PASSWORD}),
        staff.post("/hesap/login/", {"login": side["emails"]["staff"], "password": PASSWORD}),
    )
    assert [door.status_code for door in doors] == [302, 302]
    return owner, staff


def _walk(owner: Any, staff: Any, together: Barrier) -> Mapping[str, Any]:
    from django.db import connection

    try:
        board = owner.get("/basvuru/")
        moved = owner.post("/basvuru/adim/1/kanal/", {"channel": "manual"}).status_code
        together.wait(60)
        boards, lists = [], []
        for _round in range(ROUNDS):
            boards.append(_names(owner.get("/basvuru/")))
            lists.append(_names(staff.get("/destek/onboarding/application/")))
        return {"board": board.status_code, "moved": moved, "boards": boards, "lists": lists}
    finally:
        connection.close()


def _names(page: Any) -> list[str]:
    from tests.tenancy.rows_world import SIDES

    text = page.content.decode()
    return [name for name in SIDES if f"Gizli {name} A.Ş." in text]


if __name__ == "__main__":
    main()
