"""The counter lets through exactly as many as there is room for, whoever counts at once and however."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from limits import counting, quotas
from limits.models import Counter
from limits.table import Measure, Scope

ROOT = Path(__file__).parents[2]
FIVE = Measure("kapi.address.hour", Scope.ADDRESS, 5, timedelta(hours=1))


def add(measure: Measure = FIVE, amount: int = 1, minutes: int = 0) -> bool:
    now = timezone.now() + timedelta(minutes=minutes)
    return counting.add({"k": measure}, amount=amount, now=now)


@pytest.mark.django_db
def test_a_window_is_open_from_its_first_use_to_its_end() -> None:
    assert [add() for _time in range(6)] == [True] * 5 + [False]
    assert not add(minutes=59)
    assert [add(minutes=61) for _time in range(6)] == [True] * 5 + [False]
    assert Counter.objects.get().used == 5


@pytest.mark.django_db
def test_what_is_refused_uses_up_nothing() -> None:
    assert add(amount=4)
    assert not add(amount=2)
    assert not add(amount=6)
    assert add(amount=1)


@pytest.mark.django_db
def test_what_is_given_back_is_there_again_and_no_more() -> None:
    assert add(amount=5)
    counting.take_off(["k"], amount=1)
    assert [add(), add()] == [True, False]
    Counter.objects.update(used=0)
    counting.take_off(["k"], amount=1)
    assert Counter.objects.get().used == 0


@pytest.mark.django_db
def test_what_has_no_room_in_one_measure_is_counted_in_none() -> None:
    now = timezone.now()
    assert counting.add({"full": FIVE}, amount=5, now=now)
    assert not counting.add({"k": FIVE, "full": FIVE, "other": FIVE}, amount=1, now=now)
    assert dict(Counter.objects.values_list("key", "used")) == {"k": 0, "full": 5, "other": 0}
    with CaptureQueriesContext(connection) as asked:
        assert counting.add({"k": FIVE, "other": FIVE}, amount=5, now=now)
    assert len(asked) == 1
    assert dict(Counter.objects.values_list("key", "used")) == {"k": 5, "full": 5, "other": 5}


@pytest.mark.django_db
def test_closed_windows_are_forgotten_and_open_ones_are_not() -> None:
    add(minutes=-120)
    counting.add({"other": FIVE}, amount=1, now=timezone.now())
    assert counting.forget_closed() == 1
    assert list(Counter.objects.values_list("key", flat=True)) == ["other"]


@pytest.mark.usefixtures("postgresql")
@pytest.mark.django_db(transaction=True)
def test_threads_on_postgresql_pass_as_many_as_there_is_room_for() -> None:
    def ask(_number: int) -> bool:
        try:
            return add()
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(ask, range(48))) == 5


@pytest.mark.usefixtures("postgresql")
@pytest.mark.django_db(transaction=True)
def test_threads_that_count_and_give_back_for_the_same_person_never_wait_for_each_other() -> None:
    """As right passwords do that come at once: four measures are counted, then given back."""
    who = quotas.Who(target="user:1", address="192.0.2.7")

    def try_secrets(_number: int) -> int:
        try:
            for _time in range(25):
                with suppress(quotas.TooMany):
                    quotas.take(quotas.Quota.PASSWORD_GUESSES, **who)
                    quotas.give_back(quotas.Quota.PASSWORD_GUESSES, **who)
            return 1
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as pool:
        assert sum(pool.map(try_secrets, range(12))) == 12
    assert set(Counter.objects.values_list("used", flat=True)) == {0}


COUNTING = """
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from limits import counting
from limits.table import Measure, Scope
measure = Measure("kapi.address.hour", Scope.ADDRESS, 25, timedelta(hours=1))
print(sum(counting.add({"k": measure}, amount=1, now=timezone.now()) for _time in range(20)))
"""


def test_processes_on_sqlite_with_a_file_cache_pass_as_many_as_there_is_room_for(tmp_path: Path) -> None:
    """As an installation on one machine runs: the database and the cache are files of several processes."""
    surroundings = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "iysportal.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
        "CACHE_URL": f"filecache://{tmp_path / 'cache'}",
        "BROKER_URL": "filesystem://",
        "VAR_DIR": str(tmp_path),
    }
    command = [sys.executable, "manage.py", "migrate", "limits", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=surroundings, check=True)
    many = [
        subprocess.Popen([sys.executable, "-c", COUNTING], cwd=ROOT, env=surroundings, stdout=subprocess.PIPE)
        for _process in range(6)
    ]
    passed = [int(process.communicate(timeout=120)[0]) for process in many]
    assert sum(passed) == 25
