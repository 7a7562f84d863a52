"""What every answer says to the browser: nothing is kept, framed or embedded elsewhere."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from iysportal.headers import on_static_files
from onboarding.evidence_pack import building
from onboarding.tasks import build_pack
from privacy import requests
from tests.scenarios.cast import Cast
from tests.test_house import PACKAGES

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("path", ["/", "/hesap/login/", "/yok/", "/basvuru/"])
def test_every_answer_to_a_stranger_says_it_all(path: str) -> None:
    answer = Client().get(path)
    assert "no-store" in answer["Cache-Control"]
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert "camera" not in answer["Permissions-Policy"], "documents are photographed"
    assert "geolocation=()" in answer["Permissions-Policy"]


def test_a_companys_pages_are_kept_nowhere() -> None:
    cast = Cast()
    paths = [reverse(name) for name in ("onboarding:board", "team:people", "support:questions")]
    for path in (*paths, reverse("onboarding:dossier_page", args=["imza-yetkilisi"])):
        answer = cast.browsers["owner"].get(path)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store"), path


def test_what_is_kept_by_a_browser_is_said_in_one_place() -> None:
    """Everything else gets the middleware's `no-store`: nobody has to think of it, and nobody can forget it."""
    keeping = re.compile(r"Cache-Control|never_cache|cache_control|Pragma")
    found = {
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if keeping.search(path.read_text())
    }
    assert found == {
        "guide/views.py",  # for visitors, when it is still what it was
        "iysportal/headers.py",
        "iysportal/security_txt.py",  # the same for everybody
        "partners/views.py",  # logos, by their own hash
    }


def test_files_are_kept_nowhere_whatever_kind_they_are() -> None:
    cast = Cast()
    cast.finished()
    building.ask(application=cast.now(), actor=cast.owner)
    build_pack(str(cast.application.pk))
    document = cast.company.documents.first()
    assert document is not None
    owner = cast.browsers["owner"]
    requests.ask_for_copy(cast.people["owner"])
    requests.fulfil()
    for answer in (
        owner.get(reverse("onboarding:document", args=[document.pk])),
        owner.get(reverse("onboarding:pack_file", args=["zip"])),
        owner.post(reverse("privacy:download")),
        Client().get(reverse("status_form")),
    ):
        assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")


def test_a_documents_preview_alone_is_framed_by_our_own_pages() -> None:
    cast = Cast()
    cast.hand_in("signature_circular")
    document = cast.company.documents.get()
    answer = cast.browsers["owner"].get(reverse("onboarding:document", args=[document.pk]))
    assert answer.status_code == 200
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]


def test_whom_to_tell_of_a_weakness_is_said() -> None:
    answer = Client().get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert fields["Contact"].startswith("mailto:")
    assert set(fields) == {"Contact", "Expires", "Preferred-Languages", "Canonical"}


def test_what_is_said_to_a_person_lies_in_no_cookie() -> None:
    cast = Cast()
    client = cast.browsers["owner"]
    client.post(reverse("team:people"), {"email": "su@kuzey.example", "role": "viewer"})
    assert set(client.cookies) <= {"sessionid", "csrftoken"}


def test_a_static_file_says_who_may_embed_it() -> None:
    headers: dict[str, str] = {}
    on_static_files(headers, "", "")
    assert headers == {"Cross-Origin-Resource-Policy": "same-origin"}
