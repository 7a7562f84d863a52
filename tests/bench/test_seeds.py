"""Cases by the thousand are cases: what the portal asks of the one they are copied from, it finds of each."""

import pytest
from django.db import connection

from bench import seeds, statements
from correspondence.addresses import tracking_address
from finding import looking, renewing, typed
from onboarding.models import Application
from tenancy.models import User
from tests.scenarios.factories import UserFactory
from tests.scenarios.ladder import at_iys

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("postgresql", "camp")]


def test_each_copy_has_all_of_its_own() -> None:
    first = at_iys()
    seeds.copy(first, 1, 3)
    copies = Application.objects.exclude(pk=first.pk)
    assert copies.count() == 3
    assert len({tracking_address(each.company).token for each in copies}) == 3
    for each in copies:
        assert each.company.tax_number != first.company.tax_number
        assert each.standings() == first.standings()
        assert each.application_form.signatory_name == "Ada Yalın"
        assert each.company.letters.count() == 1
        owner: User = each.company.memberships.get().user
        assert owner.email != first.company.memberships.get().user.email


def test_a_copy_is_found_by_the_words_of_its_title() -> None:
    first = at_iys()
    company = first.company
    company.trade_name = seeds.TITLE.format(seeds.WORD.capitalize())
    company.save()
    while renewing.renew_marked():
        pass
    seeds.copy(first, 1, 3)
    staff = UserFactory.create(is_staff=True, partner=company.partner)
    found = looking.look(staff, typed.read(seeds.own_words(2)))
    assert {match.word.company_id for match in found.matches} == {
        Application.objects.get(reference="K0000002").company_id
    }


def test_a_history_gets_long_and_statements_are_counted_without_the_bounds_of_transactions() -> None:
    first = at_iys()
    seeds.lengthen(first, 50)
    assert first.company.letters.count() >= 10

    def asks() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SAVEPOINT here")
            cursor.execute("SELECT count(*) FROM tenancy_company")

    assert len(statements.of(asks)) == 1
    assert list(statements.by_table(asks)) == ["    1 × tenancy_company"]
