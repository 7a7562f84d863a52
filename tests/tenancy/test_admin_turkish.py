"""Every page of support's speaks Turkish: lists, forms, questions, errors, whatever Django brings."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.contrib import admin
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.test import Client
from django.urls import NoReverseMatch, reverse

from onboarding.models import DayException
from partners.models import IysContact, Partner
from tenancy.models import User
from tests.scenarios.browser import signed_in
from tests.scenarios.cast import Cast
from tests.scenarios.factories import UserFactory
from tests.tenancy import scenes
from tests.tenancy.admin_words import Said, english, many, wrong
from tests.tenancy.test_wall_of_staff import MAKERS, Rows

pytestmark = pytest.mark.django_db

NOBODY = "00000000-0000-4000-8000-000000000000"
# Read by its rows in a scene: a mail has its file.
FILTERS = 4  # of each list: what they say is the same kind of thing
OF_A_SCENE = {"correspondence.mail"}
Page = tuple[str, str]  # where, and what it said


def _read(answer: Any) -> str:
    assert answer.status_code < 500, answer
    return str(answer.content.decode())


class Walk:
    """Somebody who runs the portal opens everything."""

    def __init__(self) -> None:
        self.client: Client = signed_in(UserFactory.create(is_staff=True, is_superuser=True))

    def get(self, path: str) -> Iterator[Page]:
        yield path, _read(self.client.get(path, follow=True))

    def emptied(self, path: str) -> Iterator[Page]:
        """The form that stands there, sent with nothing in it."""
        page = self.client.get(path).content.decode()
        hidden = re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', page)
        yield from self.post(path, {**dict(hidden), "_save": "1"}, "with nothing filled in")

    def post(self, path: str, data: dict[str, Any], name: str) -> Iterator[Page]:
        yield f"{path} {name}", _read(self.client.post(path, data, follow=True))

    def model(self, model: type[Model]) -> Iterator[Page]:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        listed = reverse(f"admin:{name}_changelist")
        (_path, page), *_others = self.get(listed)
        yield listed, page
        filters = re.findall(r'href="(\?[^"#]+)"', page)
        for query in dict.fromkeys((*filters[:FILTERS], "?q=zeplin", "?bogus=1")):
            yield from self.get(listed + query.replace("&amp;", "&"))
        row = model._default_manager.order_by("pk").first()
        for view, args in (("add", []), *((view, [row.pk]) for view in ("change", "history", "delete") if row)):
            with suppress(NoReverseMatch):
                path = reverse(f"admin:{name}_{view}", args=args)
                yield from self.get(path)
                if view in ("add", "change"):
                    yield from self.emptied(path)
        yield from self.get(f"{listed}{NOBODY}/change/")
        for action in re.findall(
            r'<option value="(\w+)"', "".join(re.findall(r'(?s)name="action".*?</select>', page))
        ):
            yield from self.post(listed, {"action": action}, f"{action} of none")
            if row:
                yield from self.post(listed, {"action": action, "_selected_action": [row.pk]}, action)

    def everything(self) -> Iterator[Page]:
        for path in ("", "password_change/", "yok/", "onboarding/", "tenancy/", "logout/", "rehber/"):
            yield from self.get(f"/destek/{path}")
        yield from self.post("/destek/password_change/", {"old_password": "x"}, "wrong")
        for model in admin.site._registry:
            yield from self.model(model)


@pytest.fixture
def walk() -> Walk:
    return Walk()


def complaints(pages: Iterator[Page], about: set[str]) -> set[tuple[str, str]]:
    """What is wrong, with one place where it stands; `about` collects where one has been."""
    found: dict[str, str] = {}
    for where, page in pages:
        about.add(where)
        for text in Said(page).texts:
            if wrong(text):
                found.setdefault(text[:160], where)
    return set(found.items())


def test_the_pages_of_support_are_turkish_where_nothing_is_there_yet(walk: Walk) -> None:
    assert complaints(walk.everything(), set()) == set()


def test_the_pages_of_support_are_turkish_with_one_and_with_several_rows(walk: Walk) -> None:
    cast = Cast()
    scenes.written_to(cast)
    cast.submit()
    for partner in (
        cast.company.partner,
        Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş."),
    ):
        for label in MAKERS.keys() - OF_A_SCENE:
            with suppress(IntegrityError), transaction.atomic():
                Rows(partner).make(label)
    IysContact.objects.create()
    DayException.objects.create(day="2026-05-20", reason="İdari izin")
    been: set[str] = set()
    assert complaints(walk.everything(), been) == set()
    assert len(been) > 400


def test_texts_of_the_scripts_are_turkish(walk: Walk) -> None:
    """Date pickers, choosing from two lists, counts of chosen rows: their words come as one catalogue."""
    said = walk.client.get("/destek/jsi18n/").content.decode()
    found = re.search(r"(?s)newcatalog = (\{.*?\n *\});", said)
    assert found
    table = json.loads(found[1])
    assert len(table) > 60
    told = [text for texts in table.values() for text in ([texts] if isinstance(texts, str) else texts)]
    assert [text for text in told if english(text)] == []


def test_several_rows_are_deleted_after_a_question_and_counted_in_turkish(walk: Walk) -> None:
    DayException.objects.create(day="2026-05-20", reason="İdari izin")
    DayException.objects.create(day="2026-05-21", reason="İdari izin")
    path = reverse("admin:onboarding_dayexception_changelist")
    keys = list(DayException.objects.values_list("pk", flat=True))
    chosen = {"action": "delete_selected", "_selected_action": keys}
    asked = walk.client.post(path, chosen).content.decode()
    assert "Seçtiğiniz 2 kayıt silinsin mi? Geri alınamaz." in asked
    assert DayException.objects.count() == 2
    assert "2 kayıt silindi." in walk.client.post(path, {**chosen, "post": "yes"}, follow=True).content.decode()
    assert not DayException.objects.exists()


def test_who_may_not_delete_deletes_nothing_by_the_action() -> None:
    row = DayException.objects.create(day="2026-05-20", reason="İdari izin")
    client = signed_in(UserFactory.create(is_staff=True))
    client.post(
        reverse("admin:onboarding_dayexception_changelist"),
        {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"},
    )
    assert DayException.objects.exists()
    assert User.objects.exists()


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("3 gelen e-postalar", True), ("36 firmalar", True), ("2 firma listeleri", True), ("0 gruplar", True),
        ("5 adet firmalar silindi", True), ("Can add adım", True), ("0 sonuç of 5", True), ("USER", True),
        ("Add another", True), ("Select all 5 firma", True), ("Neden (i̇ptal et)", True),
        ("P-66THE3 · Mavi", False),
        ("3 gelen e-posta", False), ("1. Hizmet sağlayıcı, alıcıların", False), ("36 firma", False),
        ("Son 7 günde geri dönenler", False), ("on at son", False), ("info@mail.example", False),
    ],
)  # fmt: skip
def test_wrong_words_are_noticed(text: str, is_wrong: bool) -> None:
    assert wrong(text) is is_wrong, (english(text), many(text))
