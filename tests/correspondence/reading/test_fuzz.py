"""A short run of `make fuzz` for every change, and the mails that it found once."""

import pytest
from hypothesis import HealthCheck, given, settings

from tests.mails.fuzz import mails, survives


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(mails(most=30_000))
def test_no_mail_breaks_the_reading(raw: bytes) -> None:
    survives(raw)


ONCE = {
    "base64 word cut short": b"Subject: =?utf-8?b?a?=\r\n\r\n",
    "nested comments": b"From: " + b"(" * 5_000 + b"\r\n\r\n",
    "endless number": b"Content-Type: text/html\r\n\r\n&#" + b"9" * 10_000 + b";",
    "undefined charset": b"Content-Type: text/plain; charset=undefined\r\n\r\nx",
    "NUL in a charset": b"Content-Type: text/plain; charset=\x00\r\n\r\nx",
    "mail within mail within mail": b"Content-Type: message/rfc822\r\n\r\n" * 2_000,
    "forwards within forwards": b"\r\n" + b"---------- Forwarded message ---------\nFrom: x\n\n" * 2_000,
    "surrogates in an address": b"From: \xff@\xfe\r\nTo: \xff\xfe@x\r\n\r\n",
}


@pytest.mark.parametrize("name", ONCE)
def test_what_broke_it_once_does_so_no_more(name: str) -> None:
    survives(ONCE[name])
