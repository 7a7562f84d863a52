"""Of whom and of which days somebody wants to see the figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from figures.gathering import DAY, month_of
from figures.measures import Span
from onboarding.forms.fields import PastDateField
from partners.models import Partner
from tenancy.models import User
from tenancy.walls import of_partner

MOST_MONTHS = 36
# By how many months each begins before this one, and whether it ends before it.
PERIODS = {
    "bu-ay": ("Bu ay", 0, False),
    "gecen-ay": ("Geçen ay", 1, True),
    "3-ay": ("Son 3 ay", 2, False),
    "12-ay": ("Son 12 ay", 11, False),
}
USUAL = "3-ay"


@dataclass(frozen=True, slots=True)
class Period:
    label: str
    query: str
    is_chosen: bool


class ChoosingForm(forms.Form):
    """`partner` is there for who sees more than one."""

    ortak: Any = forms.ModelChoiceField(
        Partner.objects.none(),
        label="İş ortağı",
        required=False,
        empty_label="Hepsi",
        error_messages={"invalid_choice": "Bu iş ortağı seçilemez."},
    )
    ilk = PastDateField(label="İlk gün", required=False)
    son = PastDateField(label="Son gün", required=False)

    def __init__(self, data: QueryDict, *, user: User, today: date) -> None:
        self.today = today
        self.period = data.get("donem", USUAL) if not data.get("ilk") and not data.get("son") else ""
        self.usual = span_of(self.period if self.period in PERIODS else USUAL, today)
        shown = data.copy()
        if self.period:
            shown["ilk"], shown["son"] = self.usual.first.isoformat(), (self.usual.end - DAY).isoformat()
        super().__init__(shown)
        mine = of_partner(user, Partner.objects.order_by("name"), "pk")
        partners: Any = self.fields["ortak"]
        partners.queryset = mine
        if user.partner_id is not None or not user.is_superuser:
            del self.fields["ortak"]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        first, last = found.get("ilk"), found.get("son")
        for name, day in (("ilk", first), ("son", last)):
            if day is None and name not in self.errors:
                self.add_error(name, "Bir gün seçin.")
        if first and last and first > last:
            self.add_error("son", "Son gün ilk günden önce olamaz.")
        elif first and last and _months(first, last) > MOST_MONTHS:
            self.add_error("ilk", f"En çok {MOST_MONTHS} aya bakılabilir; daha yakın bir gün seçin.")
        return found

    @property
    def partner(self) -> int | None:
        chosen = self.cleaned_data.get("ortak")
        return chosen.pk if chosen else None

    @property
    def span(self) -> Span:
        """What was chosen; of what cannot be shown nothing is."""
        if self.errors:
            return Span(self.today, self.today)
        return Span(self.cleaned_data["ilk"], self.cleaned_data["son"] + DAY)

    def periods(self) -> Sequence[Period]:
        whose = {"ortak": self.data.get("ortak")} if self.data.get("ortak") and "ortak" in self.fields else {}
        return [
            Period(label, "?" + urlencode({**whose, "donem": name}), name == self.period)
            for name, (label, _back, _over) in PERIODS.items()
        ]


def span_of(period: str, today: date) -> Span:
    _label, back, is_over = PERIODS[period]
    first = month_of(today)
    for _month in range(back):
        first = month_of(first - DAY)
    return Span(first, month_of(today) if is_over else today + DAY)


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month + 1
