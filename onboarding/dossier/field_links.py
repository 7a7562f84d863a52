"""Links to what of the dossier may be corrected: its fields, each on its page, and its other parts."""

from django.urls import reverse

from onboarding.dossier.pages import OF_FIELD
from onboarding.models import ChannelChoices, DocumentKind


def field_url(name: str, query: str = "") -> str:
    """Empty for what is no field of a page."""
    if name not in OF_FIELD:
        return ""
    return f"{reverse('onboarding:dossier_page', args=[OF_FIELD[name].key])}{query}#id_{name}"


def remark_url(key: str, channel: str) -> str:
    """Where what a remark is about (Remark.field) is changed; empty for the dossier as a whole."""
    if not key:
        return ""
    if channel == ChannelChoices.APPLIED:
        return f"{reverse('onboarding:evidence')}#id_{'file' if key == DocumentKind.EVIDENCE else key}"
    online = channel == ChannelChoices.ONLINE
    match key:
        case DocumentKind.UNDERTAKING_SIGNED:
            return reverse("onboarding:sign")
        case "together":
            return reverse("onboarding:co_signatories")
        case "brands":
            return f"{reverse('onboarding:info_entry')}#markalar" if online else reverse("onboarding:brand_names")
        case "statistics":
            return f"{reverse('onboarding:info_entry')}#istatistik"
    if key in DocumentKind.values:
        return f"{reverse('onboarding:pre_application')}#belge-{key}"
    return field_url(key)
