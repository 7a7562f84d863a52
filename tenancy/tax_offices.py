"""Names of tax offices that are suggested where one is asked for; whatever else is written is taken too.

There is no list of them to be had that is complete, kept and free: the revenue administration opens and closes
offices by circular. So what companies of the province have written is suggested, and its districts: most offices
are called after one.
"""

from django.db.models import Count

from identifiers import Refused, places
from identifiers.turkish import fold
from tenancy.models import Company
from wall.crossings import Crossing
from wall.standing import crossing

# So many companies have to have written a name: one alone would be told of, and a slip would be suggested.
COMPANIES = 3
MOST = 40


def suggested(province: str) -> list[str]:
    """The most frequent first; none for what is no province."""
    try:
        found = places.clean_province(province)
    except Refused:
        return []
    with crossing(Crossing.TAX_OFFICES):
        written = Company.objects.filter(province=found).exclude(tax_office="").values("tax_office")
        counted = written.annotate(companies=Count("pk")).filter(companies__gte=COMPANIES)
        names = list(counted.order_by("-companies", "tax_office").values_list("tax_office", flat=True)[:MOST])
    known = {fold(name) for name in names}
    return names + [name for name in places.PROVINCES[found] if fold(name) not in known]
