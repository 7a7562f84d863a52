"""A person's answer to a mail of İYS's that asks for what none of our own letters says.

It goes to a desk of İYS's as we know it, never to the address that stands in the mail; no step waits for it, and
what İYS answers to it is for a person to read (`ties`).
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.db import transaction

from correspondence.incoming import decisions
from correspondence.incoming.authentication import SenderAuthentication
from correspondence.models import Letter, Mail
from correspondence.reading.kinds import Kind
from documents.models import Document
from identifiers.invisible import visible
from onboarding.actor import NotAllowed
from onboarding.dossier import content
from onboarding.letters import drafts
from onboarding.letters.drafts import REPLY, Draft
from onboarding.models import Application, Assignment
from onboarding.steps import PACKAGE_CONTRACT, PARTNER_ASSIGNMENT, PRE_APPLICATION
from partners.models import IysContact
from tenancy.models import User

REFUSED = "Bu e-postaya buradan yanıt yazılamaz: İYS'den değil ya da başvuru kapandı."
CHANGED = "Siz yazarken alıcı, konu ya da başvurunun bilgileri değişti. Bakın, doğruysa yeniden gönderin."
# What mail programs put before the subject of an answer, once for each time.
_REPLIES = re.compile(r"^\s*(?:(?:ynt|yan|re)\s*:\s*)+", re.IGNORECASE)


def may_reply(mail: Mail, application: Application | None) -> bool:
    """To what İYS has written about an application that goes on; a delivery report is nobody's question."""
    is_iyss = mail.sender_authentication == SenderAuthentication.VERIFIED and mail.kind != Kind.BOUNCE
    return is_iyss and application is not None and application.closed_at is None


def papers(application: Application) -> list[Document]:
    """What may go with the answer: the papers that go to İYS."""
    form = getattr(application, "application_form", None)
    signed = Assignment.of(application).signed_form
    found = [*(content.attachments(form) if form is not None else ()), *([signed] if signed is not None else [])]
    return [each for each in dict.fromkeys(found) if each.erased_at is None]


def draft(*, mail: Mail, application: Application, text: str, documents: Sequence[Document]) -> Draft:
    """The letter as it will go, in answer to the mail and in the thread of what was said with that desk."""
    step = _step_of(mail, application)
    address = drafts.to_iys(application, step, _desk(mail, step), tuple(documents))
    subject = REPLY + (_REPLIES.sub("", visible(mail.subject), count=1).strip() or application.reference)
    context = drafts.context_of(application, subject=subject, text=text)
    return drafts.with_documents("reply_to_iys", context, replace(address, by_hand=True, answers=mail.message_id))


def around(mail: Mail, application: Application) -> Draft:
    """The letter that is still to be written: whom it goes to, its subject, and what stands around the words."""
    return draft(mail=mail, application=application, text="", documents=())


def reply(
    *,
    mail: Mail,
    application: Application,
    text: str,
    documents: Sequence[Document],
    shown: str,
    key: UUID,
    by: User,
) -> None:
    """Posts it; a mail that still waits for a decision is answered by it. `shown` is the digest of the letter
    `around` the words as the page showed it. The same words sent a second time with the same `key` are one letter.
    Raises NotAllowed.
    """
    rows = Application.objects.select_for_update(of=("self",)).select_related("company__partner")
    with transaction.atomic():
        # Two presses at once: the second waits here, and finds the first one's letter.
        now = Mail.objects.select_for_update(of=("self",)).select_related("company").get(pk=mail.pk)
        locked = rows.get(pk=application.pk)
        if now.company_id != locked.company_id or not may_reply(now, locked):
            raise NotAllowed(REFUSED)
        if around(now, locked).digest != shown:
            raise NotAllowed(CHANGED)
        drafted = draft(mail=now, application=locked, text=text, documents=documents)
        cause = f"reply:{key}:{drafted.digest}"
        if Letter.objects.filter(message_group=cause).exists():
            return
        drafts.post_draft(drafted, locked, cause)
        decisions.answered(mail=now, application_id=locked.pk, step_key=drafted.address.step_key, by=by)


def _step_of(mail: Mail, application: Application) -> str:
    """The step that the mail speaks of, else the one that is under way."""
    at = application.acted_on()
    return mail.step_key or (at.step if at is not None else PRE_APPLICATION.key)


def _desk(mail: Mail, step: str) -> str:
    """The desk that wrote, if it is one of those we know; else the one that works on the step."""
    contact = IysContact.current()
    wrote = next((each for each in contact.emails if each.lower() == mail.from_email.lower()), "")
    works = {PACKAGE_CONTRACT.key: contact.sales_email, PARTNER_ASSIGNMENT.key: contact.assignment_email}
    return wrote or works.get(step, contact.pre_application_email)
