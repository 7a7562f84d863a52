"""Whose a mail is: the portal's own letters, and the companies at which the clues in a mail point."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from correspondence.incoming.authentication import SenderAuthentication
from correspondence.incoming.matching import Match, Owners, decide
from correspondence.incoming.processing import ParsedMail
from correspondence.models import Letter, Mail, TrackingAddress
from correspondence.reading.kinds import Kind
from tenancy.models import Company

OwnersOfNumbers = Callable[[frozenset[str]], Mapping[str, set[UUID]]]


def match_owners(parsed: Sequence[ParsedMail], *, owners_of_numbers: OwnersOfNumbers) -> None:
    """Writes on each row whose mail it is, which letter it is about and what ties it to that; the caller saves it.

    A handful of queries for all of them. `owners_of_numbers` tells whose the İYS application numbers or codes are;
    a number counts only in the mail of a verified sender, so authentication comes first.
    """
    tokens = frozenset().union(*(each.clues.tokens for each in parsed))
    numbers = frozenset().union(*(each.clues.numbers for each in parsed))
    # An address of a company that was merged into another one leads to that one.
    known = TrackingAddress.objects.filter(token__in=tokens).select_related("company__merged_into")
    addresses = {each.token: each for each in known}
    by_id, by_key = _letters(parsed)
    of_numbers = owners_of_numbers(numbers) if numbers else {}
    for each in parsed:
        used = [addresses[token] for token in each.clues.tokens if token in addresses]
        addressed = [by_key[key] for key in each.addressed if key in by_key]
        answered = [by_id[key] for key in each.clues.message_ids if key in by_id]
        bounced = [by_id[key] for key in _bounced_ids(each.mail) if key in by_id]
        spoken_of = (*addressed, *bounced, *answered)
        match: Match[UUID] = decide(
            Owners(
                by_token=frozenset(each.company.today.pk for each in used if each.retired_at is None),
                by_old_token=frozenset(each.company.today.pk for each in used if each.retired_at is not None),
                by_thread=frozenset(letter.company_id for letter in spoken_of if letter.company_id),
                by_number=frozenset().union(*(of_numbers.get(number, ()) for number in each.clues.numbers)),
            ),
            authenticated=each.mail.sender_authentication == SenderAuthentication.VERIFIED,
        )
        each.mail.match_why, each.mail.company_id = match.why[:500], match.key
        letter = next((letter for letter in spoken_of if letter.company_id == match.key), None)
        each.mail.tied_why = ""
        if match.key is not None and letter is not None:
            each.mail.application_id, each.mail.step_key = letter.application_id, letter.step_key
            each.mail.tied_why = _tie(letter, addressed, answered)[:500]
    _give_to_their_partners([each.mail for each in parsed])


def _give_to_their_partners(mails: Sequence[Mail]) -> None:
    """A company's mail is its partner's, into whoever's mailbox it came: that partner's support decides about it,
    and may write no row that names another partner. A company that has moved goes on getting such mail."""
    companies = {mail.company_id for mail in mails if mail.company_id and mail.partner_id}
    # One that is being moved has moved by then.
    locked: QuerySet[Company] = Company.objects.select_for_update(no_key=True).order_by("pk")
    partners = dict(locked.filter(pk__in=companies).values_list("pk", "partner"))
    for mail in mails:
        if mail.partner_id and mail.company_id:
            mail.partner_id = partners[mail.company_id]


def _tie(letter: Letter, addressed: Sequence[Letter], answered: Sequence[Letter]) -> str:
    """A report that only names a letter is tied to nothing: everybody who got a copy has read its Message-ID."""
    if letter.application_id is None:
        return ""
    if letter in addressed:
        return f"“{letter.subject}” mektubunun kendi dönüş adresine geldi."
    return f"“{letter.subject}” mektubumuzu yanıtlıyor." if letter in answered else ""


def _bounced_ids(mail: Mail) -> Sequence[str]:
    """The Message-IDs of the letters that a delivery report speaks of."""
    return mail.extracted.get("bounced_ids", ()) if mail.kind == Kind.BOUNCE else ()


def _letters(parsed: Sequence[ParsedMail]) -> tuple[dict[str, Letter], dict[UUID, Letter]]:
    """The letters that the mails answer, report about or came back to: by Message-ID, and by id."""
    ids = {key for each in parsed for key in (*each.clues.message_ids, *_bounced_ids(each.mail))}
    keys = {key for each in parsed for key in each.addressed}
    letters = Letter.objects.filter(Q(message_id__in=ids) | Q(pk__in=keys))
    return {letter.message_id: letter for letter in letters}, {letter.pk: letter for letter in letters}


def owners_of_tokens(tokens: frozenset[str]) -> QuerySet[Company]:
    """Whose tracking addresses these are or were, or of companies that have become theirs."""
    owners = TrackingAddress.objects.filter(token__in=tokens).values("company")
    return Company.objects.filter(Q(pk__in=owners) | Q(absorbed__in=owners))


def owners_of_letters(message_ids: tuple[str, ...]) -> QuerySet[Company]:
    return Company.objects.filter(letters__in=Letter.objects.filter(message_id__in=message_ids))


def owners_of_address(email: str) -> QuerySet[Company]:
    """The companies whose corporate address it is, or one of whose people has it."""
    if not email:
        return Company.objects.none()
    return Company.objects.filter(Q(corporate_email__iexact=email) | Q(members__email__iexact=email))
