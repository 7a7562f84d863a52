"""The compose file opens nothing to the network by itself: what it publishes, this machine alone can reach."""

import re
from pathlib import Path

import pytest

COMPOSE = (Path(__file__).parents[1] / "docker-compose.yml").read_text()
PUBLISHED = re.findall(r"^\s+ports:\s*\[(.*)\]", COMPOSE, re.MULTILINE)


def test_every_port_is_looked_at() -> None:
    assert len(PUBLISHED) == COMPOSE.count("ports:") > 0
    assert "network_mode: host" not in COMPOSE


@pytest.mark.parametrize("port", [each.strip(' "') for ports in PUBLISHED for each in ports.split(",")])
def test_a_port_is_published_on_loopback(port: str) -> None:
    assert port.startswith("127.0.0.1:")


@pytest.mark.parametrize("name", re.findall(r"\$\{(\w*(?:PASSWORD|SECRET|KEY)\w*)[^}]*\}", COMPOSE))
def test_no_password_has_a_default(name: str) -> None:
    for use in re.findall(rf"\$\{{{name}([^}}]*)\}}", COMPOSE):
        assert use.startswith(":?")
