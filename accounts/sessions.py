"""The sessions of a person: seen, listed, ended."""

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone

from accounts.models import Session
from accounts.session_store import SessionStore, ends_at
from accounts.visitors import browser_of
from tenancy.models import User

NOTED_EVERY = timedelta(minutes=1)
USER_AGENT_MAX = 200  # characters


def note(request: HttpRequest) -> None:
    """That somebody signed in was here, and from where; at most once a minute. Puts off the end for being idle."""
    row = row_of(request)
    if row is None or row.user_id is None:
        return
    now = timezone.now()
    if row.ip is not None and now - row.last_seen_at < NOTED_EVERY:
        return
    row.last_seen_at, row.expire_date = now, ends_at(row, now)
    row.ip = request.META.get("REMOTE_ADDR") or None
    row.user_agent = request.META.get("HTTP_USER_AGENT", "")[:USER_AGENT_MAX]
    # What is saved may have ended meanwhile, so no save(), which would write it anew.
    Session.objects.filter(pk=row.pk).update(
        last_seen_at=now, expire_date=row.expire_date, ip=row.ip, user_agent=row.user_agent
    )


def of(user: User, request: HttpRequest) -> list[Session]:
    """Those that are open, with `is_current` and `browser` on each."""
    current = row_of(request)
    found = list(Session.objects.filter(user=user, expire_date__gt=timezone.now()).order_by("-created_at"))
    for each in found:
        each.is_current = current is not None and each.pk == current.pk  # type: ignore[attr-defined]
        each.browser = browser_of(each.user_agent)  # type: ignore[attr-defined]
    return found


def end_others(user: User, request: HttpRequest | None) -> int:
    """Ends the person's sessions but the one that asks; returns how many."""
    current = row_of(request) if request is not None else None
    others = Session.objects.filter(user=user)
    return (others.exclude(pk=current.pk) if current is not None else others).delete()[0]


def row_of(request: HttpRequest) -> Session | None:
    store = request.session
    return store.row if isinstance(store, SessionStore) else None
