"""Every number that people type, on screens and in the admin, is read as numbers are written in Turkey.

Django's own fields make eight of "8.000", without a word.
"""

import ast
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.contrib import admin
from django.db import models
from django.forms.models import BaseModelForm
from django.test import RequestFactory
from django.urls import reverse

from onboarding.models import Package
from tenancy.numbers import AmountField, CountField
from tests.scenarios.browser import Screen, signed_in
from tests.scenarios.factories import UserFactory

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "tenancy" / "numbers.py"
ADD = "admin:onboarding_package_add"
DJANGOS = {"IntegerField", "FloatField", "DecimalField", "NumberInput"}


def test_no_form_has_a_number_field_of_djangos() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for package in ROOT.iterdir()
        if (package / "__init__.py").exists() and package.name not in ("tests", "sandbox", "bench", "launch")
        for path in package.rglob("*.py")
        if path != HOME
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in DJANGOS
        and isinstance(node.value, ast.Name)
        and node.value.id == "forms"
    ]
    assert not found


@pytest.mark.django_db
def test_what_staff_type_in_the_admin_is_read_so_too() -> None:
    request = RequestFactory().get("/")
    request.user = UserFactory.create(is_staff=True, is_superuser=True)
    seen = set()
    for model, page in admin.site._registry.items():
        if not (page.has_add_permission(request) or page.has_change_permission(request)):
            continue
        form: type[BaseModelForm[Any]] = page.get_form(request)
        for name, field in form.base_fields.items():  # type: ignore[attr-defined]
            if isinstance(field, forms.IntegerField | forms.FloatField | forms.DecimalField):
                assert isinstance(field, CountField | AmountField), f"{model.__name__}.{name}"
                seen.add(f"{model.__name__}.{name}")
    columns = {
        f"{model.__name__}.{column.name}"
        for model in (Package,)
        for column in model._meta.get_fields()
        if isinstance(column, models.IntegerField | models.DecimalField) and column.editable
    } - {"Package.id"}
    assert columns <= seen


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("limit", "price", "kept"),
    [
        ("5.000", "1.250,50", (5_000, Decimal("1250.50"))),
        ("5 000", "1.250", (5_000, Decimal(1250))),
        ("25.000", "12500.50", (25_000, Decimal("12500.50"))),
        ("25000", "990,9", (25_000, Decimal("990.90"))),
        ("", "", (None, None)),
    ],
)
def test_a_package_of_the_catalogue_is_what_was_typed(limit: str, price: str, kept: Any) -> None:
    staff, add = signed_in(UserFactory.create(is_staff=True, is_superuser=True)), reverse(ADD)
    typed = {"name": "99", "limit": limit, "price": price, "valid_from": "1.1.2027"}
    answer = staff.post(add, typed)
    assert answer.status_code == 302
    added = Package.objects.get(name="99")
    assert (added.limit, added.price) == kept
    # What is shown is what may be sent again.
    page = Screen(staff.get(reverse("admin:onboarding_package_change", args=[added.pk])))
    staff.post(reverse("admin:onboarding_package_change", args=[added.pk]), {**typed, **page.fields})
    again = Package.objects.get(pk=added.pk)
    assert (again.limit, again.price) == kept


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("limit", "price"), [("5.5", ""), ("", "1.25.50"), ("", "1,250"), ("-5", ""), ("beş", "")]
)
def test_what_may_mean_two_things_is_refused_with_a_sentence(limit: str, price: str) -> None:
    staff = signed_in(UserFactory.create(is_staff=True, is_superuser=True))
    answer = staff.post(
        reverse(ADD),
        {"name": "99", "limit": limit, "price": price, "valid_from": "1.1.2027"},
    )
    assert "rakam" in answer.content.decode()
    assert not Package.objects.filter(name="99").exists()
