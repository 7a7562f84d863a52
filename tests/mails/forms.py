"""The words of a mail in every form that mail programs give them: what is said is read, whatever it is wrapped in."""

import base64
import quopri
import re
from typing import Any

from tests.mails.make import BYE, IYS, MEMBER, NUMBER_A, TO_A, Corpus, passed
from tests.mails.ordinary import APPROVED
from tests.mails.shapes import PLAIN, html, multipart
from tests.mails.smime import LETTER, OFFER
from tests.mails.templates import page
from tests.mails.tnef import compressed, rtf, uncompressed, winmail
from tests.mails.tone import OFFERED, RECEIVED, TIED

WORDS = f"Sayın Yetkili,\n\n{RECEIVED}{BYE}"
PAGE = page(WORDS)
NO_HTML = "E-posta programınız HTML görüntülemeyi desteklemiyor."
PDF = "Content-Type: application/pdf; name=teklif.pdf\nContent-Disposition: attachment; filename=teklif.pdf\n"
LOGO = ("Content-Type: image/png\nContent-ID: <logo>\nContent-Disposition: inline\n", b"\x89PNG")
SIGNATURE = (
    'Content-Type: application/pkcs7-signature; name="smime.p7s"\nContent-Transfer-Encoding: base64\n'
    'Content-Disposition: attachment; filename="smime.p7s"\n',
    "MIAGCSqGSIb3DQEHAqCAMIACAQExADCABgkqhkiG9w0BBwEAAAAAAAA=\n",
)
TOLD: dict[str, Any] = {
    "kind": "received",
    "outcome": "moves",
    "extra": TIED,
    "extracted": {"application_number": NUMBER_A},
    "says": [RECEIVED],
    "shows": [RECEIVED],
}
Part = tuple[str, str | bytes]


def plain(words: str = WORDS, charset: str = "utf-8") -> Part:
    return f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n", words.encode(charset)


def wrapped(kind: str, *parts: Part, boundary: str = "sinir") -> tuple[str, bytes]:
    """A multipart that can stand within another: each has a boundary of its own."""
    mime, body = multipart(*parts, kind=kind)
    return mime.replace('"sinir"', f'"{boundary}"'), body.replace(b"--sinir", f"--{boundary}".encode())


def coded(raw: bytes) -> str:
    return base64.encodebytes(raw).decode()


def add_to(corpus: Corpus) -> None:
    _alternatives(corpus)
    _containers(corpus)
    _encodings(corpus)
    _other_texts(corpus)
    _without_words(corpus)


def _alternatives(corpus: Corpus) -> None:
    both = wrapped("alternative", plain(), html(PAGE), boundary="iki")
    forms = {
        "both": both,
        "html-alone": wrapped("alternative", html(PAGE)),
        "empty-plain": wrapped("alternative", plain("\n\n"), html(PAGE)),
        "no-break-spaces": wrapped("alternative", plain("\u00a0\n\u200b\n"), html(PAGE)),
        "mixed": wrapped("mixed", both, (PDF, b"%PDF-1.4")),
        "related": wrapped("related", both, LOGO),
        "related-within": wrapped("alternative", plain(), wrapped("related", html(PAGE), LOGO, boundary="iki")),
        "signed": wrapped('signed; protocol="application/pkcs7-signature"; micalg=sha-256', both, SIGNATURE),
        "mixed-in-signed": wrapped("signed", wrapped("mixed", both, boundary="orta"), SIGNATURE),
        "three-deep": wrapped("mixed", wrapped("mixed", wrapped("mixed", both, boundary="a"), boundary="b")),
        "unknown-multipart": wrapped("x-yeni", plain()),
        "calendar-beside": wrapped(
            "alternative",
            plain(),
            ("Content-Type: text/calendar; method=REQUEST; charset=utf-8\n", "BEGIN:VCALENDAR\n"),
        ),
    }
    for name, (mime, body) in forms.items():
        corpus.add(f"form-{name}", body, mime=mime, **TOLD)
    mime, body = wrapped("alternative", plain(NO_HTML), html(PAGE))
    corpus.add("form-plain-is-a-notice", body, mime=mime, kind="received", extra=TIED, shows=[RECEIVED, NO_HTML])
    link = "https://teklif.iys.example/9"
    offer = f'<p>Sayın Yetkili,</p><p>{OFFERED}</p><p><a href="{link}">Teklifi incelemek için tıklayınız.</a></p>'
    within = wrapped(
        "alternative",
        plain(f"Sayın Yetkili,\n\n{OFFERED}\n"),
        wrapped("related", html(offer), LOGO, boundary="c"),
        boundary="b",
    )
    mime, body = wrapped("mixed", within, (PDF, b"%PDF-1.4"))
    corpus.add(
        "form-outlook-offer",
        body,
        mime=mime,
        kind="offer",
        extra=TIED,
        says=[OFFERED],
        links=[link],
        attachments=["teklif.pdf"],
    )


def _containers(corpus: Corpus) -> None:
    opaque = "Content-Type: application/{0}; smime-type=signed-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n"
    for name in ("pkcs7-mime", "x-pkcs7-mime"):
        corpus.add(f"form-smime-{name}", LETTER, mime=opaque.format(name), **TOLD)
    mime, body = wrapped("mixed", (opaque.format("pkcs7-mime"), LETTER), plain("Liste altbilgisi.\n"))
    corpus.add("form-smime-within", body, mime=mime, kind="received", extra=TIED, shows=[RECEIVED])
    corpus.add(
        "form-smime-offer",
        OFFER,
        mime=opaque.format("pkcs7-mime"),
        kind="offer",
        extra=TIED,
        says=[OFFERED],
        attachments=["teklif.pdf"],
    )
    head = "Content-Type: {0}; name=winmail.dat\nContent-Transfer-Encoding: base64\n"
    whole = head.format("application/ms-tnef")
    bodies = {
        "body": winmail(body=WORDS),
        "unicode": winmail(unicode_body=WORDS.replace("\n", "\r\n")),
        "rtf": winmail(rich=compressed(rtf(WORDS))),
        "rtf-uncompressed": winmail(rich=uncompressed(rtf(WORDS))),
        "html": winmail(page=f"<html><body><p>Sayın Yetkili,</p><p>{RECEIVED}</p></body></html>"),
    }
    for name, raw in bodies.items():
        corpus.add(f"form-tnef-{name}", coded(raw), mime=whole, **TOLD)
    paper = {"İYS Teklifi.pdf": b"%PDF-1.4"}
    offer = f"Sayın Yetkili,\n\n{OFFERED}\n"
    for name, kind in {"offer": "application/ms-tnef", "offer-untyped": "application/octet-stream"}.items():
        attached = f"{head.format(kind)}Content-Disposition: attachment; filename=winmail.dat\n"
        mime, body = wrapped(
            "mixed", plain(offer), (attached, coded(winmail(rich=compressed(rtf(offer)), files=paper)))
        )
        corpus.add(
            f"form-tnef-{name}",
            body,
            mime=mime,
            kind="offer",
            extra=TIED,
            says=[OFFERED],
            attachments=["İYS Teklifi.pdf"],
        )
    broken = f"{whole}Content-Disposition: attachment; filename=winmail.dat\n"
    mime, body = wrapped("mixed", plain(offer), (broken, coded(winmail(files=paper)[:90])))
    corpus.add(
        "form-tnef-cut-short",
        body,
        mime=mime,
        kind=None,
        extra=TIED,
        says=[OFFERED],
        dangerous=True,
        outcome="person",
    )


def _encodings(corpus: Corpus) -> None:
    raw = WORDS.encode()
    soft = b"".join(b"=%02X" % byte + (b"=\n" if at % 7 == 6 else b"") for at, byte in enumerate(raw)) + b"\n"
    lines = coded(raw).splitlines()
    written = {
        "soft-breaks-within-letters": ("utf-8", "quoted-printable", soft),
        "small-hexadecimals": (
            "utf-8",
            "quoted-printable",
            re.sub(rb"=[0-9A-F]{2}", lambda found: found[0].lower(), quopri.encodestring(raw)),
        ),
        "spaces-at-the-end": ("utf-8", "quoted-printable", quopri.encodestring(raw).replace(b"=\n", b"=  \n")),
        "base64-with-junk": ("utf-8", "base64", "!\n".join(lines).replace("U", "U ", 3).encode()),
        "base64-in-two-pieces": ("utf-8", "base64", (coded(raw[:31]) + coded(raw[31:])).encode()),
        "base64-one-line": ("utf-8", "BASE64", base64.b64encode(raw)),
        "utf-16": ("utf-16", "base64", coded(WORDS.encode("utf-16")).encode()),
        "utf-16-le": ("utf-16le", "base64", coded(WORDS.encode("utf-16-le")).encode()),
        "utf-8-with-a-mark": ("utf-8", "8bit", b"\xef\xbb\xbf" + raw),
        "turkish-dos": ("ibm857", "8bit", WORDS.encode("cp857")),
        "unknown-transfer": ("utf-8", "utf-8", raw),
        "quoted-charset": ('"UTF-8"', "8bit", raw),
    }
    for name, (charset, encoding, body) in written.items():
        mime = f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {encoding}\n"
        corpus.add(f"form-{name}", body, mime=mime, **TOLD)
    # RFC 3676: lines that end in a space go on; one space stuffed at the beginning of a line is no part of it.
    stuffed = WORDS.replace("Hesap yöneticilerimiz", "Hesap \nyöneticilerimiz").replace("\nSayg", "\n Sayg")
    halves = RECEIVED.partition(" yöneticilerimiz")
    mime = "Content-Type: text/plain; charset=utf-8; format=flowed\nContent-Transfer-Encoding: 8bit\n"
    corpus.add("form-flowed", stuffed, mime=mime, **{**TOLD, "says": [halves[0]], "shows": [halves[2]]})
    deleted = RECEIVED.replace("yöneticilerimiz", "yöneticileri \nmiz")
    mime = "Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\nContent-Transfer-Encoding: 8bit\n"
    corpus.add("form-flowed-delsp", f"Sayın Yetkili,\n\n{deleted}\n", mime=mime, **TOLD)
    told = "<html><head><meta charset='{0}'></head><body><p>Sayın Yetkili,</p><p>{1}</p></body></html>"
    pages = {
        "meta-alone": ("", told.format("windows-1254", RECEIVED).encode("windows-1254")),
        "meta-lies": ("; charset=utf-8", told.format("windows-1254", RECEIVED).encode()),
        "head-lies": ("; charset=utf-8", told.format("windows-1254", RECEIVED).encode("windows-1254")),
    }
    for name, (charset, body) in pages.items():
        mime = f"Content-Type: text/html{charset}\nContent-Transfer-Encoding: 8bit\n"
        corpus.add(f"form-html-{name}", body, mime=mime, **TOLD)


def _other_texts(corpus: Corpus) -> None:
    eight = "\nContent-Transfer-Encoding: 8bit\n"
    enriched = f"<bold>Sayın Yetkili,</bold>\n\n\n{RECEIVED}\n"
    careless = {
        "text-alone": "text",
        "broken-type": "text/plain; charset=utf-8; ; =",
        "capitals": "TEXT/PLAIN; CHARSET=UTF-8",
    }
    for name, kind in careless.items():
        corpus.add(f"form-{name}", WORDS, mime=f"Content-Type: {kind}{eight}", **TOLD)
    # Forms that nobody sends on purpose are shown to people; whether a machine may act on them is not said.
    rare = {
        "enriched": ("text/enriched; charset=utf-8", enriched),
        "markdown": ("text/markdown; charset=utf-8", WORDS),
        "unknown-text": ("text/x-web-intelligent; charset=utf-8", WORDS),
        "xhtml": ("application/xhtml+xml; charset=utf-8", PAGE),
    }
    for name, (kind, words) in rare.items():
        corpus.add(
            f"form-{name}", words, mime=f"Content-Type: {kind}{eight}", kind=None, extra=TIED, shows=[RECEIVED]
        )
    mime = "Content-Type: text/plain; charset=utf-8\n"
    corpus.add("form-html-called-plain", PAGE, mime=mime, kind=None, extra=TIED, shows=[RECEIVED])
    inline = (f"{PLAIN}Content-Disposition: inline\n", WORDS)
    mime, body = wrapped("mixed", inline)
    corpus.add("form-inline", body, mime=mime, **TOLD)
    mime, body = wrapped(
        "mixed",
        plain(f"Sayın Yetkili,\n\n{RECEIVED}\n"),
        (PDF, b"%PDF-1.4"),
        plain("Saygılarımızla,\nİleti Yönetim Sistemi A.Ş.\n"),
    )
    corpus.add(
        "form-words-around-a-paper",
        body,
        mime=mime,
        attachments=["teklif.pdf"],
        **{**TOLD, "shows": [RECEIVED, "Saygılarımızla"]},
    )
    mime, body = wrapped("mixed", html(PAGE), plain("Bu ileti virüslere karşı taranmıştır.\n"))
    corpus.add(
        "form-footer-of-a-scanner",
        body,
        mime=mime,
        kind="received",
        extra=TIED,
        shows=[RECEIVED, "virüslere karşı"],
    )
    mime, body = wrapped(
        "mixed", plain(f"Sayın Yetkili,\n\n{RECEIVED}\n"), plain("Onayınız 3 gün sonra düşecektir.\n")
    )
    corpus.add(
        "form-second-text-says-more",
        body,
        mime=mime,
        kind=None,
        extra=TIED,
        dangerous=True,
        outcome="person",
        shows=[RECEIVED, "düşecektir"],
    )


def _without_words(corpus: Corpus) -> None:
    held: dict[str, Any] = {"kind": None, "extra": TIED, "dangerous": True, "outcome": "person"}
    mime, body = wrapped("mixed", (PDF, b"%PDF-1.4"))
    corpus.add("form-paper-alone", body, mime=mime, shows=[], attachments=["teklif.pdf"], **held)
    corpus.add(
        "form-paper-is-the-mail",
        "JVBERi0xLjQK\n",
        mime=f"{PDF}Content-Transfer-Encoding: base64\n",
        shows=[],
        attachments=["teklif.pdf"],
        **held,
    )
    named = "Content-Disposition: attachment; filename={0}\n"
    attached = {
        "text": (f"{PLAIN}{named.format('yazi.txt')}", APPROVED, "yazi.txt"),
        "page": (f"{html('')[0]}{named.format('yazi.html')}", f"<pre>{APPROVED}</pre>", "yazi.html"),
        "calendar": (
            f"Content-Type: text/calendar; charset=utf-8\n{named.format('toplanti.ics')}",
            "BEGIN:VCALENDAR\nSUMMARY:Başvurunuz onaylanmıştır\nEND:VCALENDAR\n",
            "toplanti.ics",
        ),
    }
    for name, (head, words, file) in attached.items():
        mime, body = wrapped("mixed", plain("Sayın Yetkili,\n\nYazımız ektedir.\n"), (head, words))
        corpus.add(
            f"form-attached-{name}",
            body,
            mime=mime,
            says=["Yazımız ektedir."],
            says_not=["onaylanmıştır"],
            attachments=[file],
            **held,
        )
    mime, body = wrapped("mixed", (f"{PLAIN}{named.format('yazi.txt')}", APPROVED))
    corpus.add("form-attached-text-alone", body, mime=mime, shows=[], attachments=["yazi.txt"], **held)
    invited = (
        "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:Ön başvuru görüşmesi\nDTSTART:20261127T110000Z\n"
        "DESCRIPTION:Başvurunuz onaylanmıştır\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    call = (
        "Content-Type: text/calendar; method=REQUEST; charset=utf-8\nContent-Transfer-Encoding: 8bit\n",
        invited,
    )
    mime, body = wrapped("alternative", plain("Görüşmeye davetlisiniz.\n"), call)
    corpus.add("form-invitation", body, mime=mime, says=["davetlisiniz"], says_not=["onaylanmıştır"], **held)
    corpus.add("form-invitation-alone", invited, mime=call[0], shows=[], **held)
    old = f"From: {MEMBER}\nTo: {IYS}\nSubject: Eski\n{PLAIN}\n{APPROVED}"
    mime, body = wrapped("mixed", plain("Eski yazışmanız ektedir.\n"), ("Content-Type: message/rfc822\n", old))
    corpus.add(
        "form-attached-old-letter",
        body,
        mime=mime,
        says=["Eski yazışmanız ektedir."],
        says_not=["onaylanmıştır"],
        **{**held, "forwarded": True},
    )
    raw = f"{passed()}From: {IYS}\nTo: {TO_A}\n{TIED}Subject: x\n{PLAIN}\n{WORDS}".encode().replace(b"\n", b"\r")
    corpus.raw(
        "form-carriage-returns-alone",
        raw,
        owner="A",
        sender_authentication="verified",
        **{key: value for key, value in TOLD.items() if key != "extra"},
    )
