"""Lines lead to the address that was looked at, and HTTP is listened to for so many seconds and bytes."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_network
from threading import Thread
from typing import Any

import pytest
from django.test import override_settings

from fetcher import web
from fetcher.places import ForbiddenHost, connect, public_address


@contextmanager
def listening(answer: Callable[[socket.socket], None]) -> Iterator[tuple[int, list[bytes]]]:
    """A server on loopback that reads a request, keeps it, and answers as it is told."""
    asked: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.05)
    going = True

    def serve() -> None:
        while going:
            try:
                line, _address = server.accept()
            except TimeoutError:
                continue
            with line:
                line.settimeout(2)
                try:
                    asked.append(line.recv(65536))
                    answer(line)
                except OSError:
                    continue

    thread = Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield server.getsockname()[1], asked
    finally:
        going = False
        thread.join()
        server.close()


def named(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Has every name lead to these addresses, to another each time; returns the names that were asked for."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def look_up(host: Any, port: Any, *args: Any, **options: Any) -> Any:
        if host in answers:
            return real(host, port, *args, **options)
        asked.append(str(host))
        address = answers[min(len(asked), len(answers)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in address.split()]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


def test_a_name_is_looked_up_once_and_the_line_leads_to_that_address(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = named(monkeypatch, "93.184.216.34", "127.0.0.1")
    with override_settings(MAIL_MODE="live"):
        assert public_address("kutu.example", 993) == "93.184.216.34"
    assert asked == ["kutu.example"]


def test_one_address_of_our_own_network_among_several_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    named(monkeypatch, "93.184.216.34 10.0.0.5")
    with override_settings(MAIL_MODE="live"), pytest.raises(ForbiddenHost):
        public_address("kutu.example", 993)


def test_operations_may_allow_a_network_of_their_own() -> None:
    with override_settings(MAIL_MODE="live", OUTGOING_PRIVATE_NETWORKS=(ip_network("10.0.5.0/24"),)):
        assert public_address("10.0.5.7", 993) == "10.0.5.7"
        with pytest.raises(ForbiddenHost):
            public_address("10.0.6.7", 993)


@pytest.mark.parametrize("host", ["mavideniz.example", "93.184.216.34", "127.0.0.1.example", ""])
def test_in_sandbox_mode_only_loopback_is_reached(host: str) -> None:
    with pytest.raises(ForbiddenHost):
        connect(host, 80, seconds=1)


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f000001", "localhost", "[::1]", "0"])
def test_no_way_of_writing_loopback_passes_in_live_mode(host: str) -> None:
    with listening(lambda line: None) as (port, asked), override_settings(MAIL_MODE="live"):
        with pytest.raises(web.NotFetched):
            web.get(f"http://{host}:{port}/")
        assert asked == []


OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"


def test_an_answer_is_read() -> None:
    def answer(line: socket.socket) -> None:
        line.sendall(OK + b"Content-Length: 3\r\n\r\nevt")

    with listening(answer) as (port, asked):
        found = web.post(f"http://127.0.0.1:{port}/a?b=1", b"{}", headers={"Content-Type": "application/json"})
    assert (found.status, found.is_success, found.content) == (200, True, b"evt")
    assert found.headers["content-type"] == "text/plain"
    assert asked[0].startswith(b"POST /a?b=1 HTTP/1.1")


def test_a_redirect_is_an_answer_and_not_followed() -> None:
    def answer(line: socket.socket) -> None:
        line.sendall(b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n")

    with listening(answer) as (port, asked):
        assert web.get(f"http://127.0.0.1:{port}/a").status == 302
    assert len(asked) == 1


@pytest.mark.parametrize("head", [b"Content-Length: 999999999\r\n", b"Transfer-Encoding: chunked\r\n", b""])
def test_an_answer_without_end_is_left(head: bytes) -> None:
    def answer(line: socket.socket) -> None:
        line.sendall(OK + head + b"\r\n")
        for _turn in range(10_000):
            line.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n" if b"chunked" in head else b"x" * 65536)

    with listening(answer) as (port, _asked), pytest.raises(web.NotFetched, match="too many bytes"):
        web.get(f"http://127.0.0.1:{port}/", most_bytes=100_000)


@pytest.mark.parametrize("begins", [b"", OK, OK + b"Content-Length: 1000\r\n\r\n"], ids=["line", "head", "body"])
def test_a_server_that_drips_wins_no_time(begins: bytes) -> None:
    def answer(line: socket.socket) -> None:
        line.sendall(begins)
        for each in b"H" * 200 if not begins else b"X-A: " + b"a" * 200:
            line.sendall(bytes([each]))
            time.sleep(0.1)

    began = time.monotonic()
    with listening(answer) as (port, _asked):
        with pytest.raises(web.NotFetched):
            web.get(f"http://127.0.0.1:{port}/", seconds=1)
        assert time.monotonic() - began < 15, "the server drips for 20 seconds"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "ldap://127.0.0.1/",
        "gopher://127.0.0.1/",
        "",
        "http://",
        "//a",
        "http://\u2028",
        "http://127.0.0.1/ş",
        "http://[bad",
        "http://a b/",
        "http://127.0.0.1:99999/",
        "http://a:b/",
    ],
)
def test_what_is_not_http_is_not_asked(url: str) -> None:
    with pytest.raises(web.NotFetched):
        web.get(url)


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(line: socket.socket) -> None:
        line.sendall(OK + b"Content-Length: 0\r\n\r\n")

    with listening(answer) as (proxy, asked_of_proxy), listening(answer) as (port, asked):
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy}")
        web.get(f"http://127.0.0.1:{port}/")
    assert (len(asked_of_proxy), len(asked)) == (0, 1)
