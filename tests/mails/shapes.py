"""The same words in every dress: charsets, transfer encodings, HTML, quotations, forwards, broken MIME."""

import base64
import quopri
from typing import Any

from tests.mails.make import IYS, MEMBER, NUMBER_A, TO_A, Corpus, passed
from tests.mails.ordinary import APPROVED, CODES

CHARSETS = ("utf-8", "iso-8859-9", "windows-1254")
PAID = "Ödemeniz alınmıştır; ığüşöç İĞÜŞÖÇ.\n"
LONG_AGO = "Başvurunuz onaylanmıştır.\nİYS Numaranız: 999999\n"
QUOTES = {
    "gmail": "24 Kas 2026 Sal, 14:05 tarihinde İYS <onkayit@iys.org.tr> şunu yazdı:\n\n",
    "gmail-broken": "24 Kas 2026 Sal, 14:05 tarihinde İYS <onkayit@iys.org.tr>\nşunu yazdı:\n\n",
    "apple": "Ada Yalın <ada@mavideniz.example> şunları yazdı (24 Kas 2026 14:05):\n\n",
    "iphone": "24 Kas 2026 tarihinde, saat 14:05'de Ada Yalın <ada@mavideniz.example> şunları yazdı:\n\n",
    "thunderbird": "24.11.2026 14:05 tarihinde Ada Yalın yazdı:\n",
    "yandex": '24.11.2026, 14:05, "Ada Yalın" <ada@mavideniz.example>:\n',
    "outlook": "Kimden: Ada Yalın\nGönderildi: 24 Kasım 2026 Salı 14:05\nKime: İYS\nKonu: Başvuru\n\n",
    "outlook-old": "Kimden: Ada Yalın\nGönderilme: 24 Kasım 2026\nKime: İYS\nBilgi: iys@kiyi.example\nKonu: Başvuru\n\n",
    "outlook-bold": "*Kimden:* Ada Yalın\n*Gönderildi:* 24 Kasım 2026\n*Kime:* İYS\n*Konu:* Başvuru\n\n",
    "outlook-phone": "________________________________\nGönderen: Ada\nGönderildi: 24 Kasım\nKime: İYS\nKonu: x\n\n",
    "ozgun": "-----Özgün İleti-----\nKimden: Ada\n\n",
    "orijinal": "-------- Orijinal mesaj --------\nKimden: Ada\nTarih: 24.11.2026\n\n",
    "original": "-----Original Message-----\nFrom: Ada\nSent: 24 November 2026\nTo: İYS\nSubject: x\n\n",
    "gmail-english": "On Tue, Nov 24, 2026 at 2:05 PM Ada Yalın <ada@mavideniz.example> wrote:\n",
}
FORWARDS = {
    "gmail": (
        "Fwd: Başvurunuz",
        "---------- Forwarded message ---------\nGönderen: İYS <onkayit@iys.org.tr>\n"
        "Date: 24 Kas 2026 Sal, 14:05\nSubject: Başvurunuz\nTo: <ada@mavideniz.example>\n\n",
    ),
    "gmail-turkish": (
        "Fwd: Başvurunuz",
        "---------- Yönlendirilen ileti ----------\nKimden: İYS\nTarih: 24 Kas\nKonu: Başvurunuz\nAlıcı: Ada\n\n",
    ),
    "iletilen": ("İlt: Başvurunuz", "---------- İletilen mesaj ----------\nKimden: İYS\nKonu: Başvurunuz\n\n"),
    "thunderbird": (
        "Fwd: Başvurunuz",
        "-------- İletilmiş İleti --------\nKonu: Başvurunuz\nTarih: 24 Kas\n"
        "Kimden: İYS <onkayit@iys.org.tr>\nKime: ada@mavideniz.example\n\n",
    ),
    "apple": ("Fwd: Başvurunuz", "İletilen ileti başlangıcı:\n\nKimden: İYS\nKonu: Başvurunuz\nTarih: 24 Kas\n\n"),
    "apple-english": ("Fwd: Başvurunuz", "Begin forwarded message:\n\nFrom: İYS\nSubject: x\nDate: 24 Nov\n\n"),
    "outlook-ilt": ("İlt: Başvurunuz", "Kimden: İYS\nGönderildi: 24 Kasım 2026\nKime: Ada\nKonu: Başvurunuz\n\n"),
    "outlook-ILT": ("ILT: Başvurunuz", "Kimden: İYS\nGönderilme: 24 Kasım 2026\nKime: Ada\nKonu: Başvurunuz\n\n"),
    "outlook-fw": ("FW: Başvurunuz", "From: İYS\nSent: 24 November 2026\nTo: Ada\nSubject: Başvurunuz\n\n"),
    "answered-forward": ("Ynt: İlt: Başvurunuz", "Kimden: İYS\nGönderildi: 24 Kasım\nKime: Ada\nKonu: x\n\n"),
}
HTML = {
    "paragraphs": "".join(f"<p>{line}</p>" for line in APPROVED.splitlines() if line),
    "breaks": APPROVED.replace("\n", "<br>"),
    "table": "<table><tr><td>Hizmet sağlayıcı:</td><td>MAVİ DENİZ TURİZM ANONİM ŞİRKETİ</td></tr><tr><td>İYS "
    "Numaranız:</td><td>710482</td></tr><tr><td>Markalarınız:</td></tr><tr><td>Mavi Deniz</td><td>İYS Numarası: "
    "710482</td></tr><tr><td>Çınar Işık</td><td>İYS Numarası:</td><td>710497</td></tr></table>",
    "entities": "".join(f"<div>{line}</div>" for line in APPROVED.splitlines() if line)
    .replace("İ", "&#304;")
    .replace("ı", "&#x131;")
    .replace("ş", "&#351;")
    .replace(" ", "&nbsp;"),
    "bold-numbers": "".join(f"<p>{line}</p>" for line in APPROVED.splitlines() if line)
    .replace("710482", "<b>710482</b>")
    .replace("710497", "<span style='color:red'>710497</span>"),
    "styles-and-comments": "<html><head><title>Ret</title><style>p{color:red}</style></head><body><!--[if mso]>"
    "reddedilmiştir<![endif]--><script>var a='<p>reddedilmiştir</p>'</script>"
    + "".join(f"<p>{line}</p>" for line in APPROVED.splitlines() if line),
    "unclosed": "<div><p>"
    + "<p>".join(line for line in APPROVED.splitlines() if line)
    + "<a href='https://iys.ex",
    "quoted": "".join(f"<p>{line}</p>" for line in APPROVED.splitlines() if line)
    + "<div>24 Kas 2026 tarihinde Ada şunu yazdı:</div><blockquote>Başvurumuz reddedildi mi?</blockquote>",
    "blockquote-alone": "".join(f"<p>{line}</p>" for line in APPROVED.splitlines() if line)
    + "<blockquote>Başvurunuz reddedilmiştir.</blockquote>",
}


def html(words: str) -> tuple[str, str]:
    return "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n", words


def multipart(*parts: tuple[str, str | bytes], kind: str = "mixed") -> tuple[str, bytes]:
    body = b""
    for head, words in parts:
        body += f"--sinir\n{head}\n".encode() + (words.encode() if isinstance(words, str) else words) + b"\n"
    return f'Content-Type: multipart/{kind}; boundary="sinir"\n', body + b"--sinir--\n"


PLAIN = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n"
INNER = f"From: İYS <{IYS}>\nTo: {MEMBER}\nSubject: Başvurunuz\n{passed()}{PLAIN}\n{APPROVED}"


def add_to(corpus: Corpus) -> None:
    _charsets(corpus)
    _html_mails(corpus)
    _quotations(corpus)
    _forwards(corpus)
    _broken(corpus)


def _charsets(corpus: Corpus) -> None:
    for charset in CHARSETS:
        payload = APPROVED.encode(charset)
        written = {
            "8bit": payload,
            "quoted-printable": quopri.encodestring(payload),
            "base64": base64.encodebytes(payload),
        }
        for encoding, body in written.items():
            mime = f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {encoding}\n"
            corpus.add(f"charset-{charset}-{encoding}", body, mime=mime, kind="approved", extracted=CODES)
    for name, declared, real in (
        ("latin-1-for-turkish", "; charset=iso-8859-1", "iso-8859-9"),
        ("cp1252-for-turkish", "; charset=windows-1252", "windows-1254"),
        ("ascii-for-turkish", "; charset=us-ascii", "windows-1254"),
        ("utf-8-for-turkish", "; charset=utf-8", "windows-1254"),
        ("turkish-for-utf-8", "; charset=windows-1254", "utf-8"),
        ("unheard-of", "; charset=x-turkish-pc", "windows-1254"),
        ("not-declared", "", "iso-8859-9"),
        ("no-charset-at-all", "; charset=undefined", "utf-8"),
        ("quadratic-charset", "; charset=punycode", "utf-8"),
    ):
        mime = f"Content-Type: text/plain{declared}\nContent-Transfer-Encoding: 8bit\n"
        corpus.add(f"charset-{name}", PAID.encode(real), mime=mime, kind="payment_received", text=PAID.strip())
    smart = f"{NUMBER_A} no’lu “başvurunuz” alınmıştır.".replace("“", "").replace("”", "").encode("windows-1254")
    mime = "Content-Type: text/plain; charset=iso-8859-9\nContent-Transfer-Encoding: 8bit\n"
    corpus.add("charset-smart-apostrophe-as-8859-9", smart, mime=mime, kind="received")


def _html_mails(corpus: Corpus) -> None:
    for name, words in HTML.items():
        mime, body = html(words)
        corpus.add(f"html-{name}", body, mime=mime, kind="approved", extracted=CODES)
    words = HTML["paragraphs"]
    for name, plain in (
        ("alternative", APPROVED),
        ("blank-alternative", " \n"),
        ("poor-alternative", "Bu e-posta HTML biçimindedir."),
    ):
        mime, both = multipart((PLAIN, plain), html(words), kind="alternative")
        corpus.add(f"html-{name}", both, mime=mime, kind="approved", extracted=CODES)
    links = (
        '<p>Teklifimizi ekte bilgilerinize sunarız.</p><p><a href="https://teklif.iys.example/1">Teklifi incelemek '
        'için tıklayınız.</a></p><p><a href="https://teklif.iys.example/ode/1">Ödeme yapmak için tıklayınız.</a></p>'
        '<p><a href="https://iys.org.tr/">iys.org.tr</a> <a href="javascript:alert(1)">x</a></p>'
    )
    pdf = ("Content-Type: application/pdf; name=teklif.pdf\nContent-Disposition: attachment\n", b"%PDF-1.4")
    mime, offered = multipart(html(links), pdf)
    told = {"view_url": "https://teklif.iys.example/1", "pay_url": "https://teklif.iys.example/ode/1"}
    corpus.add("html-offer-with-two-links", offered, mime=mime, kind="offer", extracted=told)
    home = (
        '<p>Başvurunuza devam edebilirsiniz.</p><p><a href="https://iys.org.tr/">Ana sayfa</a></p><p>'
        '<a href="https://basvuru.iys.example/1">Başvuruya Devam Et</a></p>'
    )
    mime, page = html(home)
    corpus.add(
        "html-continue-beside-a-home-page",
        page,
        mime=mime,
        kind="continue_link",
        extracted={"continue_url": "https://basvuru.iys.example/1"},
    )


def _quotations(corpus: Corpus) -> None:
    for name, begins in QUOTES.items():
        quoted = begins + "".join(f"> {line}\n" for line in LONG_AGO.splitlines())
        bare = begins + LONG_AGO
        corpus.add(f"quote-{name}", f"Teşekkür ederiz.\n\n{quoted}", text="Teşekkür ederiz.", title="Ynt: Başvuru")
        if not begins.startswith("On "):
            corpus.add(
                f"quote-bare-{name}", f"{PAID}\n{bare}", kind="payment_received", text=PAID.strip(), title="YNT: x"
            )
    corpus.add("quote-nothing-new", "".join(f"> {line}\n" for line in LONG_AGO.splitlines()), title="Ynt: Başvuru")
    corpus.add("quote-lone-label", f"Konu: ödeme.\n{PAID}", kind="payment_received")
    corpus.add("quote-official-letter", f"Sayı: 2026/11\nKonu: Ödemeniz\n\n{PAID}", kind="payment_received")


def _forwards(corpus: Corpus) -> None:
    member: dict[str, Any] = {
        "sender": MEMBER,
        "results": passed("mavideniz.example"),
        "sender_authentication": "company",
        "forwarded": True,
    }
    for name, (title, begins) in FORWARDS.items():
        told = {"kind": "approved", "extracted": CODES, "title": title, **member}
        corpus.add(f"forward-{name}", f"Bilginize.\n\n{begins}{APPROVED}", **told)
    title, begins = FORWARDS["gmail"]
    corpus.add(
        "forward-without-a-word", begins + APPROVED, kind="approved", extracted=CODES, title=title, **member
    )
    answered = f"{PAID}\n24 Kas 2026 tarihinde Ada şunu yazdı:\n> {LONG_AGO}"
    corpus.add("forward-of-an-answer", begins + answered, kind="payment_received", title=title, **member)
    twice = begins + begins + APPROVED
    corpus.add("forward-of-a-forward", twice, kind="approved", extracted=CODES, title=title, **member)
    attached = ("Content-Type: message/rfc822\nContent-Disposition: attachment; filename=iys.eml\n", INNER)
    mime, body = multipart((PLAIN, "Ekte."), attached)
    corpus.add("forward-attached", body, mime=mime, kind="approved", extracted=CODES, **member)
    coded = (
        "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n",
        base64.encodebytes(INNER.encode()),
    )
    mime, body = multipart((PLAIN, "Ekte."), coded)
    corpus.add("forward-attached-base64", body, mime=mime, kind="approved", extracted=CODES, **member)
    mime, body = multipart((PLAIN, "Ekte ikisi."), attached, attached)
    corpus.add("forward-two-attached", body, mime=mime, **{**member, "forwarded": False})
    # İYS itself passing a mail on is read, but does not act: what it says about it is not understood.
    corpus.add(
        "forward-by-iys",
        f"Bu onay hatalıdır, dikkate almayınız.\n\n{begins}{APPROVED}",
        kind="approved",
        title=title,
        forwarded=True,
    )


def _broken(corpus: Corpus) -> None:
    mime = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n"
    coded = base64.encodebytes(PAID.encode()).rstrip().rstrip(b"=")
    corpus.add("broken-base64-cut-short", coded, mime=mime, kind="payment_received")
    corpus.add("broken-base64-that-is-none", b"%%% %%% !!!", mime=mime)
    corpus.add(
        "broken-no-closing-line",
        f"--sinir\n{PLAIN}\n{PAID}",
        kind="payment_received",
        mime="Content-Type: multipart/mixed; boundary=sinir\n",
    )
    corpus.add(
        "broken-boundary-that-never-comes",
        PAID,
        kind="payment_received",
        mime="Content-Type: multipart/mixed; boundary=yok\n",
    )
    corpus.add("broken-no-boundary", PAID, kind="payment_received", mime="Content-Type: multipart/mixed\n")
    corpus.add("broken-nul-characters", PAID.replace("; ", "\x00; "), kind="payment_received")
    corpus.add("broken-no-content-type", PAID, kind="payment_received", mime="")
    monster = 'Content-Type: text/plain; charset=utf-8; a="' + 'x;"' * 900 + "\n"
    corpus.add("broken-monstrous-parameters", PAID, kind="payment_received", mime=monster)
    corpus.add(
        "broken-eight-bit-subject",
        PAID,
        kind="payment_received",
        title="Başvuru".encode("windows-1254").decode("ascii", "surrogateescape"),
        subject="Başvuru",
    )
    corpus.add(
        "broken-encoded-subject", PAID, kind="payment_received", title="=?utf-8?B?bozuk", subject="=?utf-8?B?bozuk"
    )
    nobody = {"owner": None, "sender_authentication": "unverified", "kind": "unknown"}
    corpus.raw("broken-empty", b"", **nobody)
    corpus.raw("broken-noise", bytes(range(256)) * 8, **nobody)
    corpus.raw(
        "broken-line-feeds-alone",
        f"{passed()}From: {IYS}\nTo: {TO_A}\n\n{PAID}".encode(),
        owner="A",
        sender_authentication="verified",
        kind="payment_received",
    )
