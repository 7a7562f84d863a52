"""`python -m bench [WORD]`: measures every row, or those whose name has the word, among the test servers."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import django

from tests.servers.process import free_port


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
        # Models can be imported only now.
        from django.core.management import call_command

        from bench import outgoing, pages
        from bench.measure import measured

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        print(f"{'':60} {'limit':>12} {'ours':>12} {'ratio':>7}")
        for row in (*outgoing.ROWS, *pages.ROWS):
            if word in row.name:
                print(measured(row), row.note(), flush=True)


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]))
