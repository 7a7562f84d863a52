"""What an installation begins with: there after one run, and left as staff edited it by the next."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from onboarding import first_data
from onboarding.actions.package_contract import catalogue, recommend
from onboarding.models import Package
from partners.models import IysContact

pytestmark = pytest.mark.django_db


def rights(group: str) -> set[str]:
    found = Group.objects.get(name=group).permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in found}


def test_one_run_makes_groups_addresses_and_packages() -> None:
    call_command("first_data")
    assert {name: rights(name) for name in first_data.GROUPS} == {
        name: set(permissions) for name, permissions in first_data.GROUPS.items()
    }
    assert IysContact.objects.get().sales_email == "satis@iys.org.tr"
    assert [package.name for package in catalogue()] == ["5", "25", "75", "150", "250", "+"]


@pytest.mark.parametrize(("largest", "name"), [(5_000, "5"), (5_001, "25"), (250_000, "250"), (250_001, "+")])
def test_the_tiers_are_iyss(largest: int, name: str) -> None:
    call_command("first_data")
    found = recommend(catalogue(), largest)
    assert found is not None
    assert found.name == name


def test_a_second_run_leaves_what_staff_edited() -> None:
    call_command("first_data")
    IysContact.objects.update(sales_email="teklif@iys.example")
    Package.objects.filter(name="5").update(valid_until=date(2026, 12, 31))
    Package.objects.filter(name="+").delete()
    group = Group.objects.get(name="İnceleme")
    group.permissions.add(*Group.objects.get(name="Yazışma").permissions.all())
    both = rights("İnceleme")
    call_command("first_data")
    assert IysContact.objects.get().sales_email == "teklif@iys.example"
    assert Package.objects.count() == 5
    assert rights("İnceleme") == both


def test_a_right_that_nobody_has_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_data, "GROUPS", {"İnceleme": ("onboarding.no_such_right",)})
    with pytest.raises(LookupError, match="no_such_right"):
        first_data.load()
    assert not Group.objects.filter(name="İnceleme").exists()
