"""The Celery app and the whole beat schedule.

The rows are the truth and a message only a notice: every task here looks for what is due in the database, so a
lost message costs at most one turn of the schedule.
"""

import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import after_task_publish, beat_embedded_init, beat_init, worker_init, worker_ready
from django.core.exceptions import ImproperlyConfigured

from broker import folder

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iysportal.settings")

folder.use()
app = Celery("iysportal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    # What nobody has answered within a minute shows nothing any more.
    "show that a worker answers": {"task": "jobs.tasks.pulse", "schedule": 15.0, "options": {"expires": 60}},
    "deliver what is due": {"task": "jobs.tasks.deliver", "schedule": 5.0},
    "fetch the mailboxes": {"task": "jobs.tasks.fetch", "schedule": 5.0},
    "send codes by SMS": {"task": "jobs.tasks.send_sms", "schedule": 5.0},
    "write anew what is found": {"task": "jobs.tasks.renew_found", "schedule": 5.0, "options": {"expires": 60}},
    "take up lost evidence packs": {"task": "jobs.tasks.take_up_packs", "schedule": 30.0},
    "tell owners who asked to join": {"task": "jobs.tasks.tell_owners", "schedule": 30.0},
    "do what people ask of their data": {"task": "privacy.tasks.fulfil_requests", "schedule": 30.0},
    "remind": {"task": "jobs.tasks.remind", "schedule": crontab(minute="*/15")},
    "tell staff what waits": {"task": "jobs.tasks.send_digests", "schedule": crontab(minute="*/15")},
    "tell who runs the portal what is wrong": {
        "task": "jobs.tasks.tell_operations",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 240},
    },
    "forget closed windows": {"task": "jobs.tasks.forget_closed_windows", "schedule": crontab(hour=3, minute=10)},
    "forget sessions that ended": {
        "task": "jobs.tasks.forget_ended_sessions",
        "schedule": crontab(hour=3, minute=20),
    },
    "erase what has come to its end": {"task": "jobs.tasks.erase_expired", "schedule": crontab(hour=3, minute=30)},
    "watch what comes to its end": {"task": "jobs.tasks.watch", "schedule": crontab(hour=7, minute=30)},
}


@worker_init.connect
def refuse_start_of_worker(**_signal: object) -> None:
    """Ends the worker before it takes any task when live mail is wanted and not ready."""
    # Models can be imported only now that Django is set up.
    from onboarding.checks import refuse_start

    try:
        refuse_start()
    except ImproperlyConfigured as error:
        # Celery logs an ordinary exception of a signal's receiver and starts all the same.
        raise SystemExit(str(error)) from error


@worker_init.connect
def forget_what_was_measured_before(**_signal: object) -> None:
    from telemetry.timings import forget_former_processes

    forget_former_processes()


@worker_ready.connect
def tell_figures(**_signal: object) -> None:
    from health.workers_port import open_port

    open_port()


@beat_init.connect
@beat_embedded_init.connect
def show_that_beat_rings(**_signal: object) -> None:
    """From here on each bell that has reached the broker is beat's pulse."""
    from telemetry.pulses import BeatsPulse

    pulse = BeatsPulse()
    pulse.start()
    after_task_publish.connect(pulse.ring, weak=False)
