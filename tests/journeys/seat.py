"""A browser in which somebody is signed in already, before a portal that the test itself serves."""

from collections.abc import Iterator
from contextlib import contextmanager

from pytest_django.live_server_helper import LiveServer

from tenancy.models import User
from tests.journeys.stage import Watched, chromium
from tests.scenarios.browser import signed_in


def session_of(user: User) -> str:
    return signed_in(user).cookies["sessionid"].value


@contextmanager
def seat(site: LiveServer, session: str, width: int = 1280) -> Iterator[Watched]:
    with chromium() as launched:
        person = Watched(launched, site.url, width=width)
        person.context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
        yield person
