"""What tests begin with: rows, a company and its people, the ladder of the six steps, browsers and mailboxes.

factories: rows of invented people and companies. ladder: an application brought to a rung of the six steps.
cast: a company with its people, each before the screens. online: such a company on the online channel.
support: the partner's people before the admin. browser: who is signed in, and a page as a person reads it.
mailbox, mails, smtp_server: mail that comes and mail that goes. papers: files. waits: rungs that last long.
"""
