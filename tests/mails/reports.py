"""Delivery reports as the mail servers that people run themselves write them: Postfix, Exim, qmail."""

from tests.mails import report_gates, report_servers, report_services, report_traps
from tests.mails.make import ENVELOPE_A, IYS, OURS, Corpus
from tests.mails.report_parts import (
    COPY,
    COPY_FULL,
    DATE,
    EITHER,
    EXIM,
    EXPIRED,
    HEADERS,
    LATE,
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
    _postfix(corpus)
    _exim(corpus)
    _qmail(corpus)
    for more in (report_servers, report_services, report_gates, report_traps):
        more.add_to(corpus)


def _postfix(corpus: Corpus) -> None:
    def head(title: str = "Undelivered Mail Returned to Sender") -> str:
        return f"From: MAILER-DAEMON@{OURS} (Mail Delivery System)\nSubject: {title}\nAuto-Submitted: auto-replied\n{REPORT}"

    sorry = (
        f"This is the mail system at host {OURS}.\n\nI'm sorry to have to inform you that your message could not\n"
        "be delivered to one or more recipients. It's attached below.\n\nFor further assistance, please send mail to "
        "postmaster.\n\n                   The mail system\n\n"
    )
    words = f"{sorry}<{IYS}>: host mail.iys.org.tr[192.0.2.25] said: 550 5.1.1\n    User unknown (in reply to RCPT TO command)"
    unknown, whole = (STATUS, status(fields())), (WHOLE, LETTER)
    add(corpus, "postfix-through-the-pipe", head(), parts((PLAIN, words), unknown, whole), top=PIPE)
    add(corpus, "postfix-headers-alone", head(), parts((PLAIN, words), unknown, (HEADERS, LETTER_HEAD)), top=LMTP)
    add(corpus, "postfix-without-return-path", head(), parts((PLAIN, words), unknown, whole), top=NOTHING)
    timed_out = "connect to mail.iys.org.tr[2001:db8::25]:25: Connection timed out"
    given_up = fields(status="4.4.1", said="").replace(
        "Diagnostic-Code: smtp; ", f"Diagnostic-Code: X-Postfix; {timed_out}"
    )
    body = parts((PLAIN, f"{sorry}<{IYS}>: {timed_out}"), (STATUS, status(given_up)), whole)
    add(corpus, "postfix-expired", head(), body, action=EXPIRED)
    full = fields(status="5.2.2", said="552 5.2.2 Mailbox full")
    body = parts(
        (PLAIN, f"{sorry}<{IYS}>: host mail.iys.org.tr[192.0.2.25] said: 552 5.2.2 Mailbox full"),
        (STATUS, status(full)),
        whole,
    )
    add(corpus, "postfix-mailbox-full", head(), body, top=LMTP)
    body = parts((PLAIN, f"{sorry}<{COPY}>: mailbox full"), (STATUS, status(COPY_FULL)), whole)
    add(corpus, "postfix-copy-alone", head(), body, recipients=(COPY,))
    body = parts((PLAIN, f"{words}\n\n<{COPY}>: mailbox full"), (STATUS, status(fields(), COPY_FULL)), whole)
    add(corpus, "postfix-both", head(), body, top=PIPE, recipients=(IYS, COPY))
    warning = (
        f"This is the mail system at host {OURS}.\n\n"
        "####################################################################\n"
        "# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #\n"
        "####################################################################\n\n"
        "Your message could not be delivered for more than 4 hour(s).\nIt will be retried until it is 5 day(s) old.\n\n"
        f"<{IYS}>: {timed_out}"
    )
    late = fields(**LATE) + "Will-Retry-Until: Sun, 29 Nov 2026 14:05:00 +0300\n"
    body = parts((PLAIN, warning), (STATUS, status(late)), (HEADERS, LETTER_HEAD))
    add(corpus, "postfix-delayed", head("Delayed Mail (still being retried)"), body, top=PIPE, action="delayed")
    done = f"This is the mail system at host {OURS}.\n\nYour message was successfully delivered to the destination(s)\nlisted below.\n\n"
    for action in ("relayed", "delivered"):
        good = fields(action=action, status="2.0.0", said="250 2.0.0 Ok")
        body = parts(
            (PLAIN, f"{done}<{IYS}>: delivery via mail.iys.org.tr: 250 2.0.0 Ok"),
            (STATUS, status(good)),
            (HEADERS, LETTER_HEAD),
        )
        add(corpus, f"postfix-{action}", head("Successful Mail Delivery Report"), body, action=action)
    turkish = (
        f"Bu ileti {OURS} posta sunucusu tarafından gönderilmiştir.\n\nİletiniz bir veya daha fazla alıcıya teslim "
        f"edilemedi. İletinin aslı ektedir.\n\n<{IYS}>: 550 5.1.1 User unknown"
    )
    title = "=?utf-8?q?Teslim_Edilemeyen_=C4=B0leti?="
    add(corpus, "postfix-turkish-template", head(title), parts((UTF_8, turkish), unknown, whole), top=LMTP)
    # RFC 6533: the same report where the mail was SMTPUTF8.
    wide = status(fields()).replace("rfc822;", "utf-8;")
    body = parts(
        (UTF_8, words),
        ("Content-Type: message/global-delivery-status", wide),
        ("Content-Type: message/global-headers", LETTER_HEAD),
    )
    add(corpus, "postfix-smtputf8", head().replace("report-type=", "report-type=global-"), body)
    # The needed address hands on to another one, and only that one is named as final.
    final = fields().replace(f"Final-Recipient: rfc822; {IYS}", "Final-Recipient: rfc822; arsiv@iys.example")
    body = parts(
        (PLAIN, f"{sorry}<arsiv@iys.example> (expanded from <{IYS}>): unknown user"),
        (STATUS, status(final)),
        whole,
    )
    add(corpus, "postfix-behind-an-alias", head(), body, recipients=None, outcome=EITHER)


def _exim(corpus: Corpus) -> None:
    def head(title: str, *failed: str, mime: str = f"{PLAIN}\n") -> str:
        names = f"X-Failed-Recipients: {', '.join(failed)}\n" if failed else ""
        return f"{names}Auto-Submitted: auto-replied\nFrom: Mail Delivery System <Mailer-Daemon@{OURS}>\nSubject: {title}\n{mime}"

    title = "Mail delivery failed: returning message to sender"
    start = "This message was created automatically by mail delivery software.\n\n"
    sorry = (
        f"{start}A message that you sent could not be delivered to one or more of its\n"
        "recipients. This is a permanent error. The following address(es) failed:\n\n"
    )

    def failed(address: str, said: str = REFUSED_AT_RCPT) -> str:
        return f"  {address}\n    {said}\n"

    copy = f"\n------ This is a copy of the message, including all the headers. ------\n\nReturn-path: <{ENVELOPE_A}>\n{LETTER}"
    alone = "\n------ This is a copy of the message's headers. ------\n\n" + LETTER_HEAD
    add(corpus, "exim", head(title, IYS), sorry + failed(IYS) + copy, top=EXIM)
    add(corpus, "exim-through-the-pipe", head(title, IYS), sorry + failed(IYS) + copy, top=PIPE)
    add(corpus, "exim-headers-alone", head(title, IYS), sorry + failed(IYS) + alone, top=NOTHING)
    add(
        corpus,
        "exim-two",
        head(title, IYS, COPY),
        sorry + failed(IYS) + failed(COPY, "552 mailbox full") + copy,
        top=EXIM,
        recipients=(IYS, COPY),
    )
    add(
        corpus,
        "exim-copy-alone",
        head(title, COPY),
        sorry + failed(COPY, "552 mailbox full") + copy,
        top=EXIM,
        recipients=(COPY,),
    )
    expired = "retry timeout exceeded"
    add(corpus, "exim-expired", head(title, IYS), sorry + failed(IYS, expired) + copy, top=EXIM, action=EXPIRED)
    report = head(title, IYS, mime=REPORT)
    body = parts((PLAIN, sorry + failed(IYS)), (STATUS, status(fields())), (WHOLE, LETTER))
    add(corpus, "exim-with-a-machine-part", report, body, top=EXIM)
    warning = (
        f"{start}A message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours "
        f"on the queue on {OURS}.\n\nThe message identifier is:     1tEabc-0001Qf-2B\nThe subject of the message is: Ön başvuru\n"
        f"The date of the message is:    {DATE}\n\nThe address to which the message has not yet been delivered is:\n\n  {IYS}\n"
        "    Delay reason: Connection timed out\n\nNo action is required on your part. Delivery attempts will continue for\n"
        "some time, and this warning may be repeated at intervals if the message\nremains undelivered. Eventually the mail "
        "delivery software will give up,\nand when that happens, the message will be returned to you.\n"
    )
    delay = "Warning: message 1tEabc-0001Qf-2B delayed 24 hours"
    add(corpus, "exim-delayed", head(delay, mime=f"{UTF_8}\n"), warning, top=EXIM, action="delayed", letters=())
    body = parts((UTF_8, warning), (STATUS, status(fields(**LATE))), (HEADERS, LETTER_HEAD))
    add(corpus, "exim-delayed-with-a-machine-part", head(delay, mime=REPORT), body, top=EXIM, action="delayed")
    for panel, said in (
        ("cpanel", "all relevant MX records point to non-existent hosts"),
        (
            "cpanel-spam",
            'host mail.iys.org.tr [192.0.2.25]:\n    550 5.7.1 "The mail server detected your message as spam and has prevented delivery."',
        ),
        ("directadmin-full", "mailbox is full: retry timeout exceeded"),
    ):
        add(corpus, panel, head(title, IYS), sorry + failed(IYS, said) + copy, top=EXIM)
    turkish = (
        "Bu ileti, posta iletim yazılımı tarafından otomatik olarak oluşturulmuştur.\n\nGönderdiğiniz ileti aşağıdaki alıcılara "
        f"teslim edilemedi. Bu kalıcı bir hatadır:\n\n{failed(IYS)}"
    )
    headed = head("=?utf-8?q?=C4=B0leti_teslim_edilemedi?=", IYS, mime=f"{UTF_8}\n")
    add(corpus, "directadmin-turkish-template", headed, turkish + copy, top=EXIM)


REFUSED_AT_RCPT = f"host mail.iys.org.tr [192.0.2.25]\n    SMTP error from remote mail server after RCPT TO:<{IYS}>:\n    550 5.1.1 User unknown"


def _qmail(corpus: Corpus) -> None:
    head = "From: MAILER-DAEMON@posta.example\nSubject: failure notice\n"
    sorry = (
        "Hi. This is the qmail-send program at posta.example.\nI'm afraid I wasn't able to deliver your message to the "
        "following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n"
    )
    copy = f"\n--- Below this line is a copy of the message.\n\nReturn-Path: <{ENVELOPE_A}>\n{LETTER}"
    needed = f"<{IYS}>:\n192.0.2.25 does not like recipient.\nRemote host said: 550 5.1.1 User unknown\nGiving up on 192.0.2.25.\n"
    full = f"<{COPY}>:\nThe users mailfolder is over the allowed quota (size). (#5.2.2)\n"
    late = f"<{IYS}>:\nCNAME lookup failed temporarily. (#4.4.3)\nI'm not going to try again; this message has been in the queue too long.\n"
    add(corpus, "qmail", head, sorry + needed + copy)
    add(corpus, "qmail-through-the-pipe", head, sorry + needed + copy, top=PIPE)
    add(corpus, "qmail-two", head, sorry + needed + "\n" + full + copy, recipients=(IYS, COPY))
    add(corpus, "qmail-copy-alone", head, sorry + full + copy, recipients=(COPY,))
    add(corpus, "netqmail-expired", head, sorry + late + copy, action=EXPIRED)
