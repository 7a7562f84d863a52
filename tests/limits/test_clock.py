"""When something goes on, as a Turkish reader says it."""

from datetime import UTC, datetime, timedelta

import pytest

from limits.clock import after


def at(day: int, hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, second, tzinfo=UTC)


NOW = at(26, 14, 0)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (at(26, 14, 5), "bugün 14:05'ten sonra"),
        (at(26, 14, 5, 1), "bugün 14:06'dan sonra"),
        (at(26, 23, 59, 30), "yarın 00:00'dan sonra"),
        (at(27, 9, 30), "yarın 09:30'dan sonra"),
        (at(27, 9, 0), "yarın 09:00'dan sonra"),
        (at(26, 20, 0), "bugün 20:00'den sonra"),
        (at(26, 17, 40), "bugün 17:40'tan sonra"),
        (at(26, 17, 20), "bugün 17:20'den sonra"),
        (at(26, 17, 50), "bugün 17:50'den sonra"),
        (at(26, 17, 10), "bugün 17:10'dan sonra"),
        (at(28, 8, 3), "28 Kasım 08:03'ten sonra"),
    ],
)
def test_a_moment_is_said_with_its_day_and_the_right_ending(moment: datetime, said: str) -> None:
    assert after(moment, NOW) == said


def test_every_minute_of_a_day_has_an_ending() -> None:
    endings = {after(NOW + timedelta(minutes=each), NOW).split("'")[1] for each in range(1, 24 * 60)}
    assert endings == {f"{each} sonra" for each in ("den", "dan", "ten", "tan")}
