"""A camp is one climb for all tests of a module, none of which sees what another one did."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from tenancy.models import Company
from tests.conftest import pytest_collection_modifyitems
from tests.scenarios.camp import Camp
from tests.scenarios.factories import CompanyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("camp")]
FILE = "kamp.txt"


@pytest.fixture(scope="module")
def founded(camp: Camp) -> Callable[[], Company]:
    def climb() -> Company:
        storages["private"].save(FILE, ContentFile(b"kamp"))
        return CompanyFactory.create(trade_name="Mavi Deniz")

    return camp.reached(climb)


@pytest.mark.parametrize("turn", ["first", "second"])
def test_whoever_comes_finds_rows_objects_and_files_as_they_were(
    founded: Callable[[], Company], turn: str
) -> None:
    company, files = founded(), storages["private"]
    assert Company.objects.get().trade_name == company.trade_name == "Mavi Deniz"
    with files.open(FILE) as file:
        assert file.read() == b"kamp"
    company.trade_name = f"Başka {turn}"
    company.save()
    files.delete(FILE)


def test_who_does_not_ask_for_the_camp_of_its_module_is_refused() -> None:
    def item(module: str, *fixtures: str) -> Any:
        return SimpleNamespace(path=Path(module), fixturenames=fixtures, nodeid=f"{module}::test")

    pytest_collection_modifyitems([item("a.py", "camp"), item("a.py", "db", "camp"), item("b.py")])
    with pytest.raises(pytest.UsageError):
        pytest_collection_modifyitems([item("a.py", "camp"), item("a.py", "db")])
