"""Mails that look as if a machine had written them and are no delivery reports; what a person wrote reaches a person.

The kind is named where the corpus knows it already; what a read receipt or an answer to an invitation is called is
left open (`None`), only not that it moves something.
"""

from typing import Any

from tests.mails.make import DOMAIN, ENVELOPE_A, IYS, LETTER_A, MEMBER, NUMBER_A, STRANGER, TO_A, Corpus, passed
from tests.mails.ordinary import KINDS
from tests.mails.report_parts import HTML, LETTER, QUIET, UTF_8, WHOLE, parts

QUESTION = "Merhaba, imza yetkilisinin cep telefonunu teyit eder misiniz?"
AWAY = "30 Kasım'a kadar yıllık izindeyim; acil işler için satis@iys.org.tr adresine yazabilirsiniz."
ANSWER = f"{QUESTION}\n\nNot: {AWAY}"
REPLIED = f"Auto-Submitted: auto-replied\nIn-Reply-To: {LETTER_A}\n"
LIST = "Precedence: list\nList-Id: <bilgi.mavideniz.example>\nList-Unsubscribe: <https://grup.example/cik>\n"
TEMPLATE = KINDS["received"]["guide"]
# A mail that a person has written: never filed, and nothing in it moves a step.
WRITTEN: dict[str, Any] = {"outcome": "person", "dangerous": True}
MACHINE: dict[str, Any] = {"kind": None, "outcome": QUIET, "dangerous": True}
MOVES: dict[str, Any] = {"kind": "received", "outcome": "moves", "extracted": {"application_number": NUMBER_A}}


def add_to(corpus: Corpus) -> None:
    _people(corpus)
    _templates(corpus)
    _machines(corpus)


def _people(corpus: Corpus) -> None:
    add = corpus.add
    add("written-through-a-list", QUESTION, extra=LIST, **WRITTEN)
    html = f"<p>{QUESTION}</p>"
    mime = 'Content-Type: multipart/alternative; boundary="iki"\n'
    add(
        "written-through-a-list-in-two-forms",
        parts((UTF_8, QUESTION), (HTML, html), boundary="iki"),
        mime=mime,
        extra=LIST,
        **WRITTEN,
    )
    add("written-in-bulk", QUESTION, extra="Precedence: bulk\n", **WRITTEN)
    add(
        "written-through-a-ticket-system",
        f"Talebinize yanıt verildi:\n\n{QUESTION}",
        extra="Auto-Submitted: auto-generated\nX-Auto-Response-Suppress: All\n",
        **WRITTEN,
    )
    add("written-above-a-vacation-note", ANSWER, extra=REPLIED, **{**WRITTEN, "kind": None})
    title = "Ynt: Otomatik yanıt: Başvurunuz"
    add("written-under-an-automatic-title", QUESTION, title=title, **WRITTEN)
    add(
        "written-and-not-submitted-by-a-machine",
        QUESTION,
        extra="Auto-Submitted: no\nX-Autoreply: no\n",
        **WRITTEN,
    )
    add("written-by-outlook", QUESTION, extra="X-Auto-Response-Suppress: DR, OOF, AutoReply\n", **WRITTEN)
    add("written-by-the-postmaster", QUESTION, sender="postmaster@iys.org.tr", **WRITTEN)
    words = "Merhaba,\n\nGönderdiğiniz mektubun eki bozuk geldi, açılmadı. Tekrar gönderebilir misiniz?"
    add("written-of-a-broken-letter", words, title="Mektubunuz ulaşmadı", **{**WRITTEN, "kind": None})
    words = "Merhaba, size dönen hata bu mu?\n\n> 550 5.1.1 User unknown\n> <onkayit@iys.org.tr>: could not be delivered\n"
    add("written-with-a-quoted-error", words, **{**WRITTEN, "kind": None})
    add("written-with-an-empty-envelope", QUESTION, results="Return-Path: <>\n" + passed(), **WRITTEN)
    member: dict[str, Any] = {
        "sender": MEMBER,
        "results": passed("mavideniz.example"),
        "sender_authentication": "company",
    }
    add(
        "written-by-a-member-with-an-empty-envelope",
        "Merhaba, başvurumuz ne durumda?",
        **{**member, **WRITTEN, "results": "Return-Path: <>\n" + member["results"]},
    )
    add("written-by-a-member-through-a-list", "Merhaba, başvurumuz ne durumda?", extra=LIST, **member, **WRITTEN)
    attached = parts(
        (UTF_8, "Merhaba, bu geri geldi, bakar mısınız?"),
        (
            WHOLE,
            f"From: MAILER-DAEMON@posta.example\nSubject: failure notice\n{UTF_8}\n\nHi. This is the qmail-send program.\n\n<{IYS}>:\n550 User unknown\n\n--- Below this line is a copy of the message.\n\n{LETTER}",
        ),
        boundary="iki",
    )
    mixed = 'Content-Type: multipart/mixed; boundary="iki"\n'
    add(
        "written-with-a-report-attached",
        attached,
        mime=mixed,
        title="İlt: failure notice",
        **{**member, **WRITTEN, "kind": None},
    )
    # Some programs answer the envelope's sender, not the letter's.
    add("written-to-the-signed-address", QUESTION, to=ENVELOPE_A, **WRITTEN)
    add(
        "written-by-a-stranger-called-daemon",
        QUESTION,
        sender=f'"Mail Delivery System" <{STRANGER}>',
        results=passed("saldirgan.example"),
        sender_authentication="unverified",
        **WRITTEN,
    )


def _templates(corpus: Corpus) -> None:
    """İYS's system writes as machines do, and is believed by what our server says of it."""
    for name, top, extra in (
        ("auto-generated", "", "Auto-Submitted: auto-generated\n"),
        (
            "auto-generated-by-a-ticket-system",
            "",
            "Auto-Submitted: auto-generated\nX-Auto-Response-Suppress: All\nPrecedence: bulk\n",
        ),
        ("empty-envelope", "Return-Path: <>\n", ""),
        ("mailer-daemon-envelope", "Return-Path: <MAILER-DAEMON>\n", f"X-Original-To: {TO_A}\n"),
        (
            "feedback-id",
            "",
            "Feedback-ID: 1.eu-west-1:AmazonSES\nX-SES-Outgoing: 2026.11.24-192.0.2.9\nPrecedence: bulk\n",
        ),
    ):
        corpus.add(f"template-{name}", TEMPLATE, results=top + passed(), extra=extra, **MOVES)
    corpus.add("template-through-a-list", TEMPLATE, extra=LIST, **{**MOVES, "outcome": ["moves", "person"]})
    # RFC 3834 sends automatic answers to the envelope's sender.
    corpus.add("template-to-the-signed-address", TEMPLATE, to=ENVELOPE_A, **MOVES)


def _machines(corpus: Corpus) -> None:
    def add(name: str, words: str, *, mime: str = f"{UTF_8}\n", **more: Any) -> None:
        corpus.add(f"no-report-{name}", words, mime=mime, **{**MACHINE, **more})

    add("away", AWAY, extra=REPLIED, title="Otomatik yanıt: Ön başvuru")
    add("away-to-the-signed-address", AWAY, extra=REPLIED, title="Otomatik yanıt: Ön başvuru", to=ENVELOPE_A)
    add("away-with-an-empty-envelope", AWAY, extra=REPLIED, results="Return-Path: <>\n" + passed())
    add(
        "newsletter",
        "Kasım bültenimiz yayında! Kampanyaları görmek için tıklayınız: https://bulten.example/1",
        extra=f"Precedence: bulk\n{LIST.partition(chr(10))[2]}",
        sender="bulten@haber.example",
        results=passed("haber.example"),
        sender_authentication="unverified",
    )
    receipt = 'Content-Type: multipart/report; report-type=disposition-notification; boundary="iki"\n'
    for name, said, disposition in (
        (
            "read",
            "İletiniz\n\n  Kime: Ön Kayıt\n  Konu: Ön başvuru\n\n24.11.2026 14:05 tarihinde okundu.",
            "displayed",
        ),
        (
            "deleted-unread",
            "İletiniz\n\n  Konu: Ön başvuru\n\n24.11.2026 14:05 tarihinde okunmadan silindi.",
            "deleted",
        ),
        ("processed-with-an-error", "The message could not be displayed.", "displayed/error"),
    ):
        machine = f"Final-Recipient: rfc822; {IYS}\nOriginal-Message-ID: {LETTER_A}\nDisposition: automatic-action/MDN-sent-automatically; {disposition}\n"
        add(
            f"receipt-{name}",
            parts((UTF_8, said), ("Content-Type: message/disposition-notification", machine), boundary="iki"),
            mime=receipt,
            extra=f"References: {LETTER_A}\n",
            title="Okundu: Ön başvuru",
        )
    feedback = 'Content-Type: multipart/report; report-type=feedback-report; boundary="iki"\n'
    machine = f"Feedback-Type: abuse\nUser-Agent: Geribildirim/1.0\nVersion: 1\nOriginal-Mail-From: <{ENVELOPE_A}>\nOriginal-Rcpt-To: {IYS}\n"
    body = parts(
        (UTF_8, "This is an email abuse report for an email message received from IP 192.0.2.30."),
        ("Content-Type: message/feedback-report", machine),
        (WHOLE, LETTER),
        boundary="iki",
    )
    outside: dict[str, Any] = {
        "sender": "fbl@haber.example",
        "results": passed("haber.example"),
        "sender_authentication": "unverified",
    }
    add("feedback", body, mime=feedback, **outside)
    add("feedback-to-the-signed-address", body, mime=feedback, to=ENVELOPE_A, **outside)
    tls = 'Content-Type: multipart/report; report-type="tlsrpt"; boundary="iki"\n'
    body = parts(
        (UTF_8, "This is an aggregate TLS report."),
        (
            "Content-Type: application/tlsrpt+gzip; name=rapor.json.gz\nContent-Transfer-Encoding: base64",
            "H4sIAAAAAAAAAwMAAAAAAAAAAAA=",
        ),
        boundary="iki",
    )
    add("tls-report", body, mime=tls, extra=f"TLS-Report-Domain: {DOMAIN}\n", **outside)
    calendar = "BEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:{}\nBEGIN:VEVENT\nUID:gorusme@portal\nSUMMARY:Görüşme\nDTSTART:20261125T090000Z\nEND:VEVENT\nEND:VCALENDAR"
    mime = 'Content-Type: multipart/alternative; boundary="iki"\n'
    event = ("Content-Type: text/calendar; method={}; charset=utf-8\nContent-Transfer-Encoding: 8bit", calendar)
    add(
        "calendar-answer",
        parts((UTF_8, ""), (event[0].format("REPLY"), event[1].format("REPLY")), boundary="iki"),
        mime=mime,
        title="Kabul Edildi: Görüşme",
    )
    asked = "Merhaba, eksik belgeleri yarın telefonda konuşalım mı?"
    add(
        "calendar-invitation",
        parts((UTF_8, asked), (event[0].format("REQUEST"), event[1].format("REQUEST")), boundary="iki"),
        mime=mime,
        title="Görüşme",
        outcome="person",
    )
    # Until somebody answers it, the letter waits there: a list of what is allowed, since the product may file it.
    challenge = (
        "İletiniz bekletiliyor. Bir robot olmadığınızı doğrulamak için tıklayınız: https://dogrula.example/1"
    )
    add("challenge", challenge, extra=REPLIED, title="Lütfen iletinizi doğrulayın")
    add(
        "ticket-opened",
        "Talebiniz 4711 numarası ile kaydedilmiştir. En kısa sürede dönüş yapılacaktır.",
        extra=REPLIED,
        title="[#4711] Talebiniz kaydedildi",
    )
