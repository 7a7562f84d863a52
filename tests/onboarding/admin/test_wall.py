"""Support of one partner never finds what is another's: nothing in lists, 404 for every address."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.urls import reverse

from correspondence.models import Audience, Letter, Mail, MailStatus
from correspondence.outgoing.outbox import Address, Body, post
from journal.models import Entry
from onboarding.models import Application
from onboarding.steps import PRE_APPLICATION
from partners.models import Partner
from tenancy.models import JoinRequest, User
from tests.scenarios.browser import signed_in, words
from tests.scenarios.factories import PartnerFactory, UserFactory
from tests.scenarios.ladder import submitted
from tests.scenarios.support import CORRESPONDENCE, REVIEW, Support, colleague

pytestmark = pytest.mark.django_db
SEEING = REVIEW + CORRESPONDENCE
OF_AN_APPLICATION: dict[str, tuple[object, ...]] = {
    "change": (),
    "history": (),
    "delete": (),
    "move": (),
    "ask_changes": ("pre_application",),
    "answer": ("status_query", "received"),
    "fill_in": (),
    "hand_in": ("undertaking",),
    "identity": (),
}


@pytest.fixture
def application() -> Application:
    return submitted()


@pytest.fixture
def stranger(application: Application) -> User:
    """Support of a partner whose company this is not."""
    PartnerFactory.create()
    return colleague(*SEEING, partner=Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş."))


def rows(application: Application) -> dict[str, Any]:
    """One row of the application's company in every list that support has."""
    company = application.company
    stored = storages["private"].save(f"mails/{uuid4()}.eml", ContentFile(b"Subject: Gizli\r\n\r\nGizli"))
    mail = Mail.objects.create(
        mailbox="m",
        folder="INBOX",
        uid_validity=1,
        uid="1",
        stored_name=stored,
        sha256="0" * 64,
        size=10,
        company=company,
        status=MailStatus.PERSON,
    )
    letter: Letter = post(
        company=company,
        idempotency_key="test",
        body=Body("Gizli konu", "Gizli metin"),
        address=Address(Audience.IYS, ["onkayit@iys.org.tr"], application_id=application.pk),
    )
    request = JoinRequest.objects.create(user=UserFactory.create(), company=company, trade_name="Gizli unvan")
    return {
        "onboarding_application": application.pk,
        "onboarding_queueitem": application.records.get(step="pre_application").pk,
        "correspondence_letter": letter.pk,
        "correspondence_mail": mail.pk,
        "journal_entry": Entry.objects.filter(application_id=application.pk).latest("pk").pk,
        "tenancy_joinrequest": request.pk,
    }


def test_lists_are_empty_and_every_row_is_not_found(application: Application, stranger: User) -> None:
    ours, theirs = signed_in(colleague(*SEEING, partner=application.company.partner)), signed_in(stranger)
    for name, key in rows(application).items():
        listed, row = reverse(f"admin:{name}_changelist"), reverse(f"admin:{name}_change", args=[key])
        assert application.company.trade_name in words(ours.get(listed)), name
        assert ours.get(row).status_code in (200, 302), name
        assert application.company.trade_name not in words(theirs.get(listed)), name
        assert theirs.get(row).status_code == 404, name


@pytest.mark.parametrize("name", OF_AN_APPLICATION)
def test_every_page_of_an_application_is_not_found(application: Application, stranger: User, name: str) -> None:
    desk = Support(application, user=stranger)
    args = OF_AN_APPLICATION[name]
    before = Entry.objects.count()
    assert desk.open(name, *args).status_code == 404
    assert desk.send(name, *args, move="pre_application:approve", note="x").status_code == 404
    assert desk.state(PRE_APPLICATION) == "submitted"
    assert Entry.objects.count() == before


def test_a_document_is_not_found(application: Application, stranger: User) -> None:
    document = application.company.documents.all()[0]
    assert Support(application, user=stranger).open("document", document.pk).status_code == 404


def test_a_document_of_another_company_is_not_found_through_ones_own(application: Application) -> None:
    other = submitted()
    foreign = other.company.documents.all()[0]
    assert Support(application).open("document", foreign.pk).status_code == 404
    assert Support(other).open("document", foreign.pk).status_code == 200


def test_staff_of_no_partner_find_nothing(application: Application) -> None:
    nobodys = UserFactory.create(is_staff=True)
    nobodys.user_permissions.set(colleague(*SEEING).user_permissions.all())
    assert Support(application, user=nobodys).open().status_code == 404


def test_what_was_never_there_looks_the_same(application: Application, stranger: User) -> None:
    path = Support(application, user=stranger).url("change")
    never, foreign = (
        signed_in(stranger).get(path.replace(str(application.pk), key))
        for key in (str(uuid4()), str(application.pk))
    )
    assert never.status_code == foreign.status_code == 404
    assert words(never) == words(foreign)
