"""The compose setup as docker-compose reads it, with .env.example filled from top to bottom as a person does."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.scenarios.compose import Services, rendered

ROOT = Path(__file__).parents[1]
OURS = {"web", "worker", "beat", "listener", "migrate", "bucket", "sandbox", "backup", "restore"}
LASTING = {"web", "worker", "beat", "listener", "postgres", "redis", "storage", "sandbox", "imap", "clamd"}


def secret(name: str) -> str:
    return f"secret{name.replace('_', '').lower()}"


def filled_example(folder: Path) -> Path:
    """Every empty line of the example got a value, in its place."""
    filled = folder / "filled.env"
    example = (ROOT / ".env.example").read_text()
    filled.write_text(
        re.sub(r"^([A-Z_0-9]+)=$", lambda line: f"{line[1]}={secret(line[1])}", example, flags=re.MULTILINE)
    )
    return filled


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    return rendered(filled_example(tmp_path_factory.mktemp("compose")))


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
    assert near == {"storage", "web", "bucket", "backup", "restore"}, (
        "worker, sandbox and imap share the network of web"
    )


def test_no_image_is_one_that_is_published_no_more_or_of_any_version(services: Services) -> None:
    images = [service["image"] for service in services.values() if "build" not in service]
    assert not [image for image in images if image.startswith("minio/")]
    assert all(re.search(r":\d", image) for image in images)


@pytest.mark.parametrize("name", sorted(OURS))
def test_our_own_services_have_no_rights_beside_their_user(services: Services, name: str) -> None:
    assert services[name]["cap_drop"] == ["ALL"]
    assert services[name]["security_opt"] == ["no-new-privileges:true"]
    assert "user" not in services[name], "the image names it"
    assert "USER 1000:1000" in (ROOT / "Dockerfile").read_text()


@pytest.mark.parametrize("name", sorted(OURS | {"postgres", "redis"}))
def test_nothing_of_an_image_can_be_written(services: Services, name: str) -> None:
    service = services[name]
    assert service["read_only"] is True
    assert name == "redis" or any(each.startswith("/tmp") for each in service["tmpfs"])
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert name in OURS or service["user"] in ("postgres", "redis")


@pytest.mark.parametrize("name", sorted(OURS))
def test_what_our_own_services_write_lies_in_a_volume_or_may_be_lost(services: Services, name: str) -> None:
    """The image has folders of user 1000 for all volumes; a new volume takes their owner over."""
    image = (ROOT / "Dockerfile").read_text()
    made = set(re.findall(r"mkdir -p ([\w -]+) \\", image)[0].split())
    for volume in services[name]["volumes"]:
        _what, where, *_how = volume.split(":")
        assert where.removeprefix("/srv/portal/") in made
    for setting in ("METRICS_DIR=/tmp/", "PYTHONDONTWRITEBYTECODE=1"):
        assert setting in image
    if name == "beat":
        written = re.findall(r"--(?:schedule|pidfile) (\S+)", str(services[name]["command"]))
        assert [path.startswith("/tmp/") for path in written] == [True, True]


def test_backups_are_made_by_the_program_of_the_servers_version(services: Services) -> None:
    image = (ROOT / "Dockerfile").read_text()
    (client,) = re.findall(r"postgresql-client-(\d+)", image)
    (debian,) = re.findall(r"^FROM python:[\d.]+-slim-(\w+)$", image, re.MULTILINE)
    assert services["postgres"]["image"] == f"postgres:{client}-{debian}"


def test_who_serves_pages_knows_no_key_of_backups(services: Services) -> None:
    for name in ("web", "worker", "beat", "listener", "sandbox", "migrate", "restore"):
        known = services[name]["environment"]
        assert not known["BACKUP_PASSPHRASE"]
        assert secret("DATABASE_BACKUP_PASSWORD") not in str(known)
    made = services["backup"]["environment"]
    assert made["BACKUP_PASSPHRASE"] == secret("BACKUP_PASSPHRASE")
    assert urlsplit(made["BACKUP_DATABASE_URL"]).username == "portal_backup"
    assert services["postgres"]["environment"]["BACKUP_PASSWORD"] == secret("DATABASE_BACKUP_PASSWORD")
    assert made["BACKUP_KEYS_DIR"] != made["BACKUP_DIR"]


def test_every_lasting_service_says_whether_it_is_well(services: Services) -> None:
    lasting = {name for name, service in services.items() if service.get("restart") == "unless-stopped"}
    assert lasting <= LASTING
    assert all("healthcheck" in services[name] for name in lasting)
    assert services["beat"]["healthcheck"]["test"][-2:] == ["at_work", "beat"]
    assert services["worker"]["healthcheck"]["test"][-2:] == ["at_work", "worker"]
    assert services["listener"]["healthcheck"]["test"][-2:] == ["at_work", "listener"]


def test_what_holds_work_has_time_to_bring_it_to_its_end(services: Services) -> None:
    given = {name: service.get("stop_grace_period", "10s") for name, service in services.items()}
    assert (given["web"], given["worker"], given["postgres"]) == ("40s", "2m", "1m")
