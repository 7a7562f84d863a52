"""Whose pages a member of staff looks at as a company sees them. Beginning and ending: `onboarding.actions.looks`.

`request.user` stays who that is. What changes is the company that a request learns, here and nowhere else: pages
of companies are then asked for as one of its people (`seen_as`), all of them read-only (LookMiddleware).
"""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from tenancy.models import CompanyLook, Membership, User
from tenancy.walls import has_part, of_partner, standing_of
from wall.standing import behind

LOOK = "look"  # session key: the look that goes on in this browser
MAY_LOOK = "tenancy.add_companylook"

# What is open while somebody looks: pages that show what the company's own sees. Whatever is not named is closed,
# with everything that is new: files, which are opened with a note of who took them; links that let somebody in or
# lead to İYS; what is the person's own (account, notices, places in other companies); mail accounts.
SHOWN = frozenset(
    {
        "start",
        "disclosure",
        "guide:start",
        "guide:page",
        "onboarding:board",
        "onboarding:board_live",
        "onboarding:step_live",
        "onboarding:summary",
        "onboarding:pack_progress",
        "onboarding:route",
        "onboarding:apply_again",
        "onboarding:withdraw",
        "onboarding:later_brand",
        "onboarding:stale",
        "onboarding:thread",
        "onboarding:letter",
        "onboarding:mail",
        "onboarding:upload_mail",
        "onboarding:documents",
        "onboarding:paper_data",
        "onboarding:pre_application",
        "onboarding:mersis_question",
        "onboarding:dossier",
        "onboarding:dossier_page",
        "onboarding:districts",
        "onboarding:cargo",
        "onboarding:review",
        "onboarding:channel",
        "onboarding:evidence",
        "onboarding:email_code",
        "onboarding:query",
        "onboarding:query_again",
        "onboarding:mobile_code",
        "onboarding:edit_form",
        "onboarding:sign",
        "onboarding:co_signatories",
        "onboarding:brand_names",
        "onboarding:hand_off",
        "onboarding:info_entry",
        "onboarding:add_brand",
        "onboarding:edit_brand",
        "onboarding:figures",
        "onboarding:status_query",
        "onboarding:code_receipt",
        "onboarding:type_codes",
        "onboarding:package_contract",
        "onboarding:choose_package",
        "onboarding:contract",
        "onboarding:payment",
        "onboarding:partner_assignment",
        "onboarding:assignment_channels",
        "onboarding:sign_assignment",
        "onboarding:hand_off_assignment",
        "onboarding:review_assignment",
        "onboarding:reconciliation",
        "onboarding:panel_settings",
        "team:people",
        "team:forwarding",
        "team:forward_state",
        "support:questions",
        "support:question",
    }
)
# Works as ever: the way out, which ends the look too, and what pages are made of.
AS_EVER = frozenset({"account_logout", "logo", "colour", "security_txt"})


def may_be_looked_at(user: User, look: CompanyLook) -> bool:
    """Whether the look still may go on: asked at every page, since a right may have been taken away."""
    return (
        user.is_active
        and user.is_staff
        and user.has_perm(MAY_LOOK)
        and of_partner(user, CompanyLook.objects.filter(pk=look.pk), "company__partner").exists()
        and not has_part(user, look.company_id)
    )


def going_on(user: User) -> QuerySet[CompanyLook]:
    """The person's looks that have not ended."""
    return CompanyLook.objects.filter(person=user, ended_at=None, ends_at__gt=timezone.now())


def current(request: HttpRequest) -> CompanyLook | None:
    """The look that goes on in this browser, with its company and partner; asked as staff, whatever the page."""
    user = request.user
    if not isinstance(user, User) or LOOK not in request.session:
        return None
    with behind(lambda: standing_of(user)):
        found = (
            going_on(user).filter(pk=request.session[LOOK]).select_related("company__partner", "person").first()
        )
        return found if found is not None and may_be_looked_at(user, found) else None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a page does not come while somebody looks."""

    sentence: str
    acts: bool


def refusal(name: str, method: str) -> Refusal | None:
    """`name` is that of the URL. None for what is shown. Every method that may change something is refused alike,
    whatever the URL."""
    if name in AS_EVER:
        return None
    if method not in ("GET", "HEAD", "OPTIONS"):
        return Refusal("Firmanın gözünden yalnızca bakıyorsunuz: bu düğme sizde çalışmaz.", acts=True)
    return None if name in SHOWN else Refusal("Bu sayfa firmanın gözünden bakarken kapalıdır.", acts=False)


def seen_as(look: CompanyLook) -> Membership:
    """A place in the company that is in no table: it is nobody's, and ends with the request."""
    return Membership(user=look.person, company=look.company, role=look.role)
