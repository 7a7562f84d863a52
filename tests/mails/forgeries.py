"""Mails that must move nothing: forged senders and results, look-alikes, mails that would cross the wall."""

from typing import Any

from tests.mails.make import (
    CODE_B,
    IYS,
    LETTER_A,
    LETTER_B,
    MEMBER,
    NUMBER_A,
    NUMBER_B,
    OURS,
    STRANGER,
    TO_A,
    TO_B,
    TO_OLD_A,
    Corpus,
    passed,
)
from tests.mails.ordinary import APPROVED, REQUEST
from tests.mails.shapes import INNER, PLAIN, multipart

NONE = f"Authentication-Results: {OURS}; none\n"
FAIL = f"Authentication-Results: {OURS}; dmarc=fail header.from=iys.org.tr\n"
# Above what our server wrote stands nothing; all else came along with the mail.
RESULTS = {
    "none-at-all": "",
    "fail": FAIL,
    "none": NONE,
    "softfail-only": f"Authentication-Results: {OURS}; spf=softfail smtp.mailfrom=iys.org.tr\n",
    "spf-only": f"Authentication-Results: {OURS}; spf=pass smtp.mailfrom=iys.org.tr\n",
    "another-server": passed(server="mx.saldirgan.example"),
    "server-with-our-name-in-front": passed(server=f"{OURS}.saldirgan.example"),
    "server-with-our-name-behind": passed(server=f"sahte-{OURS}"),
    "below-anothers": f"Authentication-Results: mx.saldirgan.example; none\n{passed()}",
    "below-our-fail": FAIL + passed(),
    "below-our-none": NONE + passed(),
    "for-another-domain": passed("saldirgan.example"),
    "for-a-subdomain": passed("posta.iys.org.tr"),
    "in-a-comment": f"Authentication-Results: {OURS}; dmarc=fail (dmarc=pass header.from=iys.org.tr) "
    "header.from=iys.org.tr\n",
    "second-result": f"Authentication-Results: {OURS}; dmarc=fail header.from=saldirgan.example; dmarc=pass "
    "header.from=iys.org.tr\n",
    "second-result-folded": f"Authentication-Results: {OURS};\n\tdmarc=fail header.from=saldirgan.example;\n"
    "\tdmarc=pass header.from=iys.org.tr\n",
    "injected-by-a-quoted-name": f'Authentication-Results: {OURS}; spf=fail smtp.mailfrom="x; dmarc=pass '
    'header.from=iys.org.tr"@saldirgan.example; dmarc=fail header.from=iys.org.tr\n',
    "dkim-of-another-domain": f"Authentication-Results: {OURS}; dkim=pass header.d=saldirgan.example\n",
    "dkim-by-identity-alone": f"Authentication-Results: {OURS}; dkim=pass header.i=@iys.org.tr.example\n",
    "dkim-against-dmarc": f"Authentication-Results: {OURS}; dkim=pass header.d=iys.org.tr; dmarc=fail "
    "header.from=iys.org.tr\n",
    "dkim-fail": f"Authentication-Results: {OURS}; dkim=fail header.d=iys.org.tr\n",
    "smtp-property": f"Authentication-Results: {OURS}; dmarc=pass smtp.from=iys.org.tr\n",
    "no-property": f"Authentication-Results: {OURS}; dmarc=pass\n",
    "nonsense": "Authentication-Results: ;;;=\n",
    "arc": f"ARC-Authentication-Results: i=1; {OURS}; dmarc=pass header.from=iys.org.tr\n",
    "look-alike-header": f"Authentication-Result: {OURS}; dmarc=pass header.from=iys.org.tr\n",
    "unicode-space": f"Authentication-Results: {OURS}\u00a0; dmarc=pass header.from=iys.org.tr\n",
    "endless": f"Authentication-Results: {OURS}; dmarc=pass header.from=iys.org.tr; " + "x-a=none; " * 900 + "\n",
}
SENDERS = {
    "ends-otherwise": ("onkayit@iys.org.tr.example", "iys.org.tr.example"),
    "begins-otherwise": ("onkayit@sahteiys.org.tr", "sahteiys.org.tr"),
    "subdomain": ("onkayit@posta.iys.org.tr", "posta.iys.org.tr"),
    "other-ending": ("onkayit@iys.org.example", "iys.org.example"),
    "dotless-i": ("onkayit@ıys.org.tr", "xn--ys-iqa.org.tr"),
    "dotless-i-punycode": ("onkayit@xn--ys-iqa.org.tr", "xn--ys-iqa.org.tr"),
    "dotted-capital": ("onkayit@İYS.org.tr", "iys.org.tr"),
    "long-s": ("onkayit@iyſ.org.tr", "iys.org.tr"),
    "cyrillic": ("onkayit@iуs.org.tr", "xn--is-bmc.org.tr"),
    "full-width": ("onkayit@ｉｙｓ.org.tr", "iys.org.tr"),
    "trailing-dot": ("onkayit@iys.org.tr.", "iys.org.tr"),
    "name-says-so": (f'"{IYS}" <{STRANGER}>', "saldirgan.example"),
    "encoded-name-says-so": (f"=?utf-8?q?onkayit=40iys.org.tr?= <{STRANGER}>", "saldirgan.example"),
    "encoded-address": ("=?utf-8?q?onkayit=40iys.org.tr?=", "iys.org.tr"),
    "encoded-within-address": ("<=?utf-8?q?onkayit?=@iys.org.tr>", "iys.org.tr"),
    "comment-says-so": (f"{STRANGER} ({IYS})", "saldirgan.example"),
    "comment-between": ("onkayit@saldirgan.example(@iys.org.tr)", "saldirgan.example"),
    "two-addresses": (f"{IYS}, {STRANGER}", "iys.org.tr"),
    "two-addresses-the-other-way": (f"{STRANGER}, {IYS}", "iys.org.tr"),
    "two-headers": (f"{IYS}\nFrom: {STRANGER}", "iys.org.tr"),
    "two-headers-the-other-way": (f"{STRANGER}\nFrom: {IYS}", "iys.org.tr"),
    "second-header-without-address": (f"{IYS}\nFrom: Kim", "iys.org.tr"),
    "two-in-brackets": (f"<{IYS}><{STRANGER}>", "iys.org.tr"),
    "loose-address-beside": (f"{STRANGER} <{IYS}>", "iys.org.tr"),
    "route": (f"<@saldirgan.example:{IYS}>", "iys.org.tr"),
    "group": (f"İYS: {IYS};", "iys.org.tr"),
    "quoted-local-part": (f'"{STRANGER}"@iys.org.tr', "iys.org.tr"),
    "empty": ("", "iys.org.tr"),
    "unicode-space": (f"{IYS}\u00a0{STRANGER}", "iys.org.tr"),
    "a-stranger": (STRANGER, "saldirgan.example"),
}


def add_to(corpus: Corpus) -> None:
    for name, results in RESULTS.items():
        corpus.danger(f"forged-results-{name}", APPROVED, results=results)
    for name, (sender, domain) in SENDERS.items():
        corpus.danger(f"forged-sender-{name}", APPROVED, sender=sender, results=passed(domain))
    corpus.danger("forged-no-sender", APPROVED, sender=None)
    corpus.danger(
        "forged-member-without-a-pass",
        REQUEST,
        sender=MEMBER,
        kind="package_request",
        results=f"Authentication-Results: {OURS}; dmarc=fail header.from=mavideniz.example\n",
    )
    corpus.danger(
        "forged-member-by-dkim-alone",
        REQUEST,
        sender=MEMBER,
        kind="package_request",
        results=f"Authentication-Results: {OURS}; dkim=pass header.d=mavideniz.example\n",
    )
    corpus.danger(
        "forged-colleague-of-a-member",
        REQUEST,
        sender="baska@mavideniz.example",
        kind="package_request",
        results=passed("mavideniz.example"),
    )
    corpus.danger("forged-results-in-the-body", f"{passed()}\n{APPROVED}", results=NONE)
    attached = ("Content-Type: message/rfc822\n", INNER)
    mime, body = multipart((PLAIN, "Ekte."), attached)
    corpus.danger(
        "forged-attached-original",
        body,
        mime=mime,
        sender=STRANGER,
        forwarded=True,
        results=passed("saldirgan.example"),
    )
    member: dict[str, Any] = {
        "sender": MEMBER,
        "results": passed("mavideniz.example"),
        "sender_authentication": "company",
    }
    corpus.danger("member-writes-an-approval", APPROVED, **member)
    corpus.danger(
        "member-forwards-a-request",
        f"---------- Forwarded message ---------\nFrom: x\n\n{REQUEST}",
        title="Fwd: Teklif",
        kind="package_request",
        forwarded=True,
        **member,
    )
    _crossings(corpus)


def _crossings(corpus: Corpus) -> None:
    believed: dict[str, Any] = {"sender_authentication": "verified", "owner": None}
    answer = "In-Reply-To: {0}\nReferences: {0}\n"
    corpus.danger("crossing-two-tokens", APPROVED, to=f"{TO_A}, {TO_B}", **believed)
    corpus.danger("crossing-token-in-copy", APPROVED, extra=f"Cc: {TO_B}\n", **believed)
    corpus.danger("crossing-token-and-thread", APPROVED, extra=answer.format(LETTER_B), **believed)
    corpus.danger(
        "crossing-two-threads",
        APPROVED,
        to="iys@kiyi.example",
        extra=f"References: {LETTER_A} {LETTER_B}\n",
        **believed,
    )
    corpus.danger(
        "crossing-token-and-number", f"{NUMBER_B} no'lu başvurunuz alınmıştır.", kind="received", **believed
    )
    corpus.danger(
        "crossing-token-and-code", f"İYS Kodu: {CODE_B}\nÖdemeniz alınmıştır.", kind="payment_received", **believed
    )
    corpus.danger("crossing-token-and-approval", APPROVED.replace("710482", CODE_B), **believed)
    corpus.danger(
        "crossing-thread-and-number",
        f"{NUMBER_B} no'lu başvurunuz alınmıştır.",
        kind="received",
        to="iys@kiyi.example",
        extra=answer.format(LETTER_A),
        **believed,
    )
    corpus.danger(
        "crossing-two-numbers",
        f"{NUMBER_A} ve {NUMBER_B} için ödemeniz alınmıştır.",
        kind="unknown",
        to="iys@kiyi.example",
        **believed,
    )
    corpus.danger("crossing-old-token", APPROVED, to=TO_OLD_A, **believed)
    corpus.danger("crossing-old-token-of-another", APPROVED, to=f"{TO_OLD_A}, {TO_B}", **believed)
    corpus.danger(
        "crossing-number-of-a-stranger",
        f"{NUMBER_A} no'lu başvurunuz alınmıştır.",
        kind="received",
        to="iys@kiyi.example",
        sender=STRANGER,
        results=passed("saldirgan.example"),
        owner=None,
    )
    corpus.danger("crossing-stolen-token", APPROVED, sender=STRANGER, results=passed("saldirgan.example"))
    corpus.danger(
        "crossing-stolen-thread",
        APPROVED,
        to="iys@kiyi.example",
        sender=STRANGER,
        results=passed("saldirgan.example"),
        extra=answer.format(LETTER_A),
    )
    corpus.danger(
        "crossing-token-of-another-domain",
        "Ödemeniz alınmıştır.",
        kind="payment_received",
        to=TO_A.replace("portal", "saldirgan"),
        **believed,
    )
    corpus.danger(
        "crossing-member-with-anothers-token",
        REQUEST,
        kind="package_request",
        to=TO_B,
        sender=MEMBER,
        results=passed("mavideniz.example"),
        owner=None,
    )
    corpus.danger("crossing-forwarded-thread", f"{APPROVED}\n\n> {TO_B}", to=f"{TO_A}, Firma <{TO_B}>", **believed)
