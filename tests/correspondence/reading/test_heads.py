"""Heads that no program should write: what is whole in them is read, and nothing comes into being by mending."""

import pytest

from correspondence.reading import heads
from correspondence.reading.parsing import content, envelope
from tests.scenarios.mails import mail

HEAD = (
    "Authentication-Results: mx.portal.example; dmarc=fail header.from=iys.org.tr\n",
    "Received: from a by b; Tue, 24 Nov 2026 14:05:00 +0300\n",
    "From: onkayit@iys.org.tr\n",
    "To: t-aaaaaaaaaaaaaaaaaaaa@takip.portal.example\n",
    "Subject: Ynt: Ön başvuru\n",
    "Message-ID: <x@iys.org.tr>\n",
    "Content-Type: text/plain; charset=utf-8\n",
)
BAD = {
    "no colon": "bu satır bozuk katlanmış\n",
    "no colon, with its continuations": "bu satır bozuk\n devamı\n\tdevamı: da\n",
    "eight-bit name": "İçerik: x\n",
    "a colon alone": ": x\n",
    "a space in the name": "Bu bir satır: x\n",
    "NUL in the name": "X-\x00Y: x\n",
    "NUL alone": "\x00\n",
    "mbox": "From onkayit@iys.org.tr Tue Nov 24 14:05:00 2026\n",
    "mbox, escaped": ">From onkayit@iys.org.tr Tue Nov 24 14:05:00 2026\n",
    "carriage returns within": "X-Mailer: eski\rprogram\r\n",
    "white space alone": "X-A: b\n \t\n",
}


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r\r\n"], ids=["LF", "CRLF", "CRCRLF"])
@pytest.mark.parametrize("place", range(len(HEAD) + 1))
@pytest.mark.parametrize("name", BAD)
def test_a_bad_line_costs_no_other(name: str, place: int, ending: str) -> None:
    written = "".join((*HEAD[:place], BAD[name], *HEAD[place:], "\nBaşvurunuz alınmıştır.\n"))
    raw = written.replace("\n", ending).encode()
    head = envelope(raw)
    assert [each.email for each in head.senders] == ["onkayit@iys.org.tr"]
    assert head.from_is_clear
    assert head.recipients == {"t-aaaaaaaaaaaaaaaaaaaa@takip.portal.example"}
    assert (head.subject, head.message_id) == ("Ynt: Ön başvuru", "<x@iys.org.tr>")
    assert head.authentication_results == ("mx.portal.example; dmarc=fail header.from=iys.org.tr",)
    assert content(raw).text == "Başvurunuz alınmıştır."


FORGED = "Authentication-Results: mx.portal.example; dmarc=pass header.from=iys.org.tr"


@pytest.mark.parametrize(
    "line",
    [
        f"bozuk satır\n {FORGED}\n",
        f"X-A: b\r{FORGED}\n",
        f"\x00{FORGED}\n",
        f"bozuk satır \x0b{FORGED}\n",
        f"bozuk satır \x85{FORGED}\n",
        f"bozuk satır \u2028{FORGED}\n",
        f" {FORGED}\n",
        FORGED.replace("Auth", "Auth\x00") + "\n",
    ],
)
def test_no_mended_line_becomes_a_result(line: str) -> None:
    for raw in (f"{line}From: a@b.example\n\nx", f"{line}\n\nx", f"X-B: c\n{line}From: a@b.example\n\nx"):
        assert envelope(raw.encode()).authentication_results == ()


def test_a_continuation_of_a_dropped_line_never_joins_the_line_above() -> None:
    raw = b"Authentication-Results: mx.portal.example; none\nbozuk\n ; dmarc=pass header.from=iys.org.tr\n\nx"
    assert envelope(raw).authentication_results == ("mx.portal.example; none",)


def test_below_the_blank_line_all_is_body() -> None:
    raw = f"bozuk\nFrom: a@b.example\n\n{FORGED}\nSubject: x\n".encode()
    assert (envelope(raw).authentication_results, envelope(raw).subject) == ((), "")
    assert FORGED in content(raw).text


def test_white_space_before_the_colon_is_a_header_as_servers_take_it() -> None:
    head = envelope(b"From: a@b.example\nFrom : c@d.example\n\nx")
    assert not head.from_is_clear
    assert len(head.senders) == 2


SUBJECTS = {
    "utf-8": "Ön başvuru".encode(),
    "windows-1254": "Ön başvuru".encode("windows-1254"),
    "encoded": b"=?utf-8?B?w5ZuIGJhxZ92dXJ1?=",
    "encoded, cut within a letter": b"=?utf-8?Q?=C3?=\n =?utf-8?Q?=96n_ba=C5=9Fvuru?=",
    "encoded as windows-1254": b"=?windows-1254?Q?=D6n_ba=FEvuru?=",
    "encoded as iso-8859-9 that is utf-8": b"=?iso-8859-9?Q?=C3=96n_ba=C5=9Fvuru?=",
    "half encoded": "Ön =?utf-8?Q?ba=C5=9Fvuru?=".encode(),
    "encoded with spaces": b"=?utf-8?Q?=C3=96n ba=C5=9Fvuru?=",
    "encoded with a language": b"=?utf-8*tr?Q?=C3=96n_ba=C5=9Fvuru?=",
}


@pytest.mark.parametrize("name", SUBJECTS)
def test_a_turkish_subject_is_exact(name: str) -> None:
    assert envelope(b"Subject: " + SUBJECTS[name] + b"\n\n").subject == "Ön başvuru"


NAMES = {
    "utf-8": 'attachment; filename="İmza Sirküleri.pdf"'.encode(),
    "windows-1254": 'attachment; filename="İmza Sirküleri.pdf"'.encode("windows-1254"),
    "without quotes": "attachment; filename=İmza Sirküleri.pdf".encode(),
    "encoded word": b'attachment; filename="=?utf-8?B?xLBtemEgU2lya8O8bGVyaS5wZGY=?="',
    "RFC 2231": b"attachment; filename*=utf-8''%C4%B0mza%20Sirk%C3%BCleri.pdf",
    "RFC 2231, windows-1254": b"attachment; filename*=windows-1254'tr'%DDmza%20Sirk%FCleri.pdf",
    "RFC 2231, in pieces": b"attachment; filename*0*=utf-8''%C4%B0mza%20; filename*1*=Sirk%C3%BCleri.pdf",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_turkish_file_name_is_exact(name: str) -> None:
    raw = b"Content-Type: application/pdf\nContent-Disposition: " + NAMES[name] + b"\n\n%PDF-1.4"
    assert [each.filename for each in content(raw).attachments] == ["İmza Sirküleri.pdf"]


def test_a_file_name_may_stand_with_the_type_alone() -> None:
    for charset in ("utf-8", "windows-1254"):
        raw = 'Content-Type: application/pdf; name="İmza.pdf"\n\n%PDF-1.4'.encode(charset)
        assert [each.filename for each in content(raw).attachments] == ["İmza.pdf"]


def test_each_head_of_a_mail_is_parsed_once_and_nobody_writes_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = mail(text="Merhaba", pdf=b"%PDF-1.4", message_id="<parsed-once@iys.org.tr>")
    mended: list[bytes] = []
    plain = heads._mended

    def mends(block: bytes) -> bytes:
        mended.append(block)
        return plain(block)

    monkeypatch.setattr(heads, "_mended", mends)
    heads._parsed.cache_clear()
    first = envelope(raw), content(raw)
    assert len(mended) == len(set(mended)) == 3
    assert (envelope(raw), content(raw)) == first
