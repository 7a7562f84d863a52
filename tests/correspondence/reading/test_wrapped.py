"""Mails within S/MIME and winmail.dat: their words and files are read as if they stood there themselves."""

import base64

import pytest

from correspondence.reading import rtf, smime, tnef
from correspondence.reading.parsing import Content, content
from tests.correspondence.reading import wrapping
from tests.correspondence.reading.test_forms import HTML, PLAIN, WORDS, several
from tests.correspondence.reading.wrapping import attribute, file, properties, property_of, winmail

PDF = b"%PDF-1.4 teklif"


def read(payload: bytes, kind: str, name: str, words: str = "") -> Content:
    coded = base64.encodebytes(payload).decode()
    part = (
        f'Content-Type: {kind}; name="{name}"\nContent-Transfer-Encoding: base64\n'
        f'Content-Disposition: attachment; filename="{name}"\n\n{coded}'
    )
    plain = f"Content-Type: text/plain; charset=utf-8\n\n{words}"
    return content(f"Subject: x\n{several('mixed', plain, part) if words else part}".encode())


def smime_mail(payload: bytes, kind: str = "application/pkcs7-mime", name: str = "smime.p7m") -> Content:
    return read(payload, kind, name)


def signed_and_compressed(entity: bytes) -> bytes:
    return wrapping.signed(b"Content-Type: application/pkcs7-mime\n\n" + wrapping.compressed(entity))


WRAPPED = {
    "signed": wrapping.signed,
    "signed as a stream": wrapping.signed_as_a_stream,
    "compressed": wrapping.compressed,
    "signed and compressed": signed_and_compressed,
}


@pytest.mark.parametrize(
    "kind", ["application/pkcs7-mime", "application/x-pkcs7-mime", "application/octet-stream"]
)
@pytest.mark.parametrize("name", WRAPPED)
def test_an_opaque_mail_is_unwrapped(name: str, kind: str) -> None:
    pdf = 'Content-Type: application/pdf; name="İmza.pdf"\n\n%PDF-1.4'
    entity = several("mixed", several("alternative", PLAIN, HTML), pdf).encode()
    found = smime_mail(WRAPPED[name](entity), kind)
    assert (found.text, found.alternative, found.full_text) == (WORDS, WORDS, WORDS)
    assert [each.filename for each in found.attachments] == ["İmza.pdf"]
    assert found.unopened == ()


def test_its_own_headers_stay_within() -> None:
    entity = f"From: sahte@saldirgan.example\nSubject: sahte\n{PLAIN}".encode()
    assert smime_mail(wrapping.signed(entity)).text == WORDS


def test_an_encrypted_mail_says_so_to_people() -> None:
    found = smime_mail(wrapping.enveloped())
    assert found.unopened == (smime.ENCRYPTED,)
    assert (found.text, found.full_text) == ("", smime.ENCRYPTED)
    pgp = several("encrypted", "Content-Type: application/pgp-encrypted\n\nVersion: 1", "Content-Type: a/b\n\nx")
    assert smime.ENCRYPTED in content(f"Subject: x\n{pgp}".encode()).full_text


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"0\x80",
        wrapping.signed(PLAIN.encode())[:40],
        wrapping.der(0x30, wrapping.oid(wrapping.DATA)),
        wrapping.compressed(b"x")[:-4],
        b"\x30\x84\xff\xff\xff\xff" + bytes(100),
        b"\x3f" + b"\xff" * 5000,
        b"\x30\x80" * 5000,
    ],
)
def test_a_broken_one_stays_a_file(payload: bytes) -> None:
    found = smime_mail(payload)
    assert found.unopened == (smime.UNREADABLE,)
    assert [each.filename for each in found.attachments] == ["smime.p7m"]


def test_of_a_mail_that_was_cut_short_the_words_are_read() -> None:
    entity = f"{PLAIN}\n{'uzun ' * 500}".encode()
    for payload in (wrapping.signed(entity)[:-600], wrapping.signed_as_a_stream(entity)[:-600]):
        found = smime_mail(payload)
        assert found.text.startswith(WORDS)
        assert found.unopened == (smime.UNREADABLE,)


def test_certificates_and_signed_documents_stay_files() -> None:
    for payload in (
        wrapping.der(0x30, wrapping.oid(wrapping.SIGNED), wrapping.der(0xA0, wrapping.der(0x30, *CERTIFICATES))),
        wrapping.signed(PDF),
    ):
        found = smime_mail(payload, name="imza.p7m")
        assert (found.unopened, [each.filename for each in found.attachments]) == ((), ["imza.p7m"])


CERTIFICATES = (
    wrapping.der(2, b"\x01"),
    wrapping.der(0x31),
    wrapping.der(0x30, wrapping.oid(wrapping.DATA)),
    wrapping.der(0xA0),
)


def body(*each: bytes) -> bytes:
    return attribute(1, wrapping.PROPERTIES, properties(*each))


RTF_PLAIN = (
    rb"{\rtf1\ansi\ansicpg1254\deff0{\fonttbl{\f0\fcharset162 Arial;}{\f1\fcharset0 Symbol;}}{\colortbl;\red0;}"
    rb"\f0 MX3ZB5JA no'lu ba\u351 ?vurunuz al\'fdnm\'fd\'fet\'fdr.\par {\*\generator R;}\b Te\'feekk\'fcrler.}"
)
RTF_HTML = (
    r"{\rtf1\ansi\ansicpg1254\fromhtml1 \deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}}{\*\htmltag64 <p>}"
    r"\htmlrtf \par yalnız RTF \htmlrtf0 "
    r"MX3ZB5JA no'lu ba\'fevurunuz al\u305 ?nm\u305 ?\u351 ?t\u305 ?r.{\*\htmltag72 </p>}"
    r'{\*\htmltag84 <a href="https://iys.example/1">}buraya{\*\htmltag92 </a>}}'
).encode("windows-1254")
UTF_16 = WORDS.encode("utf-16-le") + b"\x00\x00"
BODIES = {
    "plain": attribute(1, wrapping.BODY, WORDS.encode("windows-1254") + b"\x00"),
    "plain property": body(property_of(0x1000, 0x1E, WORDS.encode("windows-1254"))),
    "plain property in UTF-16": body(property_of(0x1000, 0x1F, UTF_16)),
    "HTML": body(
        property_of(0x3FDE, 3, b"\xe9\xfd\x00\x00"), property_of(0x1013, 0x102, f"<p>{WORDS}</p>".encode())
    ),
    "rich text": body(property_of(0x1009, 0x102, wrapping.rich(RTF_PLAIN))),
    "rich text of HTML": body(property_of(0x1009, 0x102, wrapping.rich(RTF_HTML))),
    "after other properties": body(
        wrapping.named_property("değer"), property_of(0x0E06, 0x40, bytes(8)), property_of(0x1000, 0x1F, UTF_16)
    ),
}
WINMAIL = ("application/ms-tnef", "winmail.dat")


@pytest.mark.parametrize(
    ("kind", "name"),
    [WINMAIL, ("application/vnd.ms-tnef", "x.dat"), ("application/octet-stream", "WINMAIL.DAT")],
)
@pytest.mark.parametrize("form", BODIES)
def test_the_words_of_winmail_are_read(form: str, kind: str, name: str) -> None:
    found = read(winmail(BODIES[form]), kind, name)
    assert found.text.startswith(WORDS)
    assert found.full_text.startswith(WORDS)
    assert "yalnız" not in found.full_text
    assert (found.attachments, found.unopened) == ((), ())


def test_links_of_rich_text_are_links() -> None:
    found = read(winmail(BODIES["rich text of HTML"]), *WINMAIL)
    assert [link.href for link in found.links] == ["https://iys.example/1"]


def test_its_files_are_files_of_the_mail() -> None:
    found = read(winmail(file("İmza Sirküleri.pdf", PDF), file("teklif.pdf", b"")), *WINMAIL, words=WORDS)
    assert [(each.filename, each.payload) for each in found.attachments] == [("İmza Sirküleri.pdf", PDF)]
    assert (found.text, found.full_text, found.unopened) == (WORDS, WORDS, ())


def test_what_it_says_once_more_is_said_once() -> None:
    found = read(winmail(BODIES["plain"], file("teklif.pdf", PDF)), *WINMAIL, words=WORDS)
    assert (found.text, found.alternative, found.full_text) == (WORDS, WORDS, WORDS)


def test_what_only_it_says_is_shown() -> None:
    found = read(winmail(BODIES["HTML"]), *WINMAIL, words="Merhaba.")
    assert (found.text, found.alternative) == ("Merhaba.", WORDS)
    assert WORDS in found.full_text


def test_a_mail_attached_within_is_passed_on() -> None:
    found = read(winmail(wrapping.attached_mail(winmail(BODIES["HTML"], file("a.pdf", PDF)))), *WINMAIL)
    assert (found.text, found.forwarded) == ("", WORDS)
    assert [each.filename for each in found.attachments] == ["a.pdf"]


def test_an_empty_one_is_nothing() -> None:
    found = read(winmail(), *WINMAIL, words=WORDS)
    assert (found.full_text, found.unopened, found.attachments) == (WORDS, (), ())


WHOLE = winmail(BODIES["plain"], file("teklif.pdf", PDF))


@pytest.mark.parametrize("payload", [b"", b"\x78\x9f\x3e\x22\x00\x00\x00\x00", b"PK\x03\x04", bytes(100)])
def test_a_broken_one_is_kept_and_people_are_told(payload: bytes) -> None:
    found = read(payload, *WINMAIL, words=WORDS)
    assert (found.text, found.unopened) == (WORDS, (tnef.UNREADABLE,))
    assert tnef.UNREADABLE in found.full_text
    assert [each.filename for each in found.attachments] == ["winmail.dat"]


def test_of_one_that_was_cut_short_the_words_are_read() -> None:
    found = read(WHOLE[: WHOLE.index(PDF) + 4], *WINMAIL)
    assert (found.text, found.unopened) == (WORDS, (tnef.UNREADABLE,))
    assert [each.filename for each in found.attachments] == ["winmail.dat"]


@pytest.mark.parametrize("piece", range(0, len(WHOLE), 7))
def test_no_wrong_byte_breaks_it(piece: int) -> None:
    for value in (0, 0x7F, 0xFF):
        tnef.opened(WHOLE[:piece] + bytes((value,)) * 4 + WHOLE[piece + 4 :])


def test_rich_text_refers_back() -> None:
    # Three letters, then eight from three places before: what it writes is what it goes on to copy.
    packed = b"\x08abc" + ((207 << 4) | 6).to_bytes(2) + bytes(4)
    assert rtf.decompressed(bytes(8) + b"LZFu" + bytes(4) + packed).startswith(b"abcabcabcab")


def test_rich_text_may_refer_to_the_dictionary() -> None:
    packed = b"\x01" + ((0 << 4) | 4).to_bytes(2)
    assert rtf.decompressed(bytes(8) + b"LZFu" + bytes(4) + packed) == rb"{\rtf1"


@pytest.mark.parametrize(
    "rich", [b"", b"}" * 50, b"{" * 50_000, rb"\u" * 9, rb"{\*\htmltag", rb"\bin99999999 x", b"\\"]
)
def test_broken_rich_text_breaks_nothing(rich: bytes) -> None:
    rtf.words(rich)
