"""Codes to telephones: claimed, then handed to the gateway once. The row is the truth, Celery the doorbell."""

import logging

from celery import current_app
from django.conf import settings
from django.utils import timezone
from kombu.exceptions import OperationalError

from verification import gateway
from verification.models import OneTimeCode, Purpose

logger = logging.getLogger(__name__)
SEND_TASK = "verification.tasks.send_sms"


def ring() -> None:
    """Wakes a worker; what is not heard is found by the schedule, or expires."""
    try:
        current_app.send_task(SEND_TASK, retry=False, ignore_result=True)
    except OperationalError:
        logger.warning("The broker could not be reached; the schedule will send the SMS.")


def send_due() -> int:
    """Hands every code that still holds to the gateway, each once; returns how many were taken over.

    A claim is never given back: a code that may have gone out must not go out again, people ask anew.
    """
    sent = 0
    now = timezone.now()
    due = OneTimeCode.objects.filter(purpose=Purpose.MOBILE, claimed_at=None, expires_at__gt=now)
    for code in due.order_by("pk"):
        if not OneTimeCode.objects.filter(pk=code.pk, claimed_at=None).update(claimed_at=timezone.now()):
            continue
        text = f"{settings.CODE_SMS_SENDER} doğrulama kodunuz: {code.code}. Kimseyle paylaşmayın."
        try:
            gateway.send(key=str(code.pk), to=code.target, text=text)
        except gateway.GatewayFailed as failure:
            logger.warning("SMS %s was not taken over: %s", code.pk, failure)
            OneTimeCode.objects.filter(pk=code.pk).update(failure=str(failure)[:200])
        else:
            sent += 1
    return sent
