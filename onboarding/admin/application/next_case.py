"""From one case to the next, in the order of the queue and within the list one came from."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from correspondence.models import Mail
from onboarding.admin.mails import next_mail
from onboarding.mail.early import DECIDE
from onboarding.models import Application, QueueItem
from onboarding.overview.queue import MARKED, Desk, Tab, free_for
from tenancy.admin.walking import following
from tenancy.models import User
from tenancy.requests import user_of, uuid
from tenancy.walls import own_companies

# In the session: which application was decided on last, and where it had stood in the queue.
DECIDED = "decided_last"
# In the address of a case: how the queue was filtered from which it was opened, or the case before it.
LIST = "sira"
# In the session: which case was opened so last, and with what in its address.
CAME = "came_by"
FILTERS = ("kimde", "step__exact", "held__exact", MARKED[0])
# There: the mail from which one came to the case, so that the next mail follows.
MAIL = "posta"


def from_mail(mail: Mail) -> str:
    """Where a mail leads that has brought its case something to decide."""
    page = reverse("admin:onboarding_application_change", args=[mail.application_id])
    return f"{page}{_carrying(urlencode({MAIL: mail.pk}))}#duzeltmeler"


def context(request: HttpRequest, application: Application) -> dict[str, Any]:
    """What the page of a case shows: whose turn it is behind it, what that one's address carries, whether the list
    one came from has no other, and the filters of the queue by which one came, as they stand in its address.
    """
    listed = _list(request, application)
    if following_mail := _mail_after(request, listed):
        return {"next_mail": following_mail}
    in_list, found = _after(request, application, listed)
    return {
        "next_case": found.application if found else None,
        "next_list": address_of(listed if in_list else QueryDict()),
        "list_is_done": bool(listed and found) and not in_list,
        "came_by": listed.urlencode(),
    }


def _mail_after(request: HttpRequest, listed: QueryDict) -> Mail | None:
    if MAIL not in listed or not request.user.has_perm(DECIDE):
        return None
    mails: QuerySet[Mail] = admin.site.get_model_admin(Mail).get_queryset(request)
    came_from = mails.filter(pk=uuid(str(listed[MAIL]))).first()
    return next_mail.after(mails, came_from, user_of(request)) if came_from else None


def _after(
    request: HttpRequest, application: Application, listed: QueryDict
) -> tuple[QueueItem | None, QueueItem | None]:
    """Whose turn it is behind the application, for this member of staff, in the list and else in the whole queue;
    behind the last comes the first again. What a colleague has is passed over."""
    queue = _queue(request)
    user = user_of(request)
    rows = queue.exclude(application=application).exclude(application__company__in=own_companies(user))
    rows = rows.filter(free_for(user))
    place = _place(queue, application) or _remembered(request, application)
    in_list = following(_within(rows, listed, user), "since", place) if listed else None
    return in_list, in_list or following(rows, "since", place)


def address_of(filters: QueryDict) -> str:
    """What is added to the address of a case that is opened from the queue, or from the case before it."""
    kept = QueryDict(mutable=True)
    for name in FILTERS:
        if name in filters:
            kept[name] = str(filters[name])
    return _carrying(kept.urlencode())


def _carrying(came: str) -> str:
    return f"?{urlencode({LIST: came})}"


def _list(request: HttpRequest, application: Application) -> QueryDict:
    """From the address, else as this case was opened last: a decision leads back to it without. One that is opened
    from elsewhere goes by the whole queue."""
    of, kept = request.session.get(CAME, ("", ""))
    kept = kept if of == str(application.pk) else ""
    came = request.GET.get(LIST, kept)[:200]
    if came != kept:
        request.session[CAME] = [str(application.pk), came]
    return QueryDict(came)


def _within(rows: QuerySet[QueueItem], listed: QueryDict, user: User) -> QuerySet[QueueItem]:
    tab, step, held, marked = (listed.get(name, "") for name in FILTERS)
    if tab in Tab.values:
        rows = rows.filter(Desk.of(user).where(tab))
    if step:
        rows = rows.filter(step=step)
    if marked == MARKED[1]:
        rows = rows.filter(flagged_at__isnull=False)
    return rows.filter(held=held == "1") if held else rows


def remember(request: HttpRequest, application: Application) -> None:
    """To be called before the application is acted on, which may take it out of the queue."""
    place = _place(_queue(request), application)
    if place:
        since, pk = place
        request.session[DECIDED] = [str(application.pk), since.isoformat(), pk]


def _queue(request: HttpRequest) -> QuerySet[QueueItem]:
    rows: QuerySet[QueueItem] = admin.site.get_model_admin(QueueItem).get_queryset(request)
    return rows.prefetch_related(None).order_by("since", "pk")


def _place(queue: QuerySet[QueueItem], application: Application) -> tuple[datetime, int] | None:
    return queue.filter(application=application).values_list("since", "pk").first()


def _remembered(request: HttpRequest, application: Application) -> tuple[datetime, int] | None:
    key, since, pk = request.session.get(DECIDED, ("", "", 0))
    return (datetime.fromisoformat(since), pk) if key == str(application.pk) else None
