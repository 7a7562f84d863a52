"""Delivery reports that must move nothing, whatever they say; and odd ones that are right all the same."""

from typing import Any

from tests.mails.make import (
    DOMAIN,
    ENVELOPE_A,
    IYS,
    LETTER_A,
    LETTER_B,
    MEMBER,
    OURS,
    STRANGER,
    TO_A,
    Corpus,
    passed,
)
from tests.mails.report_parts import (
    COPY,
    EITHER,
    EMPTY,
    HEADERS,
    LETTER,
    LETTER_HEAD,
    LMTP,
    MIXED,
    PIPE,
    PLAIN,
    QUIET,
    REPORT,
    STATUS,
    UTF_8,
    WHOLE,
    add,
    fields,
    parts,
    status,
    wrong_envelope,
)

HEAD = f"From: MAILER-DAEMON@{OURS} (Mail Delivery System)\nSubject: Undelivered Mail Returned to Sender\nAuto-Submitted: auto-replied\n"
WORDS = f"I'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients.\n\n<{IYS}>: 550 5.1.1 User unknown"
UNNAMED = (
    "Sorry, your message could not be delivered to one or more of its recipients.\nThis is a permanent error."
)
FAILED, LETTER_PART = (STATUS, status(fields())), (WHOLE, LETTER)
BODY = parts((PLAIN, WORDS), FAILED, LETTER_PART)


def add_to(corpus: Corpus) -> None:
    _addresses(corpus)
    _forged(corpus)
    _letters(corpus)
    _recipients(corpus)


def _addresses(corpus: Corpus) -> None:
    """The signed address stands in the returned letter's own trace too; what counts is where the report came."""
    add(corpus, "to-the-tracking-address", HEAD + REPORT, BODY, to=TO_A)
    traced = parts((PLAIN, WORDS), FAILED, (WHOLE, f"Return-Path: <{ENVELOPE_A}>\n{LETTER}"))
    add(corpus, "to-the-tracking-address-with-a-trace", HEAD + REPORT, traced, to=TO_A)
    add(corpus, "to-another-address", HEAD + REPORT, BODY, to=COPY)
    add(corpus, "to-a-wrong-signature", HEAD + REPORT, BODY, to=wrong_envelope())
    add(corpus, "to-a-signature-cut-short", HEAD + REPORT, BODY, to=ENVELOPE_A.replace("m@", "@"))
    add(
        corpus,
        "to-a-signature-of-another-domain",
        HEAD + REPORT,
        BODY,
        to=ENVELOPE_A.replace("portal", "saldirgan"),
    )
    add(corpus, "to-a-signature-as-a-name", HEAD + REPORT, BODY, to=f'"{ENVELOPE_A}" <{TO_A}>')
    add(corpus, "to-capitals", HEAD + REPORT, BODY, to=ENVELOPE_A.upper(), outcome=EITHER)
    # The envelope's receiver is told by our own server alone.
    delivered = f"Return-Path: <>\nX-Original-To: {ENVELOPE_A}\nDelivered-To: {ENVELOPE_A}\n"
    add(
        corpus,
        "to-undisclosed",
        HEAD + REPORT,
        BODY,
        top=delivered,
        to="undisclosed-recipients:;",
        outcome="moves",
    )


def _forged(corpus: Corpus) -> None:
    from_outside: dict[str, Any] = {"top": "Return-Path: <>\n" + passed("saldirgan.example"), "to": TO_A}
    head = HEAD.replace(f"MAILER-DAEMON@{OURS}", STRANGER)
    add(corpus, "forged-by-a-stranger", head + REPORT, BODY, **from_outside)
    add(
        corpus,
        "forged-in-plain-words",
        f"{head}X-Failed-Recipients: {IYS}\n{PLAIN}\n",
        f"{WORDS}\n\n{LETTER}",
        **from_outside,
    )
    daemon = HEAD.replace(OURS, "saldirgan.example")
    add(corpus, "forged-by-a-strangers-daemon", daemon + REPORT, BODY, **from_outside)
    add(
        corpus,
        "forged-with-a-guessed-signature",
        daemon + REPORT,
        BODY,
        **{**from_outside, "to": wrong_envelope()},
    )
    as_iys = {
        **from_outside,
        "top": f"Return-Path: <>\nAuthentication-Results: {OURS}; dmarc=fail header.from=iys.org.tr\n",
    }
    add(
        corpus,
        "forged-as-iys",
        HEAD.replace(f"MAILER-DAEMON@{OURS}", "postmaster@iys.org.tr") + REPORT,
        BODY,
        **as_iys,
    )
    # A company's own viewer knows the tracking address and has the letter.
    by_member: dict[str, Any] = {
        "top": passed("mavideniz.example"),
        "to": TO_A,
        "sender_authentication": "company",
        "kind": None,
    }
    add(corpus, "forged-by-a-member", HEAD.replace(f"MAILER-DAEMON@{OURS}", MEMBER) + REPORT, BODY, **by_member)


def _letters(corpus: Corpus) -> None:
    head, anothers = HEAD + REPORT, LETTER.replace(LETTER_A, LETTER_B)
    # B's letter came back to the address of A's: a person, whosever it is.
    add(
        corpus,
        "letter-of-another",
        head,
        parts((PLAIN, WORDS), FAILED, (WHOLE, anothers)),
        letters=(LETTER_B,),
        owner=None,
        outcome="person",
    )
    both = parts((PLAIN, WORDS), FAILED, LETTER_PART, (WHOLE, anothers))
    add(corpus, "letters-of-two", head, both, letters=(LETTER_A, LETTER_B), owner=None, outcome="person")
    other = f"<mektup-c@{DOMAIN}>"
    words = f"{WORDS}\n\nReturned letters:\nMessage-ID: {LETTER_A}\nMessage-ID: {other}\n"
    add(corpus, "letters-in-words", f"{HEAD}{PLAIN}\n", words, letters=(LETTER_A, other), outcome=EITHER)
    # What the letter answers is not what came back.
    answering = LETTER.replace(
        "Subject:",
        f"In-Reply-To: <soru@iys.org.tr>\nReferences: <soru@iys.org.tr> <daha-eski@{DOMAIN}>\nSubject:",
        1,
    )
    add(corpus, "letter-that-answers", head, parts((PLAIN, WORDS), FAILED, (WHOLE, answering)), top=LMTP)
    within = LETTER.replace(UTF_8, 'Content-Type: multipart/mixed; boundary="mektup"') + parts(
        (UTF_8, "Sayın Yetkili,"),
        (WHOLE, "Message-ID: <ekteki@mavideniz.example>\nSubject: x\n\nEk."),
        boundary="mektup",
    )
    add(corpus, "letter-with-a-letter-within", head, parts((PLAIN, WORDS), FAILED, (WHOLE, within)))
    add(corpus, "letter-attached-alone", HEAD + MIXED, parts((PLAIN, WORDS), LETTER_PART), top=PIPE)
    add(
        corpus,
        "letter-attached-to-the-tracking-address",
        HEAD + MIXED,
        parts((PLAIN, WORDS), LETTER_PART),
        to=TO_A,
    )
    add(corpus, "letter-headers-attached-alone", HEAD + MIXED, parts((PLAIN, WORDS), (HEADERS, LETTER_HEAD)))
    add(
        corpus,
        "letter-cut-short",
        head,
        parts((PLAIN, WORDS), FAILED, (WHOLE, LETTER_HEAD.partition("MIME-Version")[0])),
    )
    folded = LETTER_HEAD.replace(f"Message-ID: {LETTER_A}", f"Message-Id:\n {LETTER_A}")
    add(corpus, "letter-with-a-folded-id", head, parts((PLAIN, WORDS), FAILED, (HEADERS, folded)))
    add(corpus, "letter-gone-with-a-machine-part", head, parts((PLAIN, WORDS), FAILED), letters=())
    add(corpus, "letter-gone-to-the-tracking-address", head, parts((PLAIN, WORDS), FAILED), to=TO_A, letters=())
    quoted = f"{WORDS}\n\n" + "".join(f"> {line}\n" for line in LETTER.splitlines())
    add(corpus, "letter-quoted", f"{HEAD}{UTF_8}\n", quoted)


def _recipients(corpus: Corpus) -> None:
    head = HEAD + REPORT
    noone: dict[str, Any] = {"kind": "bounce", "action": None, "recipients": (), "outcome": "person"}
    nameless = (STATUS, f"Reporting-MTA: dns; {OURS}\n")
    add(corpus, "nobody-named", head, parts((PLAIN, UNNAMED), nameless, LETTER_PART), **noone)
    # The letter's own To says whom it was for, not for whom it failed.
    add(
        corpus,
        "nobody-named-in-words",
        f"{HEAD}{UTF_8}\n",
        f"{UNNAMED}\n\n--- Below is your message:\n\n{LETTER}",
        **noone,
    )
    add(corpus, "nobody-and-nothing-named", f"{HEAD}{PLAIN}\n", UNNAMED, letters=(), **noone)
    like = "onkayit@iys.org.tr.saldirgan.example"
    body = parts((PLAIN, WORDS.replace(IYS, like)), (STATUS, status(fields(like))), LETTER_PART)
    add(corpus, "look-alike-recipient", head, body, recipients=(like,), outcome=QUIET)
    other = "satis@iys.org.tr"
    body = parts((PLAIN, WORDS.replace(IYS, other)), (STATUS, status(fields(other))), LETTER_PART)
    add(corpus, "recipient-whom-the-letter-had-not", head, body, recipients=(other,), outcome=QUIET)
    shouted = (
        status(fields())
        .replace(IYS, IYS.upper())
        .replace("Action: failed", "ACTION: FAILED")
        .replace("rfc822", "RFC822")
    )
    add(
        corpus,
        "recipient-in-capitals",
        head,
        parts((PLAIN, WORDS), (STATUS, shouted), LETTER_PART),
        recipients=None,
        outcome="moves",
    )
    bracketed = status(fields()).replace(f"; {IYS}", f"; <{IYS}>").replace("failed", "failed (permanently)")
    add(corpus, "recipient-in-brackets", head, parts((PLAIN, WORDS), (STATUS, bracketed), LETTER_PART))
    folded = status(fields()).replace(f"rfc822; {IYS}", f"rfc822;\n {IYS}")
    add(corpus, "recipient-folded", head, parts((PLAIN, WORDS), (STATUS, folded), LETTER_PART))
    untyped = status(fields()).replace("rfc822; ", "").replace("rfc822;", "")
    add(
        corpus,
        "recipient-without-a-type",
        head,
        parts((PLAIN, WORDS), (STATUS, untyped), LETTER_PART),
        outcome=EITHER,
    )
    # The machine part tells what happened; the words around it say it loosely.
    late = fields(action="delayed", status="4.4.1", said="451 try again")
    body = parts((PLAIN, f"Delivery failed so far:\n<{IYS}>: 451 try again"), (STATUS, status(late)), LETTER_PART)
    add(corpus, "late-in-words-of-failure", head, body, action="delayed")
    good = fields(action="delivered", status="2.0.0", said="250 Ok")
    full = fields(COPY, status="5.2.2", said="552 5.2.2 Mailbox full")
    body = parts((PLAIN, f"<{COPY}>: mailbox full\n<{IYS}>: delivered"), (STATUS, status(good, full)), LETTER_PART)
    add(corpus, "needed-delivered-copy-failed", head, body, recipients=(COPY,))
    body = parts((PLAIN, UNNAMED), (STATUS, status(fields(action="expanded", status="2.0.0"))), LETTER_PART)
    add(corpus, "expanded", head, body, action=None, recipients=None)
    unheard = parts((PLAIN, UNNAMED), (STATUS, status(fields(action="uncertain", status="5.0.0"))), LETTER_PART)
    add(corpus, "unheard-of-action", head, unheard, action=None, recipients=None)
    told_copy = f"{HEAD}X-Failed-Recipients: {COPY}\n{UTF_8}\n"
    words = f"{UNNAMED}\n\n  {COPY}\n    552 mailbox full\n\nMessage-ID: {LETTER_A}\nTo: {IYS}\n"
    add(corpus, "copy-alone-to-the-tracking-address", told_copy, words, to=TO_A, recipients=(COPY,), top=EMPTY)
