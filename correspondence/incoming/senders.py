"""How far a mail's sender is believed: by our mail server's word, and as one of the company's people once it is
known whose mail it is."""

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from correspondence.incoming.authentication import SenderAuthentication, Verdict, authenticate
from correspondence.incoming.fetching import raw_of
from correspondence.incoming.processing import ParsedMail
from correspondence.models import UPLOADED, Mail
from correspondence.reading.parsing import Envelope, envelope
from identifiers.hosts import is_loopback
from tenancy.models import Company, Membership


def authenticate_senders(parsed: Sequence[ParsedMail]) -> None:
    """Writes on each row what our own mail server says of the sender; the caller saves it."""
    for each in parsed:
        _write(each.mail, _verdict(each.mail, each.head, frozenset()))


def recognise_members(parsed: Sequence[ParsedMail]) -> None:
    """Writes the verdict anew where the mail's company is known: the sender may be one of its people."""
    companies = Company.objects.in_bulk([each.mail.company_id for each in parsed if each.mail.company_id])
    people = _people(companies.values())
    for each in parsed:
        if each.mail.company_id in people:
            # The stages that follow ask for the company; it is not to be fetched once more for each mail.
            each.mail.company = companies[each.mail.company_id]
            _write(each.mail, _verdict(each.mail, each.head, people[each.mail.company_id]))


def authenticate_for(mail: Mail, company: Company) -> Verdict:
    """How far the sender is believed, now that it is known whose mail it is.

    The headers of a file are its uploader's to write: it is the word of the company that handed it in.
    """
    if mail.mailbox == f"{UPLOADED}{company.pk}":
        return Verdict(SenderAuthentication.COMPANY, "Firmanın kendisi yükledi.")
    if mail.is_upload:
        return Verdict(
            SenderAuthentication.UNVERIFIED, "Başka bir firmanın yüklediği dosya; kimden geldiği bilinemez."
        )
    return _verdict(mail, envelope(raw_of(mail)), _people([company])[company.pk])


def _write(mail: Mail, verdict: Verdict) -> None:
    mail.sender_authentication = verdict.sender_authentication
    mail.sender_authentication_why = verdict.why[:500]


def _verdict(mail: Mail, head: Envelope, members: frozenset[str]) -> Verdict:
    if not _came_through_our_server(mail):
        return Verdict(
            SenderAuthentication.UNVERIFIED,
            "Bu kutu bizim posta sunucumuzda değil; doğrulama sonucuna güvenilmez.",
        )
    return authenticate(head, authserv_id=settings.AUTHSERV_ID, iys_domains=settings.IYS_DOMAINS, members=members)


def _came_through_our_server(mail: Mail) -> bool:
    """A partner's own mailbox may be anywhere. Only the servers of MAILBOX_URLS take away the results that
    strangers write under our server's name (RFC 8601, 5)."""
    if mail.is_upload:
        return False
    if not mail.mailbox.startswith("imap:"):
        return True
    host = mail.mailbox.rpartition("@")[2]
    return is_loopback(host) or host in {urlsplit(url).hostname for url in settings.MAILBOX_URLS}


def _people(companies: Iterable[Company]) -> dict[UUID, frozenset[str]]:
    """Whose word is a company's own: its people's addresses and its corporate one, in lower case."""
    known = {company.pk: {company.corporate_email.lower()} - {""} for company in companies}
    members = Membership.objects.filter(company__in=known, user__is_active=True)
    for company, email in members.values_list("company", "user__email"):
        known[company].add(email.lower())
    return {company: frozenset(emails) for company, emails in known.items()}
