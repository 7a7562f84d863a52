"""Who of the company makes the move that it waits for, by name; for letters and screens."""

from collections.abc import Mapping

from identifiers import turkish
from onboarding.steps import PACKAGE_CONTRACT, PANEL_SETTINGS, STATUS_QUERY
from tenancy.models import Company
from tenancy.roles import Role

# The one move that a state waits for from its beginning; what else may be done there is a way around it.
ALONE: Mapping[tuple[str, str], str] = {
    (STATUS_QUERY.key, "apply_again"): "apply_again",
    (PACKAGE_CONTRACT.key, "offered"): "accept",
    (PANEL_SETTINGS.key, "form"): "save",
}
WILL: Mapping[str, str] = {
    "": "sürdürebilir",
    "complete": "tamamlayacak",
    "request": "teklifi isteyecek",
    "accept": "sözleşmeyi onaylayacak",
    "save": "beyanı kaydedecek",
    "apply_again": "yeniden başvurabilir",
}
SENDS = "gönderecek"
CALLED: Mapping[Role, tuple[str, str]] = {
    Role.OWNER: ("firma sahibi", "başka bir sahip"),
    Role.EDITOR: ("düzenleyen", "başka bir düzenleyen"),
}
MOST = 3  # names of a role


def names(company: Company, least: Role) -> str:
    """Who may, for the middle of a sentence: “firma sahibi Defne Poyraz ya da düzenleyen Emre Ak”."""
    members = company.memberships.filter(user__is_active=True).select_related("user").order_by("created_at")
    people = [(Role(member.role), str(member.user)) for member in members]
    named = []
    for role, (called, another) in CALLED.items():
        found = [name for has, name in people if has is role and has.includes(least)]
        if found:
            shown = found if len(found) <= MOST else [*found[:MOST], another]
            named.append(f"{called} {turkish.listed(shown, 'ya da')}")
    return " ya da ".join(named) or "firma sahibi (yönetici) yetkisi olan biri"


def sentence(company: Company, least: Role, move: str = "") -> str:
    """For whoever may not; `move` is the only one that is left, empty where something comes before it."""
    who = names(company, least)
    return f"{turkish.upper(who[0])}{who[1:]} {WILL.get(move, SENDS)}."
