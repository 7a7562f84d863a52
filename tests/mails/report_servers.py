"""Delivery reports as sendmail and the smaller mail servers write them."""

from tests.mails.make import IYS, LETTER_A, OURS, TO_A, Corpus
from tests.mails.report_parts import (
    COPY,
    COPY_FULL,
    DATE,
    EXPIRED,
    HEADERS,
    LATE,
    LETTER,
    LETTER_HEAD,
    LMTP,
    MIXED,
    NOTHING,
    PLAIN,
    REPORT,
    SENDMAIL,
    STATUS,
    UTF_8,
    WHOLE,
    add,
    fields,
    parts,
    status,
)


def add_to(corpus: Corpus) -> None:
    _sendmail(corpus)
    _others(corpus)


def _sendmail(corpus: Corpus) -> None:
    def head(title: str, kind: str = "failure") -> str:
        return (
            f"From: Mail Delivery Subsystem <MAILER-DAEMON@{OURS}>\nSubject: {title}\nAuto-Submitted: auto-generated ({kind})\n"
            f"{REPORT}"
        )

    fatal, soft = (
        "   ----- The following addresses had permanent fatal errors -----\n",
        "   ----- The following addresses had transient non-fatal errors -----\n",
    )
    received = f"The original message was received at {DATE}\nfrom localhost [127.0.0.1]\n\n"
    title, letter = "Returned mail: see transcript for details", (WHOLE, LETTER)
    transcript = "\n   ----- Transcript of session follows -----\n... while talking to mail.iys.org.tr.:\n"
    refused = (
        f"{received}{fatal}<{IYS}>\n    (reason: 550 5.1.1 User unknown)\n{transcript}<<< 550 5.1.1 User unknown"
    )
    add(corpus, "sendmail", head(title), parts((PLAIN, refused), (STATUS, status(fields())), letter), top=SENDMAIL)
    late, late_copy = fields(**LATE), fields(COPY, **LATE)
    mixed = f"{received}{fatal}<{IYS}>\n    (reason: 550 5.1.1 User unknown)\n\n{soft}<{COPY}>\n{transcript}<{COPY}>... Deferred"
    add(
        corpus,
        "sendmail-needed-failed-copy-late",
        head(title),
        parts((PLAIN, mixed), (STATUS, status(late_copy, fields())), letter),
    )
    mixed = f"{received}{fatal}<{COPY}>\n    (reason: 552 5.2.2 Mailbox full)\n\n{soft}<{IYS}>\n{transcript}<{IYS}>... Deferred"
    add(
        corpus,
        "sendmail-copy-failed-needed-late",
        head(title),
        parts((PLAIN, mixed), (STATUS, status(late, COPY_FULL)), letter),
        recipients=(COPY,),
    )
    mixed = f"{received}{fatal}<{IYS}>\n    (reason: 550 5.1.1 User unknown)\n\n   ----- The following addresses had successful delivery notifications -----\n<{COPY}>  (relayed to non-DSN-aware mailer)\n"
    relayed = fields(COPY, action="relayed", status="2.0.0", said="250 Ok")
    add(
        corpus,
        "sendmail-needed-failed-copy-relayed",
        head(title),
        parts((PLAIN, mixed), (STATUS, status(fields(), relayed)), letter),
        top=SENDMAIL,
    )
    days = f"{received}{fatal}<{IYS}>\n{transcript}<{IYS}>... Deferred: Connection timed out with mail.iys.org.tr.\nMessage could not be delivered for 5 days\nMessage will be deleted from queue"
    gone = fields(status="4.4.7", said="451 4.4.1 Connection timed out")
    body = parts((PLAIN, days), (STATUS, status(gone)), letter)
    add(corpus, "sendmail-expired", head("Returned mail: Cannot send message for 5 days"), body, action=EXPIRED)
    warning = (
        "    **********************************************\n    **      THIS IS A WARNING MESSAGE ONLY      **\n"
        "    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **\n    **********************************************\n\n"
        f"{received}{soft}<{IYS}>\n{transcript}<{IYS}>... Deferred\nWarning: message still undelivered after 4 hours\n"
        "Will keep trying until message is 5 days old"
    )
    headed = head("Warning: could not send message for past 4 hours", "warning-timeout")
    add(
        corpus,
        "sendmail-delayed",
        headed,
        parts((PLAIN, warning), (STATUS, status(late)), (HEADERS, LETTER_HEAD)),
        top=SENDMAIL,
        action="delayed",
    )
    receipt = f"{received}   ----- The following addresses had successful delivery notifications -----\n<{IYS}>  (relayed to non-DSN-aware mailer)\n"
    good = fields(action="relayed", status="2.0.0", said="250 Ok")
    add(
        corpus,
        "sendmail-receipt",
        head("Return receipt", "return-receipt"),
        parts((PLAIN, receipt), (STATUS, status(good)), (HEADERS, LETTER_HEAD)),
        action="relayed",
    )


def _others(corpus: Corpus) -> None:
    letter, unknown = (WHOLE, LETTER), (STATUS, status(fields(), server="posta.example"))
    head = "From: postmaster@posta.example\nSubject: NOTICE: mail delivery status.\n" + REPORT
    courier = "This is a delivery status notification from posta.example,\nrunning the Courier mail server, version 1.2.\n\n"
    words = (
        f"{courier}                           UNDELIVERABLE MAIL\n\nYour message to the following recipients cannot be delivered:\n\n"
        f"<{IYS}>:\n    mail.iys.org.tr [192.0.2.25]:\n>>> RCPT TO:<{IYS}>\n<<< 550 5.1.1 User unknown\n\nThe original message follows as a separate attachment."
    )
    add(corpus, "courier", head, parts((PLAIN, words), unknown, letter))
    words = f"{courier}                           DELAYED MAIL\n\nYour message to the following recipients has been delayed, and it is still\nundelivered:\n\n<{IYS}>:\n"
    add(
        corpus,
        "courier-delayed",
        head,
        parts((PLAIN, words), (STATUS, status(fields(**LATE))), (HEADERS, LETTER_HEAD)),
        action="delayed",
    )
    hello = "    Hi!\n\n    This is the MAILER-DAEMON, please DO NOT REPLY to this email.\n\n"
    head = "Subject: Delivery status notification: {}\nFrom: Mailer Daemon <MAILER-DAEMON@posta.example>\n"
    words = f"{hello}    An error has occurred while attempting to deliver a message for\n    the following list of recipients:\n\n{IYS}: 550 5.1.1 User unknown\n\n    Below is a copy of the original message:\n\n"
    add(corpus, "opensmtpd", head.format("error"), words + LETTER, top=NOTHING)
    add(
        corpus,
        "opensmtpd-with-a-machine-part",
        head.format("error") + MIXED,
        parts((PLAIN, words), unknown, (HEADERS, LETTER_HEAD)),
    )
    words = f"{hello}    A message is delayed for more than 4 hours for the following\n    list of recipients:\n\n{IYS}: Connection timed out\n\n    Please note that this is only a temporary failure report.\n"
    add(
        corpus,
        "opensmtpd-delayed",
        head.format("delayed") + MIXED,
        parts((PLAIN, words), (STATUS, status(fields(**LATE))), (HEADERS, LETTER_HEAD)),
        action="delayed",
    )
    zimbra = (
        "From: MAILER-DAEMON@zimbra.posta.example (Mail Delivery System)\nSubject: Undelivered Mail Returned to Sender\nAuto-Submitted: auto-replied\n"
        + REPORT
    )
    words = f"This is the mail system at host zimbra.posta.example.\n\nI'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients. It's attached below.\n\n<{IYS}>: host zimbra.posta.example[192.0.2.26] said: 452 4.2.2 Over quota\n    (in reply to end of DATA command)"
    full = fields(status="4.2.2", said="452 4.2.2 Over quota")
    add(corpus, "zimbra-over-quota", zimbra, parts((PLAIN, words), (STATUS, status(full)), letter), top=LMTP)
    head = f"From: mailer-daemon@posta.example\nSubject: =?utf-8?q?Message_undeliverable=3A_=C3=96n_ba=C5=9Fvuru?=\n{UTF_8}\n"
    words = (
        f"Your message did not reach some or all of the intended recipients.\n\n   Sent: {DATE}\n   Subject: Ön başvuru\n\n"
        f"The following recipient(s) could not be reached:\n\n{IYS}\n   Error Type: SMTP\n   Remote server (192.0.2.25) issued an error.\n"
        f"   hMailServer sent: RCPT TO:<{IYS}>\n   Remote server replied: 550 5.1.1 User unknown\n\n\n\nhMailServer\n"
    )
    add(corpus, "hmailserver", head, words, letters=())
    add(corpus, "hmailserver-to-the-tracking-address", head, words, to=TO_A, letters=())
    head = "From: MDaemon@posta.example\nSubject: Permanent Delivery Failure\nX-MDaemon-Deliver-To: x\nAuto-Submitted: auto-replied\nPrecedence: bulk\n"
    words = (
        "The attached message had PERMANENT fatal delivery errors!\n\nAfter one or more unsuccessful delivery attempts the attached "
        "message has\nbeen removed from the mail queue on this server.\n\nYOUR MESSAGE WAS NOT DELIVERED TO ONE OR MORE OF THE RECIPIENTS!\n\n"
        f"Failed address: {IYS}\n\n--- Session Transcript ---\n--> RCPT To:<{IYS}>\n<-- 550 5.1.1 User unknown\n--- End Transcript ---"
    )
    add(corpus, "mdaemon", head + MIXED, parts((PLAIN, words), letter))
    words = (
        words.replace("PERMANENT fatal", "TRANSIENT")
        .replace("Failed address", "Address")
        .replace("550 5.1.1 User unknown", "421 4.7.0 Try again later")
    )
    words = words.replace("been removed from", "been placed in the retry").replace(
        "YOUR MESSAGE WAS NOT DELIVERED TO ONE OR MORE OF THE RECIPIENTS!", "DELIVERY ATTEMPTS WILL CONTINUE."
    )
    add(
        corpus,
        "mdaemon-delayed",
        head.replace("Permanent Delivery Failure", "Transient Delivery Failure") + MIXED,
        parts((PLAIN, words), letter),
        action="delayed",
    )
    head = "From: Postmaster@posta.example\nSubject: =?utf-8?q?DELIVERY_FAILURE=3A_User_not_listed?=\n" + REPORT
    words = f"Your message\n\n  Subject: Ön başvuru\n\nwas not delivered to:\n\n  {IYS}\n\nbecause:\n\n  User onkayit ({IYS}) not listed in Domino Directory\n"
    add(
        corpus,
        "domino",
        head,
        parts((UTF_8, words), unknown, (HEADERS, f"Message-ID: {LETTER_A}\nTo: {IYS}\n")),
        top=NOTHING,
    )
