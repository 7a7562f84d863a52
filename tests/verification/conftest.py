from collections.abc import Iterator

import pytest
from django.test import override_settings

from tests.scenarios.cast import Cast
from tests.verification.test_codes import Gateway, running


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
