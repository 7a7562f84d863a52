"""A delivery report about one of our letters: what it does when it is believed, what staff read when it is not.

It is believed when it came to the signed envelope sender of that very letter, which only the servers know that the
letter went through, and comes from nobody, as reports do. A Message-ID proves nothing: everybody can read it who
was ever shown the letter.
"""

from collections.abc import Sequence

from correspondence.addresses import letters_addressed
from correspondence.incoming.fetching import raw_of
from correspondence.models import Letter, Mail, MailStatus
from correspondence.reading.machines import came_from_nobody
from correspondence.reading.parsing import envelope
from onboarding.mail import outcomes

UNKNOWN_LETTER = "Geri dönen mektubun hangisi olduğu anlaşılamadı."


def apply(mail: Mail) -> tuple[MailStatus, str]:
    """What becomes of the mail, and why, as a Turkish sentence. Raises Unreadable and OSError as `raw_of` does."""
    head = envelope(raw_of(mail, head_only=True))
    ids: Sequence[str] = mail.extracted.get("bounced_ids", ())
    named = list(Letter.objects.filter(message_id__in=ids))
    addressed = list(Letter.objects.filter(pk__in=letters_addressed(head.recipients)))
    recipients: Sequence[str] = mail.extracted.get("bounced_to", ())
    why: str = mail.extracted.get("remarks", "")
    if len(addressed) != 1 or not came_from_nobody(head):
        return MailStatus.PERSON, _suggestion(addressed or named, recipients, why)
    letter = addressed[0]
    if any(other.pk != letter.pk for other in named):
        return (
            MailStatus.PERSON,
            f"“{letter.subject}” mektubunun dönüş adresine geldi, başka bir mektubu anıyor.",
        )
    lost = [address for address in letter.to if address.lower() in recipients]
    if not lost and not recipients:
        return (
            MailStatus.PERSON,
            f"“{letter.subject}”: rapor, kime ulaşmadığını söylemiyor. {why}".strip(),
        )
    if not lost:
        return MailStatus.PERSON, f"{outcomes.in_words(letter, recipients, why)} (Bilgi alıcısı: adım değişmez.)"
    found = outcomes.bounced(letter=letter, lost=lost, why=why)
    return MailStatus.APPLIED if found.moved else MailStatus.PERSON, found.text


def _suggestion(letters: Sequence[Letter], recipients: Sequence[str], why: str) -> str:
    if not letters:
        return UNKNOWN_LETTER
    told = " ".join(outcomes.in_words(letter, recipients, why) for letter in letters)
    return f"Öneri, kanıt değil: {told} (Rapor, mektubun kendi dönüş adresine gelmedi.)"
