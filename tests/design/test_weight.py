"""What a first visit weighs over the wire, and that nothing of it comes from elsewhere."""

import gzip
import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from tests.scenarios.cast import Cast
from tests.scenarios.factories import PartnerFactory

pytestmark = pytest.mark.django_db
MOST = 60_000  # bytes
FETCHED = re.compile(r"<(?:script|link|img)\b[^>]*?\b(?:src|href)=\"([^\"]+)\"")


def content(client: Client, address: str) -> bytes:
    if not address.startswith("/static/"):
        return bytes(client.get(address).content)
    # Manifest names hold a hash before their ending.
    found = finders.find(re.sub(r"\.[0-9a-f]{12}(?=\.\w+$)", "", address.removeprefix("/static/")))
    assert isinstance(found, str), address
    return Path(found).read_bytes()


def weight(client: Client, path: str) -> int:
    """Files as they are served, compressed; the page itself as it is, since not every server compresses it."""
    page = client.get(path).content
    whole = len(page)
    for address in set(FETCHED.findall(page.decode())):
        assert not urlsplit(address).netloc, f"{path} fetches {address}"
        whole += len(gzip.compress(content(client, urljoin(path, address))))
    return whole


@pytest.mark.parametrize("path", ["/", "/hesap/login/", "/hesap/signup/"])
def test_the_first_visit_is_light(path: str) -> None:
    PartnerFactory.create(colour="#7b2cbf")
    assert 20_000 < weight(Client(), path) <= MOST


def test_the_first_look_at_the_board_is_light() -> None:
    cast = Cast(partner=PartnerFactory.create(colour="#7b2cbf"))
    assert weight(cast.browsers["owner"], reverse("onboarding:board")) <= MOST
