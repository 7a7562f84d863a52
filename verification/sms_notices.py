"""SMS as a second way to be told that it is the company's turn, for who wants it. The letter goes in any case.

A notice is written in the transaction of its cause and names nobody. A worker spreads it over the people who want
it then, by day, and hands each to the gateway under one id until the gateway has it: nothing is lost, and a
repetition is known as one. Nothing of this stops a step.
"""

import logging
from datetime import datetime, timedelta
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from identifiers import Refused
from limits import hours, quotas
from limits.quotas import Quota
from tenancy.models import Company, Membership, User
from tenancy.notice_choices import CompanyNotices
from verification import codes, gateway, sms
from verification.codes import Waiting
from verification.models import OneTimeCode, Purpose, SmsChoice, SmsDelivery, SmsNotice

logger = logging.getLogger(__name__)
HOLDS = timedelta(hours=6)  # of those in which SMS go; what is told later is no news any more
KEPT = timedelta(days=30)  # who was told, for questions that come later
ASKED_ANEW = timedelta(hours=1)  # how long the page keeps the number for which a code was asked for
RESERVED = timedelta(minutes=5)  # for who sends it now; after a crash it goes again
PAUSES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))


def about(person: User) -> UUID:
    """What the codes of a person's own telephone are about, where those of a dossier have an application."""
    return uuid5(NAMESPACE_OID, f"tenancy.User:{person.pk}")


def ask(*, person: User, company: Company, number: str, address: str | None) -> None:
    """Sends a code to the number, in E.164. Raises Refused, also for a number abroad."""
    codes.send(
        company=company,
        application_id=about(person),
        purpose=Purpose.NOTICES,
        target=number,
        by=person,
        address=address,
    )


def waiting(person: User) -> Waiting | None:
    """The code that is waited for; one that is too old may be asked for anew."""
    newest = OneTimeCode.objects.filter(application_id=about(person), purpose=Purpose.NOTICES).first()
    if newest is None or newest.expires_at < timezone.now() - ASKED_ANEW:
        return None
    return codes.waiting(about(person), Purpose.NOTICES)


def confirm(*, person: User, code: str) -> None:
    """The number is at hand, and is written to from now on. Raises Refused."""
    asked = waiting(person)
    if asked is None:
        raise Refused("Önce numaranızı yazıp bir kod isteyin.")
    codes.confirm(application_id=about(person), purpose=Purpose.NOTICES, target=asked.target, code=code)
    SmsChoice.objects.update_or_create(
        person=person, defaults={"number": asked.target, "verified_at": timezone.now()}
    )


def stop(person: User) -> None:
    """No SMS any more: the number is forgotten, and codes to it with it."""
    OneTimeCode.objects.filter(application_id=about(person), purpose=Purpose.NOTICES).delete()
    SmsChoice.objects.filter(person=person).delete()


def number_of(person: User) -> str:
    """The number, in E.164, that the person has shown to be at hand; empty when no SMS are wanted."""
    return SmsChoice.objects.filter(person=person).values_list("number", flat=True).first() or ""


def post(*, company: Company, idempotency_key: str, text: str) -> None:
    """In the transaction of the cause; the same key twice is one notice. `text` names nobody and has no link; the
    partner's name comes before it."""
    if not gateway.configured():
        return
    SmsNotice.objects.get_or_create(
        idempotency_key=idempotency_key,
        defaults={
            "company": company,
            "text": sms.fitted("", company.partner.name, f": {text}"),
            "expires_at": hours.later(timezone.now(), HOLDS),
        },
    )
    transaction.on_commit(sms.notify_worker)


def withdraw(company: Company) -> None:
    """In the transaction in which it stops being true: what the gateway does not have yet goes no more."""
    now = timezone.now()
    SmsNotice.objects.filter(company=company, expires_at__gt=now).update(expires_at=now)


def send_due(*, now: datetime | None = None) -> int:
    """Spreads what is new, and hands over what is due; returns how many the gateway took.

    Nobody's telephone rings at night. What came up then goes in the morning, if it is still true.
    """
    now = now or timezone.now()
    if not hours.is_open(now):
        return 0
    _spread(now)
    sent = 0
    SmsNotice.objects.filter(expires_at__lt=now - KEPT).delete()
    due = SmsDelivery.objects.filter(ended_at=None, next_try_at__lte=now, notice__expires_at__gt=now)
    for delivery in due.select_related("notice__company__partner", "person").order_by("next_try_at"):
        mine = SmsDelivery.objects.filter(pk=delivery.pk, ended_at=None, next_try_at=delivery.next_try_at)
        if mine.update(next_try_at=timezone.now() + RESERVED, attempts=F("attempts") + 1):
            sent += _hand_over(delivery)
    return sent


def _spread(now: datetime) -> None:
    new = SmsNotice.objects.filter(spread_at=None, expires_at__gt=now)
    for key in list(new.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            notice = SmsNotice.objects.select_for_update(skip_locked=True).filter(pk=key, spread_at=None).first()
            if notice is None:
                continue
            told = (
                SmsDelivery(notice=notice, person=each, next_try_at=now) for each in _who_wants(notice.company)
            )
            SmsDelivery.objects.bulk_create(told, ignore_conflicts=True)
            notice.spread_at = now
            notice.save(update_fields=["spread_at"])


def _who_wants(company: Company) -> list[User]:
    """Whoever chose no mails about the company gets no SMS about it either; a telephone of two people gets one."""
    people = company.memberships.filter(user__is_active=True, user__sms_choice__isnull=False)
    wanting = [
        each.user for each in people.select_related("user__sms_choice") if each.wants != CompanyNotices.NONE
    ]
    return list({each.sms_choice.number: each for each in reversed(wanting)}.values())


def _hand_over(delivery: SmsDelivery) -> int:
    notice = delivery.notice
    choice = SmsChoice.objects.filter(person=delivery.person_id).first()
    member = Membership.objects.filter(company=notice.company_id, user=delivery.person_id)
    if choice is None or not member.exists():
        return _end(delivery, "artık istemiyor")
    try:
        sms.refuse_foreign(choice.number, notice.company.partner)
        quotas.take(
            Quota.SMS_NOTICES, company=notice.company, partner=notice.company.partner, target=choice.number
        )
    except Refused as refusal:
        return _end(delivery, str(refusal))
    try:
        gateway.send(key=str(delivery.pk), to=choice.number, text=notice.text)
    except gateway.GatewayFailed as failure:
        logger.warning("SMS %s was not taken over: %s", delivery.pk, failure)
        return _later(delivery, str(failure))
    return 1 + _end(delivery, "")


def _end(delivery: SmsDelivery, failure: str) -> int:
    SmsDelivery.objects.filter(pk=delivery.pk).update(ended_at=timezone.now(), failure=failure[:200])
    return 0


def _later(delivery: SmsDelivery, failure: str) -> int:
    if delivery.attempts >= len(PAUSES):
        return _end(delivery, failure)
    at = timezone.now() + PAUSES[delivery.attempts]
    SmsDelivery.objects.filter(pk=delivery.pk).update(next_try_at=at, failure=failure[:200])
    return 0
