"""How far a long command is: a bar where somebody watches, a line now and then elsewhere."""

from io import StringIO

import pytest
from django.core.management.base import CommandError, OutputWrapper

from telemetry.progress import CLEARED, INTERRUPTED, Progress
from tests.scenarios import ctrl_c

AGAIN = "Run it again: it goes on from there."


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_where_nobody_watches_a_line_comes_every_ten_seconds_and_at_the_end(clock: Clock) -> None:
    out = StringIO()
    with Progress(OutputWrapper(out), again=AGAIN, clock=clock) as progress:
        for done in range(0, 1201, 100):
            progress.at("mails", done, 1200)
            clock.now += 2
    assert out.getvalue().splitlines() == [
        "mails: 500 of 1,200, 50/s, 14 s left",
        "mails: 1,000 of 1,200, 50/s, 4 s left",
        "mails: 1,200 of 1,200",
    ]


def test_an_end_that_is_told_twice_is_one_line_and_what_is_over_soon_is_none(clock: Clock) -> None:
    out = StringIO()
    with Progress(OutputWrapper(out), again=AGAIN, clock=clock) as progress:
        progress.at("mails", 0, 3)
        clock.now = 10
        for done in (2, 3, 3):
            progress.at("mails", done, 3)
        progress.at("companies", 3, 3)
    assert out.getvalue().splitlines() == ["mails: 2 of 3, 12.0/min, 5 s left", "mails: 3 of 3"]


def test_what_has_no_known_end_is_counted(clock: Clock) -> None:
    out = StringIO()
    with Progress(OutputWrapper(out), again=AGAIN, clock=clock) as progress:
        progress.at("files listed", 0)
        clock.now = 60
        progress.at("files listed", 30)
    assert out.getvalue().splitlines() == ["files listed: 30, 30.0/min"]


def test_in_a_terminal_a_bar_is_drawn_over_and_gone_at_the_end(clock: Clock) -> None:
    out = Terminal()
    with Progress(OutputWrapper(out), again=AGAIN, clock=clock) as progress:
        progress.at("mails", 0, 100)
        clock.now = 1
        progress.at("mails", 25, 100)
        clock.now = 1.01
        progress.at("mails", 26, 100)
        progress.say("a line that stays")
        progress.at("mails", 100, 100)
    drawn = out.getvalue()
    assert f"{CLEARED}[######..................] mails: 25 of 100, 25/s, 3 s left" in drawn
    assert "26 of" not in drawn, "nobody sees a hundredth of a second"
    assert f"{CLEARED}a line that stays\n" in drawn
    assert drawn.endswith(CLEARED)
    assert drawn.count("\n") == 1


@pytest.mark.parametrize("out", [StringIO(), Terminal()])
def test_ctrl_c_ends_in_a_sentence_that_says_how_far_it_came(out: StringIO, clock: Clock) -> None:
    def stop() -> None:
        with Progress(OutputWrapper(out), again=AGAIN, clock=clock) as progress:
            progress.at("mails", 25, 100)
            ctrl_c.press()

    with pytest.raises(CommandError, match=rf"^Stopped at mails: 25 of 100\. {AGAIN}$") as stopped:
        stop()
    assert stopped.value.returncode == INTERRUPTED


def test_other_errors_go_through(clock: Clock) -> None:
    with pytest.raises(ValueError, match="other"), Progress(OutputWrapper(StringIO()), again=AGAIN, clock=clock):
        raise ValueError("other")
