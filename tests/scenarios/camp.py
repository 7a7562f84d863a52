"""What the tests of a module begin with, climbed to once (fixture `camp`).

The rows stay in a transaction around the module's tests, as with Django's `setUpTestData`. Each test gets copies
of the objects and of the files, so that none sees what another one did to them.
"""

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from copy import deepcopy
from pathlib import Path
from typing import TypeVar

from tests.scenarios.climbs import climbs

T = TypeVar("T")


class Camp:
    def __init__(self, folder: Path, files_in: Callable[[Path], AbstractContextManager[None]]) -> None:
        self._folder, self._files_in = folder, files_in

    def reached(self, climb: Callable[[], T]) -> Callable[[], T]:
        """Climbs now, which a fixture of the module does. What comes gives each test its copy."""
        with self._files_in(self._folder):
            climbs.begin(self._folder)
            there = climb()
        return lambda: deepcopy(there)

    def leave_files_in(self, folder: Path) -> None:
        if self._folder.exists():
            shutil.copytree(self._folder, folder)
