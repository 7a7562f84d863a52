"""A run of the portal's code on a database that is backed up: `python -m tests.backups.backing WHAT`.

`post` writes letters, some as versions before kept them, `fill` brings a company to the wait for İYS before,
`forget` empties the store, `read` prints as JSON each row of each model, encrypted columns in clear, and a hash of
what each file holds.
"""

import hashlib
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "iysportal.settings"
django.setup()

from django.apps import apps  # noqa: E402
from django.core.files.storage import storages  # noqa: E402

from correspondence.models import Letter, LetterStatus  # noqa: E402
from documents.comparing import names_in  # noqa: E402
from documents.storage import chunks  # noqa: E402
from tests.faults import restoring  # noqa: E402
from tests.scenarios.earlier import letter_in_a_file  # noqa: E402

# What a restore itself adds: the stop of all sending.
OWN = {"correspondence.SendingHold"}


def post() -> None:
    restoring.main("post")
    for letter in Letter.objects.filter(status=LetterStatus.QUEUED).order_by("created_at")[:3]:
        letter_in_a_file(letter)


def fill() -> None:
    from onboarding import first_data
    from tests.scenarios import mails
    from tests.scenarios.cast import Cast

    first_data.load()
    with tempfile.TemporaryDirectory() as folder:
        waiting = Cast()
        waiting.at_iys()
        waiting.arrives(Path(folder), mails.RECEIVED)
    restoring.main("deliver")
    post()


def read() -> dict[str, Any]:
    rows = {
        model._meta.label: sorted(str(row) for row in model._default_manager.values_list())
        for model in apps.get_models()
        if model._meta.label not in OWN
    }
    files = {name: hashlib.sha256(b"".join(chunks(name))).hexdigest() for name in names_in("default")}
    return {"rows": rows, "files": files}


def main(what: str) -> None:
    match what:
        case "post":
            post()
        case "fill":
            fill()
        case "forget":
            store: Any = storages["private"]
            for each in list(store.lying()):
                store.delete(each.name)
        case "read":
            print(json.dumps(read()))


if __name__ == "__main__":
    main(sys.argv[1])
