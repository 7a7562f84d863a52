"""From one mail that waits for a decision to the next, without the list in between."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from correspondence.incoming import decisions
from correspondence.models import Mail
from onboarding.models import CaseHolder, MailHolder
from tenancy.admin.walking import following
from tenancy.models import User
from tenancy.walls import own_companies


def after(mails: "QuerySet[Mail]", mail: Mail, user: User) -> Mail | None:
    """Of these mails the one whose turn it is behind the mail; behind the last comes the first again.

    What a colleague is at is passed over, and what is of a company to which this person belongs.
    """
    now = timezone.now()
    cases = CaseHolder.objects.in_force(now).filter(application=OuterRef("application_id"))
    held = MailHolder.objects.in_force(now).filter(mail=OuterRef("pk"))
    waiting = mails.filter(status__in=decisions.WAITING).exclude(pk=mail.pk)
    waiting = waiting.exclude(company__in=own_companies(user))
    waiting = waiting.filter(~Exists(cases.exclude(holder=user)), ~Exists(held.exclude(holder=user)))
    return following(waiting, "received_at", (mail.received_at, mail.pk))
