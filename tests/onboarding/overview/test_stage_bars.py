"""The bar of the guide says of an application only what is so."""

import pytest

from onboarding.overview import stage_bars
from onboarding.steps import PRE_APPLICATION
from onboarding.steps.pre_application import PreApplication


@pytest.mark.parametrize("state", [str(state) for state in PreApplication])
def test_every_stage_is_done_only_where_the_step_is(state: str) -> None:
    """Not where it was rejected or withdrawn."""
    every = all(stands == "done" for _title, stands in stage_bars.application(state))
    assert every == (state in PRE_APPLICATION.done)
