"""Files from outside against a server that speaks clamd's protocol: what is infected or unchecked is not kept."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from documents.antivirus import CHUNK, Unchecked, refuse_infected
from documents.intake import examine
from identifiers import Refused
from tests.documents.clamd import EICAR, Clamd, running
from tests.scenarios.papers import blank_pdf

LATER = "Birkaç dakika sonra yeniden deneyin"


@pytest.fixture
def clamd() -> Iterator[Clamd]:
    with running() as scanner, override_settings(CLAMD_URL=scanner.url, CLAMD_SECONDS=60.0):
        yield scanner


def test_without_a_scanner_every_file_passes() -> None:
    with override_settings(CLAMD_URL=""):
        refuse_infected(EICAR)


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 5 * CHUNK + 7])
def test_the_scanner_gets_the_whole_file_in_chunks(clamd: Clamd, size: int) -> None:
    payload = bytes(index % 251 for index in range(size))
    refuse_infected(payload)
    assert clamd.streams == [payload]
    assert max(clamd.chunks, default=0) <= CHUNK


def test_malware_is_refused_by_its_name(clamd: Clamd) -> None:
    with pytest.raises(Refused, match=r"zararlı yazılım bulundu \(Eicar-Signature\)") as refusal:
        refuse_infected(b"\0" * (CHUNK - 10) + EICAR)  # across the border of two chunks
    assert not isinstance(refusal.value, Unchecked)


def test_a_scanner_on_a_unix_socket_is_asked_too(tmp_path: Path) -> None:
    with running(tmp_path / "clamd.ctl") as scanner, override_settings(CLAMD_URL=scanner.url):
        refuse_infected(b"temiz")
        with pytest.raises(Refused, match="Eicar-Signature"):
            refuse_infected(EICAR)


@pytest.mark.parametrize("url", ["tcp://127.0.0.1:9", "unix:///nowhere/clamd.ctl"])
def test_while_the_scanner_is_away_nothing_passes(url: str, caplog: pytest.LogCaptureFixture) -> None:
    with override_settings(CLAMD_URL=url), pytest.raises(Unchecked, match=LATER):
        refuse_infected(b"temiz")
    assert url in caplog.text


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"stream: OK and more\0",
        b"OK\0",
        b"stream: \0",
        b"FOUND\0",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"\xff\xfe\xfd\0",
        b"x" * 10_000,
        b"stream: Can't allocate memory ERROR\0",
    ],
)
def test_what_is_no_clear_answer_lets_nothing_pass(
    clamd: Clamd, answer: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    def nonsense(line: socket.socket) -> None:
        line.sendall(answer)

    clamd.answer = nonsense
    with pytest.raises(Unchecked):
        refuse_infected(b"temiz")
    assert "virus scanner" in caplog.text


def test_a_silent_scanner_is_not_waited_for_without_end(clamd: Clamd) -> None:
    asked_on = threading.Event()

    def silent(_line: socket.socket) -> None:
        asked_on.wait(30)

    clamd.answer = silent
    with override_settings(CLAMD_SECONDS=0.2), pytest.raises(Unchecked):
        refuse_infected(b"temiz")
    asked_on.set()


def test_a_scanner_that_dribbles_is_not_waited_for_without_end(clamd: Clamd) -> None:
    asked_on = threading.Event()

    def dribble(line: socket.socket) -> None:
        while not asked_on.wait(0.05):
            line.sendall(b".")

    clamd.answer = dribble
    with override_settings(CLAMD_SECONDS=0.3), pytest.raises(Unchecked):
        refuse_infected(b"temiz")
    asked_on.set()


def test_a_file_beyond_the_scanners_own_limit_does_not_pass(
    clamd: Clamd, caplog: pytest.LogCaptureFixture
) -> None:
    clamd.limit = CHUNK
    with pytest.raises(Unchecked):
        refuse_infected(bytes(40 * CHUNK))
    assert "virus scanner" in caplog.text


def test_an_infected_upload_never_reaches_a_screens_verb(clamd: Clamd) -> None:
    infected = blank_pdf().replace(b"%%EOF", b"%" + EICAR + b"\n%%EOF")
    with pytest.raises(Refused, match="zararlı yazılım"):
        examine(infected, "levha.pdf")
    assert examine(blank_pdf(), "levha.pdf").pages == 1


def test_what_is_no_document_is_refused_for_that_before_it_is_scanned(clamd: Clamd) -> None:
    with pytest.raises(Refused, match="PDF, JPEG, PNG ya da HEIC değil"):
        examine(EICAR, "levha.txt")
    assert clamd.streams == []
