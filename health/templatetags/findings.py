"""What whoever looks at support's pages has to act on: in the banner of each, and as cards on the first."""

from django import template
from django.http import HttpRequest

from health import findings
from health.findings import Finding
from tenancy.requests import user_of

register = template.Library()
ASKED = "finding_cards"  # kept on the request


@register.inclusion_tag("admin/_findings.html", takes_context=True, name="findings")
def banner(context: template.Context) -> dict[str, list[Finding]]:
    request: HttpRequest = context["request"]
    found = findings.for_person(user_of(request), _cards(request))
    # Sending that is stopped stands in the banner of letters already, with its reason.
    found = [each for each in found if each.key != "stopped"]
    return {
        "counted": [each for each in found if not each.runbook],
        "silent": [each for each in found if each.runbook],
    }


@register.inclusion_tag("admin/_finding_cards.html", takes_context=True)
def finding_cards(context: template.Context) -> dict[str, list[Finding]]:
    request: HttpRequest = context["request"]
    return {"cards": _cards(request)}


def _cards(request: HttpRequest) -> list[Finding]:
    """Asked once for a page that has both."""
    asked: list[Finding] | None = getattr(request, ASKED, None)
    if asked is None:
        asked = findings.cards_for(user_of(request))
        setattr(request, ASKED, asked)
    return asked
