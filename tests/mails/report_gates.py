"""Delivery reports of services that send for others, and of the filters that stand before a mail server."""

from tests.mails.make import IYS, LETTER_A, Corpus
from tests.mails.report_parts import (
    COPY,
    DATE,
    EITHER,
    HEADERS,
    LETTER,
    LETTER_HEAD,
    LMTP,
    NOTHING,
    PIPE,
    PLAIN,
    REPORT,
    STATUS,
    UTF_8,
    WHOLE,
    add,
    fields,
    parts,
    status,
)


def add_to(corpus: Corpus) -> None:
    words = f"An error occurred while trying to deliver the mail to the following recipients:\n{IYS}"
    machine = f"Reporting-MTA: dsn; a7-10.smtp-out.eu-west-1.amazonses.com\n\nAction: failed\nFinal-Recipient: rfc822; {IYS}\nDiagnostic-Code: smtp; 550 5.1.1 user unknown\nStatus: 5.1.1\n"
    head = (
        f"From: MAILER-DAEMON@eu-west-1.amazonses.com\nSubject: Delivery Status Notification (Failure)\n{REPORT}"
    )
    add(corpus, "amazon-ses", head, parts((PLAIN, words), (STATUS, machine), (WHOLE, LETTER)), top=LMTP)
    # SES gives each letter a Message-ID of its own; what tells the letter is the address that the report came to.
    renamed = LETTER.replace(LETTER_A, "<0102019abcdef123-11111111-000000@eu-west-1.amazonses.com>")
    add(
        corpus,
        "amazon-ses-renamed",
        head,
        parts((PLAIN, words), (STATUS, machine), (WHOLE, renamed)),
        letters=None,
        outcome=EITHER,
    )
    head = f"From: Internet Mail Delivery <postmaster@mac.example>\nSubject: Delivery Notification: Delivery has failed\nAuto-Submitted: auto-replied\n{REPORT}"
    words = f"This report relates to a message you sent with the following header fields:\n\n  Message-id: {LETTER_A}\n  Date: {DATE}\n  From: Mavi Deniz Turizm\n  To: {IYS}\n  Subject: Ön başvuru\n\nYour message cannot be delivered to the following recipients:\n\n  Recipient address: {IYS}\n  Reason: Illegal host/domain name found\n"
    add(
        corpus,
        "icloud",
        head,
        parts((UTF_8, words), (STATUS, status(fields())), (HEADERS, LETTER_HEAD)),
        top=NOTHING,
    )
    add(corpus, "icloud-words-alone", head.replace(REPORT, f"{UTF_8}\n"), words, top=NOTHING)
    spam = fields(status="5.7.1", said="550 5.7.1 Message content rejected, UBE, id=00000-22-225")
    words = f"Your message to: {IYS}\nwas blocked by our Spam Firewall. The email you sent with the following subject has NOT BEEN DELIVERED:\n\nSubject: Ön başvuru\n"
    head = f"From: MAILER-DAEMON <>\nSubject: **Message you sent blocked by our bulk email filter**\n{REPORT}"
    add(
        corpus,
        "barracuda-spam",
        head,
        parts((UTF_8, words), (STATUS, status(spam)), (HEADERS, LETTER_HEAD)),
        top=PIPE,
    )
    head = f"From: Mail Delivery Subsystem <MAILER-DAEMON@mx0a.pphosted.example>\nSubject: Returned mail: see transcript for details\nAuto-Submitted: auto-generated (failure)\n{REPORT}"
    words = f"The original message was received at {DATE}\nfrom m0.pphosted.example [127.0.0.1]\n\n   ----- The following addresses had permanent fatal errors -----\n<{IYS}>\n    (reason: 550 5.7.0 Local Policy Violation)\n"
    add(
        corpus,
        "proofpoint",
        head,
        parts(
            (PLAIN, words),
            (STATUS, status(fields(status="5.7.0", said="550 5.7.0 Local Policy Violation"))),
            (HEADERS, LETTER_HEAD),
        ),
    )
    head = f'From: "postmaster" <postmaster@posta.example>\nSubject: [Postmaster] Email Delivery Failure\nX-Mimecast-Originator: <>\n{UTF_8}\n'
    words = f"This is an automated alert notification. Please do not reply.\n\nAn email that you attempted to send to the following address could not be delivered:\n-- {IYS}\n\nThe problem appears to be :\n-- Recipient email address is possibly incorrect\n\nAdditional information follows :\n-- 5.4.1 Recipient address rejected: Access denied.\n\nThis condition occurred after 1 attempt(s) to deliver over\na period of 0 hour(s).\n"
    add(corpus, "mimecast", head, words, letters=())
    add(corpus, "mimecast-copy-alone", head, words.replace(IYS, COPY), letters=(), recipients=(COPY,))
