from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from partners.models import IysContact, Partner


def partner(request: HttpRequest) -> dict[str, object]:
    """What every page knows of the installation: whose portal it is, whether mail is on trial, where İYS is
    reached.

    Whoever works for a company meets that company's partner under any host name.
    """

    def met() -> Partner | None:
        company = getattr(request, "company", None)
        found: Partner | None = company.partner if company else getattr(request, "partner", None)
        return found

    return {
        "partner": SimpleLazyObject(met),
        "iys_contact": SimpleLazyObject(IysContact.current),
        "sandbox_url": settings.SANDBOX_URL,
    }
