"""A company with its people before the screens, and the short ways to each of the six steps."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse

from correspondence.addresses import tracking_address
from correspondence.models import Mail
from documents import samples
from documents.inspection import inspect
from jobs import tasks
from journal.parties import Party
from onboarding.actions import package_contract, partner_assignment
from onboarding.actions.pre_application import channel, submission
from onboarding.actor import IYS, SYSTEM, Actor
from onboarding.codes import confirmation
from onboarding.gate import Route
from onboarding.letters import drafts
from onboarding.machine import Step
from onboarding.mail import answers
from onboarding.models import Application, ChannelChoices, DocumentKind, Package, StepRecord
from onboarding.steps import (
    CODE_RECEIPT,
    PACKAGE_CONTRACT,
    PARTNER_ASSIGNMENT,
    PRE_APPLICATION,
    STATUS_QUERY,
)
from onboarding.transitions import perform
from tenancy.models import Company, User
from tenancy.roles import Role
from tests.correspondence import mails
from tests.factories import CompanyFactory, MembershipFactory, open_application, tckn
from tests.onboarding.screen import Screen
from tests.papers import blank_pdf

CATALOGUE = (("5", 5_000), ("25", 25_000), ("75", 75_000), ("150", 150_000), ("250", 250_000), ("+", None))
STAFF = Actor(Party.STAFF)
WITH_MERSIS = ("signature_circular", "trade_registry_gazette", "undertaking")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Cast:
    """One company, an owner, an editor and a viewer of it, each in a browser of their own."""

    def __init__(self, route: Route = Route.FULL, **company: Any) -> None:
        samples.load()
        for name, limit in CATALOGUE:
            Package.objects.get_or_create(name=name, valid_from=date(2026, 1, 1), defaults={"limit": limit})
        self.company: Company = CompanyFactory.create(**company)
        self.application: Application = open_application(self.company, route)
        self.people: dict[str, User] = {"owner": self.company.memberships.get().user}
        for role in (Role.EDITOR, Role.VIEWER):
            self.people[role.value] = MembershipFactory.create(company=self.company, role=role).user
        self.browsers = {role: browser(user) for role, user in self.people.items()}
        self.owner = Actor(Party.COMPANY, self.people["owner"], Role.OWNER)
        if route is Route.FULL:
            channel.choose(application=self.application, channel=ChannelChoices.MANUAL, actor=self.owner)

    # What a person does.

    def open(self, name: str, /, *args: object, role: str = "owner", query: str = "") -> Screen:
        """Opens the page of this name and follows where it leads."""
        path = reverse(f"onboarding:{name}", args=args or None)
        return Screen(self.browsers[role].get(path + query, follow=True))

    def send(self, name: str, /, *args: object, role: str = "owner", **data: Any) -> Screen:
        """Posts to the URL of this name and follows where it leads."""
        return Screen(self.answer(name, *args, role=role, follow=True, **data))

    def answer(self, name: str, /, *args: object, role: str = "owner", follow: bool = False, **data: Any) -> Any:
        return self.browsers[role].post(reverse(f"onboarding:{name}", args=args or None), data, follow=follow)

    def press(self, page: str, name: str, /, *args: object, role: str = "owner", **data: Any) -> Screen:
        """Opens the page, then posts what stands in its fields, changed by `data`, to the URL of this name."""
        shown = self.open(page, role=role).fields
        return self.send(name, *args, role=role, **{**shown, **data})

    # Where things stand.

    def record(self, step: Step) -> StepRecord:
        return self.application.records.get(step=step.key)

    def state(self, step: Step) -> str:
        return self.record(step).state

    def now(self) -> Application:
        """The company's live application, else its last, as it is in the database now."""
        applications = Application.objects.filter(company=self.company)
        return applications.live().first() or applications.latest("opened_at")

    def move(self, step: Step, name: str, actor: Actor = STAFF, reason: str = "") -> None:
        perform(application=self.application, step=step, move=name, actor=actor, reason=reason)

    def arrives(self, folder: Path, text: str, **more: Any) -> Mail:
        """A mail to the company's tracking address comes into a mailbox, is fetched and applied."""
        box = folder / uuid4().hex
        for name in ("new", "cur", "tmp"):
            (box / name).mkdir(parents=True)
        to = tracking_address(self.company).email
        raw = mails.mail(**{"to": to, "text": text, "message_id": f"<{box.name}@iys.org.tr>", **more})
        (box / "new" / "1.host").write_bytes(raw)
        with override_settings(MAILBOX_URLS=[f"maildir://{box}"]):
            tasks.fetch()
        return Mail.objects.latest("received_at")

    # The short ways, by the same verbs that the screens and the mails use.

    def fill_in(self) -> None:
        values = {
            "has_mersis": True,
            "signatory_identity": tckn(7),
            "signatory_name": "Ada Yalın",
            "signatory_email": "ada@mavideniz.example",
            "signatory_mobile": "+905550102030",
        }
        submission.fill_in(application=self.now(), values=values, complete=True, actor=self.owner)

    def hand_in(self, *kinds: str, page_count: int = 1) -> None:
        found = inspect(blank_pdf(page_count), "tarama.pdf", max_bytes=10**6, max_pages=5)
        for kind in kinds:
            submission.hand_in(
                application=self.now(),
                kind=DocumentKind(kind),
                inspected=found,
                filename="tarama.pdf",
                actor=self.owner,
            )

    def submitted(self) -> None:
        self.fill_in()
        self.hand_in(*WITH_MERSIS)
        self.submit()

    def submit(self) -> None:
        """The dossier as it stands goes to support, and the letter as it stands is approved."""
        letter_digest = drafts.pre_application_to_iys(self.now(), PRE_APPLICATION, "").digest
        expected_version = self.record(PRE_APPLICATION).version
        submission.submit(
            application=self.now(),
            actor=self.owner,
            expected_version=expected_version,
            letter_digest=letter_digest,
        )

    def at_iys(self) -> None:
        """Step 2: the letter is with İYS."""
        self.submitted()
        self.move(PRE_APPLICATION, "approve")
        self.move(PRE_APPLICATION, "letter_sent", SYSTEM)

    def codes_wanted(self) -> None:
        """Step 3: approved on the telephone, the codes are still to come."""
        self.at_iys()
        self.move(STATUS_QUERY, "approve", IYS)

    def codes_read(self, **extracted: Any) -> None:
        """Step 3: İYS's answer has brought codes."""
        given = {
            "trade_name": self.company.trade_name,
            "iys_code": "710482",
            "brands": [{"name": "Mavi Deniz", "code": "710482"}],
            **extracted,
        }
        answers.take(
            application=self.application,
            step=STATUS_QUERY,
            move="approve",
            extracted=given,
            actor=IYS,
            reason="aradı",
        )

    def choosing(self) -> None:
        """Step 4, at its beginning."""
        self.at_iys()
        self.codes_read()
        confirmation.confirm(
            application=self.application, actor=self.owner, expected_version=self.record(CODE_RECEIPT).version
        )
        self.application = self.now()

    def chosen(self, message: int = 3_200, call: int = 0, email: int = 4_100) -> None:
        """Step 4: figures and the package that fits them."""
        self.choosing()
        package = package_contract.recommend(package_contract.catalogue(), max(message, call, email))
        assert package is not None
        package_contract.choose(
            application=self.application,
            message_addresses=message,
            call_addresses=call,
            email_addresses=email,
            package=package,
            offer_email="bilgi@mavideniz.example",
        )

    def offered(self, **counts: int) -> None:
        """Step 4: İYS has told support where its offer is."""
        self.chosen(**counts)
        self.move(PACKAGE_CONTRACT, "request", self.owner)
        self.move(PACKAGE_CONTRACT, "letter_sent", SYSTEM)
        self.offer()

    def offer(self) -> None:
        links = {"view_url": "https://teklif.example/1", "pay_url": "https://teklif.example/ode/1"}
        answers.take(
            application=self.application,
            step=PACKAGE_CONTRACT,
            move="offer",
            extracted=links,
            actor=IYS,
            reason="telefonla",
        )

    def accepted(self, **counts: int) -> None:
        self.offered(**counts)
        expected_version = self.record(PACKAGE_CONTRACT).version
        read = package_contract.contract(self.application).sha256
        package_contract.accept(
            application=self.application,
            actor=self.owner,
            expected_version=expected_version,
            contract_sha256=read,
            ip_address="127.0.0.1",
        )

    def preparing(self, **counts: int) -> None:
        """Step 5, at its beginning."""
        self.accepted(**counts)
        self.move(PACKAGE_CONTRACT, "payment_received", IYS)

    def form_sent(self) -> None:
        """Step 5: the signed form is with İYS."""
        self.preparing()
        self.form_handed_in()
        self.move(PARTNER_ASSIGNMENT, "submit", self.owner)
        self.move(PARTNER_ASSIGNMENT, "approve")
        self.move(PARTNER_ASSIGNMENT, "letter_sent", SYSTEM)

    def form_handed_in(self) -> None:
        found = inspect(blank_pdf(), "form.pdf", max_bytes=10**6, max_pages=5)
        partner_assignment.hand_in_form(
            application=self.application, inspected=found, filename="form.pdf", actor=self.owner
        )

    def assigned(self) -> None:
        """Step 6, at its beginning."""
        self.form_sent()
        self.move(PARTNER_ASSIGNMENT, "confirm", IYS)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def upload(payload: bytes, name: str = "tarama.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, payload, content_type="application/octet-stream")
