"""A body in another writing than UTF-8 is refused with a page, wherever it is sent; so is a form that grew old."""

from unittest.mock import Mock
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import Client
from django.urls import reverse

from iysportal.bodies import address_in_utf8
from tests.scenarios.browser import words
from tests.scenarios.factories import PartnerFactory

pytestmark = pytest.mark.django_db
PLACES = ("/hesap/login/", "/basvuru/", "/destek/", "/yok-boyle-bir-sayfa/")


@pytest.mark.parametrize("codec", ["utf-16", "utf-7", "idna", "zlib", "rot13", "iso-8859-9"])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=B"])
def test_another_writing_is_refused_everywhere(codec: str, kind: str) -> None:
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    for place in PLACES:
        answer = client.generic("POST", place, b"login=a", content_type=f"{kind}; charset={codec}")
        assert answer.status_code == 400
        assert "İstek anlaşılamadı" in answer.content.decode()


@pytest.mark.parametrize("codec", ["zlib", "idna", "utf-16"])
def test_an_address_with_it_is_refused_in_words_too(codec: str) -> None:
    environ = {"PATH_INFO": "/", "QUERY_STRING": "a=b", "CONTENT_TYPE": f"text/plain; charset={codec}"}
    setup_testing_defaults(environ)
    said = Mock()
    page = address_in_utf8(get_wsgi_application())(environ, said)
    assert "İstek anlaşılamadı" in b"".join(page).decode()
    assert said.call_args.args[0] == "400 Bad Request"


@pytest.mark.parametrize("said", ["", "; charset=UTF-8", "; charset=utf8", "; charset=no-such-codec"])
def test_utf_8_is_taken_however_it_is_named(said: str) -> None:
    PartnerFactory.create()
    kind = f"application/x-www-form-urlencoded{said}"
    answer = Client().generic(
        "POST", reverse("account_login"), b"login=%C4%B1%40x.example&password=x", content_type=kind
    )
    assert answer.status_code == 200


def test_a_form_that_grew_old_is_refused_in_words() -> None:
    PartnerFactory.create()
    answer = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "a@x.example"})
    assert answer.status_code == 403
    assert "Bu sayfa eskimiş" in words(answer)
