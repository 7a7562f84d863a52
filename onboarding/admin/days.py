"""Days that are not as the calendar has them, as those who run the portal enter them and support looks at them."""

from django.contrib import admin

from onboarding.business_days import is_business_day
from onboarding.models import DayException
from tenancy.admin.base import OperationsAdmin
from tenancy.admin.searching import FoundBy


@admin.register(DayException)
class DayExceptionAdmin(OperationsAdmin[DayException]):
    list_display = ["day", "kind", "in_the_calendar", "reason"]
    list_filter = ["kind"]
    date_hierarchy = "day"
    found_by = FoundBy(texts=("reason",))

    @admin.display(description="takvime göre")
    def in_the_calendar(self, row: DayException) -> str:
        return "iş günü" if is_business_day(row.day) else "tatil"
