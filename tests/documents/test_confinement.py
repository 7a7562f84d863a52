"""What a confined process can do: its work, and nothing beside it; the portal outlives whatever happens."""

import os
import signal
from pathlib import Path

import pytest

from confinement.running import Ended, run
from confinement.serving import Limits
from identifiers import Refused

HERE = "tests.documents.confined_work"
MEGABYTE = 1024 * 1024
LIMITS = Limits(memory=128 * MEGABYTE, seconds=60)
SHORT = Limits(memory=128 * MEGABYTE, seconds=3)  # for work that does not end by itself


def test_bytes_go_there_and_back() -> None:
    payload = os.urandom(5 * MEGABYTE)
    found = run(f"{HERE}:echo", {"payload": payload, "more": [1, "ş", None, {"inner": b"x"}]}, limits=LIMITS)
    assert found == {"payload": payload, "more": [1, "ş", None, {"inner": b"x"}]}


def test_a_refusal_comes_back_with_its_sentence() -> None:
    with pytest.raises(Refused, match=r"Olmaz\."):
        run(f"{HERE}:refuse", {}, limits=LIMITS)


@pytest.mark.parametrize(
    ("job", "by"),
    [
        ("takes_memory", "MemoryError"),
        ("takes_time", "SIG(ALRM|XCPU|KILL)"),
        ("sleeps", "SIGALRM"),
        ("crashes", "SIGSEGV"),
        ("leaves", "no answer|Broken|7"),
        ("fails", "ZeroDivisionError"),
        ("not_there", "AttributeError"),
    ],
)
def test_whatever_it_does_the_portal_hears_of_it(job: str, by: str) -> None:
    with pytest.raises(Ended, match=by):
        run(f"{HERE}:{job}", {}, limits=SHORT)
    assert run(f"{HERE}:echo", {"a": 1}, limits=LIMITS) == {"a": 1}


def test_one_that_outlives_its_alarm_is_killed() -> None:
    with pytest.raises(Ended, match="SIGKILL"):
        run(f"{HERE}:ignores_the_alarm", {}, limits=Limits(memory=128 * MEGABYTE, seconds=1))


def test_it_reaches_neither_files_nor_secrets_nor_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIELD_KEYS", "secret-of-the-portal")
    found = run(f"{HERE}:looks_around", {"portal": os.getpid()}, limits=LIMITS)
    assert found["environment"] == []
    assert found["reached"] == []


def test_it_writes_no_file_even_where_it_may_open_some(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.touch()
    with pytest.raises(Ended):
        run(f"{HERE}:writes", {"path": str(target)}, limits=Limits(memory=128 * MEGABYTE, seconds=3, files=16))
    assert target.read_bytes() == b""


def test_a_keeper_that_was_ended_is_started_anew() -> None:
    keeper = run(f"{HERE}:parent", {}, limits=LIMITS)
    os.kill(keeper, signal.SIGKILL)
    assert run(f"{HERE}:echo", {"a": 1}, limits=LIMITS) == {"a": 1}
    assert run(f"{HERE}:parent", {}, limits=LIMITS) != keeper


def test_a_question_is_answered_by_the_portal_or_not_at_all() -> None:
    found = run(f"{HERE}:asks", {}, limits=LIMITS, answers=lambda question: {"twice": question["number"] * 2})
    assert found == {"twice": 42}
    with pytest.raises(Ended):
        run(f"{HERE}:asks", {}, limits=LIMITS)
