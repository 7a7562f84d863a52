"""From one case to the next, in the order of the queue, without the list in between."""

from datetime import datetime

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from onboarding.models import Application, QueueItem
from onboarding.overview.queue import free_for
from tenancy.requests import user_of
from tenancy.walls import own_companies

# In the session: which application was decided on last, and where it had stood in the queue.
DECIDED = "decided_last"


def after(request: HttpRequest, application: Application) -> Application | None:
    """Whose turn it is behind the application, for this member of staff; behind the last comes the first again.

    What a colleague has is passed over.
    """
    queue = _queue(request)
    user = user_of(request)
    rows = queue.exclude(application=application).exclude(application__company__in=own_companies(user))
    rows = rows.filter(free_for(user))
    place = _place(queue, application) or _remembered(request, application)
    found = rows.filter(_behind(*place)).first() if place else None
    found = found or rows.first()
    return found.application if found else None


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


def _behind(since: datetime, pk: int) -> Q:
    return Q(since__gt=since) | Q(since=since, pk__gt=pk)
