"""What a stranger, a load balancer and a monitor are told."""

import json
from collections.abc import Iterator

import pytest
from django.test import Client, override_settings

from health import probes
from health.asking import Asking
from health.checks import Check
from tests.scenarios.browser import signed_in
from tests.scenarios.factories import UserFactory

TOKEN = "abcdefghijklmnop-0123456789"
PROBES = ("/healthz", "/readyz")
DETAILS = ("/readyz", "/metrics")


def away() -> str:
    raise OSError("postgres://portal_web:gizli@10.1.2.3/portal")


@pytest.fixture(autouse=True)
def token() -> Iterator[None]:
    with override_settings(HEALTH_TOKEN=TOKEN):
        yield


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probes, "ASKING", Asking([Check("database", away, needed=True), Check("b", lambda: "")]))


@pytest.fixture
def degraded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probes, "ASKING", Asking([Check("database", lambda: "", needed=True), Check("b", away)]))


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_the_process_answers_and_asks_nothing() -> None:
    """Without the mark that lets a test ask the database, so this would fail if it did."""
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.usefixtures("broken")
def test_a_stranger_hears_the_state_alone() -> None:
    answer = Client().get("/readyz")
    assert (answer.status_code, json.loads(answer.content)) == (503, {"state": "unready"})


@pytest.mark.usefixtures("degraded")
def test_a_web_process_stays_where_only_others_are_away() -> None:
    answer = Client().get("/readyz")
    assert (answer.status_code, json.loads(answer.content)) == (200, {"state": "degraded"})


@pytest.mark.usefixtures("broken")
def test_who_has_the_token_hears_why_and_no_secret() -> None:
    answer = Client().get("/readyz", headers=bearer(TOKEN))
    found = json.loads(answer.content)["checks"]
    assert (found["database"]["ok"], found["database"]["why"]) == (False, "does not answer (OSError)")
    assert found["b"]["ok"]
    assert b"gizli" not in answer.content
    assert b"10.1.2.3" not in answer.content


@pytest.mark.parametrize(
    "given",
    ["yanlis", "şifre-ğüşıöç", TOKEN + "x", TOKEN[:-1], "", "\x00", "é" * 5000],
)
@pytest.mark.parametrize("path", DETAILS)
@pytest.mark.usefixtures("broken")
def test_a_wrong_token_is_refused_whatever_is_in_it(given: str, path: str) -> None:
    answer = Client().get(path, headers=bearer(given))
    assert (answer.status_code, answer.content) == (401, b"")


@pytest.mark.usefixtures("broken")
def test_another_scheme_with_the_right_token_is_refused() -> None:
    assert Client().get("/readyz", HTTP_AUTHORIZATION=f"Basic {TOKEN}").status_code == 401
    assert Client().get("/readyz", HTTP_AUTHORIZATION=f"bearer {TOKEN}").status_code == 503


@pytest.mark.parametrize("given", ["", " ", "x" * 16])
@pytest.mark.parametrize("path", DETAILS)
@pytest.mark.usefixtures("broken")
def test_without_a_token_in_the_settings_nobody_is_known(given: str, path: str) -> None:
    with override_settings(HEALTH_TOKEN=""):
        assert Client().get(path, headers=bearer(given)).status_code == 401


@pytest.mark.parametrize("path", PROBES)
@pytest.mark.usefixtures("degraded")
def test_a_head_gets_what_a_get_gets_without_its_body(path: str) -> None:
    got, head = Client().get(path), Client().head(path)
    assert (head.status_code, head["Content-Type"], head.content) == (got.status_code, got["Content-Type"], b"")


@pytest.mark.parametrize("path", PROBES)
def test_nothing_is_posted_to_a_probe(path: str) -> None:
    assert Client(enforce_csrf_checks=True).post(path).status_code == 405


@pytest.mark.parametrize("path", PROBES)
@pytest.mark.usefixtures("degraded")
def test_a_probe_asks_by_address_and_without_https(path: str) -> None:
    with override_settings(ALLOWED_HOSTS=["portal.example"], SECURE_SSL_REDIRECT=True):
        answer = Client().get(path, HTTP_HOST="10.0.0.7:8000")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not answer.cookies


@pytest.mark.django_db
@pytest.mark.parametrize("path", [*PROBES, *DETAILS])
@pytest.mark.usefixtures("broken")
def test_who_is_signed_in_is_told_no_more_than_a_stranger(path: str) -> None:
    """These URLs stand outside every wall, so no role opens them."""
    stranger, staff = Client(), signed_in(UserFactory.create(is_staff=True, is_superuser=True))
    assert staff.get(path).content == stranger.get(path).content
