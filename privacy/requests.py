"""What people ask for themselves on “Kişisel verilerim”: noted down in the request, done by a worker.

A request sees the rows of one company (`wall`); a person's data lie in all whose people write or wrote of her.
"""

import logging

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts import hosts, sessions
from correspondence.outgoing import outbox
from documents import storage
from privacy import persons
from privacy.erasing import write_down
from privacy.models import DataKind, PersonRequest, Wish
from tenancy.models import User

logger = logging.getLogger(__name__)


def copy_of(user: User) -> PersonRequest | None:
    """The copy that waits to be made, or to be taken."""
    return PersonRequest.objects.filter(user=user, wish=Wish.COPY).first()


def ask_for_copy(user: User) -> None:
    """Has a new copy made, in the place of one before; one that is waited for is not asked for twice."""
    with transaction.atomic():
        request, made = PersonRequest.objects.select_for_update().get_or_create(user=user, wish=Wish.COPY)
        if made or request.done_at is None:
            return
        old = request.stored_name
        request.asked_at, request.done_at, request.stored_name = timezone.now(), None, ""
        request.save()
        transaction.on_commit(lambda: storage.discard(old))


def ask_to_be_erased(user: User) -> None:
    """Closes the account at once; what is kept of it goes when a worker comes to it.

    Raises persons.CannotBeErased: while a company would be left without an owner, and for staff.
    """
    with transaction.atomic():
        # Not a lock that keeps rows from pointing here: who joins holds the company's row and waits for this one.
        user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        persons.leave_all(user)
        User.objects.filter(pk=user.pk).update(is_active=False)
        PersonRequest.objects.get_or_create(user=user, wish=Wish.ERASURE)
        sessions.end_others(user, None)


def fulfil() -> int:
    """Does what was asked for, one after the other; returns how many. What cannot be done yet waits."""
    waiting = PersonRequest.objects.filter(done_at=None).order_by("asked_at", "pk")
    return sum(_fulfil(key) for key in list(waiting.values_list("pk", flat=True)))


def _fulfil(key: int) -> bool:
    try:
        with transaction.atomic():
            # Of workers at the same time one takes it.
            waiting = PersonRequest.objects.filter(pk=key, done_at=None).select_related("user")
            request = waiting.select_for_update(of=("self",), skip_locked=True).first()
            if request is None:
                return False
            _make_copy(request) if request.wish == Wish.COPY else _erase(request)
    except persons.CannotBeErased:
        logger.warning("Request %s to be erased waits: the person was taken in somewhere again since.", key)
        return False
    return True


def _make_copy(request: PersonRequest) -> None:
    name = f"persons/{get_random_string(32)}.zip"
    request.stored_name = storage.keep(name, ContentFile(persons.export(request.user)))
    request.done_at = timezone.now()
    request.save()
    partner = hosts.partner_of(request.user, None)
    outbox.post_account(
        to=request.user.email,
        from_name=hosts.name_of(partner),
        body=outbox.render(template="own_data_ready", context={"user": request.user, "partner": partner}),
    )


def _erase(request: PersonRequest) -> None:
    user = request.user
    gone = persons.erase(user)
    write_down(kind=DataKind.PERSON, gone=gone, why="Kişi kendisi sildi.", subject=str(user.pk))
