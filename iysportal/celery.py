"""The Celery app and the whole beat schedule.

The broker is a doorbell, the rows are the truth: every task here looks for what is due in the database,
so a lost message costs at most one turn of the schedule.
"""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iysportal.settings")

app = Celery("iysportal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    "deliver what is due": {"task": "onboarding.tasks.deliver", "schedule": 5.0},
    "fetch the mailboxes": {"task": "onboarding.tasks.fetch", "schedule": 5.0},
    "send codes by SMS": {"task": "verification.tasks.send_sms", "schedule": 5.0},
    "remind": {"task": "onboarding.tasks.remind", "schedule": crontab(minute="*/15")},
}
