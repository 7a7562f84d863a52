"""The search fields of the lists of companies, applications and mails: looked up in the index, İ/ı and all."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from correspondence.models import Mail
from finding import renewing
from onboarding.models import Application
from partners.models import Partner
from tests.finding.people import BRAND_CODE, IYS_CODE, IYS_NUMBER, MERSIS, REFERENCE, VKN
from tests.finding.test_page import Desk, written
from tests.scenarios.browser import signed_in
from tests.scenarios.factories import CompanyFactory, open_application
from tests.scenarios.support import colleague

pytestmark = pytest.mark.django_db
COMPANIES, CASES, MAILS = (
    f"admin:{name}_changelist" for name in ("tenancy_company", "onboarding_application", "correspondence_mail")
)
SEES = ("view_application", "view_mail", "view_company")


@pytest.fixture
def desk() -> Desk:
    found = Desk()
    found.client = signed_in(colleague(*SEES, partner=found.partner))
    return found


def keys(client: Client, name: str, text: str) -> set[str]:
    """Of the rows that the list shows, decided mails too."""
    query = {"q": text, **({"is": "hepsi"} if name == MAILS else {})}
    page = client.get(reverse(name), query).content.decode()
    return set(re.findall(r'<th class="field[^"]*"><a href="[^"]*/([0-9a-f-]{36})/change/', page))


@pytest.mark.parametrize(
    "text", ["Işıl", "ISIL CICEK", "işıl çiç", VKN, VKN[:6], MERSIS, IYS_CODE, REFERENCE.lower(), "0532 123 45 67"]
)
def test_a_company_and_its_case_are_found_however_it_is_typed(desk: Desk, text: str) -> None:
    assert str(desk.application.pk) in keys(desk.client, CASES, text)
    assert str(desk.company.pk) in keys(desk.client, COMPANIES, text)


def test_what_is_one_applications_own_finds_that_one_alone(desk: Desk) -> None:
    Application.objects.filter(pk=desk.application.pk).update(closing="withdrawn", closed_at="2026-01-01T00:00Z")
    later = open_application(desk.company)
    renewing.renew_marked()
    for text in (REFERENCE, IYS_NUMBER):
        assert keys(desk.client, CASES, text) == {str(desk.application.pk)}
    assert keys(desk.client, CASES, VKN) == {str(desk.application.pk), str(later.pk)}


def test_of_several_words_all_are_meant_and_of_a_kind_of_firm_none(desk: Desk) -> None:
    assert keys(desk.client, COMPANIES, "Işıl Kuzey") == set()
    assert keys(desk.client, COMPANIES, "A.Ş.") == set()
    assert keys(desk.client, COMPANIES, "%") == set()


def test_a_mail_is_found_by_subject_sender_message_id_and_its_company(desk: Desk) -> None:
    other = written(CompanyFactory.create(partner=desk.partner), "Başka bir konu", uid="2")
    Mail.objects.filter(pk=desk.mail.pk).update(message_id="<17@iys.org.tr>", from_email="tek@yalniz.example")
    renewing.renew_marked()
    for text in ("teklif", "TEKLİF sorduğu", "tek@yalniz.example", "@yalniz.example", "<17@iys.org.tr>", VKN):
        assert keys(desk.client, MAILS, text) == {str(desk.mail.pk)}, text
    assert keys(desk.client, MAILS, "konu baska") == {str(other.pk)}


def test_another_partners_are_not_found(desk: Desk) -> None:
    elsewhere = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
    stranger = signed_in(colleague(*SEES, partner=elsewhere))
    assert [keys(stranger, name, "Işıl") for name in (COMPANIES, CASES, MAILS)] == [set(), set(), set()]


def test_filters_go_on_and_no_column_is_read_row_by_row(desk: Desk) -> None:
    for name in (COMPANIES, CASES, MAILS):
        with CaptureQueriesContext(connection) as asked:
            desk.client.get(reverse(name), {"q": "Işıl"})
        texts = [each["sql"] for each in asked if "finding_word" in each["sql"]]
        assert texts
        assert not [
            text for text in texts if re.search(r'"(trade_name|subject|reference)"::?\w* LIKE|UPPER', text)
        ]
    page = desk.client.get(reverse(CASES), {"q": "Işıl", "closing__exact": "withdrawn"})
    assert page.context["cl"].result_count == 0
    assert keys(desk.client, COMPANIES, BRAND_CODE) == {str(desk.company.pk)}
