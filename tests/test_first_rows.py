"""What migrations have written is there for every test, also after one whose rows were seen by others."""

import pytest

from onboarding.models import FreeMailDomain, ReminderRule
from privacy.models import RetentionRule


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_the_first_rows_outlive_the_emptying_of_the_database(turn: int) -> None:
    for model in (FreeMailDomain, ReminderRule, RetentionRule):
        assert model.objects.exists(), turn
