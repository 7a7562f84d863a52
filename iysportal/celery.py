"""The Celery app, its queues and the whole beat schedule.

The rows are the truth and a message only a notice: every task here looks for what is due in the database, so a
lost message costs at most one turn of the schedule. One that nobody has taken up expires once others have been
sent: none pile up while workers stand still.

Queues are kinds of work that must not wait for each other. A worker serves all of them unless it is told which
(`--queues`). What may stand before a slow server is done one at a time for each server (jobs/leases.py): a worker
with more processes than that always has one for codes.
"""

import os
from signal import SIGTERM, signal

from billiard import current_process
from celery import Celery
from celery.beat import Service
from celery.schedules import crontab
from celery.signals import after_task_publish, beat_embedded_init, beat_init, worker_init, worker_ready
from django.core.exceptions import ImproperlyConfigured
from kombu import Queue

from broker import folder, outliving

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iysportal.settings")

folder.use()
outliving.use()
app = Celery("iysportal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Somebody waits before a page for what is in `codes`: codes and papers.
CODES, LETTERS, MAILS, REST = "codes", "letters", "mails", "rest"
app.conf.task_queues = [Queue(name) for name in (CODES, LETTERS, MAILS, REST)]
app.conf.task_default_queue = REST
app.conf.task_routes = {
    "jobs.tasks.send_codes": CODES,
    "jobs.tasks.send_sms": CODES,
    "onboarding.tasks.render_paper": CODES,
    "correspondence.tasks.test_account": LETTERS,
    "jobs.tasks.deliver*": LETTERS,
    "jobs.tasks.fetch*": MAILS,
}


def every(seconds: float, task: str) -> dict[str, object]:
    return {"task": task, "schedule": float(seconds), "options": {"expires": 3 * seconds}}


app.conf.beat_schedule = {
    "show that a worker answers": every(15, "jobs.tasks.pulse"),
    "send codes by mail": every(5, "jobs.tasks.send_codes"),
    "send codes by SMS": every(5, "jobs.tasks.send_sms"),
    "deliver what is due": every(5, "jobs.tasks.deliver"),
    "fetch the mailboxes": every(5, "jobs.tasks.fetch"),
    "write anew what is found": every(5, "jobs.tasks.renew_found"),
    "take up lost evidence packs": every(30, "jobs.tasks.take_up_packs"),
    "tell owners who asked to join": every(30, "jobs.tasks.tell_owners"),
    "bring companies in": every(30, "jobs.tasks.bring_companies_in"),
    "end looks at companies": every(30, "jobs.tasks.end_looks"),
    "do what people ask of their data": every(30, "privacy.tasks.fulfil_requests"),
    "gather what came to merged companies": every(60, "jobs.tasks.gather_merged"),
    "remind": {"task": "jobs.tasks.remind", "schedule": crontab(minute="*/15")},
    "tell staff what waits": {"task": "jobs.tasks.send_digests", "schedule": crontab(minute="*/15")},
    "tell who runs the portal what is wrong": {
        "task": "jobs.tasks.tell_operations",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 240},
    },
    # Before anything is erased at night.
    "gather the figures": {"task": "jobs.tasks.gather_figures", "schedule": crontab(hour=3, minute=0)},
    "forget closed windows": {"task": "jobs.tasks.forget_closed_windows", "schedule": crontab(hour=3, minute=10)},
    "forget sessions that ended": {
        "task": "jobs.tasks.forget_ended_sessions",
        "schedule": crontab(hour=3, minute=20),
    },
    "erase what has come to its end": {"task": "jobs.tasks.erase_expired", "schedule": crontab(hour=3, minute=30)},
    "look for what is stuck": {"task": "jobs.tasks.look_for_stuck", "schedule": crontab(hour=4, minute=30)},
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
def ring_alone(**_signal: object) -> None:
    """Waits until no other beat rings. One within a worker (`worker -B`) is alone on its one machine."""
    if app.conf.broker_url.startswith(("redis:", "rediss:")) and current_process().name == "MainProcess":
        from broker.one_beat import Turn

        Turn(app.conf.broker_url).take()


@beat_init.connect
def end_between_two_bells(sender: Service, **_signal: object) -> None:
    """Celery's own handler closes broker and schedule at once, in the middle of a bell too: beat then ended with
    an error now and then. This one ends within the 5 seconds until the next bell."""
    if current_process().name == "MainProcess":
        signal(SIGTERM, lambda *_received: sender.stop())


@beat_init.connect
@beat_embedded_init.connect
def show_that_beat_rings(**_signal: object) -> None:
    """From here on each bell that has reached the broker is beat's pulse."""
    from telemetry.pulses import BeatsPulse

    pulse = BeatsPulse()
    pulse.start()
    after_task_publish.connect(pulse.ring, weak=False)
