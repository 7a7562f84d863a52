"""What is typed where no form checks it: no sign of it breaks the database, and no text is endless."""

import pytest
from django.forms import Form
from django.test import RequestFactory
from django.urls import reverse

from journal.models import Entry
from onboarding.admin.application.writing import WriteForm
from onboarding.steps import PRE_APPLICATION
from support.forms import AnswerForm, MessageForm
from support.models import LastLook
from tenancy.requests import LONGEST, words
from tests.scenarios.cast import Cast
from tests.scenarios.support import Support

pytestmark = pytest.mark.django_db
ODD = "Vaz\x00geç\u202etik\x07\r\nçünkü " + "ü" * 50_000


def test_signs_that_nobody_sees_are_not_kept_and_lines_are() -> None:
    said = words(RequestFactory().post("/", {"reason": ODD}), "reason")
    assert said.startswith("Vazgeçtik\nçünkü üü")
    assert len(said) == LONGEST


def test_a_company_withdraws_with_any_reason() -> None:
    cast = Cast()
    cast.submitted()
    assert cast.press("withdraw", "withdraw", reason=ODD).status == 422, "longer than anybody types"
    assert cast.press("withdraw", "withdraw", reason=ODD[:100]).status == 200
    entry = Entry.objects.filter(company=cast.company, text__contains="Vazgeçtik").latest("pk")
    assert "\x00" not in entry.text
    assert len(entry.text) < LONGEST + 200


def test_staff_give_any_reason() -> None:
    cast = Cast()
    cast.submitted()
    support = Support(cast.now())
    assert support.press(PRE_APPLICATION, "reject", reason=ODD).status_code == 302
    entry = Entry.objects.filter(company=cast.company, text__contains="Vazgeçtik").latest("pk")
    assert "\x00" not in entry.text


@pytest.mark.parametrize("form", [MessageForm, AnswerForm, WriteForm])
def test_a_message_is_as_it_is_seen_and_as_long_as_the_browser_counts(form: type[Form]) -> None:
    assert "text" in form({"text": "\u200b\u202e"}).errors
    long = form({"text": "\r\n".join(["a" * 9] * 400)})
    assert "text" not in long.errors
    assert long.cleaned_data["text"].count("\n") == 399
    whole = form({"text": "Ada\u202e mı?\u200b"})
    whole.full_clean()
    assert whole.cleaned_data["text"] == "Ada mı?"


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00Z"])
def test_what_was_read_was_read_since_there_is_a_company(at: str) -> None:
    cast = Cast()
    assert cast.browsers["owner"].post(reverse("support:seen"), {"at": at}).status_code == 302
    look = LastLook.objects.get(membership__user=cast.people["owner"])
    assert look.at >= cast.company.created_at
