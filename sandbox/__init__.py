"""The other side, for trying and testing: a mail server, İYS's desk that answers letters, a post office.

Reached over SMTP, mailbox and HTTP only; the portal imports nothing from here, nor this from the portal.
"""
