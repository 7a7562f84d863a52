"""A sole trader's tax number is a TCKN: never in clear in a row, found and unique all the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from io import StringIO
from types import SimpleNamespace

import pytest
from cryptography.fernet import Fernet
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.test import override_settings
from django.urls import reverse

from finding import renewing
from onboarding.models import ApplicationForm, CoSignatory
from partners.models import Partner
from tenancy import memberships
from tenancy.identities import blind_index, blind_indexes, known_to, masked_for
from tenancy.models import Company, JoinRequest
from tests.scenarios.browser import signed_in, words
from tests.scenarios.factories import CompanyFactory, PartnerFactory, UserFactory, tckn, vkn
from tests.scenarios.ladder import IDENTITY, filled_in
from tests.scenarios.support import Support

pytestmark = pytest.mark.django_db
NUMBER = tckn(21)
MERSIS = f"{NUMBER}00018"
MASK = f"*******{NUMBER[-4:]}"
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@contextmanager
def keys(*keys: str) -> Iterator[None]:
    with override_settings(FIELD_KEYS=list(keys)):
        yield


def trader(**more: object) -> Company:
    company: Company = CompanyFactory.create(tax_number=NUMBER, mersis_number=MERSIS, **more)
    return company


def row(company: Company) -> str:
    """The columns as the database has them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM tenancy_company")
        return repr([each for each in cursor.fetchall() if str(company.trade_name) in repr(each)])


def written_by_an_older_version(company: Company, number: str = NUMBER) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tenancy_company SET tax_number = %s, tax_identity = '' WHERE trade_name = %s",
            [number, company.trade_name],
        )


def test_the_row_has_no_number_and_the_portal_shows_a_mask() -> None:
    company = trader()
    assert NUMBER not in row(company)
    for seen in (company, Company.objects.get(), Company.objects.only("trade_name").get()):
        assert (seen.tax_number, seen.full_tax_number) == (MASK, NUMBER)
        assert (seen.mersis_number, seen.full_mersis_number) == (f"{MASK}00018", MERSIS)
    company.refresh_from_db()
    assert company.full_tax_number == NUMBER
    company.trade_name = "Başka"
    company.save()
    assert Company.objects.get().full_tax_number == NUMBER


def test_the_number_of_a_company_stands_as_it_is() -> None:
    company = CompanyFactory.create(tax_number=vkn(4))
    assert vkn(4) in row(company)
    assert (company.tax_number, company.full_tax_number, company.tax_identity) == (vkn(4), vkn(4), "")
    company.tax_number = NUMBER
    company.save()
    assert vkn(4) not in row(company).replace(company.mersis_number, "")
    company.tax_number = vkn(5)
    company.save()
    assert (Company.objects.get().full_tax_number, Company.objects.get().tax_identity) == (vkn(5), "")


def test_what_is_shown_is_taken_for_what_is_there_and_for_nothing_else() -> None:
    company = trader()
    company.tax_number = MASK
    company.save()
    assert Company.objects.get().full_tax_number == NUMBER
    with pytest.raises(ValueError, match="is no number"):
        company.tax_number = "*******0000"


def test_it_is_found_by_the_whole_number_alone() -> None:
    company = trader()
    assert list(Company.objects.numbered(NUMBER)) == [company]
    assert list(Company.objects.filter(tax_number=NUMBER)) == [company]
    assert not Company.objects.numbered(tckn(22)).exists()
    assert not Company.objects.numbered(MASK).exists()


def test_a_number_is_one_company_over_all_partners() -> None:
    trader()
    with pytest.raises(IntegrityError):
        trader(partner=Partner.objects.create(name="Liman", legal_name="Liman A.Ş."))


@pytest.mark.parametrize("number", [NUMBER, vkn(6)])
def test_founding_with_a_number_that_is_here_asks_to_join_and_makes_no_second_one(number: str) -> None:
    known = CompanyFactory.create(tax_number=number, mersis_number="")
    user, elsewhere = UserFactory.create(), Partner.objects.create(name="Liman", legal_name="Liman A.Ş.")
    for partner in (elsewhere, known.partner):
        assert memberships.found_company(user=user, partner=partner, trade_name="Kuzey", tax_number=number) is None
    assert JoinRequest.objects.get().company == known
    assert Company.objects.count() == 1


def test_a_dossier_that_is_saved_as_it_is_shown_keeps_the_number() -> None:
    application = filled_in(trader())
    client = signed_in(application.company.members.get())
    path = reverse("onboarding:dossier_page", args=["firma"])
    page = client.get(path)
    assert NUMBER not in page.content.decode()
    typed = {each.name: each.value() for each in page.context["form"]}
    assert (typed["tax_number"], typed["mersis_number"]) == (MASK, f"{MASK}00018")
    assert client.post(path, typed).status_code == 302
    assert Company.objects.get().full_mersis_number == MERSIS


def test_keys_are_changed_without_losing_anybody() -> None:
    with keys(OLD):
        application = filled_in(trader())
        other = CoSignatory.objects.create(application=application, name="Ece", identity=tckn(8))
    with keys(NEW, OLD):
        assert Company.objects.numbered(NUMBER).exists(), "while the rows are still the old key's"
        assert ApplicationForm.objects.filter(signatory_identity_index__in=blind_indexes(IDENTITY)).exists()
        assert (
            memberships.found_company(
                user=UserFactory.create(), partner=PartnerFactory.create(), trade_name="Kuzey", tax_number=NUMBER
            )
            is None
        )
        call_command("rotate_keys", stdout=StringIO())
    with keys(NEW):
        assert Company.objects.get().full_tax_number == NUMBER
        assert Company.objects.numbered(NUMBER).exists()
        other.refresh_from_db()
        assert (other.identity, other.identity_index) == (tckn(8), blind_index(tckn(8)))
        assert ApplicationForm.objects.get().signatory_identity_index == blind_index(IDENTITY)


def test_what_an_older_version_wrote_is_found_masked_and_taken_up() -> None:
    company = trader()
    written_by_an_older_version(company)
    assert NUMBER in row(company)
    seen = Company.objects.numbered(NUMBER).get()
    assert (seen.tax_number, seen.full_tax_number) == (MASK, NUMBER)
    call_command("rotate_keys", stdout=StringIO())
    assert NUMBER not in row(company)
    assert Company.objects.get().full_tax_number == NUMBER


def test_the_migration_seals_what_is_there() -> None:
    company = trader()
    written_by_an_older_version(company)
    migration = import_module("tenancy.migrations.0004_identities")
    migration.seal(apps, SimpleNamespace(connection=connection))
    assert NUMBER not in row(company)
    assert Company.objects.get().full_tax_number == NUMBER


def test_a_blind_index_is_keyed() -> None:
    with keys(OLD):
        first = blind_index(NUMBER)
        assert first == blind_index(NUMBER) != blind_index(tckn(22))
        assert len(first) == 64
    with keys(NEW):
        assert blind_index(NUMBER) != first
    assert blind_index("") == ""


def test_whatever_is_known_of_a_company_is_masked_in_its_texts() -> None:
    application = filled_in(trader())
    CoSignatory.objects.create(application=application, name="John", identity="TR5551234")
    company = application.company
    assert known_to(company) == {NUMBER, MERSIS, IDENTITY, "TR5551234"}
    text = masked_for(company, f"{MERSIS} tr5551234 XTR5551234")
    assert text == f"{MASK}00018 *****1234 XTR5551234"


# Support looks for a person.


@pytest.mark.parametrize("typed", [IDENTITY, f" {IDENTITY[:3]} {IDENTITY[3:]} ", NUMBER, tckn(8), "u 765 4321"])
def test_support_finds_an_application_by_a_number_that_does_not_stay_in_the_address(typed: str) -> None:
    application, other = filled_in(trader()), filled_in()
    ApplicationForm.objects.filter(application=other).delete()
    CoSignatory.objects.create(application=application, name="Ece", identity=tckn(8))
    CoSignatory.objects.create(application=application, name="John", identity="U7654321")
    support = Support(application)
    path = reverse("admin:onboarding_application_changelist")
    answer = support.client.get(path, {"q": typed})
    assert answer.status_code == 302
    assert typed.strip().replace(" ", "") not in answer["Location"]
    page = words(support.client.get(answer["Location"]))
    assert application.reference in page
    assert other.reference not in page


def test_a_number_of_nobody_is_told_so() -> None:
    support = Support(filled_in())
    answer = support.client.get(reverse("admin:onboarding_application_changelist"), {"q": tckn(40)}, follow=True)
    assert "Bu kimlik numarasıyla kayıt bulunamadı." in words(answer)
    assert tckn(40) not in answer.content.decode()


def test_a_companys_number_is_looked_for_as_ever() -> None:
    application = filled_in()
    renewing.renew_marked()
    support = Support(application)
    answer = support.client.get(
        reverse("admin:onboarding_application_changelist"), {"q": application.company.tax_number}
    )
    assert answer.status_code == 200
    assert application.reference in words(answer)
