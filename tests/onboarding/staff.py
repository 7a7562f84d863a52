"""Support people before the admin, and applications for them to look at."""

import html
import re
from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from documents.inspection import Inspected, inspect
from journal.parties import Party
from onboarding.actions.pre_application import channel, submission
from onboarding.actor import SYSTEM, Actor
from onboarding.first_data import GROUPS
from onboarding.machine import Step
from onboarding.models import Application, ChannelChoices, DocumentKind, StepRecord
from onboarding.steps import PRE_APPLICATION
from onboarding.transitions import perform
from partners.models import Partner
from tenancy.models import Company, User
from tenancy.roles import Role
from tests.factories import PartnerFactory, UserFactory, open_application, tckn
from tests.papers import blank_pdf

REVIEW, CORRESPONDENCE = (
    tuple(permission.partition(".")[2] for permission in GROUPS[name]) for name in ("İnceleme", "Yazışma")
)
IDENTITY = tckn(7)
PAPERS = ("signature_circular", "trade_registry_gazette", "undertaking")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def colleague(*permissions: str, partner: Partner | None = None) -> User:
    """A person of the partner's support staff with these permissions."""
    user: User = UserFactory.create(is_staff=True, partner=partner or PartnerFactory.create())
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def words(answer: Any) -> str:
    """What a person reads on the page, in one line."""
    page = re.sub(r"<(script|style|head)\b.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def said(answer: Any) -> list[str]:
    """The messages that the answer carries."""
    return [str(message) for message in get_messages(answer.wsgi_request)]


class Desk:
    """One support person, and the pages of one application."""

    def __init__(self, application: Application, *permissions: str, user: User | None = None) -> None:
        self.application = application
        self.user = user or colleague(
            *(permissions or REVIEW + CORRESPONDENCE), partner=application.company.partner
        )
        self.client = browser(self.user)

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


ARGS = {"ask_changes": 1, "answer": 2, "hand_in": 1}


def sound_pdf() -> Inspected:
    return inspect(blank_pdf(), "tarama.pdf", max_bytes=10**6, max_pages=5)


def owner_of(application: Application) -> Actor:
    return Actor(Party.COMPANY, application.company.memberships.get().user, Role.OWNER)


def manual(company: Company | None = None) -> Application:
    """An application by the manual channel, at its beginning."""
    application = open_application(company)
    channel.choose(application=application, channel=ChannelChoices.MANUAL, actor=owner_of(application))
    return Application.objects.get(pk=application.pk)


def filled_in(company: Company | None = None, *papers: str) -> Application:
    """An application with all of its data, and these documents (all that are needed when none is named)."""
    application = manual(company)
    values = {
        "has_mersis": True,
        "signatory_identity": IDENTITY,
        "signatory_name": "Ada Yalın",
        "signatory_email": "ada@mavideniz.example",
        "signatory_mobile": "+905550102030",
    }
    submission.fill_in(application=application, values=values, complete=True, actor=owner_of(application))
    for kind in papers or PAPERS:
        submission.hand_in(
            application=application,
            kind=DocumentKind(kind),
            inspected=sound_pdf(),
            filename=f"{kind}.pdf",
            actor=owner_of(application),
        )
    return Application.objects.get(pk=application.pk)


def submitted(company: Company | None = None) -> Application:
    application = filled_in(company)
    hand_in(application)
    return application


def hand_in(application: Application) -> None:
    """The owner hands the dossier in, with the letter as it stands now before the eyes."""
    application = Application.objects.get(pk=application.pk)
    record = submission.open_record(application)
    assert record is not None
    draft = submission.letter_to_approve(application, record)
    submission.submit(
        application=application,
        actor=owner_of(application),
        expected_version=record.version,
        letter_digest=draft.digest if draft else "",
    )


def at_iys(company: Company | None = None) -> Application:
    """Approved by staff and accepted by the mail server: İYS's turn in step 2."""
    application = submitted(company)
    perform(application=application, step=PRE_APPLICATION, move="approve", actor=Actor(Party.STAFF))
    perform(application=application, step=PRE_APPLICATION, move="letter_sent", actor=SYSTEM)
    return application
