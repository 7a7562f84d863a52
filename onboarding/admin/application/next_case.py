"""From one case to the next, in the order of the queue and within the list one came from."""

from datetime import datetime

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from onboarding.models import Application, QueueItem
from onboarding.overview.queue import Desk, Tab, free_for
from tenancy.admin.walking import following
from tenancy.models import User
from tenancy.requests import user_of
from tenancy.walls import own_companies

# In the session: which application was decided on last, and where it had stood in the queue.
DECIDED = "decided_last"
# In the address of a case, and from there in the session: how the queue was filtered from which it was opened.
LIST = "sira"
FILTERS = ("kimde", "step__exact", "held__exact")
LIST_IS_DONE = "Süzdüğünüz listede başka başvuru yok; “Sıradaki” sıranın tamamıyla sürüyor."


def after(request: HttpRequest, application: Application) -> Application | None:
    """Whose turn it is behind the application, for this member of staff; behind the last comes the first again.

    What a colleague has is passed over. Once nothing else is in the list one came from, that is said, and the
    whole queue goes on.
    """
    queue = _queue(request)
    user = user_of(request)
    rows = queue.exclude(application=application).exclude(application__company__in=own_companies(user))
    rows = rows.filter(free_for(user))
    place = _place(queue, application) or _remembered(request, application)
    listed = _list(request)
    found = following(_within(rows, listed, user), "since", place) if listed else None
    if listed and found is None:
        del request.session[LIST]
        messages.info(request, LIST_IS_DONE)
    found = found or following(rows, "since", place)
    return found.application if found else None


def address_of(filters: QueryDict) -> str:
    """What is added to the address of a case that is opened from the queue."""
    kept = QueryDict(mutable=True)
    for name in FILTERS:
        if name in filters:
            kept[name] = str(filters[name])
    carried = QueryDict(mutable=True)
    carried[LIST] = kept.urlencode()
    return f"?{carried.urlencode()}"


def came_by(request: HttpRequest) -> str:
    """The filters of the queue by which one came, as they stand in its address."""
    return _list(request).urlencode()


def _list(request: HttpRequest) -> QueryDict:
    """From the address, else as it was: a decision leads back to the case without it."""
    if LIST in request.GET and request.GET[LIST] != request.session.get(LIST, ""):
        request.session[LIST] = request.GET[LIST][:200]
    return QueryDict(request.session.get(LIST, ""))


def _within(rows: QuerySet[QueueItem], listed: QueryDict, user: User) -> QuerySet[QueueItem]:
    tab, step, held = (listed.get(name, "") for name in FILTERS)
    if tab in Tab.values:
        rows = rows.filter(Desk.of(user).where(tab))
    if step:
        rows = rows.filter(step=step)
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
