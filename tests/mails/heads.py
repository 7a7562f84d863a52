"""Heads and boundaries as careless programs write them: lines without a colon, raw eight-bit names, doubled boundaries."""

from typing import Any

from tests.mails.forms import PDF, TOLD, WORDS, plain, wrapped
from tests.mails.make import IYS, TO_A, Corpus, passed
from tests.mails.shapes import PLAIN
from tests.mails.tone import OFFERED, TIED

DATE = "Date: Tue, 24 Nov 2026 14:05:00 +0300\nMessage-ID: <bas@iys.org.tr>\n"
FROM, TO, SUBJECT = f"From: {IYS}\n", f"To: {TO_A}\n", "Subject: Ynt: Ön başvuru\n"
# Each is a whole head; our server's result stands on top, as it writes it.
HEADS = {
    "line-without-colon": f"X-Tarama: temiz\nbu satır bozuk katlanmış\n{FROM}{TO}{SUBJECT}{TIED}{DATE}{PLAIN}",
    "subject-folded-wrongly": f"{FROM}{TO}Subject: Ynt:\nÖn başvuru hakkında\n{TIED}{DATE}{PLAIN}",
    "recipients-folded-wrongly": f"{FROM}{SUBJECT}To: bilgi@mavideniz.example,\n{TO_A}\n{TIED}{DATE}{PLAIN}",
    "space-before-colon": f"From : {IYS}\n{TO}Subject : Ynt: Ön başvuru\n{TIED}{DATE}{PLAIN}",
    "line-of-spaces": f"X-Tarama: temiz\n   \n{FROM}{TO}{SUBJECT}{TIED}{DATE}{PLAIN}",
    "nul-in-the-head": f"X-Tarama: te\0miz\n{FROM}{TO}{SUBJECT}{TIED}{DATE}{PLAIN}",
    "control-character": f"X-Tarama: te\x0bmiz\x0c\n{FROM}{TO}{SUBJECT}{TIED}{DATE}{PLAIN}",
    "quoted-from-line": f"X-Tarama: temiz\n>From onkayit@iys.org.tr Tue Nov 24\n{FROM}{TO}{SUBJECT}{TIED}{DATE}{PLAIN}",
    "name-with-a-space": f"X Tarama: temiz\n{FROM}{TO}{SUBJECT}{TIED}{DATE}{PLAIN}",
    "eight-bit-name": f"X-Görüntü: temiz\n{FROM}{TO}{SUBJECT}{TIED}{DATE}{PLAIN}",
    "tabs": f"{FROM}{TO}Subject:\tYnt:\n\tÖn başvuru\n{TIED}{DATE}{PLAIN}",
    "long-line": f"X-Tarama: {'x' * 4000}\n{FROM}{TO}{SUBJECT}{TIED}{DATE}{PLAIN}",
}
BOUNDARIES = {
    "spaces": ('"iki sinir"', "iki sinir"),
    "signs": ('"=_\'()+,-./:=?"', "=_'()+,-./:=?"),
    "unquoted-signs": ("----=_Part_1:2.3", "----=_Part_1:2.3"),
    "single-quotes": ("'sinir'", "'sinir'"),
    "endless": (f'"{"s" * 300}"', "s" * 300),
    "space-at-the-end": ('"sinir "', "sinir"),
}
NAMES = {
    "utf-8": 'filename="İmza Sirküleri.pdf"',
    "unquoted": "filename=İmza Sirküleri.pdf",
    "windows-1254": 'filename="İmza Sirküleri.pdf"',
    "rfc-2231": "filename*=utf-8''%C4%B0mza%20Sirk%C3%BCleri.pdf",
    "rfc-2231-turkish": "filename*=iso-8859-9'tr'%DDmza%20Sirk%FCleri.pdf",
    "rfc-2231-pieces": "filename*0*=utf-8''%C4%B0mza%20Sirk%C3;\n filename*1*=%BCleri;\n filename*2=.pdf",
    "encoded-word": 'filename="=?utf-8?B?xLBtemEgU2lya8O8bGVyaS5wZGY=?="',
    "encoded-words": 'filename="=?iso-8859-9?Q?=DDmza_Sirk=FC?=\n =?iso-8859-9?Q?leri.pdf?="',
    "split-within-a-letter": 'filename="=?utf-8?B?xLBtemEgU2lya8M=?=\n =?utf-8?B?vGxlcmkucGRm?="',
}


def add_to(corpus: Corpus) -> None:
    told = {key: value for key, value in TOLD.items() if key != "extra"}
    world: dict[str, Any] = {"owner": "A", "sender_authentication": "verified"}
    for name, head in HEADS.items():
        raw = f"{passed()}{head}MIME-Version: 1.0\n\n{WORDS}".encode().replace(b"\n", b"\r\n")
        corpus.raw(f"head-{name}", raw, **told, **world)
    stored = f"From onkayit@iys.org.tr Tue Nov 24 14:05:00 2026\n{passed()}{FROM}{TO}{SUBJECT}{TIED}{DATE}{PLAIN}\n{WORDS}"
    corpus.raw("head-mailbox-line", stored.encode(), **told, **world)
    subjects = {
        "utf-8": ("Ynt: Ön başvurunuz", "utf-8"),
        "windows-1254": ("Ynt: Ön başvurunuz", "windows-1254"),
    }
    for name, (subject, charset) in subjects.items():
        title = subject.encode(charset).decode("ascii", "surrogateescape")
        corpus.add(f"head-subject-{name}", WORDS, title=title, subject=subject, **TOLD)
        sender = f'"İleti Yönetim Sistemi Ön Kayıt" <{IYS}>'.encode(charset).decode("ascii", "surrogateescape")
        corpus.add(f"head-sender-{name}", WORDS, sender=sender, **TOLD)
    folded = "=?utf-8?Q?=C3=96n_ba=C5=9Fvu?=\n =?utf-8?Q?runuz?="
    corpus.add("head-subject-folded", WORDS, title=folded, subject="Ön başvurunuz", **TOLD)
    split = "=?utf-8?B?w5ZuIGJhxQ==?=\n =?utf-8?B?n3Z1cnVudXo=?="
    corpus.add("head-subject-split-within-a-letter", WORDS, title=split, subject="Ön başvurunuz", **TOLD)
    for name, filename in NAMES.items():
        charset = "windows-1254" if name == "windows-1254" else "utf-8"
        head = f"Content-Type: application/pdf\nContent-Disposition: attachment; {filename}\n"
        mime, body = wrapped("mixed", plain(f"Sayın Yetkili,\n\n{OFFERED}\n"), (head, b"%PDF-1.4"))
        # The part's head is written in the charset that is tried; its words are ASCII letters otherwise.
        body = body.replace(filename.encode(), filename.encode(charset))
        corpus.add(
            f"head-file-{name}",
            body,
            mime=mime,
            kind="offer",
            extra=TIED,
            says=[OFFERED],
            attachments=["İmza Sirküleri.pdf"],
        )
    for name, (written, real) in BOUNDARIES.items():
        _mime, body = wrapped("mixed", plain(), (PDF, b"%PDF-1.4"))
        body = body.replace(b"--sinir", f"--{real}".encode())
        mime = f"Content-Type: multipart/mixed; boundary={written}\n"
        corpus.add(f"head-boundary-{name}", body, mime=mime, attachments=["teklif.pdf"], **TOLD)
    both = wrapped("alternative", plain(), boundary="sinir")
    mime, body = wrapped("mixed", both, (PDF, b"%PDF-1.4"))
    corpus.add("head-boundary-twice", body, mime=mime, **TOLD)
    mime, body = wrapped("mixed", plain(), (PDF, b"%PDF-1.4"))
    corpus.add("head-boundary-preamble", b"Bu bir MIME iletisidir.\n\n" + body, mime=mime, **TOLD)
    twice = f"{mime}Content-Type: text/plain; charset=utf-8\n"
    corpus.add("head-two-types", body, mime=twice, kind=None, extra=TIED, shows=[TOLD["shows"][0]])
    corpus.add("head-mime-of-old", body, mime=f"{mime}Content-Transfer-Encoding: base64\n", **TOLD)
