"""Companies whose letter is with İYS, written into the database and the store that the environment names.

`python -m tests.faults.awaiting 3` prints of three, as JSON, the id of the application and what an answer to its
letter names.
"""

import json
import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "iysportal.settings"
django.setup()

from correspondence.models import Letter  # noqa: E402
from tests.scenarios.cast import Cast  # noqa: E402


def application() -> dict[str, str]:
    cast = Cast()
    cast.at_iys()
    letter = Letter.objects.filter(application_id=cast.application.pk, audience="iys").latest("created_at")
    return {"id": str(cast.application.pk), "letter": letter.message_id}


if __name__ == "__main__":
    print(json.dumps([application() for _number in range(int(sys.argv[1]))]))
