"""The catalogue of packages in the admin: dated rows, one of a name on any day."""

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from onboarding.models import Package
from tests.scenarios.browser import signed_in, words
from tests.scenarios.factories import UserFactory

pytestmark = pytest.mark.django_db
PATH = reverse("admin:onboarding_package_add")


@pytest.fixture
def ops() -> Client:
    found = signed_in(UserFactory.create(is_staff=True, is_superuser=True))
    row = {"name": "25", "limit": "25000", "valid_from": "01.01.2026", "valid_until": "31.12.2026"}
    answer = found.post(PATH, row)
    assert answer.status_code == 302, words(answer)
    return found


def add(ops: Client, **values: str) -> str:
    row = {"name": "25", "limit": "30000", "price": "", "valid_from": "", "valid_until": "", **values}
    return words(ops.post(PATH, row, follow=True))


@pytest.mark.parametrize(
    ("valid_from", "valid_until"),
    [("31.12.2026", ""), ("01.06.2026", "30.06.2026"), ("01.01.2025", ""), ("01.01.2025", "01.01.2026")],
)
def test_two_rows_of_a_package_never_overlap(ops: Client, valid_from: str, valid_until: str) -> None:
    said = add(ops, valid_from=valid_from, valid_until=valid_until)
    assert "İLETİ-25 için 01.01.2026 – 31.12.2026 arası bir satır var; tarihler çakışamaz." in said
    assert Package.objects.count() == 1


@pytest.mark.parametrize(
    ("valid_from", "valid_until"), [("01.01.2027", ""), ("01.01.2025", "31.12.2025"), ("01.01.2027", "01.01.2027")]
)
def test_rows_may_follow_one_another(ops: Client, valid_from: str, valid_until: str) -> None:
    add(ops, valid_from=valid_from, valid_until=valid_until, price="12500.50")
    assert Package.objects.count() == 2
    assert str(Package.objects.latest("pk").price) == "12500.50"


def test_another_package_is_no_overlap_and_a_row_is_none_with_itself(ops: Client) -> None:
    add(ops, name="75", valid_from="01.01.2026")
    assert Package.objects.count() == 2
    row = Package.objects.get(name="25")
    path = reverse("admin:onboarding_package_change", args=[row.pk])
    data = {"name": "25", "limit": "25000", "valid_from": "01.01.2026", "valid_until": "30.11.2026"}
    assert ops.post(path, data).status_code == 302


def test_an_end_before_the_beginning_is_refused(ops: Client) -> None:
    said = add(ops, valid_from="02.01.2027", valid_until="01.01.2027")
    assert "Geçerlilik bitişi başlangıçtan önce olamaz." in said
    with pytest.raises(IntegrityError):
        Package.objects.create(name="5", valid_from="2027-01-02", valid_until="2027-01-01")
