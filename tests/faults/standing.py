"""Companies in the middle of step 1, written into the database and the store that the environment names.

`python -m tests.faults.standing 3` prints of three, as JSON, who is signed in and where a document of hers is.
"""

import json
import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "iysportal.settings"
django.setup()

from django.urls import reverse  # noqa: E402

from onboarding.models import DocumentKind  # noqa: E402
from tests.journeys.seat import session_of  # noqa: E402
from tests.scenarios.cast import Cast  # noqa: E402
from tests.scenarios.ladder import PAPERS  # noqa: E402


def company() -> dict[str, str]:
    cast = Cast()
    cast.fill_in()
    cast.hand_in(*PAPERS)
    document = cast.company.documents.filter(kind=DocumentKind(PAPERS[0])).get()
    return {
        "session": session_of(cast.people["owner"]),
        "document": reverse("onboarding:document", args=[document.pk]),
    }


if __name__ == "__main__":
    print(json.dumps([company() for _number in range(int(sys.argv[1]))]))
