"""The same mail in a second mailbox: it acts once, from whichever copy is believed the most.

Within one mailbox the constraints of the table keep a mail from being stored twice (see `fetching`).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import Count, Q

from correspondence.incoming.authentication import SenderAuthentication
from correspondence.incoming.processing import sentences_of
from correspondence.models import Mail, MailStatus

ALREADY_CAME = "Aynı e-posta başka bir posta kutusuna da gelmişti."
STRENGTH: Mapping[str, int] = {
    SenderAuthentication.VERIFIED: 2,
    SenderAuthentication.COMPANY: 1,
    SenderAuthentication.UNVERIFIED: 0,
}


def file_duplicates(mails: Sequence[Mail]) -> None:
    """Files each mail that came before, unless it is believed more than the earlier copy; then that one is filed.

    The caller saves `mails`.
    """
    ids = {mail.message_id for mail in mails if mail.message_id}
    known: dict[str, list[Mail]] = defaultdict(list)
    for mail in Mail.objects.filter(message_id__in=ids).exclude(status__in=(MailStatus.NEW, MailStatus.BROKEN)):
        known[mail.message_id].append(mail)
    for mail in mails:
        duplicate = next(
            (other for other in known[mail.message_id] if mail.message_id and says_the_same(mail, other)), None
        )
        if duplicate is not None and _strength(duplicate) >= _strength(mail):
            mail.status, mail.status_why = MailStatus.FILED, ALREADY_CAME
        elif duplicate is not None:
            Mail.objects.filter(pk=duplicate.pk, status=MailStatus.PERSON).update(
                status=MailStatus.FILED, status_why="Aynı e-posta doğrulanmış hâliyle başka bir kutuya geldi."
            )
        known[mail.message_id].append(mail)


def _strength(mail: Mail) -> int:
    return STRENGTH.get(mail.sender_authentication, 0)


def says_the_same(one: Mail, other: Mail) -> bool:
    """A list server may change the subject and add a footer; who says what about whom stays the same.

    Some senders give all their mails one Message-ID: other words are another mail.
    """
    owners = {one.company_id, other.company_id} - {None}
    said = zip(sentences_of(one), sentences_of(other), strict=False)
    return (
        one.pk != other.pk
        and len(owners) <= 1
        and (one.from_email, one.kind, one.extracted) == (other.from_email, other.kind, other.extracted)
        and all(mine.text == theirs.text for mine, theirs in said)
    )


def several(mails: Sequence[Mail]) -> set[str]:
    """Which of the Message-IDs of these mails stand on more than one row."""
    ids = {mail.message_id for mail in mails if mail.message_id}
    counted = Mail.objects.filter(message_id__in=ids).order_by().values_list("message_id").annotate(Count("pk"))
    return {message_id for message_id, count in counted if count > 1}


def lock_with_duplicates(mail: Mail) -> tuple[Mail, list[Mail]]:
    """Locks the mail's row and those with its Message-ID, always in the same order, and returns the mail as it is
    now and the others. Call it in a transaction."""
    same = Q(pk=mail.pk) | Q(message_id=mail.message_id) if mail.message_id else Q(pk=mail.pk)
    locked = {each.pk: each for each in Mail.objects.select_for_update().filter(same).order_by("pk")}
    return locked.pop(mail.pk), list(locked.values())


def was_applied(mail: Mail, others: Sequence[Mail]) -> bool:
    """Whether another copy of the mail has moved a step already."""
    return any(other.status == MailStatus.APPLIED and says_the_same(mail, other) for other in others)
