"""Until when an offer of İYS's holds, by the sentence that says so."""

import re
from datetime import date, timedelta

from django.utils import timezone

from correspondence.incoming.processing import sentences_of
from correspondence.models import Mail
from correspondence.reading.blanks import MONTHS
from correspondence.reading.phrases import plain

_NUMBERS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_NAMED = re.compile(rf"(\d{{1,2}}) ({MONTHS}) (\d{{4}})")


def last_day(mail: Mail) -> date | None:
    """None where the mail names no day of which it can be sure."""
    for sentence in sentences_of(mail):
        if "gecerli" in plain(sentence.text):
            for name, value in sentence.blanks:
                if name == "tarih":
                    return _day(plain(value))
                if name == "sayı":
                    written = mail.date_header or mail.received_at
                    return timezone.localdate(min(written, mail.received_at)) + timedelta(days=int(value))
    return None


def _day(text: str) -> date | None:
    numbers, named = _NUMBERS.match(text), _NAMED.match(text)
    try:
        if numbers:
            return date(int(numbers[3]), int(numbers[2]), int(numbers[1]))
        return date(int(named[3]), MONTHS.split("|").index(named[2]) + 1, int(named[1])) if named else None
    except ValueError:  # the 31st of a month that has none
        return None
