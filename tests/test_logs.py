"""Log lines: no key that lets somebody in, no address, no identity number; what finds a fault stays."""

import logging

import pytest

from iysportal.logs import DiscreetFormatter, discreet
from tests.journeys.discretion import told
from tests.scenarios.factories import tckn

KEY = "0b8fdc22-6d3f-4a57-9c1e-5f4a3d2b1c0e"


@pytest.mark.parametrize(
    "line",
    [
        f"Not Found: /basvuru/imza/{KEY}/",
        f"Gone: https://portal.example/firma/davet/{KEY}/?x=1",
        f"Forbidden: /basvuru/adim/1/devam/{KEY}",
        f'"GET /hesap/login/?next=/firma/davet/{KEY}/ HTTP/1.1" 404',
        f"Not Found: /hesap/login/?next=%2Ffirma%2Fdavet%2F{KEY}%2F",
        f"see <a href='/basvuru/imza/{KEY}'>",
    ],
)
def test_an_id_in_a_path_is_no_link_any_more(line: str) -> None:
    assert KEY not in discreet(line)
    assert "…" in discreet(line)


def test_the_key_of_a_reset_link_is_gone() -> None:
    line = "Not Found: /hesap/password/reset/key/5-cx1rvh-0f3b1c2d4e5f60718293a4b5c6d7e8f9/"
    assert discreet(line) == "Not Found: /hesap/password/reset/key/…/"


def test_people_are_not_named() -> None:
    number = tckn(7)
    said = discreet(f"user su.kuzey+x@mavideniz.example with {number}: refused")
    assert "su.kuzey" not in said
    assert number not in said
    assert "@mavideniz.example" in said


@pytest.mark.parametrize(
    "line",
    [
        f"letter {KEY} could not be sent: 451 try later",
        f"Message-ID <{KEY}@takip.portal.example>",
        "/srv/portal/var/files/letters/0f3b1c2d4e5f60718293a4b5c6d7e8f9.json is gone",
        "Task jobs.tasks.deliver[a] succeeded in 0.2s",
        "GET /basvuru/adim/1/bilgiler/firma/ 200",
    ],
)
def test_what_a_fault_is_found_by_stays(line: str) -> None:
    assert discreet(line) == line


def test_tracebacks_pass_it_too() -> None:
    formatter = DiscreetFormatter("{message}", style="{")
    error = ValueError(f"no row for su@kuzey.example at /imza/{KEY}/")
    record = logging.LogRecord("x", logging.ERROR, "", 0, "at %s", (f"/imza/{KEY}/",), (ValueError, error, None))
    said = formatter.format(record)
    assert KEY not in said
    assert "su@kuzey" not in said
    assert "ValueError" in said


def test_what_the_journeys_are_searched_for_would_be_found() -> None:
    number = tckn(7)
    log = f"at 18:04:05,123 user {number}: code 835291, in 0.8352910000s, key /imza/{KEY}/"
    assert told({number, "835291", KEY}, log) == {number, "835291", KEY}
    assert told({"123456", number[:10], "0" * 6}, log) == set()
