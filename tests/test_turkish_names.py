"""Names of models and fields as Django puts them on a screen: it makes a capital of the first letter."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.admin import ModelAdmin, site
from django.contrib.admin.utils import label_for_field
from django.db.models import Model

from tests.test_house import PACKAGES

MODELS = [model for model in apps.get_models() if model._meta.app_label in PACKAGES]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_name_begins_with_an_i_that_would_lose_its_dot(model: type[Model]) -> None:
    """Python makes I of i, which in Turkish is another letter: such names are written with İ."""
    names = [model._meta.verbose_name, model._meta.verbose_name_plural]
    # A column that was given no name has one made of its own, and is on no screen.
    names += [each.verbose_name for each in model._meta.fields if each.verbose_name != each.name.replace("_", " ")]
    assert [str(name) for name in names if str(name).startswith("i")] == []


def shown(admin: ModelAdmin[Any]) -> set[str]:
    """What a list has columns for, and what narrows it; a filter of a class of its own has a title of its own."""
    filters = [each[0] if isinstance(each, list | tuple) else each for each in admin.list_filter]
    return {each for each in (*admin.list_display, *filters) if isinstance(each, str)} - {"__str__"}


@pytest.mark.parametrize("model", site._registry, ids=lambda model: model._meta.label)
def test_no_column_of_support_has_the_name_that_the_program_gives_it(model: type[Model]) -> None:
    """A field or method without a name of its own is called by Python's, in English."""
    admin = site._registry[model]
    labels = {name: str(label_for_field(name, model, admin)) for name in shown(admin) if "__" not in name}
    assert {name for name, label in labels.items() if label.lower() == name.replace("_", " ")} == set()
