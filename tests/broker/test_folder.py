"""The queue in a folder: nobody finds a message before it is whole."""

from pathlib import Path
from typing import Any

import pytest
from kombu import Connection
from kombu.transport import filesystem
from kombu.transport.virtual import Empty

import iysportal.celery  # noqa: F401


def channel(folder: Path) -> Any:
    where = str(folder)
    options = {"data_folder_in": where, "data_folder_out": where, "control_folder": str(folder / "control")}
    return Connection("filesystem://", transport_options=options).channel()


def test_a_reader_that_looks_while_a_message_is_written_finds_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twice it ended the worker of `make run`, and all else with it."""
    writer, reader = channel(tmp_path), channel(tmp_path)
    seen: list[str] = []

    def look(*_args: object) -> None:
        if not seen:
            with pytest.raises(Empty):
                reader._get("celery")
            seen.append("nothing")

    def look_and_move(source: Path, target: Path) -> Path:
        look()
        return moved(source, target)

    moved = Path.replace
    monkeypatch.setattr(filesystem, "lock", look)
    monkeypatch.setattr(Path, "replace", look_and_move)
    writer._put("celery", {"body": "ığüşöç"})
    assert seen
    assert reader._get("celery") == {"body": "ığüşöç"}
    assert not list(tmp_path.glob("*.msg"))


def test_the_oldest_is_taken_first_and_each_queue_has_its_own(tmp_path: Path) -> None:
    both = channel(tmp_path)
    for number, queue in enumerate(("celery", "other", "celery")):
        both._put(queue, {"body": number})
    assert [both._get("celery")["body"] for _turn in range(2)] == [0, 2]
    assert both._get("other") == {"body": 1}
    with pytest.raises(Empty):
        both._get("celery")
