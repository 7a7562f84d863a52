from django.conf import settings
from django.http import HttpRequest


def partner(request: HttpRequest) -> dict[str, object]:
    """What every page knows of the installation: whose portal it is, and whether mail is on trial."""
    return {"partner": getattr(request, "partner", None), "sandbox_url": settings.SANDBOX_URL}
