"""`bin/setup` makes the environment of its own folder, and no other's."""

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_an_environment_that_is_a_link_gives_way_and_what_it_led_to_stays(tmp_path: Path) -> None:
    here, another = tmp_path / "here", tmp_path / "another"
    (here / "bin").mkdir(parents=True)
    another.mkdir()
    (another / "kept").touch()
    shutil.copy(ROOT / "bin" / "setup", here / "bin")
    # Nothing to install from: it ends once the environment is made.
    (here / "requirements").mkdir()
    (here / "requirements" / "run.txt").touch()
    (here / ".venv").symlink_to(another)
    made = subprocess.run([here / "bin" / "setup", "run"], capture_output=True, text=True)
    assert "Creating .venv" in made.stderr
    assert (another / "kept").exists()
    assert (here / ".venv" / "bin" / "python").exists()
    assert not (here / ".venv").is_symlink()
