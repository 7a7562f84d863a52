"""docker-compose.yml as docker-compose reads it."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
Services = Mapping[str, Mapping[str, Any]]


def rendered(env_file: Path) -> Services:
    """The services with the values of this file, and of nothing else."""
    found = subprocess.run(
        ["docker-compose", "--env-file", str(env_file), "config"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOME": str(env_file.parent), "ENV_FILE": str(env_file)},
        capture_output=True,
        text=True,
    )
    assert found.returncode == 0, found.stderr
    assert "not set" not in found.stderr, "a value is used before it is set"
    services: Services = yaml.safe_load(found.stdout)["services"]
    return services
