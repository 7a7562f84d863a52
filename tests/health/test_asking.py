"""Asking whether all is well: nobody waits for what does not answer, and nothing that says why gets out."""

import threading

import pytest

from health import asking as asked
from health.asking import Asking, state
from health.checks import Check


def well() -> str:
    return ""


def away() -> str:
    raise OSError("redis://:gizli@10.1.2.3:6379/0 refused")


def test_all_is_well() -> None:
    answers = Asking([Check("a", well, needed=True), Check("b", well)]).answers()
    assert [answer.why for answer in answers] == ["", ""]
    assert state(answers) == "ready"


def test_what_pages_need_makes_unready_and_the_rest_only_degrades() -> None:
    assert state(Asking([Check("a", well, needed=True), Check("b", away)]).answers()) == "degraded"
    assert state(Asking([Check("a", away, needed=True), Check("b", well)]).answers()) == "unready"


def test_what_an_error_says_is_not_passed_on() -> None:
    (answer,) = Asking([Check("broker", away)]).answers()
    assert answer.why == "does not answer (OSError)"


def test_what_is_frozen_holds_neither_the_answer_nor_one_thread_after_another() -> None:
    thaw, begun = threading.Event(), []

    def frozen() -> str:
        begun.append(1)
        thaw.wait()
        return ""

    asking = Asking([Check("frozen", frozen, seconds=0.05), Check("well", well)])
    try:
        for _time in range(3):
            whys = [answer.why for answer in asking.answers()]
            assert whys[0].startswith("no answer for ")
            assert whys[1] == ""
        assert len(begun) == 1
    finally:
        thaw.set()


def test_many_who_ask_at_once_cost_one_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked, "FRESH_SECONDS", 60.0)  # the last of them may begin late
    looked: list[int] = []

    def counted() -> str:
        looked.append(1)
        return ""

    asking = Asking([Check("counted", counted)])
    together = [threading.Thread(target=asking.answers) for _each in range(20)]
    for each in together:
        each.start()
    for each in together:
        each.join()
    assert len(looked) == 1
