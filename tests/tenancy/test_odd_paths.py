"""Whatever stands in the path of a URL, nobody gets an error page of ours: what is not there is not found."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, reverse
from django.urls.converters import IntConverter, PathConverter, StringConverter, UUIDConverter

from tests.scenarios.browser import signed_in
from tests.scenarios.cast import Cast
from tests.scenarios.factories import UserFactory
from tests.tenancy.test_wall import urls

pytestmark = pytest.mark.django_db
ODD = {
    StringConverter: ("\x00", "x" * 3000),
    PathConverter: ("\x00", "9" * 30),
    IntConverter: (0, 10**30),
    UUIDConverter: ("00000000-0000-0000-0000-000000000000",),
}


def paths() -> Iterator[str]:
    for name, pattern in urls():
        if isinstance(pattern, URLPattern):
            kinds = [type(each) for each in pattern.pattern.converters.values()]
            for number in range(2):
                chosen = [ODD.get(kind, ("",))[number % len(ODD.get(kind, ("",)))] for kind in kinds]
                if kinds:
                    try:
                        yield reverse(name, args=chosen)
                    except NoReverseMatch:
                        continue  # the pattern itself takes no such thing


def test_nobody_finds_an_error_there() -> None:
    clients = (
        Client(),
        Cast().browsers["owner"],
        signed_in(UserFactory.create(is_staff=True, is_superuser=True)),
    )
    known = sorted(set(paths()))
    assert len(known) > 100
    known.append("/logo/%00.png")
    broken = []
    for client in clients:
        client.raise_request_exception = False
        for path in known:
            for method in ("GET", "POST"):
                status = client.generic(method, path).status_code
                broken += [f"{method} {path[:90]!r}"] if status >= 500 else []
    assert not broken, "\n".join(broken)
