"""Every URL of the portal as anonymous, stranger, viewer, editor, owner and staff; an unknown URL fails."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from brands.models import Brand
from correspondence.models import Audience, Letter, Mail, MailStatus
from correspondence.outgoing.outbox import Address, Body, post
from documents import samples
from documents.models import Document, LegalText, Origin
from documents.storage import store
from onboarding.models import Application, ApplicationForm, ContinueLink, ContractAcceptance, CoSignatory, HandOff
from support import asking
from tenancy.models import Company, Invitation, Membership, User
from tenancy.roles import Role
from tests.scenarios.factories import CompanyFactory, MembershipFactory, UserFactory, open_application

pytestmark = pytest.mark.django_db

# The status form is for strangers; its page shows what this browser asked for and nothing else.
OPEN = {"logo", "start", "status_form", "status_page"}
# Who has the unguessable link of a signatory gets in by it, and nobody else.
BY_LINK = {"onboarding:sign_by_link", "onboarding:paper_by_link"}
# Signing in, signing up and what belongs to one's own account; no company's data is reached from there.
ACCOUNT = "account_"
SIGNED_IN = {"team:company_new", "team:choose", "team:join", "team:notices"}
OWNERS = {
    "onboarding:apply_again",
    "onboarding:withdraw",
    "onboarding:submit",
    "onboarding:request_offer",
    "onboarding:complete",
    "team:remove",
    "team:sending_account",
    "team:account_state",
    "team:test_account",
    "team:remove_account",
}
EDITORS = {
    "onboarding:route",
    "onboarding:stale",
    "onboarding:later_brand",
    "onboarding:paper",
    "onboarding:channel",
    "onboarding:evidence",
    "onboarding:email_code",
    "onboarding:query",
    "onboarding:query_again",
    "onboarding:mobile_code",
    "onboarding:resend_code",
    "onboarding:edit_form",
    "onboarding:sign",
    "onboarding:co_signatories",
    "onboarding:brand_names",
    "onboarding:remove_co_signatory",
    "onboarding:hand_off",
    "onboarding:revoke_hand_off",
    "onboarding:renew_link",
    "onboarding:add_brand",
    "onboarding:edit_brand",
    "onboarding:remove_brand",
    "onboarding:figures",
    "onboarding:mersis_question",
    "onboarding:dossier",
    "onboarding:save_draft",
    "onboarding:upload",
    "onboarding:cargo",
    "onboarding:continued",
    "onboarding:type_codes",
    "onboarding:confirm_codes",
    "onboarding:upload_mail",
    "onboarding:use_mail",
    "onboarding:settle_difference",
    "onboarding:dispute_codes",
    "onboarding:choose_package",
    "onboarding:draft_mail",
    "onboarding:package_move",
    "onboarding:payment",
    "onboarding:upload_assignment",
    "onboarding:assignment_channels",
    "onboarding:sign_assignment",
    "onboarding:assignment_move",
    "onboarding:claim_assignment",
    "team:try_forward",
}
VIEWERS = {
    "onboarding:board",
    "onboarding:board_live",
    "support:questions",
    "support:ask",
    "support:question",
    "onboarding:summary",
    "onboarding:ask_for_pack",
    "onboarding:pack_progress",
    "onboarding:pack_file",
    "onboarding:thread",
    "onboarding:letter",
    "onboarding:mail",
    "onboarding:documents",
    "onboarding:document",
    "onboarding:pre_application",
    "onboarding:continue_application",
    "onboarding:info_entry",
    "onboarding:review",
    "onboarding:status_query",
    "onboarding:code_receipt",
    "onboarding:package_contract",
    "onboarding:contract",
    "onboarding:accepted_contract",
    "onboarding:partner_assignment",
    "onboarding:review_assignment",
    "onboarding:panel_settings",
    "team:people",
    "team:forwarding",
    "team:forward_state",
}
OF_A_COMPANY = {
    "onboarding:accepted_contract",
    "onboarding:letter",
    "onboarding:mail",
    "onboarding:document",
    "support:question",
    "onboarding:continue_application",
    "onboarding:edit_brand",
    "onboarding:remove_brand",
    "onboarding:remove_co_signatory",
    "onboarding:revoke_hand_off",
    "team:remove",
}
POSTED = {
    "onboarding:remove_brand",
    "onboarding:remove_co_signatory",
    "onboarding:revoke_hand_off",
    "team:remove",
}


def urls(
    patterns: list[URLPattern | URLResolver] | None = None, space: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from urls(pattern.url_patterns, inner)
        else:
            yield f"{space}{pattern.name}", pattern


NAMES = sorted({name for name, _pattern in urls()})
COMPANY_NAMES = sorted(VIEWERS | EDITORS | OWNERS)


class Cast:
    """Two companies alike, with everybody who might knock."""

    def __init__(self) -> None:
        samples.load()
        self.company: Company = CompanyFactory.create()
        self.application: Application = open_application(self.company)
        self.owner = self.company.memberships.get().user
        self.editor = MembershipFactory.create(company=self.company, role=Role.EDITOR).user
        self.viewer = MembershipFactory.create(company=self.company, role=Role.VIEWER).user
        self.document = self._document(self.company)
        self.brand = Brand.objects.create(company=self.company, name="Gizli marka")
        self.co_signatory = CoSignatory.objects.create(application=self.application, name="Gizli", identity="1")
        self.link = ContinueLink.objects.create(application=self.application, expires_at="2099-01-01T00:00Z")
        self.acceptance = ContractAcceptance.objects.create(
            application=self.application,
            text_version=LegalText.objects.get(kind="sales_contract"),
            text="Gizli",
            accepted_by=self.owner,
        )
        self.hand_off = HandOff.objects.create(
            application=self.application,
            email="imza@mavideniz.example",
            created_by=self.owner,
            expires_at="2099-01-01T00:00Z",
        )
        self.letter = self._letter(self.company)
        self.mail = self._mail(self.company)
        self.question = asking.ask(company=self.company, by=self.owner, text="Gizli soru", page="/")
        other: Company = CompanyFactory.create()
        open_application(other)
        self.stranger = other.memberships.get().user

    def _document(self, company: Company) -> Document:
        return store(
            company=company,
            kind="tax_plate",
            payload=b"%PDF-1.4",
            filename="levha.pdf",
            content_type="application/pdf",
            pages=1,
            origin=Origin.UPLOADED,
            by=None,
        )

    def _letter(self, company: Company) -> Letter:
        return post(
            company=company,
            idempotency_key=f"test:{company.pk}",
            body=Body("Gizli konu", "Gizli metin"),
            address=Address(Audience.IYS, ["onkayit@iys.org.tr"], application_id=self.application.pk),
        )

    def _mail(self, company: Company) -> Mail:
        stored = storages["private"].save(f"mails/{uuid4()}.eml", ContentFile(b"Subject: Gizli\r\n\r\nGizli"))
        return Mail.objects.create(
            mailbox="m",
            folder="INBOX",
            uid_validity=1,
            uid=str(uuid4()),
            stored_name=stored,
            sha256="0" * 64,
            size=10,
            company=company,
            status=MailStatus.PERSON,
        )

    def path(self, name: str) -> str:
        """The URL with the first company's objects in it."""
        args: dict[str, list[object]] = {
            "onboarding:letter": [self.letter.pk],
            "onboarding:mail": [self.mail.pk],
            "onboarding:use_mail": [self.mail.pk],
            "onboarding:document": [self.document.pk],
            "support:question": [self.question.pk],
            "onboarding:paper": ["undertaking_blank"],
            "onboarding:upload": ["signature_circular"],
            "onboarding:stale": ["pre_application"],
            "onboarding:pack_file": ["zip"],
            "onboarding:resend_code": ["email"],
            "onboarding:continue_application": [self.link.pk],
            "onboarding:edit_brand": [self.brand.pk],
            "onboarding:remove_brand": [self.brand.pk],
            "onboarding:accepted_contract": [self.acceptance.pk],
            "onboarding:remove_co_signatory": [self.co_signatory.pk],
            "onboarding:revoke_hand_off": [self.hand_off.pk],
            "team:remove": [self.company.memberships.get(user=self.viewer).pk],
        }
        return reverse(name, args=args.get(name))


@pytest.fixture
def cast() -> Cast:
    return Cast()


def ask(path: str, user: User | None, method: str = "get") -> int:
    client = Client()
    if user is not None:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return int(getattr(client, method)(path).status_code)


def test_every_url_is_known_to_this_test() -> None:
    known = OPEN | BY_LINK | SIGNED_IN | VIEWERS | EDITORS | OWNERS
    unknown = [
        name
        for name in NAMES
        if name not in known and not name.startswith((ACCOUNT, "admin:")) and not name.startswith("None")
    ]
    assert unknown == []


@pytest.mark.parametrize("name", COMPANY_NAMES)
def test_nobody_enters_without_signing_in(cast: Cast, name: str) -> None:
    for method in ("get", "post"):
        response = getattr(Client(), method)(cast.path(name))
        assert response.status_code in (302, 405), method
        if response.status_code == 302:
            assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", sorted(OF_A_COMPANY))
def test_a_stranger_finds_nothing_of_another_company(cast: Cast, name: str) -> None:
    if name == "onboarding:edit_brand":
        # Brands open with the information entry only; then too, only one's own.
        own = cast.stranger.memberships.get().company.applications.get()
        own.records.filter(step="pre_application").update(state="info_entry")
        ContinueLink.objects.create(application=own, expires_at="2099-01-01T00:00Z", used_at="2026-01-01T00:00Z")
    assert ask(cast.path(name), cast.stranger, "post" if name in POSTED else "get") == 404
    assert Membership.objects.filter(user=cast.viewer).exists()
    assert Brand.objects.filter(pk=cast.brand.pk).exists()
    assert CoSignatory.objects.filter(pk=cast.co_signatory.pk).exists()
    assert HandOff.objects.get(pk=cast.hand_off.pk).revoked_at is None
    assert ContinueLink.objects.get(pk=cast.link.pk).used_at is None


@pytest.mark.parametrize("name", sorted(VIEWERS - OF_A_COMPANY))
def test_a_stranger_sees_nothing_of_another_company_on_any_page(cast: Cast, name: str) -> None:
    client = Client()
    client.force_login(cast.stranger, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(cast.path(name), follow=True).content.decode()
    for secret in (cast.company.trade_name, cast.application.reference, "Gizli", cast.company.tax_number):
        assert secret not in page


@pytest.mark.parametrize("name", sorted(VIEWERS))
def test_a_viewer_may_read(cast: Cast, name: str) -> None:
    assert ask(cast.path(name), cast.viewer) in (200, 302, 409)


@pytest.mark.parametrize("name", sorted(EDITORS | OWNERS))
def test_a_viewer_may_change_nothing(cast: Cast, name: str) -> None:
    assert ask(cast.path(name), cast.viewer, "post") == 403


@pytest.mark.parametrize("name", sorted(OWNERS))
def test_an_editor_may_not_bind_the_company(cast: Cast, name: str) -> None:
    assert ask(cast.path(name), cast.editor, "post") == 403


@pytest.mark.parametrize(
    "name", ["onboarding:contract", "onboarding:review_assignment", "onboarding:panel_settings"]
)
def test_an_editor_may_not_bind_the_company_on_a_page_that_it_may_read(cast: Cast, name: str) -> None:
    assert ask(cast.path(name), cast.editor, "post") in (302, 403, 409)
    assert (cast.application.acceptances.count(), cast.application.declarations.count()) == (1, 0)


@pytest.mark.parametrize("name", sorted(EDITORS | OWNERS | VIEWERS))
def test_an_owner_is_never_told_to_go_away(cast: Cast, name: str) -> None:
    for method in ("get", "post"):
        assert ask(cast.path(name), cast.owner, method) in (200, 202, 204, 302, 404, 405, 409, 422)


@pytest.mark.parametrize("name", COMPANY_NAMES)
def test_staff_are_led_to_their_own_pages(cast: Cast, name: str) -> None:
    staff = UserFactory.create(is_staff=True)
    client = Client()
    client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    response = client.get(cast.path(name))
    if response.status_code != 405:
        assert response["Location"] == reverse("admin:index")


def test_an_invitation_is_for_its_address_alone(cast: Cast) -> None:
    invitation = Invitation.objects.create(
        company=cast.company,
        email="davetli@mavideniz.example",
        role=Role.EDITOR,
        invited_by=cast.owner,
        expires_at="2099-01-01T00:00Z",
    )
    path = reverse("team:join", args=[invitation.pk])
    assert ask(path, cast.stranger) == 404
    assert ask(path, cast.stranger, "post") == 404
    invited = UserFactory.create(email="davetli@mavideniz.example")
    assert ask(path, invited, "post") == 302
    assert cast.company.memberships.get(user=invited).role == Role.EDITOR


@pytest.mark.parametrize("name", sorted(BY_LINK))
def test_a_signing_link_opens_nothing_once_it_does_not_hold(cast: Cast, name: str) -> None:
    assert ask(reverse(name, args=[uuid4()]), None) == 404
    # The application is not at the signature: not even the right link opens anything.
    assert ask(reverse(name, args=[cast.hand_off.pk]), None) == 404
    ApplicationForm.objects.filter(application=cast.application).update(channel="online")
    cast.application.records.filter(step="pre_application").update(state="signing")
    assert ask(reverse(name, args=[cast.hand_off.pk]), None) in (200, 202)
    HandOff.objects.filter(pk=cast.hand_off.pk).update(expires_at="2026-01-01T00:00Z")
    assert ask(reverse(name, args=[cast.hand_off.pk]), None) == 404
    HandOff.objects.filter(pk=cast.hand_off.pk).update(
        expires_at="2099-01-01T00:00Z", revoked_at="2026-01-01T00:00Z"
    )
    assert ask(reverse(name, args=[cast.hand_off.pk]), None) == 404


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("admin:onboarding_application")])
def test_the_admin_is_for_staff_alone_and_for_their_own_partner(cast: Cast, name: str) -> None:
    needs: dict[str, list[object]] = {
        "move": [],
        "ask_changes": ["pre_application"],
        "answer": ["status_query", "received"],
        "document": [cast.document.pk],
        "approve_online": [],
        "accept_evidence": [],
        "confirm_signature": [],
        "identity": [],
        "pack": [],
        "pack_file": ["zip"],
        "add_mark": [],
        "settle_mark": [1],
        "mute": [],
        "unmute": [],
        "package_end": [],
        "fill_in": [],
        "hand_in": ["signature_circular"],
        "change": [],
        "history": [],
        "delete": [],
    }
    kind = name.removeprefix("admin:onboarding_application_")
    args: list[object] | None = [cast.application.pk, *needs[kind]] if kind in needs else None
    path = reverse(name, args=args)
    assert ask(path, cast.owner) == 302
    elsewhere = UserFactory.create(is_staff=True)
    assert ask(path, elsewhere) in (302, 403, 404)
