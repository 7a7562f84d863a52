"""What the gate or a table refuses, told on the next page: a late click ends in a sentence, not in an error."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest

from onboarding.actor import NotAllowed


@contextmanager
def refusals_as_messages(request: HttpRequest, done: str = "") -> Iterator[None]:
    """Turns NotAllowed into a message of the next page; `done`, if given, is the message of success."""
    try:
        yield
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        if done:
            messages.success(request, done)
