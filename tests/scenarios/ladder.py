"""An application, and the short ways up to each rung of the six steps, by the verbs that screens and mails use."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Self, TypeVar, cast

from django.utils import timezone

from journal.parties import Party
from onboarding.actions import package_contract, panel_settings, partner_assignment
from onboarding.actions.pre_application import cargo, channel, submission
from onboarding.actor import IYS, SYSTEM, Actor
from onboarding.codes import confirmation
from onboarding.dossier import changes, content, papers, signed
from onboarding.machine import Step
from onboarding.mail import answers
from onboarding.models import Application, ChannelChoices, DeclarationKind, DocumentKind, StepRecord
from onboarding.steps import (
    CODE_RECEIPT,
    PACKAGE_CONTRACT,
    PANEL_SETTINGS,
    PARTNER_ASSIGNMENT,
    PRE_APPLICATION,
    STATUS_QUERY,
)
from onboarding.transitions import perform
from tenancy.models import Company
from tenancy.roles import Role
from tests.scenarios.climbs import climbs
from tests.scenarios.factories import open_application, tckn
from tests.scenarios.papers import sound_pdf

Verb = TypeVar("Verb", bound=Callable[..., None])
STAFF = Actor(Party.STAFF)
IDENTITY = tckn(7)
PAPERS = ("signature_circular", "trade_registry_gazette", "undertaking")  # of who has a MERSİS number


def owner_of(application: Application) -> Actor:
    return Actor(Party.COMPANY, application.company.memberships.get(role=Role.OWNER).user, Role.OWNER)


def rung(go: Verb) -> Verb:
    """A verb that climbs, by rows that are kept where they are (`climbs`)."""

    @wraps(go)
    def inner(self: "Ladder", *args: Any, **counts: Any) -> None:
        before = self.application

        def climb() -> Application | None:
            go(self, *args, **counts)
            return None if self.application is before else self.application

        # Who hands in other papers or has another code climbs otherwise.
        way = (type(self), self.code, go.__name__, args, *sorted(counts.items()))
        self.application = climbs.climb(way, climb) or before

    return cast(Verb, inner)


class Ladder:
    """Every rung climbs from the start; those of step 1 are the manual channel's. Codes are İYS's to give."""

    code = "710482"

    def __init__(self, application: Application) -> None:
        self.application = application
        self.company: Company = application.company
        self.owner = owner_of(application)

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

    # Step 1.

    def manual(self) -> Self:
        channel.choose(application=self.now(), channel=ChannelChoices.MANUAL, actor=self.owner)
        return self

    def fill_in(self) -> None:
        values = {
            "has_mersis": True,
            "signatory_identity": IDENTITY,
            "signatory_name": "Ada Yalın",
            "signatory_email": "ada@mavideniz.example",
            "signatory_mobile": "+905550102030",
        }
        submission.fill_in(application=self.now(), values=values, complete=True, actor=self.owner)

    def hand_in(self, *kinds: str, page_count: int = 1) -> None:
        for kind in kinds:
            submission.hand_in(
                application=self.now(),
                kind=DocumentKind(kind),
                inspected=sound_pdf(page_count),
                filename=f"{kind}.pdf",
                actor=self.owner,
            )

    def downloads(self, kind: DocumentKind = DocumentKind.UNDERTAKING_BLANK) -> None:
        """Somebody has had the paper as it is now."""
        papers.render(self.now(), kind)

    @rung
    def ready(self) -> None:
        """The dossier is complete and was not sent yet."""
        self.fill_in()
        self.hand_in(*PAPERS)

    def touch_all(self) -> None:
        """Every correction that was asked for is made or answered, and what changed is signed anew."""
        application = self.now()
        left = [each.pk for each in changes.asked(application) if not each.is_done]
        application.remarks.filter(pk__in=left).update(answer="Baktık, doğru")
        for need in content.needs(application.application_form):
            if need.kind in signed.ON_PAPER and signed.is_outdated(application, need.document):
                before = application.company.documents.of_kind(need.kind).count()
                self.downloads(signed.ON_PAPER[need.kind])
                self.hand_in(need.kind, page_count=1 + before)

    def submit(self) -> None:
        """The dossier as it stands goes to support, and the letter as it stands is approved."""
        self.touch_all()
        application = self.now()
        record = submission.open_record(application)
        assert record is not None
        draft = submission.letter_to_approve(application, record)
        submission.submit(
            application=application,
            actor=self.owner,
            expected_version=record.version,
            letter_digest=draft.digest if draft else "",
        )

    @rung
    def submitted(self) -> None:
        self.ready()
        self.submit()

    # Steps 2 and 3.

    @rung
    def at_iys(self) -> None:
        """Step 2: the letter is with İYS."""
        self.submitted()
        self.move(PRE_APPLICATION, "approve")
        self.move(PRE_APPLICATION, "letter_sent", SYSTEM)

    @rung
    def at_iys_with_the_parcel(self) -> None:
        """The same, by somebody who has sent the undertaking's original before."""
        self.submitted()
        cargo.record(
            application=self.now(),
            carrier="Yurtiçi",
            tracking_number="12345",
            sent_on=timezone.localdate(),
            arrived_on=None,
            actor=self.owner,
        )
        self.move(PRE_APPLICATION, "approve")
        self.move(PRE_APPLICATION, "letter_sent", SYSTEM)

    @rung
    def codes_wanted(self) -> None:
        """Step 3: approved on the telephone, the codes are still to come."""
        self.at_iys()
        self.move(STATUS_QUERY, "approve", IYS)

    def codes_read(self, **extracted: Any) -> None:
        """Step 3: İYS's answer has brought codes."""
        given = {
            "trade_name": self.company.trade_name,
            "iys_code": self.code,
            "brands": [{"name": "Mavi Deniz", "code": self.code}],
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

    # Step 4.

    @rung
    def choosing(self) -> None:
        """Step 4, at its beginning."""
        self.at_iys()
        self.codes_read()
        confirmation.confirm(
            application=self.application, actor=self.owner, expected_version=self.record(CODE_RECEIPT).version
        )
        self.application = self.now()

    @rung
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

    @rung
    def asked(self, **counts: int) -> None:
        """Step 4: the package is asked for, İYS's offer is to come."""
        self.chosen(**counts)
        self.move(PACKAGE_CONTRACT, "request", self.owner)
        self.move(PACKAGE_CONTRACT, "letter_sent", SYSTEM)

    @rung
    def offered(self, **counts: int) -> None:
        """Step 4: İYS has told support where its offer is."""
        self.asked(**counts)
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

    @rung
    def accepted(self, **counts: int) -> None:
        """Step 4: the contract is accepted, the payment is to come."""
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

    # Steps 5 and 6.

    @rung
    def preparing(self, **counts: int) -> None:
        """Step 5, at its beginning: the package is paid."""
        self.accepted(**counts)
        self.move(PACKAGE_CONTRACT, "payment_received", IYS)

    def form_handed_in(self) -> None:
        partner_assignment.hand_in_form(
            application=self.application, inspected=sound_pdf(), filename="form.pdf", actor=self.owner
        )

    @rung
    def form_sent(self) -> None:
        """Step 5: the signed form is with İYS."""
        self.preparing()
        self.form_handed_in()
        self.move(PARTNER_ASSIGNMENT, "submit", self.owner)
        self.move(PARTNER_ASSIGNMENT, "approve")
        self.move(PARTNER_ASSIGNMENT, "letter_sent", SYSTEM)

    @rung
    def assigned(self) -> None:
        """Step 6, at its beginning."""
        self.form_sent()
        self.move(PARTNER_ASSIGNMENT, "confirm", IYS)

    @rung
    def finished(self) -> None:
        """All six steps."""
        self.assigned()
        self.declare()

    def declare(self) -> None:
        panel_settings.declare(
            application=self.now(),
            kind=DeclarationKind.PARTNER,
            iys_code=self.code,
            brand_codes=dict(self.company.brands.exclude(code="").values_list("pk", "code")),
            exemption_basis="",
            change_reason="",
            actor=self.owner,
            expected_version=self.record(PANEL_SETTINGS).version,
            ip_address="127.0.0.1",
        )


# Where a test looks at the application alone: a company with one owner, brought to a rung.


def manual(company: Company | None = None) -> Application:
    """By the manual channel, at its beginning."""
    return Ladder(open_application(company)).manual().now()


def filled_in(company: Company | None = None, *papers: str) -> Application:
    """All data, and these documents (all that are needed when none is named)."""
    ladder = Ladder(manual(company))
    ladder.fill_in()
    ladder.hand_in(*(papers or PAPERS))
    return ladder.now()


def submitted(company: Company | None = None) -> Application:
    return _brought(Ladder.submitted, company)


def at_iys(company: Company | None = None) -> Application:
    """Approved by staff and accepted by the mail server: İYS's turn in step 2."""
    return _brought(Ladder.at_iys, company)


def _brought(verb: Callable[[Ladder], None], company: Company | None) -> Application:
    def climb() -> Application:
        ladder = Ladder(manual(company))
        verb(ladder)
        return ladder.now()

    return climb() if company else climbs.climb(verb.__name__, climb)
