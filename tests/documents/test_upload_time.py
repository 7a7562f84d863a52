"""Nobody waits longer for an upload than one time for all its steps, and whoever's file is late reads why."""

import socket
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import override_settings

from confinement import budget
from confinement.budget import Late
from confinement.running import Ended, run
from confinement.serving import Limits
from documents.antivirus import refuse_infected
from documents.intake import examine
from documents.rendering import NotRendered, html_to_pdf
from documents.signatures.trust import Trust
from documents.signatures.verifying import told_beside, verify
from tests.documents.clamd import running
from tests.scenarios.cast import Cast
from tests.scenarios.papers import blank_pdf, heic_photo, upload

SLEEPS = "tests.documents.confined_work:sleeps"
LIMITS = Limits(memory=256 * 1024 * 1024, seconds=60)
PDF = blank_pdf()


def nothing_answers(line: socket.socket) -> None:
    line.settimeout(60)
    line.recv(1)


def test_steps_share_the_time_and_the_next_has_none() -> None:
    began = time.monotonic()
    with budget.within(1.0):
        with pytest.raises(Late):
            run(SLEEPS, {}, limits=LIMITS)
        with pytest.raises(Late):
            run(SLEEPS, {}, limits=LIMITS)
    assert time.monotonic() - began < 10


def test_a_step_that_ends_at_its_own_limit_says_that() -> None:
    with budget.within(60), pytest.raises(Ended, match="SIGALRM"):
        run(SLEEPS, {}, limits=Limits(memory=LIMITS.memory, seconds=0.5))


@pytest.mark.parametrize(
    "step",
    [
        lambda: examine(PDF, "a.pdf"),
        lambda: examine(heic_photo(), "a.heic"),
        lambda: told_beside(PDF),
        lambda: run(SLEEPS, {}, limits=LIMITS),
    ],
)
def test_every_step_looks_at_the_time(step: Callable[[], object]) -> None:
    with budget.within(0), pytest.raises(Late, match="çok uzun sürdü"):
        step()


def test_a_scan_begins_only_when_there_is_time() -> None:
    with running() as scanner, override_settings(CLAMD_URL=scanner.url), budget.within(0), pytest.raises(Late):
        refuse_infected(PDF)


def test_a_verification_that_is_late_says_so_in_its_lines() -> None:
    with budget.within(0):
        report = verify(PDF, PDF, people=[], trust=Trust(roots=()), at=datetime.now(UTC))
    assert not report.accepted
    assert "çok uzun sürdü" in str(report)


def test_a_paper_that_is_late_is_not_rendered() -> None:
    with budget.within(0), pytest.raises(NotRendered):
        html_to_pdf("<p>a")


@pytest.mark.django_db
def test_an_upload_is_answered_in_time_and_the_next_one_goes_in() -> None:
    cast = Cast()
    cast.ready()
    with running() as scanner, override_settings(CLAMD_URL=scanner.url, CLAMD_SECONDS=60, UPLOAD_SECONDS=2):
        scanner.answer = nothing_answers
        began = time.monotonic()
        late = cast.answer("upload", "signature_circular", file=upload(PDF), follow=True)
        assert time.monotonic() - began < 15
        assert late.status_code == 200
        assert "Birkaç dakika sonra yeniden deneyin" in late.content.decode()
        scanner.answer = None
    sent = cast.answer("upload", "signature_circular", file=upload(PDF), follow=True)
    assert "yüklendi" in sent.content.decode()
