"""The partner's support people before the admin."""

import re
from typing import Any

from django.contrib.auth.models import Permission
from django.urls import reverse

from onboarding.first_data import GROUPS
from onboarding.machine import Step
from onboarding.models import Application, StepRecord
from partners.models import Partner
from tenancy.models import User
from tests.scenarios.browser import signed_in, words
from tests.scenarios.factories import PartnerFactory, UserFactory

REVIEW, CORRESPONDENCE = (
    tuple(permission.partition(".")[2] for permission in GROUPS[name]) for name in ("İnceleme", "Yazışma")
)
ARGS = {"ask_changes": 1, "answer": 2, "hand_in": 1}  # how many arguments these pages of an application take


def colleague(*permissions: str, partner: Partner | None = None) -> User:
    """A person of the partner's support staff with these permissions."""
    user: User = UserFactory.create(is_staff=True, partner=partner or PartnerFactory.create())
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


class Support:
    """One support person, and the pages of one application."""

    def __init__(self, application: Application, *permissions: str, user: User | None = None) -> None:
        self.application = application
        self.user = user or colleague(
            *(permissions or REVIEW + CORRESPONDENCE), partner=application.company.partner
        )
        self.client = signed_in(self.user)

    def url(self, name: str, *args: object) -> str:
        return reverse(f"admin:onboarding_application_{name}", args=[self.application.pk, *args])

    def open(self, name: str = "change", *args: object) -> Any:
        return self.client.get(self.url(name, *args))

    def send(self, name: str, *args: object, **data: Any) -> Any:
        """Posts a form; `expected_version` is the step's version now unless `data` say otherwise."""
        return self.client.post(self.url(name, *args), data)

    def press(self, step: Step, move: str, reason: str = "", expected_version: int | None = None) -> Any:
        """The button of a move, with the version that stands on the page."""
        version = self.record(step).version if expected_version is None else expected_version
        return self.send("move", move=f"{step.key}:{move}", reason=reason, expected_version=version)

    def page(self) -> str:
        return words(self.open())

    def buttons(self) -> set[str]:
        """The moves with a button of their own, as step:move."""
        return set(re.findall(r'name="move"\s+value="([^"]+)"', self.open().content.decode()))

    def links(self, name: str) -> set[str]:
        """What follows the application's own address in the links to pages of this name."""
        path = reverse(f"admin:onboarding_application_{name}", args=[self.application.pk, *["x"] * ARGS[name]])
        head = path.removesuffix("x/" * ARGS[name])
        return set(re.findall(rf'href="{re.escape(head)}([^"]+)/"', self.open().content.decode()))

    def record(self, step: Step) -> StepRecord:
        return self.application.records.get(step=step.key)

    def state(self, step: Step) -> str:
        return self.record(step).state
