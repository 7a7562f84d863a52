"""Mails in, second half: what was stored is parsed, weighed, matched and read. No step is known here."""

import json
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import DataError, IntegrityError, transaction
from django.db.models import Q
from django.db.utils import Error as DatabaseTrouble
from django.utils import timezone

from correspondence.incoming import staff_rules
from correspondence.incoming.authentication import SenderAuthentication, Verdict, authenticate
from correspondence.incoming.fetching import is_too_large, raw_of
from correspondence.incoming.matching import Clues, Match, Owners, clues, decide
from correspondence.models import UPLOADED, Letter, Mail, MailStatus, TrackingAddress
from correspondence.reading.classification import Kind, Reading, read
from correspondence.reading.parsing import Content, Envelope, Unreadable, content, envelope
from correspondence.reading.rules import Rule
from identifiers.hosts import is_loopback
from tenancy.models import Company, Membership

logger = logging.getLogger(__name__)
BATCH = 50
OwnersOfNumbers = Callable[[frozenset[str]], Mapping[str, set[UUID]]]
FIELDS = (
    *(
        "message_id",
        "subject",
        "date_header",
        "from_name",
        "from_email",
        "status",
        "status_why",
        "company",
        "application_id",
    ),
    *(
        "step_key",
        "sender_authentication",
        "sender_authentication_why",
        "match_why",
        "kind",
        "rule",
        "words",
        "extracted",
        "forwarded",
    ),
)
STRENGTH: Mapping[str, int] = {
    SenderAuthentication.VERIFIED: 2,
    SenderAuthentication.COMPANY: 1,
    SenderAuthentication.UNVERIFIED: 0,
}
NOTHING = Content("", "", "", "", (), (), None, truncated=True)


@dataclass
class _Taken:
    """A mail taken apart: what it says, and what it gives to find its owner by."""

    mail: Mail
    head: Envelope
    found: Clues


@contextmanager
def one_bad_mail(mail: Mail) -> Iterator[None]:
    """The one place where anything at all may go wrong with a mail and the next one still gets its turn.

    What goes wrong with it is logged and stands on its row as the reason why it is broken. Trouble of the
    database or of the file store is not the mail's fault: the first ends the run, the second leaves the mail
    as it is for the next one.
    """
    try:
        yield
    except (DataError, IntegrityError) as error:
        _break(mail, error)
    except DatabaseTrouble:
        raise
    except OSError as error:
        logger.warning("Mail %s waits: %s", mail.pk, error)
    except Exception as error:  # whatever a stranger's bytes may set off
        logger.exception("Mail %s could not be worked on.", mail.pk)
        _break(mail, error)


def _break(mail: Mail, error: Exception) -> None:
    why = (
        f"E-posta çözümlenemedi: {error}"
        if isinstance(error, Unreadable)
        else f"İşlenemedi: {type(error).__name__}"
    )
    Mail.objects.filter(pk=mail.pk).update(status=MailStatus.BROKEN, status_why=why[:500])


def process_waiting(*, owners_of_numbers: OwnersOfNumbers) -> int:
    """Works on every mail that is new, in batches; returns how many were understood.

    `owners_of_numbers` tells whose the İYS application numbers or codes are. Two workers at once take
    different mails.
    """
    rules = staff_rules.active()
    done = 0
    left: list[UUID] = []
    while True:
        with transaction.atomic():
            waiting = Mail.objects.select_for_update(skip_locked=True).filter(status=MailStatus.NEW)
            batch = list(waiting.exclude(pk__in=left).order_by("taken_in_at", "pk")[:BATCH])
            if not batch:
                return done
            processed = process(mails=batch, rules=rules, owners_of_numbers=owners_of_numbers)
            done += len(processed)
            left += [mail.pk for mail in batch if mail not in processed]


def process(*, mails: Sequence[Mail], rules: tuple[Rule, ...], owners_of_numbers: OwnersOfNumbers) -> list[Mail]:
    """Parses, weighs, matches and reads stored mails with a handful of queries for all of them, and saves what
    was understood on their rows. Returns those that were; what was not says so on its row or waits."""
    taken = []
    for mail in mails:
        with one_bad_mail(mail):
            taken.append(parse(mail, rules))
    own = _own_letters(taken)
    _match_and_authenticate([each for each in taken if each.mail.pk not in own], owners_of_numbers)
    for each in taken:
        if each.mail.pk in own:
            _file_own_copy(each.mail, own[each.mail.pk])
    _file_duplicates([each for each in taken if each.mail.pk not in own])
    _save([each.mail for each in taken])
    return [each.mail for each in taken]


def parse(mail: Mail, rules: tuple[Rule, ...]) -> _Taken:
    """Writes what the mail says on its row; the caller saves it. Raises Unreadable."""
    large = is_too_large(mail)
    raw = raw_of(mail, head_only=large)
    head = envelope(raw)
    sender = head.senders[0] if head.senders else None
    mail.message_id = head.message_id[:998]
    mail.subject = head.subject[:500]
    mail.date_header = head.date
    mail.from_name, mail.from_email = (sender.name[:250], sender.email[:320]) if sender else ("", "")
    if large:
        mail.status = MailStatus.PERSON
        mail.status_why = f"{mail.size // 2**20} MB büyüklüğünde: saklandı, ama içine bakılmadı."
        return _Taken(mail, head, clues(head, NOTHING, tracking_domain=settings.TRACKING_DOMAIN))
    body = content(raw)
    mail.status, mail.status_why = MailStatus.READ, ""
    record_reading(mail, read(head, body, rules))
    return _Taken(mail, head, clues(head, body, tracking_domain=settings.TRACKING_DOMAIN))


def record_reading(mail: Mail, said: Reading) -> None:
    """Writes a reading on the mail's row; the caller saves it."""
    mail.kind, mail.rule, mail.words = said.kind, said.rule, said.words[:500]
    # As it will come back out of the column, so that it can be compared with what does.
    mail.extracted, mail.forwarded = json.loads(json.dumps(asdict(said.extracted))), said.forwarded


def _own_letters(taken: Sequence[_Taken]) -> dict[UUID, Letter]:
    """The portal's own letters among the mails, by the mail: known by their Message-ID, and where a list
    server has given them another one, by the header that names them."""
    names = {each.head.own_letter for each in taken if is_uuid(each.head.own_letter)}
    ids = {each.head.message_id for each in taken if each.head.message_id}
    letters = Letter.objects.filter(Q(message_id__in=ids) | Q(pk__in=names)).select_related("company")
    by_name = {name: letter for letter in letters for name in (letter.message_id, str(letter.pk))}
    found = ((each, by_name.get(each.head.message_id) or by_name.get(each.head.own_letter)) for each in taken)
    return {each.mail.pk: letter for each, letter in found if letter is not None}


def is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _file_own_copy(mail: Mail, own: Letter) -> None:
    """Our own letter came back by cc: proof that it was delivered, and nothing more."""
    Letter.objects.filter(pk=own.pk, delivered_at=None).update(delivered_at=timezone.now())
    mail.company, mail.application_id, mail.step_key = own.company, own.application_id, own.step_key
    mail.kind, mail.rule, mail.words, mail.extracted, mail.forwarded = "", "", "", {}, False
    mail.status = MailStatus.FILED
    mail.status_why = "Portalın kendi mektubunun kopyası: iletildiğini gösterir."


def _authenticate(mail: Mail, head: Envelope, members: frozenset[str]) -> Verdict:
    if not _came_through_our_server(mail):
        return Verdict(
            SenderAuthentication.UNVERIFIED,
            "Bu kutu bizim posta sunucumuzda değil; doğrulama sonucuna güvenilmez.",
        )
    return authenticate(head, authserv_id=settings.AUTHSERV_ID, iys_domains=settings.IYS_DOMAINS, members=members)


def _came_through_our_server(mail: Mail) -> bool:
    """A partner's own mailbox may be anywhere. Only the servers of MAILBOX_URLS take away the results that
    strangers write under our server's name (RFC 8601, 5)."""
    if not mail.mailbox.startswith("imap:"):
        return True
    host = mail.mailbox.rpartition("@")[2]
    return is_loopback(host) or host in {urlsplit(url).hostname for url in settings.MAILBOX_URLS}


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
    return _authenticate(mail, envelope(raw_of(mail)), _people([company])[company.pk])


def _people(companies: Iterable[Company]) -> dict[UUID, frozenset[str]]:
    """Whose word is a company's own: its people's addresses and its corporate one, in lower case."""
    known = {company.pk: {company.corporate_email.lower()} - {""} for company in companies}
    members = Membership.objects.filter(company__in=known, user__is_active=True)
    for company, email in members.values_list("company", "user__email"):
        known[company].add(email.lower())
    return {company: frozenset(emails) for company, emails in known.items()}


def _match_and_authenticate(taken: Sequence[_Taken], owners_of_numbers: OwnersOfNumbers) -> None:
    tokens = frozenset().union(*(each.found.tokens for each in taken))
    numbers = frozenset().union(*(each.found.numbers for each in taken))
    addresses = {each.token: each for each in TrackingAddress.objects.filter(token__in=tokens)}
    letters = _letters({key for each in taken for key in (*each.found.message_ids, *_bounced(each.mail))})
    of_numbers = owners_of_numbers(numbers) if numbers else {}
    before = {each.mail.pk: _authenticate(each.mail, each.head, frozenset()) for each in taken}
    for each in taken:
        used = [addresses[token] for token in each.found.tokens if token in addresses]
        answered = [letters[key] for key in each.found.message_ids if key in letters]
        bounced = [letters[key] for key in _bounced(each.mail) if key in letters]
        match: Match[UUID] = decide(
            Owners(
                by_token=frozenset(address.company_id for address in used if address.retired_at is None),
                by_old_token=frozenset(address.company_id for address in used if address.retired_at is not None),
                by_thread=frozenset(letter.company_id for letter in (*answered, *bounced) if letter.company_id),
                by_number=frozenset().union(*(of_numbers.get(number, ()) for number in each.found.numbers)),
            ),
            authenticated=before[each.mail.pk].sender_authentication is SenderAuthentication.VERIFIED,
        )
        each.mail.match_why, each.mail.company_id = match.why[:500], match.key
        letter = next((letter for letter in (*bounced, *answered) if letter.company_id == match.key), None)
        if match.key is not None and letter is not None:
            each.mail.application_id, each.mail.step_key = letter.application_id, letter.step_key
    companies = Company.objects.in_bulk([each.mail.company_id for each in taken if each.mail.company_id])
    people = _people(companies.values())
    for each in taken:
        known = people.get(each.mail.company_id) if each.mail.company_id else None
        verdict = before[each.mail.pk] if known is None else _authenticate(each.mail, each.head, known)
        each.mail.sender_authentication, each.mail.sender_authentication_why = (
            verdict.sender_authentication,
            verdict.why[:500],
        )


def _bounced(mail: Mail) -> Sequence[str]:
    """The Message-IDs of the letters that a delivery report speaks of."""
    return mail.extracted.get("bounced_ids", ()) if mail.kind == Kind.BOUNCE else ()


def _letters(message_ids: set[str]) -> dict[str, Letter]:
    return {letter.message_id: letter for letter in Letter.objects.filter(message_id__in=message_ids)}


def _file_duplicates(taken: Sequence[_Taken]) -> None:
    """The same mail in a second mailbox acts once: whichever is believed the most, else the first."""
    ids = {each.mail.message_id for each in taken if each.mail.message_id}
    known: dict[str, list[Mail]] = defaultdict(list)
    for mail in Mail.objects.filter(message_id__in=ids).exclude(status__in=(MailStatus.NEW, MailStatus.BROKEN)):
        known[mail.message_id].append(mail)
    for each in taken:
        mail = each.mail
        duplicate = next(
            (other for other in known[mail.message_id] if mail.message_id and says_the_same(mail, other)), None
        )
        if duplicate is not None and STRENGTH.get(duplicate.sender_authentication, 0) >= STRENGTH.get(
            mail.sender_authentication, 0
        ):
            mail.status, mail.status_why = MailStatus.FILED, "Aynı e-posta başka bir posta kutusuna da gelmişti."
        elif duplicate is not None:
            Mail.objects.filter(pk=duplicate.pk, status=MailStatus.PERSON).update(
                status=MailStatus.FILED, status_why="Aynı e-posta doğrulanmış hâliyle başka bir kutuya geldi."
            )
        known[mail.message_id].append(mail)


def says_the_same(one: Mail, other: Mail) -> bool:
    """A list server may change the subject and add a footer; who says what about whom stays the same."""
    owners = {one.company_id, other.company_id} - {None}
    return (
        one.pk != other.pk
        and len(owners) <= 1
        and (one.from_email, one.kind, one.extracted) == (other.from_email, other.kind, other.extracted)
    )


def _save(mails: Sequence[Mail]) -> None:
    try:
        with transaction.atomic():
            # Every row is there and locked: an update in one statement (bulk_update takes 27 times as long).
            Mail.objects.bulk_create(mails, update_conflicts=True, unique_fields=["id"], update_fields=FIELDS)
    except (DataError, IntegrityError, ValueError):
        # One of them holds what the database does not take: the others shall not wait for it.
        for mail in mails:
            with one_bad_mail(mail), transaction.atomic():
                mail.save(update_fields=FIELDS)
