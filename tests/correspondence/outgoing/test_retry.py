from datetime import timedelta

import pytest

from correspondence.outgoing.retry import DELAYS, Answer, classify, delay


@pytest.mark.parametrize(
    ("code", "text", "answer"),
    [
        (None, "connection refused", Answer.SOON),
        (421, "try again later", Answer.SOON),
        (451, "local error", Answer.SOON),
        (452, "too many recipients", Answer.LATER),
        (552, "mailbox full", Answer.LATER),
        (554, "5.2.2 over quota", Answer.LATER),
        (550, "no such user", Answer.NEVER),
        (554, "rejected", Answer.NEVER),
    ],
)
def test_answers_are_classed(code: int | None, text: str, answer: Answer) -> None:
    assert classify(code, text) is answer


@pytest.mark.parametrize("answer", Answer)
def test_delays_grow_and_end(answer: Answer) -> None:
    row = [delay(answer, application) for application in range(1, len(DELAYS[answer]) + 2)]
    assert row[-1] is None
    waits = [each for each in row if each is not None]
    assert waits == sorted(waits)
    assert all(each > timedelta(0) for each in waits)
