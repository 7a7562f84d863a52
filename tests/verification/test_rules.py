"""How a one-time code lives, over all times and counts."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from verification.rules import Rules, Verdict, following, judge

RULES = Rules(6, timedelta(seconds=300), 5, timedelta(seconds=60), 3)
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@given(right=st.booleans(), attempts=st.integers(0, 10), left=st.integers(-400, 400))
def test_a_code_is_right_only_in_time_and_within_its_tries(right: bool, attempts: int, left: int) -> None:
    verdict = judge(right=right, attempts=attempts, expires_at=NOW + timedelta(seconds=left), now=NOW, rules=RULES)
    assert (verdict is Verdict.RIGHT) == (right and attempts < 5 and left > 0)
    assert (verdict is Verdict.EXPIRED) == (left <= 0)


@given(st.lists(st.integers(0, 3 * 3600), max_size=8).map(sorted))
def test_no_more_than_four_codes_within_an_hour_and_a_minute_apart(ages: list[int]) -> None:
    sent = [NOW - timedelta(seconds=age) for age in reversed(ages)]
    coming = following(sent, now=NOW, rules=RULES)
    recent = [age for age in ages if age < 3600]
    assert coming.left == max(0, 4 - len(recent))
    if coming.left and recent:
        assert (coming.at is not None) == (min(recent) < 60)
    if coming.at is not None:
        assert coming.at > NOW


def test_the_fifth_waits_until_the_first_is_an_hour_old() -> None:
    sent = [NOW - timedelta(minutes=minutes) for minutes in (50, 40, 30, 20)]
    coming = following(sent, now=NOW, rules=RULES)
    assert (coming.left, coming.at) == (0, NOW + timedelta(minutes=10))
