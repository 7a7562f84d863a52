"""Links to the fields of the dossier, each on its page."""

from django.urls import reverse

from onboarding.dossier.pages import OF_FIELD


def field_url(name: str, query: str = "") -> str:
    """Empty for what is no field of a page."""
    if name not in OF_FIELD:
        return ""
    return f"{reverse('onboarding:dossier_page', args=[OF_FIELD[name].key])}{query}#id_{name}"
