"""Whatever support's pages list: staff of one partner find no row of another's, for each page that there is."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.contrib import admin
from django.db.models import Model
from django.forms import ModelChoiceField
from django.test import RequestFactory
from django.utils import timezone

from brands.models import Brand
from correspondence.models import Audience, Mail, PartnerMailbox, TaughtSentence
from correspondence.models.sending import SendingHold
from correspondence.outgoing.outbox import Address, Body, post
from documents.models import DisclosureShown, LegalText, Place
from figures.models import Figure, Measure
from finding.models import Word
from journal.models import Entry
from journal.parties import Party
from onboarding.actions import looks
from onboarding.first_data import GROUPS
from onboarding.models import Application, CompanyMerge, KeptPhrase, PhraseUse, StepRecord
from partners.models import Partner
from support.models import Question
from team.importing import running
from tenancy.admin.base import WalledAdmin
from tenancy.models import Company, Invitation, JoinRequest, User
from tenancy.roles import Role
from tests.scenarios.factories import CompanyFactory, PartnerFactory, UserFactory, open_application

pytestmark = pytest.mark.django_db

# What is the same for all partners: whoever may see it at all sees all of it.
OF_THE_PRODUCT = {
    "documents.legaltext": "the legal texts in force",
    "onboarding.package": "İYS's price list",
    "onboarding.freemaildomain": "domains of free mailboxes",
    "onboarding.reminderrule": "the table of reminders",
    "onboarding.dayexception": "days off and working days beside the calendar",
    "partners.iyscontact": "İYS's addresses",
}
# Pages that other libraries bring: for who runs the installation, and given to no group of support.
OF_THE_INSTALLATION = {
    "account.emailaddress": "allauth's addresses",
    "auth.group": "groups of permissions",
    "privacy.retentionrule": "how long what is kept",
    "privacy.erasure": "what was erased",
}


def mail(partner: Partner, company: Company | None) -> Mail:
    return Mail.objects.create(
        mailbox="m", folder="INBOX", uid_validity=1, uid=str(uuid4()), stored_name=uuid4().hex,
        sha256=uuid4().hex * 2, size=1, company=company, partner=None if company else partner,
    )  # fmt: skip


class Rows:
    """A partner with a person of its staff, a company, and a row of everything that belongs to them."""

    def __init__(self, partner: Partner) -> None:
        self.partner = partner
        self.staff: User = UserFactory.create(is_staff=True, partner=partner)
        self.company: Company = CompanyFactory.create(partner=partner)
        self.application: Application = open_application(self.company)
        self.member: User = self.company.memberships.get().user
        StepRecord.objects.filter(application=self.application).update(turn=Party.STAFF)

    def make(self, label: str) -> list[Model]:
        made: Model | list[Model] = MAKERS[label](self)
        return made if isinstance(made, list) else [made]


MAKERS: Mapping[str, Callable[[Rows], Any]] = {
    "brands.brand": lambda rows: Brand.objects.create(company=rows.company, name="Mavi"),
    "correspondence.letter": lambda rows: post(
        company=rows.company,
        idempotency_key=uuid4().hex,
        body=Body("Konu", "Metin"),
        address=Address(Audience.IYS, ["onkayit@iys.org.tr"]),
    ),
    "correspondence.mail": lambda rows: [mail(rows.partner, rows.company), mail(rows.partner, None)],
    "correspondence.partnermailbox": lambda rows: PartnerMailbox.objects.create(
        partner=rows.partner, url="imaps://kutu:parola@posta.example"
    ),
    "correspondence.taughtsentence": lambda rows: TaughtSentence.objects.create(
        partner=rows.partner, text="Dosyanız kayıt altına girmiştir", taught_by=rows.staff
    ),
    "correspondence.sendinghold": lambda rows: SendingHold.objects.create(
        partner=rows.partner, reason="neden", held_by=rows.staff
    ),
    "correspondence.trackingaddress": lambda rows: rows.company.tracking_addresses.get(),
    "documents.disclosureshown": lambda rows: DisclosureShown.objects.create(
        text=LegalText.objects.get_or_create(kind="disclosure", version=1, valid_from=date(2026, 1, 1))[0],
        place=Place.SIGN_UP,
        partner=rows.partner,
        user=rows.member,
    ),
    "figures.figure": lambda rows: Figure.objects.create(
        partner=rows.partner, measure=Measure.FUNNEL, day=date(2026, 1, 1), key="opened", count=1
    ),
    "finding.word": lambda rows: Word.objects.create(
        owner=rows.partner.pk, kind="title", word="mavi", company=rows.company
    ),
    "journal.entry": lambda rows: list(Entry.objects.filter(company=rows.company)),
    "onboarding.application": lambda rows: rows.application,
    "onboarding.queueitem": lambda rows: list(rows.application.records.all()),
    "onboarding.keptphrase": lambda rows: KeptPhrase.objects.create(
        partner=rows.partner, use=PhraseUse.REJECT, text="Belge eksik"
    ),
    "partners.partner": lambda rows: rows.partner,
    "support.question": lambda rows: Question.objects.create(
        company=rows.company, asked_by=rows.member, asked_at=timezone.now()
    ),
    "tenancy.company": lambda rows: rows.company,
    "tenancy.membership": lambda rows: list(rows.company.memberships.all()),
    "tenancy.joinrequest": lambda rows: JoinRequest.objects.create(
        user=UserFactory.create(), company=rows.company, trade_name="Mavi"
    ),
    "onboarding.companymerge": lambda rows: CompanyMerge.objects.create(
        stays=rows.company,
        goes=CompanyFactory.create(partner=rows.partner),
        by=rows.staff,
        reason="Neden",
        at=timezone.now(),
    ),
    "tenancy.companylook": lambda rows: looks.begin(
        company=rows.company, person=rows.staff, role=Role.OWNER, reason="Neden"
    ),
    "tenancy.invitation": lambda rows: Invitation.objects.create(
        company=rows.company,
        email="davetli@firma.example",
        role=Role.OWNER,
        invited_by=rows.staff,
        expires_at=timezone.now(),
    ),
    "team.companyimport": lambda rows: running.keep(
        partner=rows.partner, by=rows.staff, name="liste.csv", rows=[["Mavi"]]
    ),
    "tenancy.user": lambda rows: rows.staff,
}


@pytest.fixture
def ours() -> Rows:
    return Rows(PartnerFactory.create())


@pytest.fixture
def theirs() -> Rows:
    return Rows(Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş."))


def listed(label: str, user: User) -> set[object]:
    page = next(page for model, page in admin.site._registry.items() if model._meta.label_lower == label)
    request = RequestFactory().get("/")
    request.user = user
    return set(page.get_queryset(request).values_list("pk", flat=True))


def keys(rows: list[Model]) -> set[object]:
    assert rows
    return {row.pk for row in rows}


def test_every_page_is_known_here() -> None:
    registered = {model._meta.label_lower for model in admin.site._registry}
    assert registered == {*MAKERS, *OF_THE_PRODUCT, *OF_THE_INSTALLATION}


@pytest.mark.parametrize("label", MAKERS)
def test_staff_see_what_is_their_partners_and_nothing_of_another(label: str, ours: Rows, theirs: Rows) -> None:
    own, foreign = keys(ours.make(label)), keys(theirs.make(label))
    for user, seen, unseen in ((ours.staff, own, foreign), (theirs.staff, foreign, own)):
        found = listed(label, user)
        assert seen <= found
        assert not unseen & found
    nobodys = UserFactory.create(is_staff=True)
    assert listed(label, nobodys) == set()
    everybodys = UserFactory.create(is_staff=True, is_superuser=True)
    assert own | foreign <= listed(label, everybodys)


@pytest.mark.parametrize("label", MAKERS)
def test_each_page_with_rows_of_partners_stands_behind_the_wall(label: str) -> None:
    page = next(page for model, page in admin.site._registry.items() if model._meta.label_lower == label)
    assert isinstance(page, WalledAdmin)


def test_a_hold_on_the_whole_installation_concerns_every_partner(ours: Rows, theirs: Rows) -> None:
    everybodys = UserFactory.create(is_staff=True, is_superuser=True)
    hold = SendingHold.objects.create(reason="neden", held_by=everybodys)
    for user in (ours.staff, theirs.staff, everybodys):
        assert listed("correspondence.sendinghold", user) == {hold.pk}
    assert listed("correspondence.sendinghold", UserFactory.create(is_staff=True)) == set()


def test_a_partner_is_offered_itself_alone_where_a_row_is_given_to_one(ours: Rows, theirs: Rows) -> None:
    request = RequestFactory().get("/")
    request.user = ours.staff
    field = admin.site.get_model_admin(Company).get_form(request).base_fields["partner"]
    assert isinstance(field, ModelChoiceField)
    assert field.queryset is not None
    assert set(field.queryset) == {ours.partner}


def test_no_group_of_support_reaches_the_pages_of_the_installation() -> None:
    apps = {label.partition(".")[0] for label in OF_THE_INSTALLATION}
    assert not {name.partition(".")[0] for names in GROUPS.values() for name in names} & apps
