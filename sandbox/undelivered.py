"""What a mail server writes to the envelope's sender when a letter reached nobody (RFC 3464)."""

from email import message_from_string, policy
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.mime.text import MIMEText
from email.utils import formatdate, make_msgid

SERVER = "mx.iys.org.tr"
DAEMON = f"MAILER-DAEMON@{SERVER}"
WHY = "550 5.1.1 No such mailbox here"
# Written by the server that took the letter in: no part of what was sent.
_ADDED = ("Return-Path", "Authentication-Results")


def report(*, head: str, envelope_sender: str, recipient: str) -> bytes:
    """`head` are the letter's own headers, which come back with it."""
    message = MIMEMultipart("report", report_type="delivery-status")
    message["From"] = f"Mail Delivery System <{DAEMON}>"
    message["To"] = envelope_sender
    message["Subject"] = "Undelivered mail"
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = make_msgid(domain=SERVER)
    message["Auto-Submitted"] = "auto-replied"
    message.attach(MIMEText(f"Your message could not be delivered to one recipient.\n\n<{recipient}>: {WHY}\n"))
    message.attach(_status(recipient))
    returned = message_from_string(head)
    for name in _ADDED:
        del returned[name]
    letter = MIMENonMultipart("text", "rfc822-headers")
    letter.set_payload(returned.as_string())
    message.attach(letter)
    return message.as_bytes(policy=policy.SMTP)


def _status(recipient: str) -> Message:
    """First of the server, then of the recipient (RFC 3464, 2.2 and 2.3)."""
    server, failed = Message(), Message()
    server["Reporting-MTA"] = f"dns; {SERVER}"
    failed["Final-Recipient"] = f"rfc822; {recipient}"
    failed["Action"] = "failed"
    failed["Status"] = "5.1.1"
    failed["Diagnostic-Code"] = f"smtp; {WHY}"
    status = MIMENonMultipart("message", "delivery-status")
    status.set_payload([server, failed])
    return status
