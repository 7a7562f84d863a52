"""`make demo`: the whole way without a person, with the sandbox answering as İYS."""

import os
import shutil
import signal
import sys
import time
from pathlib import Path

from launch.first_step import CHANNELS
from launch.keys import keys
from launch.pictures import take_pictures
from launch.run import DEMO_PASSWORD, prepare
from launch.stack import ROOT, Ports, Stack, Stuck
from launch.visitor import Unexpected
from launch.walk import Walk

NAMES = {
    "pre_application": "Ön başvuru",
    "status_query": "Başvuru durumu",
    "code_receipt": "İYSKod alınması",
    "package_contract": "İleti paketi sözleşmesi",
    "partner_assignment": "İş ortağı ataması",
    "panel_settings": "İYS bilgileri",
}


OUT = ROOT / "var" / "demo"


def demo(channel: str = "manual", out: Path = OUT) -> int:
    """One company's whole way, its step 1 by `channel`; what it made is in `out`, which is emptied first.

    0 when all six steps are finished; 1, with where it stuck and the logs' last lines, otherwise."""
    shutil.rmtree(out, ignore_errors=True)
    stack = Stack(out / "state", Ports.free(), keys(out / "state"))
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(1))
    support = ("destek@portal.example", DEMO_PASSWORD)
    walk = Walk(stack, support, lambda line: print(line, flush=True), CHANNELS[channel])
    started = time.monotonic()
    try:
        prepare(stack)
        with stack:
            walk.all_six()
            done = _table(walk)
            _keep_letters(walk, out / "letters")
            _keep_papers(walk, out / "pdf")
            pictures = take_pictures(walk, out / "screens")
    except (Stuck, Unexpected) as error:
        print(f"\nStuck: {error}\n", file=sys.stderr)
        for name in ("web", "worker", "sandbox"):
            if (stack.var / "log" / f"{name}.log").exists():
                print(f"--- {name}\n{stack.tail(name)}", file=sys.stderr)
        return 1
    print(f"\nLetters, PDFs{' and screenshots' if pictures else ''} are in {os.path.relpath(out)}/")
    print(f"{done}/6 steps finished in {time.monotonic() - started:.0f} s")
    return 0 if done == len(NAMES) else 1


def _table(walk: Walk) -> int:
    """Prints the six steps; returns how many are done."""
    steps = walk.steps()
    print("\n #  step                      state            verdict")
    for number, (key, name) in enumerate(NAMES.items(), start=1):
        state, verdict = steps[key]
        print(f" {number}  {name:<25} {state:<16} {verdict}")
    return sum(verdict == "done" for _state, verdict in steps.values())


def _keep_letters(walk: Walk, folder: Path) -> None:
    """Every mail that the sandbox's post office holds, as .eml."""
    folder.mkdir(parents=True)
    for address in walk.mailboxes.web.get("/api/addresses").json()["addresses"]:
        mails = walk.mailboxes.web.get("/api/mail", params={"address": address}).json()["mails"]
        for number, mail in enumerate(reversed(mails), start=1):
            raw = walk.mailboxes.web.get(f"/api/mail/{address}/{mail['id']}/raw").content
            (folder / f"{address}-{number:02}.eml").write_bytes(raw)


def _keep_papers(walk: Walk, folder: Path) -> None:
    folder.mkdir(parents=True)
    for name, payload in walk.papers.items():
        (folder / name).write_bytes(payload)
