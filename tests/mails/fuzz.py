"""Mails that nobody would write, made from the corpus and from what hurts parsers: `make fuzz`.

No mail may raise anything but Unreadable, and none may take more than a second of processor time.
"""

import argparse
import sys
import time
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from correspondence.incoming.authentication import authenticate
from correspondence.incoming.matching import clues
from correspondence.reading.classification import read
from correspondence.reading.kinds import Kind
from correspondence.reading.known import Known
from correspondence.reading.parsing import Unreadable, content, envelope
from correspondence.reading.sentence_patterns import compiled
from tests.mails.make import DOMAIN, FOLDER, MEMBER, OURS

MOST_SECONDS = 1.0
CORPUS = [path.read_bytes() for path in sorted(FOLDER.glob("*.eml"))]
# Beginnings without ends, long runs of one thing, and what each expression of ours looks for.
FRAGMENTS = [
    *(
        b"\r\n",
        b"\n",
        b"\r",
        b"\x00",
        b" ",
        b"\t",
        b"\xff",
        b"\xfe",
        b"(",
        b")",
        b"<",
        b">",
        b'"',
        b"\\",
        b";",
        b":",
    ),
    *(b"<a ", b"<a href='", b"<!--", b"-->", b"<![CDATA[", b"&#", b"&amp", b"<blockquote>", b"</", b"<style>"),
    *(b"=?utf-8?b?", b"=?utf-8?q?=", b"?=", b"=\n", b"=C4=B1", b"--sinir\r\n", b"--sinir--\r\n", b'a="b";'),
    *(b"From: ", b"To: ", b"Subject: ", b"References: <a@b> ", b"Authentication-Results: ", b"dmarc=pass "),
    *(b"Content-Type: multipart/mixed; boundary=sinir\r\n\r\n", b"Content-Type: message/rfc822\r\n\r\n"),
    *(b"Content-Type: text/html\r\n\r\n", b"Content-Transfer-Encoding: base64\r\n", b"charset=utf-16", b"*0*=x;"),
    *("İYS Numaranız: ".encode(), "İYS Numarası: 1234\n".encode(), "Hizmet sağlayıcı: ".encode(), b"MX3ZB5JA "),
    *(b"tarihinde ", "şunu yazdı:\n".encode(), b"Kimden: x\n", b"> ", b"-----", b"_____", b"https://a.b/"),
    *(
        b"-------- Forwarded message --------\n",
        b"On 1.1.2026 a wrote:\n",
        b"From: x\nDate: 1\nTo: y\n",
        b"> > ",
        b" \n",
    ),
    *(
        b"<div class=gmail_quote>",
        b"</div>",
        b"<p id=reply-intro>",
        b"<div id=divRplyFwdMsg>",
        b"<pre>",
        b"<x>",
        b"</x>",
    ),
    *(b"Content-Type: application/pkcs7-mime\n\n", b"0\x80", b"$\x80", b"\x04\x00", b"\x1f\xff", b"\x00\x00"),
    *(b"Content-Type: application/ms-tnef\n\n\x78\x9f\x3e\x22", b"\x02\x02\x90\x06\x00\x01\x00\x00\x00x\x78\x00"),
    *(
        b"\x01\x03\x90\x06\x00",
        b"\x02\x01\x09\x10\x01\x00\x00\x00",
        b"LZFu",
        b"{\\rtf1\\fromhtml1 ",
        b"\\htmltag ",
    ),
    *(b"Content-Type: multipart/alternative; boundary=sinir\n\n", b"Content-Type: text/plain; format=flowed\n\n"),
    *("ödemeniz ".encode(), b"ileti ", "başvuru no ".encode(), b"Message-ID:\n", b"@", b"a+", b"t-"),
]
TAUGHT = (
    Known(compiled("{unvan}, {açıklama} nedeniyle ödemeniz {tutar} olarak {tarih} günü alındı"), Kind.OFFER),
    Known(compiled("[{paket} paketi] (ödeme|ödeme işlemi) {bağlantı} {e-posta} üzerinden {açıklama}"), Kind.OFFER),
)
runs = st.builds(lambda piece, times: piece * times, st.sampled_from(FRAGMENTS), st.integers(1, 30_000))
pieces = st.one_of(st.sampled_from(FRAGMENTS), runs, st.binary(max_size=200), st.text(max_size=50).map(str.encode))


@st.composite
def mails(draw: st.DrawFn, most: int = 300_000) -> bytes:
    """A mail of the corpus with pieces put in, cut out or repeated; or pieces alone."""
    raw = draw(st.sampled_from([b"", *CORPUS]))
    for _turn in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(raw)))
        end = min(len(raw), start + draw(st.integers(0, 400)))
        if draw(st.booleans()):
            raw = raw[:start] + draw(pieces) + raw[end:]
        else:
            raw = raw[:start] + raw[start:end] * draw(st.integers(0, 2_000)) + raw[end:]
        raw = raw[:most]
    return raw


def survives(raw: bytes) -> float:
    """Takes the mail all the way, as the inbox does; the seconds of processor time that it took."""
    began = time.process_time()
    head = envelope(raw)
    authenticate(head, authserv_id=OURS, iys_domains=frozenset({"iys.org.tr"}), members=frozenset({MEMBER}))
    try:
        body = content(raw)
    except Unreadable:
        return time.process_time() - began
    said = read(head, body, TAUGHT)
    clues(head, body, tracking_domain=DOMAIN)
    for text in (body.full_text, said.words, head.subject):
        assert "\x00" not in text, "PostgreSQL keeps no NUL characters"
        text.encode()  # lone surrogates would not reach the database either
    return time.process_time() - began


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600.0, help="how long to go on")
    parser.add_argument("--into", type=Path, default=Path("var/fuzz"), help="where a mail that hurts is left")
    options = parser.parse_args()
    ends = time.monotonic() + options.seconds
    tried, slowest = 0, 0.0

    @settings(
        max_examples=200,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(mails())
    def one_more(raw: bytes) -> None:
        nonlocal tried, slowest
        try:
            took = survives(raw)
            # A busy machine takes its time once, but not twice.
            took = took if took <= MOST_SECONDS else survives(raw)
            tried, slowest = tried + 1, max(slowest, took)
            assert took <= MOST_SECONDS, f"{took:.1f} s for {len(raw)} bytes"
        except Exception:
            options.into.mkdir(parents=True, exist_ok=True)
            (options.into / "found.eml").write_bytes(raw)
            raise

    turn = int(time.time())
    while time.monotonic() < ends:
        turn += 1
        try:
            seed(turn)(one_more)()
        except Exception as error:  # noqa: BLE001 - whatever it is, it was found; the mail is too long to print
            print(f"\nA mail that hurts is in {options.into / 'found.eml'}: {error!r:.300}")
            return 1
        left = timedelta(seconds=max(0, round(ends - time.monotonic())))
        print(f"\r{tried} mails, the slowest {slowest:.2f} s, {left} left ", end="", file=sys.stderr, flush=True)
    print(f"\n{tried} mails: no crash, none slower than {MOST_SECONDS:.0f} s (the slowest {slowest:.2f} s).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
