"""The registry's answers, and every way of not answering, from a real server on loopback."""

import json
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.test import override_settings

from registry import lookup
from registry.lookup import Found, Mismatch, NotFound, Unavailable, look_up

MERSIS, TCKN = "0614088153400001", "10000000146"
COMPANY = {
    "signatory_matches": True,
    "trade_name": "Mavi Deniz Turizm Anonim Şirketi",
    "tax_number": "6140881534",
    "tax_office": "Konak",
    "province": "İzmir",
    "district": "Konak",
    "address": "Kıyı Sokak No: 4",
    "signatory_name": "Ada Yalın",
}
Answering = Callable[[BaseHTTPRequestHandler, dict[str, str]], None]


def says(status: int, body: object, kind: str = "application/json") -> Answering:
    def answer(handler: BaseHTTPRequestHandler, _asked: dict[str, str]) -> None:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    return answer


@contextmanager
def registry(answer: Answering, token: str = "") -> Iterator[list[tuple[str, str, dict[str, str]]]]:
    """The requests that were made: path, authorization, body."""
    seen: list[tuple[str, str, dict[str, str]]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            seen.append((self.path, self.headers.get("Authorization", ""), asked))
            answer(self, asked)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        with override_settings(REGISTRY_URL=f"http://127.0.0.1:{server.server_port}/sorgu", REGISTRY_TOKEN=token):
            yield seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_company_whose_signatory_it_is() -> None:
    with registry(says(200, COMPANY), token="gizli") as seen:
        answer = look_up(MERSIS, TCKN)
    assert answer == Found(**{name: str(value) for name, value in COMPANY.items() if name != "signatory_matches"})
    path, authorization, asked = seen[0]
    assert authorization == "Bearer gizli"
    assert asked == {"mersis_number": MERSIS, "signatory_identity": TCKN}
    assert TCKN not in path


def test_what_the_registry_does_not_know_is_empty() -> None:
    with registry(says(200, {"signatory_matches": True, "trade_name": "Mavi Deniz"})):
        answer = look_up(MERSIS, TCKN)
    assert isinstance(answer, Found)
    assert (answer.trade_name, answer.address) == ("Mavi Deniz", "")


def test_somebody_elses_company_is_not_a_company_that_is_not_there() -> None:
    with registry(says(200, {"signatory_matches": False})):
        assert look_up(MERSIS, TCKN) == Mismatch()
    with registry(says(404, {"error": "yok"})):
        assert look_up(MERSIS, TCKN) == NotFound()


@pytest.mark.parametrize(
    "answer",
    [
        says(404, b"<html>proxy</html>", "text/html"),
        says(500, {"error": "arıza"}),
        says(503, COMPANY),
        says(401, {"error": "token"}),
        says(302, {}),
        says(200, b"<html>bakim</html>", "text/html"),
        says(200, b"\xff\xfe{"),
        says(200, b"[" * 50_000),
        says(200, b"1" * 5_000),
        says(200, []),
        says(200, {"trade_name": "Mavi Deniz"}),
        says(200, {**COMPANY, "signatory_matches": "true"}),
        says(200, {**COMPANY, "trade_name": ""}),
        says(200, {**COMPANY, "address": ["x"]}),
    ],
    ids=[
        "404 of a proxy",
        "500",
        "503",
        "401",
        "302",
        "HTML",
        "bytes",
        "too deep",
        "too many digits",
        "a list",
        "no word of the signatory",
        "words for truth",
        "no name",
        "a list for a text",
    ],
)
def test_a_registry_that_fails_is_told_from_one_that_answers(
    answer: Answering, caplog: pytest.LogCaptureFixture
) -> None:
    with registry(answer), caplog.at_level(logging.INFO):
        assert look_up(MERSIS, TCKN) == Unavailable()
    assert TCKN not in caplog.text


def test_a_registry_that_is_slow_or_not_there_does_not_hold_anybody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookup, "TIMEOUT", 0.2)
    with registry(lambda _handler, _asked: time.sleep(1)):
        assert look_up(MERSIS, TCKN) == Unavailable()
    with override_settings(REGISTRY_URL="http://127.0.0.1:9/"):
        assert look_up(MERSIS, TCKN) == Unavailable()
    with override_settings(REGISTRY_URL=""):
        assert look_up(MERSIS, TCKN) == Unavailable()
