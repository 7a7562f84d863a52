from celery import shared_task

from verification import sms


@shared_task
def send_sms() -> None:
    sms.send_due()
