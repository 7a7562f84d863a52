"""A company with its people before the screens."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from correspondence.addresses import tracking_address
from correspondence.models import Mail
from documents import samples
from documents.disclosure import FIELD, in_force
from documents.models import Place
from onboarding.actions import staff_moves
from onboarding.dossier.pages import OF_FIELD, PAGES
from onboarding.gate import Route
from onboarding.machine import Step
from onboarding.models import Application, Package
from onboarding.views.dossier_pages import Entry
from tenancy.models import User
from tenancy.requests import AUTOSAVE_HEADER
from tenancy.roles import Role
from tests.scenarios import mails
from tests.scenarios.browser import Screen, signed_in
from tests.scenarios.climbs import climbs
from tests.scenarios.factories import CompanyFactory, MembershipFactory, open_application
from tests.scenarios.ladder import STAFF, Ladder, owner_of
from tests.scenarios.mailbox import Maildir

CATALOGUE = (("5", 5_000), ("25", 25_000), ("75", 75_000), ("150", 150_000), ("250", 250_000), ("+", None))
# Where the form of a URL stands beside the disclosure text.
SHOWING = {
    "dossier_page": Place.DOSSIER,
    "co_signatories": Place.CO_SIGNATORIES,
    "query": Place.REGISTRY_QUERY,
    "sign_by_link": Place.SIGNING_LINK,
}


class Browsers(Mapping[str, Client]):
    """Of the people of these roles; each signs in when something is first done in it."""

    def __init__(self, people: Mapping[str, User]) -> None:
        self._people = people
        self._open: dict[str, Client] = {}

    def __getitem__(self, role: str) -> Client:
        if role not in self._open:
            self._open[role] = signed_in(self._people[role])
        return self._open[role]

    def open_all(self) -> None:
        """Everybody signs in now: for what is undone afterwards, and for what counts the rows that are there."""
        for role in self:
            self[role]

    def __iter__(self) -> Iterator[str]:
        return iter(self._people)

    def __len__(self) -> int:
        return len(self._people)


def _founded(route: Route, **company: Any) -> tuple[Application, dict[str, User]]:
    samples.load()
    packages = [Package(name=name, valid_from=date(2026, 1, 1), limit=limit) for name, limit in CATALOGUE]
    Package.objects.bulk_create(packages, ignore_conflicts=True)
    application = open_application(CompanyFactory.create(**company), route)
    people: dict[str, User] = {"owner": application.company.memberships.get().user}
    for role in (Role.EDITOR, Role.VIEWER):
        people[role.value] = MembershipFactory.create(company=application.company, role=role).user
    if route is Route.FULL:
        Ladder(application).manual()
    return application, people


class Cast(Ladder):
    """One company, an owner, an editor and a viewer of it, each in a browser of their own."""

    def __init__(self, route: Route = Route.FULL, *, code: str = Ladder.code, **company: Any) -> None:
        self.code = code
        founded = climbs.climb(("founded", route, *sorted(company.items())), lambda: _founded(route, **company))
        self.application, self.people = founded
        self.company, self.owner = self.application.company, owner_of(self.application)
        self.browsers = Browsers(self.people)

    def open(self, name: str, /, *args: object, role: str = "owner", query: str = "") -> Screen:
        """Opens the page of this name and follows where it leads."""
        path = reverse(f"onboarding:{name}", args=args or None)
        return Screen(self.browsers[role].get(path + query, follow=True))

    def send(self, name: str, /, *args: object, role: str = "owner", **data: Any) -> Screen:
        """Posts to the URL of this name and follows where it leads."""
        return Screen(self.answer(name, *args, role=role, follow=True, **data))

    def answer(self, name: str, /, *args: object, role: str = "owner", follow: bool = False, **data: Any) -> Any:
        path = reverse(f"onboarding:{name}", args=args or None)
        return self.browsers[role].post(path, {**self.shown(SHOWING.get(name)), **data}, follow=follow)

    def shown(self, place: Place | None) -> dict[str, str]:
        """What the page of this place carries: that the disclosure text stands on it."""
        found = in_force(self.company.partner) if place else None
        return {FIELD: found.stands_at(place)} if found and place else {}

    def press(self, page: str, name: str, /, *args: object, role: str = "owner", **data: Any) -> Screen:
        """Opens the page, then posts what stands in its fields, changed by `data`, to the URL of this name."""
        shown = self.open(page, role=role).fields
        return self.send(name, *args, role=role, **{**shown, **data})

    def whole(self, *, role: str = "owner") -> Screen:
        """All open pages of the dossier's form as if they were one."""
        pages = [self.open("dossier_page", page.key, role=role) for page in Entry(self.now()).pages]
        if not pages:
            return self.open("dossier", role=role)
        whole = pages[0]
        for page in pages[1:]:
            whole.fields |= page.fields
            whole.links |= page.links
            whole.buttons += page.buttons
            whole.words += page.words
        return whole

    def write(self, *, role: str = "owner", **data: Any) -> Screen:
        """Fills in the pages of the dossier, each with what is asked there, until one is refused.

        None stands for a box that is not ticked; what is no field goes along with each page.
        """
        more = {name: value for name, value in data.items() if name not in OF_FIELD}
        asked = [page for page in PAGES if data.keys() & set(page.fields)] or PAGES[:1]
        for page in asked:
            shown = self.open("dossier_page", page.key, role=role).fields
            mine = {name: value for name, value in data.items() if name in page.fields}
            sent = {name: value for name, value in {**shown, **mine, **more}.items() if value is not None}
            screen = self.send("dossier_page", page.key, role=role, **sent)
            if screen.status != 200:
                break
        return screen

    def press_page(self, key: str, /, *, role: str = "owner", **data: Any) -> Screen:
        """Posts what stands on a page of the dossier, changed by `data`."""
        shown = self.open("dossier_page", key, role=role).fields
        return self.send("dossier_page", key, role=role, **{**shown, **data})

    def saves_itself(self, page: str, /, *, role: str = "owner", **data: Any) -> Any:
        """What the page's script sends while somebody writes, and its answer."""
        path = reverse("onboarding:dossier_page", args=[page])
        sent = {**self.shown(Place.DOSSIER), **data}
        return self.browsers[role].post(path, sent, headers={AUTOSAVE_HEADER: "1"})

    def support_reopens(self, step: Step, reason: str) -> None:
        """By the button of support's page, which does more than the move of some steps."""
        staff_moves.make(
            application=self.now(),
            step=step,
            move="reopen",
            actor=STAFF,
            reason=reason,
            expected_version=self.now().records.get(step=step.key).version,
        )

    def arrives(self, folder: Path, text: str, **more: Any) -> Mail:
        """An answer to the company's last letter comes into a mailbox, is fetched and applied."""
        box = Maildir(folder / uuid4().hex)
        usual = {
            "to": tracking_address(self.company).email,
            "message_id": f"<{box.path.name}@iys.org.tr>",
            "in_reply_to": mails.asked(self.company),
        }
        return box.brings(mails.mail(**{**usual, "text": text, **more}))
