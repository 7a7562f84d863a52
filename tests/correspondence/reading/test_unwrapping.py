"""S/MIME and winmail.dat are taken apart in processes of their own, whose limits are those of the whole mail."""

import base64
import os
import struct
import time
from contextlib import closing

import pytest

from confinement import running
from correspondence.reading import smime, tnef, unwrapping
from correspondence.reading.parsing import Content, content
from correspondence.reading.unwrapping import Unwrapping
from tests.correspondence.reading.wrapping import (
    CODEPAGE,
    PROPERTIES,
    attribute,
    file,
    properties,
    property_of,
    signed,
    winmail,
)

BODY_8 = (0x1000, 0x1E)
PAGES = (65001, 1254, 1252, 28599, 857, 852, 1251, 932, 936, 949, 950, 20127, 1, 0, 12345)
ENTITY = b"Content-Type: text/plain; charset=utf-8\n\nTeklifimiz ektedir."


def in_page(page: int) -> bytes:
    words = property_of(*BODY_8, "Değişiklik gününde".encode("windows-1254"))
    return winmail(
        attribute(1, CODEPAGE, struct.pack("<II", page, 0)),
        attribute(1, PROPERTIES, properties(words)),
        file("ek.pdf", b"%PDF-1.4"),
    )


def mail_of(kind: str, payload: bytes, count: int = 1) -> Content:
    part = f"--B\nContent-Type: {kind}\nContent-Transfer-Encoding: base64\n\n".encode() + base64.encodebytes(
        payload
    )
    head = b"Subject: x\nContent-Type: multipart/mixed; boundary=B\n\n--B\n\nAyrica yazildi.\n"
    return content(head + part * count + b"--B--\n")


@pytest.mark.parametrize("page", PAGES)
def test_whatever_charset_is_named_the_words_are_the_same_there(page: int) -> None:
    payload = in_page(page)
    assert tnef.opened(payload).plain
    assert Unwrapping().winmail(payload) == tnef.opened(payload)


def test_nothing_of_it_is_read_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    here = os.getpid()

    def never(payload: bytes) -> object:
        assert os.getpid() != here
        raise LookupError

    with monkeypatch.context() as patched:
        patched.setattr(smime, "opened", never)
        patched.setattr(tnef, "opened", never)
        assert "Teklifimiz ektedir." in mail_of("application/pkcs7-mime", signed(ENTITY)).full_text
        assert [each.filename for each in mail_of("application/ms-tnef", in_page(1254)).attachments] == ["ek.pdf"]


def test_what_takes_too_long_is_told_and_the_other_words_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unwrapping, "SECONDS", 0.1)  # a fast machine reads the pieces within a second
    pieces = [b"x"] * 400_000
    endless = winmail(*(attribute(2, 0x6800F, piece) for piece in pieces))
    began = time.monotonic()
    found = mail_of("application/ms-tnef", endless, count=6)
    assert time.monotonic() - began < 30
    assert "Ayrica yazildi." in found.full_text
    assert tnef.UNREADABLE in found.unopened


def test_what_needs_too_much_memory_is_told_and_the_other_words_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unwrapping, "MEMORY", 1024 * 1024)
    # The limit is beyond what a process begins with: a keeper that has loaded more for others has room to spare.
    with closing(running._Keepers()) as fresh:
        monkeypatch.setattr(running, "_keepers", fresh)
        found = mail_of("application/pkcs7-mime", signed(ENTITY + b"x" * 20_000_000))
    assert "Ayrica yazildi." in found.full_text
    assert smime.UNREADABLE in found.unopened


@pytest.mark.parametrize(
    "said",
    [
        None,
        {},
        {"inner": "text", "whole": True},
        {
            "plain": "a",
            "html": "b",
            "files": [{"name": "a", "content_type": "", "start": -5, "end": 3}],
            "whole": True,
        },
        {
            "plain": "a",
            "html": "b",
            "files": [{"name": "a", "content_type": "", "start": 0, "end": 10**9}],
            "whole": True,
        },
        {"plain": "a", "html": "b", "files": ["x"], "whole": True},
    ],
)
def test_what_comes_back_is_not_believed(monkeypatch: pytest.MonkeyPatch, said: object) -> None:
    monkeypatch.setattr(unwrapping, "run", lambda *_order, **_limits: said)
    found = Unwrapping().winmail(b"1234")
    assert (found.files, found.whole) == ([], False)
    with pytest.raises(smime.NotOpened):
        Unwrapping().signed(b"1234")
