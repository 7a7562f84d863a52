import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.reading.parsing import Unreadable, content, envelope
from tests.scenarios.mails import mail

TURKISH = "Başvurunuz alınmıştır: ığüşöç İĞÜŞÖÇ"


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-9", "windows-1254"])
@pytest.mark.parametrize("encoding", ["8bit", "quoted-printable", "base64"])
def test_turkish_text_is_exact(charset: str, encoding: str) -> None:
    import base64
    import quopri

    payload = TURKISH.encode(charset)
    written = {
        "8bit": payload,
        "quoted-printable": quopri.encodestring(payload),
        "base64": base64.b64encode(payload),
    }[encoding]
    raw = (
        f"From: a@b.example\r\nContent-Type: text/plain; charset={charset}\r\n"
        f"Content-Transfer-Encoding: {encoding}\r\n\r\n"
    ).encode() + written
    assert content(raw).text == TURKISH


@pytest.mark.parametrize("declared", ["", "; charset=us-ascii", "; charset=no-such-charset"])
def test_a_wrong_charset_does_not_spoil_turkish_letters(declared: str) -> None:
    raw = f"From: a@b.example\r\nContent-Type: text/plain{declared}\r\n\r\n".encode() + TURKISH.encode(
        "windows-1254"
    )
    assert content(raw).text == TURKISH


def test_raw_eight_bit_subjects_are_read() -> None:
    assert envelope(b"Subject: " + TURKISH.encode("windows-1254") + b"\r\n\r\n").subject == TURKISH


def test_every_recipient_header_counts() -> None:
    raw = b"To: A <a@x.example>\r\nCc: b@x.example\r\nDelivered-To: T-Abc@Takip.Example\r\n\r\n"
    assert envelope(raw).recipients == {"a@x.example", "b@x.example", "t-abc@takip.example"}


def test_attachments_are_found_with_their_names() -> None:
    found = content(mail(text="ekte", pdf=b"%PDF-1.4")).attachments
    assert [(each.filename, each.content_type, each.payload) for each in found] == [
        ("teklif.pdf", "application/pdf", b"%PDF-1.4")
    ]


QUOTES = {
    "gmail, turkish": "24 Kas 2026 Sal, 14:05 tarihinde İYS <a@iys.org.tr> şunu yazdı:\n\n> eski",
    "thunderbird, turkish": "Ada Yalın şunları yazdı (24.11.2026 14:05):\n\neski",
    "outlook, turkish": "Kimden: İYS\nGönderildi: 24 Kasım 2026\nKime: Ada\nKonu: Başvuru\n\neski",
    "outlook, english": "From: İYS\nSent: 24 November 2026\nTo: Ada\nSubject: Başvuru\n\neski",
    "özgün ileti": "-----Özgün İleti-----\neski",
    "gmail, english": "On Tue, Nov 24, 2026 at 2:05 PM İYS <a@iys.org.tr> wrote:\n> eski",
    "broken over two lines": "24 Kas 2026 Sal, 14:05 tarihinde İYS <a@iys.org.tr>\nşunu yazdı:\n> eski",
}


@pytest.mark.parametrize("name", QUOTES)
def test_what_a_reply_quotes_is_cut_away(name: str) -> None:
    body = content(mail(text=f"Yeni sözler.\n\n{QUOTES[name]}"))
    assert body.text == "Yeni sözler."
    assert "eski" in body.full_text


def test_a_lone_label_in_a_sentence_is_no_quotation() -> None:
    text = "Konu: başvurumuz hakkında bilgi rica ederiz."
    assert content(mail(text=text)).text == text


@given(st.binary(max_size=3000))
def test_no_bytes_break_it(raw: bytes) -> None:
    envelope(raw)
    try:
        content(raw)
    except Unreadable:
        return


@given(st.text(max_size=300), st.text(max_size=60).filter(lambda text: "\n" not in text and "\r" not in text))
def test_no_words_break_it(text: str, title: str) -> None:
    raw = f"Subject: {title}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n".encode("utf-8", "replace")
    content(raw + text.encode("utf-8", "replace"))
