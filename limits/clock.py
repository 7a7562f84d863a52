"""When something goes on, as people say it: “bugün 14:05'ten sonra”, “yarın 09:30'dan sonra”. PURE."""

from datetime import datetime, timedelta

MONTHS = (
    "Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran",
    "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık",
)  # fmt: skip
# The ending of "from" after a number follows the sound of its last word: beş'ten, altı'dan, yirmi'den.
_ONES = ("", "den", "den", "ten", "ten", "ten", "dan", "den", "den", "dan")
_TENS = ("", "dan", "den", "dan", "tan", "den")


def after(moment: datetime, now: datetime) -> str:
    """Both in the same zone. The next full minute: at the one that is named it does go on."""
    at = moment.replace(second=0, microsecond=0)
    if at < moment:
        at += timedelta(minutes=1)
    days = (at.date() - now.date()).days
    day = {0: "bugün", 1: "yarın"}.get(days, f"{at.day} {MONTHS[at.month - 1]}")
    return f"{day} {at:%H:%M}'{_ending(at.minute or at.hour)} sonra"


def _ending(number: int) -> str:
    """Of the last word that is spoken: 09:00 is dokuz, 00:00 is sıfır."""
    if number == 0:
        return "dan"
    return _ONES[number % 10] or _TENS[number // 10]
