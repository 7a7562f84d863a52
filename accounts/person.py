"""Who asks. The person comes with the row of the session, so that a page needs one statement for both."""

from django.conf import settings
from django.contrib import auth
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from accounts import sessions
from tenancy.models import User


class PersonMiddleware(AuthenticationMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: person_of(request))  # type: ignore[assignment]


def person_of(request: HttpRequest) -> User | AnonymousUser:
    """The person of the session, where nothing has changed since it began.

    Whatever has (password, secret key, a person who may not sign in any more) is for Django to judge, which ends
    the session or renews it.
    """
    held = request.session.get(HASH_SESSION_KEY, "")
    row = sessions.row_of(request)
    person = row.user if row is not None else None
    if (
        person is not None
        and person.is_active
        and request.session.get(SESSION_KEY) == str(person.pk)
        and request.session.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(held, person.get_session_auth_hash())
    ):
        return person
    return auth.get_user(request)
