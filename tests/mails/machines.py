"""Mails that machines write: answers for people who are away, delivery reports, receipts, bulk."""

from typing import Any

from tests.mails.make import LETTER_A, MEMBER, OURS, Corpus, passed
from tests.mails.ordinary import APPROVED, CODES

ANSWERS = {
    "auto-replied": "Auto-Submitted: auto-replied\n",
    "auto-replied-comment": "Auto-Submitted: auto-replied (vacation)\n",
    "auto-replied-parameter": "Auto-Submitted: auto-replied; owner-email=x\n",
    "auto-notified": "Auto-Submitted: auto-notified\n",
    "exchange": f"Auto-Submitted: auto-generated\nX-Auto-Response-Suppress: All\nIn-Reply-To: {LETTER_A}\n",
    "unknown-word": f"Auto-Submitted: something-new\nReferences: {LETTER_A}\n",
    "precedence": "Precedence: auto_reply\n",
    "x-autoreply": "X-Autoreply: yes\n",
    "x-autorespond": "X-Autorespond: Başvurunuz\n",
    "x-vacation": "X-Vacation: yes\n",
}
TITLES = (
    "Otomatik yanıt: Başvurunuz",
    "OTOMATİK YANIT: Başvurunuz",
    "Automatic reply: Başvurunuz",
    "Ofis dışında: Başvurunuz",
    "Out of Office: Başvurunuz",
    "Auto: Başvurunuz",
)
SENDER = "mailer-daemon@mx.portal.example"
REPORT = 'Content-Type: multipart/report; report-type=delivery-status; boundary="sinir"\n'


def report(action: str, original: str, *, status: str = "5.1.1") -> str:
    return (
        "--sinir\nContent-Type: text/plain; charset=utf-8\n\nMektup hakkında bilgi.\n"
        "--sinir\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.portal.example\n\n"
        f"Final-Recipient: rfc822; onkayit@iys.org.tr\nAction: {action}\nStatus: {status}\n"
        f"Diagnostic-Code: smtp; 550 5.1.1 User unknown\n\n--sinir\n{original}--sinir--\n"
    )


WHOLE = f"Content-Type: message/rfc822\n\nMessage-ID: {LETTER_A}\nSubject: Ön başvuru\n\n{APPROVED}\n"
HEADERS = f"Content-Type: text/rfc822-headers\n\nSubject: Ön başvuru\nMessage-ID: {LETTER_A}\n\n"


# Machines that may as well be İYS's own system: with other words than "I am away" they are for people.
MAYBE = ("exchange", "unknown-word")


def add_to(corpus: Corpus) -> None:
    away = "Yıllık izindeyim, dönüşte yanıtlayacağım."
    for name, header in ANSWERS.items():
        kind = "unknown" if name in MAYBE else "auto_reply"
        corpus.add(f"machine-answer-{name}", APPROVED, kind=kind, extra=header, dangerous=True, outcome="person")
        corpus.add(f"machine-away-{name}", away, kind="auto_reply", extra=header, outcome="filed")
    for title in TITLES:
        name = title.partition(":")[0].lower().replace(" ", "-").replace("ı", "i").replace("ş", "s")
        name = name.encode("ascii", "ignore").decode() + ("-caps" if title.isupper() or "OTO" in title else "")
        corpus.add(
            f"machine-title-{name}", APPROVED, kind="unknown", title=title, dangerous=True, outcome="person"
        )
        corpus.add(f"machine-away-title-{name}", away, kind="auto_reply", title=title, outcome="filed")
    corpus.add("machine-auto-generated-words", away, kind="auto_reply", extra="Auto-Submitted: auto-generated\n")
    corpus.add("machine-bulk", "Yeni fiyat listemiz.", extra="Precedence: bulk\n", outcome="person")
    corpus.add(
        "machine-question-through-a-list",
        "Merhaba, imza yetkilisinin cep telefonunu teyit eder misiniz?",
        extra="Precedence: list\nList-Id: <bilgi.mavideniz.example>\n",
        outcome="person",
    )
    corpus.add(
        "machine-iys-system", APPROVED, kind="approved", extracted=CODES, extra="Auto-Submitted: auto-generated\n"
    )
    corpus.add(
        "machine-auto-submitted-no", APPROVED, kind="approved", extracted=CODES, extra="Auto-Submitted: no\n"
    )
    corpus.add("machine-iys-in-bulk", APPROVED, kind="approved", extracted=CODES, extra="Precedence: bulk\n")
    corpus.add(
        "machine-member-is-away",
        away,
        kind="auto_reply",
        sender=MEMBER,
        results=passed("mavideniz.example"),
        sender_authentication="company",
        extra="Auto-Submitted: auto-replied\n",
    )
    _reports(corpus)


def _reports(corpus: Corpus) -> None:
    ours: dict[str, Any] = {
        "sender": SENDER,
        "results": f"Return-Path: <>\nAuthentication-Results: {OURS}; none\n",
    }
    quiet: dict[str, Any] = {**ours, "mime": REPORT, "sender_authentication": "unverified"}
    told: dict[str, Any] = {"bounced_ids": [LETTER_A], "bounced_to": ["onkayit@iys.org.tr"]}
    corpus.add("bounce-whole-letter", report("failed", WHOLE), kind="bounce", extracted=told, **quiet)
    corpus.add("bounce-headers-alone", report("failed", HEADERS), kind="bounce", extracted=told, **quiet)
    corpus.add("bounce-without-the-letter", report("failed", ""), kind="bounce", **quiet)
    corpus.add(
        "bounce-delayed", report("delayed", HEADERS, status="4.4.1"), kind="auto_reply", dangerous=True, **quiet
    )
    corpus.add(
        "bounce-delivered",
        report("delivered", HEADERS, status="2.0.0"),
        kind="auto_reply",
        dangerous=True,
        **quiet,
    )
    corpus.add(
        "bounce-relayed", report("relayed", HEADERS, status="2.0.0"), kind="auto_reply", dangerous=True, **quiet
    )
    plain = f"Bu adrese iletilemedi:\nonkayit@iys.org.tr\n\n--- Mektubunuz:\nMessage-ID: {LETTER_A}\nSubject: x\n"
    corpus.add(
        "bounce-in-plain-words",
        plain,
        kind="bounce",
        extracted={"bounced_ids": [LETTER_A]},
        sender_authentication="unverified",
        **ours,
    )
    receipt = "Content-Type: multipart/report; report-type=disposition-notification; boundary=sinir\n"
    read = "--sinir\nContent-Type: text/plain\n\nOkundu.\n--sinir--\n"
    corpus.add("bounce-read-receipt", read, kind="auto_reply", mime=receipt)
    # A report among what a trusted sender writes is a report all the same.
    corpus.add("bounce-by-iys", report("failed", HEADERS), kind="bounce", extracted=told, mime=REPORT)
