"""Names of models and fields as Django puts them on a screen: it makes a capital of the first letter."""

import pytest
from django.apps import apps
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
