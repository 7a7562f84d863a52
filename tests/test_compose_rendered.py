"""The compose setup as docker-compose reads it, with .env.example filled from top to bottom as a person does."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.scenarios.compose import Services, rendered

ROOT = Path(__file__).parents[1]
OURS = {"web", "worker", "beat", "migrate", "bucket", "sandbox"}
LASTING = {"web", "worker", "beat", "postgres", "redis", "storage", "sandbox", "imap", "clamd"}


def secret(name: str) -> str:
    return f"secret{name.replace('_', '').lower()}"


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    """Every empty line of the example got a value, in its place."""
    filled = tmp_path_factory.mktemp("compose") / "filled.env"
    example = (ROOT / ".env.example").read_text()
    filled.write_text(
        re.sub(r"^([A-Z_0-9]+)=$", lambda line: f"{line[1]}={secret(line[1])}", example, flags=re.MULTILINE)
    )
    return rendered(filled)


def test_answers_come_in_with_the_password_of_the_mailbox(services: Services) -> None:
    for name in ("web", "worker"):
        url = urlsplit(services[name]["environment"]["MAILBOX_URLS"])
        assert url.password == services["imap"]["environment"]["MAILBOX_PASSWORD"] == secret("MAILBOX_PASSWORD")


def test_the_portal_has_the_keys_of_its_store_and_the_store_lets_nobody_else_in(services: Services) -> None:
    store, portal = services["storage"]["environment"], services["worker"]["environment"]
    assert store["AWS_ACCESS_KEY_ID"] == portal["S3_ACCESS_KEY"]
    assert store["AWS_SECRET_ACCESS_KEY"] == portal["S3_SECRET_KEY"] == secret("S3_SECRET_KEY")
    port = urlsplit(portal["S3_ENDPOINT_URL"]).port
    assert f"-s3.port={port}" in str(services["storage"]["command"])
    near = {name for name, service in services.items() if "files" in (service.get("networks") or {})}
    assert near == {"storage", "web", "bucket"}, "worker, sandbox and imap share the network of web"


def test_no_image_is_one_that_is_published_no_more_or_of_any_version(services: Services) -> None:
    images = [service["image"] for service in services.values() if "build" not in service]
    assert not [image for image in images if image.startswith("minio/")]
    assert all(re.search(r":\d", image) for image in images)


@pytest.mark.parametrize("name", sorted(OURS))
def test_our_own_services_have_no_rights_beside_their_user(services: Services, name: str) -> None:
    assert services[name]["cap_drop"] == ["ALL"]
    assert services[name]["security_opt"] == ["no-new-privileges:true"]
    assert "user" not in services[name], "the image names it"
    assert "USER portal" in (ROOT / "Dockerfile").read_text()


def test_every_lasting_service_says_whether_it_is_well(services: Services) -> None:
    lasting = {name for name, service in services.items() if service.get("restart") == "unless-stopped"}
    assert lasting <= LASTING
    assert all("healthcheck" in services[name] for name in lasting)
    assert services["beat"]["healthcheck"]["test"][-2:] == ["at_work", "beat"]
    assert services["worker"]["healthcheck"]["test"][-2:] == ["at_work", "worker"]


def test_what_holds_work_has_time_to_bring_it_to_its_end(services: Services) -> None:
    given = {name: service.get("stop_grace_period", "10s") for name, service in services.items()}
    assert (given["web"], given["worker"], given["postgres"]) == ("40s", "2m", "1m")
