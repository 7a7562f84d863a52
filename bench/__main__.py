"""`python -m bench [WORD]`: measures every row, or those whose name has the word, among the test servers.

The figures are printed as a table and kept as JSON in `var/bench.json`; of a row that is over its goal it is said
where the time goes.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

from bench.measure import HEADING, ROUNDS, Figure, Row, found, measured
from bench.profile import profiled
from launch.ports import free_port

KEPT = Path("var/bench.json")


@contextmanager
def _mail_server() -> Iterator[str]:
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "bench.sink", str(port)], stdout=subprocess.PIPE, text=True)
    try:
        if process.stdout is None or process.stdout.readline() != "ready\n":
            raise RuntimeError("The mail server of the measurement did not start.")
        yield f"smtp://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def _rows() -> list[Row | Figure]:
    # Models can be imported only once the settings are there.
    from bench import cases, forms, growth, incoming, memory, moves, outgoing  # isort: skip
    from bench import open_pages, pages, papers, reminders, side_by_side, starting  # isort: skip

    modules = (
        outgoing, incoming, growth, side_by_side, moves, pages, open_pages, cases, forms, reminders, papers,
        starting, memory,
    )  # fmt: skip
    return [row for module in modules for row in module.ROWS]


def _told(row: Row | Figure) -> dict[str, object]:
    """Measures and prints it, and where the time goes when it is over its goal."""
    if isinstance(row, Figure):
        value = found(row)
        print(value, flush=True)
        if not value.met:
            for line in row.where():
                print(line, flush=True)
        return value.figures()
    result = measured(row)
    print(result, flush=True)
    if not result.met:
        print(*(row.where() if row.where else profiled(row)), sep="\n", flush=True)
    return result.figures()


def main(word: str) -> None:
    with _mail_server() as url:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "iysportal.settings",
            "SMTP_URL": url,
            "S3_BUCKET": "",
            "LETTERS_PER_DAY": "1000000",
            "QUOTAS": "letters.company.day=1000000,letters.partner.day=1000000",
            "LOG_LEVEL": "ERROR",
            "ALLOWED_HOSTS": "localhost,testserver",
        }
        django.setup()
        from django.core.management import call_command

        from bench import databases, workers

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        databases.empty()
        chosen = [row for row in _rows() if word in row.name]
        print(HEADING)
        figures = []
        with workers.running:
            for place, row in enumerate(chosen, start=1):
                if sys.stderr.isatty():
                    print(f"\r\x1b[K{place}/{len(chosen)}  {row.name}", end="\r", file=sys.stderr, flush=True)
                figures.append(_told(row))
        KEPT.parent.mkdir(exist_ok=True)
        KEPT.write_text(json.dumps({"rounds": ROUNDS, "rows": figures}, indent=1))


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]))
