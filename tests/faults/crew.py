"""A process beside the tests that writes letters and keeps senders at work, told line by line on its input.

`post N` writes N letters into the outbox; `work N FOLDER` has N senders deliver, each a process of its own, and
replaces one that was killed; `rest` ends them. Each is answered with `done`. Loaded once: a sender is at work
within milliseconds, as in a worker that forks.
"""

import os
import signal
import sys
import time
from pathlib import Path
from types import FrameType

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "iysportal.settings"
django.setup()

from django.db import DatabaseError, InterfaceError, close_old_connections, connection, connections  # noqa: E402

from correspondence.models import Audience  # noqa: E402
from correspondence.outgoing import delivery, outbox  # noqa: E402
from partners.models import Partner  # noqa: E402
from tenancy.models import Company  # noqa: E402


def post(count: int) -> None:
    close_old_connections()
    partner = Partner.objects.get_or_create(is_default=True, defaults={"name": "Kıyı", "legal_name": "Kıyı"})[0]
    company, _made = Company.objects.get_or_create(
        tax_number="6140881534", defaults={"trade_name": "Mavi Deniz Turizm A.Ş.", "partner": partner}
    )
    start = company.letters.count()
    for number in range(start, start + count):
        outbox.post(
            company=company,
            idempotency_key=f"fault:{number}",
            body=outbox.Body(f"Mektup {number}", "Sayın Yetkili,\n", "<p>Sayın Yetkili,</p>"),
            address=outbox.Address(Audience.COMPANY, ["yonetici@mavideniz.example"]),
        )
    # A process must not share its parent's connection.
    connections.close_all()


def deliver_for_ever() -> None:
    """What a worker does at each bell, with no bell to wait for."""
    while True:
        close_old_connections()
        try:
            delivery.deliver()
        except (DatabaseError, InterfaceError):
            connection.close()
        time.sleep(0.02)


class Crew:
    """The senders by their process ids; the newest one of each place stands in a file before it begins."""

    def __init__(self) -> None:
        self.places: dict[int, int] = {}
        self.folder = Path()
        signal.signal(signal.SIGCHLD, self.replace)

    def work(self, count: int, folder: Path) -> None:
        self.folder = folder
        for place in range(count):
            self.fork(place)

    def fork(self, place: int) -> None:
        pid = os.fork()
        if pid:
            self.places[pid] = place
            return
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        (self.folder / f"sender-{place}").write_text(str(os.getpid()))
        deliver_for_ever()

    def replace(self, _signal: int, _frame: FrameType | None) -> None:
        while self.places:
            pid, _status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            self.fork(self.places.pop(pid))

    def rest(self) -> None:
        places, self.places = self.places, {}
        for pid in places:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def main() -> None:
    crew = Crew()
    for line in sys.stdin:
        word, *rest = line.split()
        if word == "post":
            post(int(rest[0]))
        elif word == "work":
            crew.work(int(rest[0]), Path(rest[1]))
        else:
            crew.rest()
        print("done", flush=True)
    crew.rest()


if __name__ == "__main__":
    main()
