"""One version of the code on a database that another one has migrated: `python -m tests.releases.beside WHAT`.

`write` walks companies as `make` does, by their screens and mails. Both, also `read`, print as JSON how many rows
of each model could be read wholly, and the boards. It is copied into the tree whose code it is to run.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

from tests.releases.make import fill
from tests.releases.walk import _boards, _read


def main(what: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "iysportal.settings"
    import django

    django.setup()
    if what == "write":
        with tempfile.TemporaryDirectory() as folder:
            fill(Path(folder))
    print(json.dumps({"read": _read(), "boards": _boards()}))


if __name__ == "__main__":
    main(sys.argv[1])
