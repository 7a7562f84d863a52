"""The manifests of deploy/kubernetes/: whole, without rights, and saying the same as docker-compose.yml."""

import re
import shlex
from collections.abc import Iterator, Mapping
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.scenarios.compose import Services, rendered
from tests.test_compose_rendered import filled_example

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "deploy" / "kubernetes"
FILES = sorted(each for each in FOLDER.glob("*.yaml") if each.name != "kustomization.yaml")
OBJECTS = [each for file in FILES for each in yaml.safe_load_all(file.read_text())]
# Parts that run the portal's own image, and their services in docker-compose.yml.
OURS = ("web", "worker", "beat", "listener", "migrate", "backup")
Object = Mapping[str, Any]


def pods() -> Iterator[tuple[str, Object]]:
    for each in OBJECTS:
        found = each.get("spec", {})
        found = found.get("jobTemplate", {}).get("spec", found)
        if "template" in found:
            yield each["metadata"]["labels"]["part"], found["template"]


PODS: Mapping[str, Object] = dict(pods())


def the(kind: str, name: str) -> Object:
    (found,) = [each for each in OBJECTS if (each["kind"], each["metadata"]["name"]) == (kind, name)]
    return dict(found)


def container(part: str) -> Object:
    (found,) = PODS[part]["spec"]["containers"]
    return dict(found)


def settings_of(part: str) -> set[str]:
    return {each["name"] for each in container(part).get("env", [])}


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    return rendered(filled_example(tmp_path_factory.mktemp("compose")))


def test_every_file_is_applied_and_every_part_is_there() -> None:
    applied = yaml.safe_load((FOLDER / "kustomization.yaml").read_text())
    # A job cannot be changed, so the migrations of a version are a job of its own.
    assert set(applied["resources"]) == {each.name for each in FILES} - {"migrate.yaml"}
    assert set(PODS) == {*OURS, "pgbouncer"}
    assert {each["name"] for each in applied["images"]} == {
        container(part)["image"] for part in PODS if part != "migrate"
    }


@pytest.mark.parametrize("part", PODS)
def test_no_part_has_rights_or_writes_into_its_image(part: str) -> None:
    pod, ours = PODS[part]["spec"], container(part)
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["runAsUser"] == 1000
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert ours["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert ours["resources"]["requests"].keys() == {"cpu", "memory"}
    assert ours["resources"]["limits"].keys() == {"memory"}
    volumes = {each["name"] for each in pod["volumes"]}
    assert {each["name"] for each in ours["volumeMounts"]} == volumes
    if part in OURS:
        assert {"name": "tmp", "mountPath": "/tmp"} in ours["volumeMounts"]


@pytest.mark.parametrize("part", PODS)
def test_what_chooses_a_part_finds_it(part: str) -> None:
    """Services, network policies and the like know pods by their labels alone."""
    labels = PODS[part]["metadata"]["labels"]
    assert labels == {"app": "portal", "part": part}
    for each in OBJECTS:
        if each["kind"] == "Deployment" and each["metadata"]["name"] == part:
            assert each["spec"]["selector"]["matchLabels"] == labels


def test_policies_choose_parts_that_there_are() -> None:
    policies = [each for each in OBJECTS if each["kind"] == "NetworkPolicy"]
    named = re.findall(r"part: ([\w-]+)|values: \[([^\]]+)\]", (FOLDER / "network.yaml").read_text())
    parts = {part.strip() for one, many in named for part in (one or many).split(",")}
    assert parts == set(PODS)
    (closed,) = [each for each in policies if each["spec"]["podSelector"] == {}]
    assert closed["spec"]["policyTypes"] == ["Ingress", "Egress"]
    assert "ingress" not in closed["spec"]
    past = next(each for each in policies if each["metadata"]["name"] == "to-postgresql")
    chosen = past["spec"]["podSelector"]["matchExpressions"][0]["values"]
    assert set(chosen) == {"pgbouncer", "migrate", "backup"}, "pages and tasks go by way of PgBouncer"


@pytest.mark.parametrize("part", OURS)
def test_commands_are_those_of_compose(services: Services, part: str) -> None:
    given = services[part].get("command")
    said = shlex.split(given) if isinstance(given, str) else given
    ours = container(part).get("args")
    if part == "worker":
        # A name for each of many.
        assert ours is not None
        ours = ["worker@portal" if each == "worker@%h" else each for each in ours]
    assert ours == said, "None: what the image says"


@pytest.mark.parametrize("part", OURS)
def test_what_compose_sets_is_set_here_too(services: Services, part: str) -> None:
    config = the("ConfigMap", "portal")
    secrets = set(re.findall(r"\b[A-Z][A-Z0-9_]+\b", keys_line()))
    known = set(re.findall(r"^#?([A-Z][A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    here = {*config["data"], *secrets, *settings_of(part)}
    assert here <= known
    compose_own = re.compile(r"POSTGRES_PASSWORD|DATABASE_\w+_PASSWORD|REDIS_PASSWORD|MAILBOX_PASSWORD")
    text = (ROOT / "docker-compose.yml").read_text()
    written = set(re.findall(r"^\s+([A-Z][A-Z0-9_]+): ", text, re.MULTILINE))
    wanted = {
        name
        for name, value in services[part]["environment"].items()
        if value and name in written and not compose_own.fullmatch(name)
    }
    if part != "worker":
        wanted -= {"WORKER_METRICS_PORT"}
    assert wanted - here == set()


def keys_line() -> str:
    text = (FOLDER / "settings.yaml").read_text()
    found = re.search(r"--from-env-file=keys\.env\n(#\s+.*\n)", text)
    assert found
    return found[1]


def test_no_secret_stands_in_a_manifest() -> None:
    secret = re.compile(r"(KEY|PASSWORD|PASSPHRASE|TOKEN|_URLS?)$")
    for part in OURS:
        for each in container(part).get("env", []):
            if secret.search(each["name"]):
                assert set(each) == {"name", "valueFrom"}, each
        assert {"secretRef": {"name": "portal-keys"}} in container(part)["envFrom"]
    assert not [each for each in OBJECTS if each["kind"] == "Secret"]
    config = the("ConfigMap", "portal")
    for name, value in config["data"].items():
        assert not re.search(r"KEY|PASSWORD|TOKEN", name)
        assert "@" not in value


def test_each_logs_in_with_its_own_role() -> None:
    roles = {}
    for part in OURS:
        (url,) = [each for each in container(part)["env"] if each["name"] == "DATABASE_URL"]
        roles[part] = url["valueFrom"]["secretKeyRef"]["key"]
    assert roles == {
        "web": "web",
        "worker": "worker",
        "beat": "worker",
        "listener": "worker",
        "migrate": "owner",
        "backup": "worker",
    }


def test_probes_are_those_of_compose(services: Services) -> None:
    web = container("web")
    assert (
        web["livenessProbe"]["httpGet"] == web["startupProbe"]["httpGet"] == {"path": "/healthz", "port": "http"}
    )
    assert web["readinessProbe"]["httpGet"] == {"path": "/readyz", "port": "http"}
    for part in ("worker", "beat", "listener"):
        said = services[part]["healthcheck"]["test"]
        assert ["CMD", *container(part)["livenessProbe"]["exec"]["command"]] == said
    grace = {part: PODS[part]["spec"].get("terminationGracePeriodSeconds") for part in ("web", "worker")}
    assert grace["worker"] == 120
    assert services["worker"]["stop_grace_period"] in ("2m", "2m0s")
    pause = int(web["lifecycle"]["preStop"]["exec"]["command"][1])
    assert grace["web"] - pause == 40
    assert services["web"]["stop_grace_period"] == "40s"


def test_a_new_version_takes_no_page_away() -> None:
    web = the("Deployment", "web")
    assert web["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    assert web["spec"]["replicas"] > 1
    (job,) = [each for each in OBJECTS if each["kind"] == "Job"]
    assert "VERSION" in job["metadata"]["name"]
    assert job["spec"]["backoffLimit"] == 0


def test_pgbouncer_shares_by_transaction() -> None:
    config = the("ConfigMap", "pgbouncer")
    said = ConfigParser(interpolation=None)
    said.read_string(config["data"]["pgbouncer.ini"])
    assert said["pgbouncer"]["pool_mode"] == "transaction"
    (port,) = container("pgbouncer")["ports"]
    assert said["pgbouncer"]["listen_port"] == str(port["containerPort"])
    mounts = {each["mountPath"] for each in container("pgbouncer")["volumeMounts"]}
    assert str(Path(said["pgbouncer"]["auth_file"]).parent) in mounts
    assert any(mount in (ROOT / "deploy/pgbouncer/Dockerfile").read_text() for mount in mounts)
