from collections.abc import Iterator
from datetime import time

import pytest
from django.test import override_settings
from pytest_django import Settings

from tests.scenarios.cast import Cast
from tests.verification.test_codes import Gateway, running


@pytest.fixture(autouse=True)
def by_day(settings: Settings) -> None:
    """At whatever hour the tests run, news may go."""
    settings.REMINDER_HOURS = (time.min, time.max)


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    found = Gateway()
    with running(found) as url, override_settings(SMS_URL=url):
        yield found


@pytest.fixture
def cast(gateway: Gateway) -> Cast:
    cast = Cast()
    cast.submitted()
    return cast
