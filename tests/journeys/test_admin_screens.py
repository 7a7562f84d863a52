"""Every page of support's that opens by its address, with a row on it: axe finds nothing, nothing is cut off.

Each is looked at on a telephone in light, every other one on a desk in the dark too. Who runs the portal
sees most, and most on each.
"""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from pytest_django.live_server_helper import LiveServer

from tests.journeys.seat import seat
from tests.journeys.stage import Watched
from tests.tenancy import test_admin_wall as wall

pytestmark = pytest.mark.django_db(transaction=True)


def of_models(staff: wall.Staff) -> Iterator[str]:
    for kind, pages in wall.MODELS.items():
        for page, due in pages.items():
            # Of a row's history and its deletion the frame alone is ours: one of each is enough.
            if opens(due[2]) and (page not in ("history", "delete") or kind == "partners_partner"):
                args = () if page in ("changelist", "add") else (staff.row(kind),)
                yield reverse(f"admin:{kind}_{page}", args=args)
    for kind in sorted(wall.OF_NO_COMPANY):
        yield reverse(f"admin:{kind}_changelist")
        if kind not in wall.NEVER_ADDED:
            yield reverse(f"admin:{kind}_add")


def of_acts(staff: wall.Staff) -> Iterator[str]:
    for name, (args, due) in wall.ACTS.items():
        # What a stranger wrote stands there as it came, in a frame of its own.
        if opens(due) and not name.endswith("_html"):
            kind = next(each for each in wall.MODELS if name.startswith(f"{each}_"))
            yield reverse(f"admin:{name}", args=[staff.row(kind), *args])
    others = staff.acts({**wall.IMPORT_ACTS, **wall.MERGE_ACTS, **wall.MOVE_ACTS})
    yield from (path for path, due in (*staff.people_acts(), *others) if opens(due[2]))
    yield reverse(f"admin:{wall.MOVE_TO}", args=[staff.cast.company.pk, staff.elsewhere.pk])


def opens(due: str) -> bool:
    return due.startswith("200/")


def others() -> tuple[str, ...]:
    found, figures = reverse(f"admin:{wall.FIND}"), reverse("admin:figures_figure_changelist")
    return reverse("admin:index"), f"{found}?q=mavi", figures


def test_every_page_of_supports_shuts_nobody_out(site: LiveServer) -> None:
    staff = wall.Staff()
    session = staff.clients[2].cookies["sessionid"].value
    # Before the browser: its own loop runs in this thread, where Django refuses to reach the database.
    walk = sorted({*of_models(staff), *of_acts(staff), *others()})
    with seat(site, session, width=390) as person:
        for place, path in enumerate(walk):
            look(person, path)
            if place % 2:
                look_in_the_dark(person)
        complaints = "\n".join(person.complaints)
        assert complaints == ""


def look(person: Watched, path: str) -> None:
    answer = person.page.goto(person.base + path)
    assert answer is not None
    assert answer.status == 200, path
    person.accessible()


def look_in_the_dark(person: Watched) -> None:
    person.page.emulate_media(color_scheme="dark")
    person.page.set_viewport_size({"width": 1280, "height": 900})
    # Buttons of Django's fade from the one theme to the other.
    # Not waited for: one that is never painted never ends.
    person.page.evaluate("document.getAnimations().forEach((each) => each.cancel())")
    person.accessible()
    person.page.emulate_media(color_scheme="light")
    person.page.set_viewport_size({"width": 390, "height": 844})
