"""A portal in which a view and a task fail with all that must not be told at hand.

`python -m tests.reports.failing` asks for the view, as gunicorn would; Celery finds the task in `app`.
"""

import io
import logging
import os
from collections.abc import Callable
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "iysportal.settings"
django.setup()

from django.conf import settings  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402

from iysportal.celery import app  # noqa: E402
from telemetry.middleware import RequestMiddleware  # noqa: E402

logger = logging.getLogger("portal.test")
SECRETS = os.environ["SECRETS_OF_THE_TEST"].split("|")


class Person:
    """Its repr is what a list of variables would show."""

    def __repr__(self) -> str:
        return f"<Person {SECRETS}>"


def fails(person: Person, words: str) -> None:
    logger.warning("Seen: %s", words)
    logger.error("Refused: %s", words, extra={"words": words})
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s", [words])
    known: dict[str, str] = {}
    try:
        known[words]
    except KeyError as error:
        failure = ValueError(f"{person}: {words}")
        failure.add_note(words)
        raise failure from error


def view(request: HttpRequest, key: str) -> HttpResponse:
    fails(Person(), f"{key} {request.POST} {request.GET}")
    return HttpResponse()


@app.task(name="tests.fails")
def task(words: str, *, person: str) -> None:
    fails(Person(), words + person)


@app.task(name="tests.logs")
def logs(words: str) -> None:
    """What is caught and logged with its trace."""
    try:
        fails(Person(), words)
    except ValueError:
        logger.exception("It failed: %s", words)


urlpatterns = [path("gizli/<str:key>/", view, name="view")]


def _of_wire(text: str) -> str:
    """As a server hands it over (PEP 3333)."""
    return text.encode().decode("latin-1")


def asked() -> None:
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = [f"{RequestMiddleware.__module__}.RequestMiddleware"]
    said = _of_wire(" ".join(SECRETS))
    body = f"words={said}".encode("latin-1")
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": _of_wire(f"/gizli/{SECRETS[0]}/"),
        "QUERY_STRING": f"q={SECRETS[1]}",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "203.0.113.77",
        "HTTP_COOKIE": _of_wire(f"sessionid={SECRETS[2]}"),
        "HTTP_AUTHORIZATION": _of_wire(f"Bearer {SECRETS[2]}"),
        "HTTP_USER_AGENT": said,
        "HTTP_REFERER": f"http://localhost/?q={SECRETS[1]}",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
    }
    heard: list[str] = []

    def begin(status: str, _headers: Any, _error: Any = None) -> Callable[[bytes], object]:
        heard.append(status)
        return len

    get_wsgi_application()(environ, begin)
    assert heard == ["500 Internal Server Error"]


if __name__ == "__main__":
    asked()
