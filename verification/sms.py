"""Codes to telephones: claimed, then handed to the gateway once. The row is the truth, a notice only a hint."""

import logging
from typing import Any

from celery import Task
from django.utils import timezone

from broker import ask
from identifiers import Refused, phone
from partners.models import Partner
from verification import gateway
from verification.models import BY_SMS, OneTimeCode, Purpose

logger = logging.getLogger(__name__)
ONE_PART = 70  # characters, as Turkish letters stand in no other alphabet of SMS (GSM 03.38)
# The signatory's code is typed by whoever fills the application in, seldom the one whose telephone rings.
TELLS_OF = {
    Purpose.MOBILE: " İYS başvuru kodu. Yalnız başvurana verin.",
    Purpose.NOTICES: " doğrulama kodunuz. Kimseyle paylaşmayın.",
}
_tasks: list[Task[..., Any]] = []


def send_with(task: Task[..., Any]) -> None:
    """Names the task that sends; it stands in `jobs`, with everything that the schedule runs."""
    _tasks[:] = [task]


def notify_worker() -> None:
    """Asks a worker to send now. A code whose notice is lost is found by the schedule, or expires."""
    for task in _tasks:
        ask(task)


def refuse_foreign(number: str, partner: Partner) -> None:
    """Raises Refused for a number abroad (E.164), unless the partner sends there: who asks for SMS to dear numbers
    earns by it."""
    if not partner.sends_sms_abroad and not phone.is_turkish(number):
        raise Refused("SMS kodu yalnızca Türkiye numaralarına (+90) gönderilir. 05 ile başlayan bir numara yazın.")


def fitted(before: str, name: str, after: str) -> str:
    """A text of one part: a name that is too long for it is cut."""
    room = ONE_PART - len(before) - len(after)
    return before + (name if len(name) <= room else f"{name[: room - 1].rstrip()}…") + after


def send_due() -> int:
    """Hands every code that still holds to the gateway, each once; returns how many were taken over.

    A claim is never given back: a code that may have gone out must not go out again, people ask anew.
    """
    sent = 0
    now = timezone.now()
    due = OneTimeCode.objects.filter(purpose__in=BY_SMS, claimed_at=None, expires_at__gt=now)
    for code in due.exclude(code="").select_related("company__partner").order_by("pk"):
        if not OneTimeCode.objects.filter(pk=code.pk, claimed_at=None).update(claimed_at=timezone.now()):
            continue
        text = fitted(
            f"{code.code} ",
            code.company.partner.name,
            TELLS_OF[Purpose(code.purpose)],
        )
        try:
            gateway.send(key=str(code.pk), to=code.target, text=text)
        except gateway.GatewayFailed as failure:
            logger.warning("SMS %s was not taken over: %s", code.pk, failure)
            OneTimeCode.objects.filter(pk=code.pk).update(failure=str(failure)[:200])
        else:
            sent += 1
    return sent
