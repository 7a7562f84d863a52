import signal
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand

from broker import ask
from jobs.listening import Listening
from jobs.tasks import fetch_mailbox

ENDING = 3.0  # seconds


class Command(BaseCommand):
    help = (
        "Listens to the mailboxes (IMAP IDLE), so that an answer is fetched as soon as it comes, and not with the "
        "next turn of the schedule. Runs until SIGTERM or Ctrl-C. One is enough; several do no harm, and without "
        "one the schedule finds everything some seconds later."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        ends = (signal.SIGTERM, signal.SIGINT)
        # Before any thread is there, all of which take it over: a signal is for the line below alone.
        signal.pthread_sigmask(signal.SIG_BLOCK, ends)
        listening = Listening(partial(ask, fetch_mailbox))
        listening.begin()
        signal.sigwait(ends)
        listening.end(ENDING)
