"""Corrections of an e-signed application: the signature of before counts no more, and the new one leads on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse

from onboarding.actions.pre_application import submission
from onboarding.actor import IYS, SYSTEM
from onboarding.mail import answers
from onboarding.overview.board import READY, READY_FOR_OTHERS
from onboarding.steps import PRE_APPLICATION, STATUS_QUERY
from sandbox.authority import Authority
from tests.scenarios.ladder import STAFF
from tests.scenarios.online import Online
from tests.scenarios.papers import upload

pytestmark = pytest.mark.django_db
OLD = "Önceki imza (artık geçerli değil)"


@pytest.fixture
def cast(authority: Authority, trust: Path) -> Iterator[Online]:
    company = Online(authority, trust)
    with company.settings:
        yield company


def asked_by_iys(cast: Online, *fields: str) -> None:
    cast.entered()
    cast.move(PRE_APPLICATION, "approve")
    cast.move(PRE_APPLICATION, "letter_sent", SYSTEM)
    answers.take(
        application=cast.now(), step=STATUS_QUERY, move="ask_changes", extracted={}, actor=IYS, reason="Düzeltin"
    )
    remarks = [(field, f"{field} hatalı") for field in fields]
    submission.ask_changes(application=cast.now(), step=STATUS_QUERY, remarks=remarks, actor=STAFF)


def test_the_old_signature_is_folded_away_and_the_new_one_leads_to_the_review(cast: Online) -> None:
    asked_by_iys(cast, "website")
    assert OLD not in cast.open("sign"), "nothing has changed yet"
    cast.write(website="https://yeni.example")
    page = cast.open("sign")
    assert "Yeniden imzalanmalı" in page
    before, folded, after = page.words.partition(OLD)
    assert folded
    assert "Geçti:" not in before
    assert "Geçti:" in after
    assert "Gözden geçir ve gönder" not in page.links
    assert "Yeniden imzalanmalı" in cast.open("pre_application")
    for name in ("sign", "pre_application"):
        assert "Adım 2/6 · Düzeltme" in cast.open(name), "step 1 is not called finished while it is corrected"
    answer = cast.answer("sign", file=upload(cast.signed(), "imzali.pdf"))
    assert answer["Location"] == reverse("onboarding:review")
    assert OLD not in cast.open("sign")
    assert READY in cast.open("board")
    cast.press("review", "submit")
    assert cast.state(STATUS_QUERY) == "re_review"


def test_while_something_else_is_asked_for_the_signature_does_not_lead_to_the_review(cast: Online) -> None:
    asked_by_iys(cast, "website", "brands")
    cast.write(website="https://yeni.example")
    answer = cast.answer("sign", file=upload(cast.signed(), "imzali.pdf"))
    assert answer["Location"] == reverse("onboarding:pre_application")
    assert READY not in cast.open("board")


def test_a_correction_that_support_asked_for_leads_to_the_review_too(cast: Online) -> None:
    cast.review_online()
    submission.ask_changes(
        application=cast.now(), step=PRE_APPLICATION, remarks=[("address", "Kapı numarası eksik")], actor=STAFF
    )
    assert READY not in cast.open("board")
    cast.write(address="Ege Caddesi No: 12/4")
    answer = cast.answer("sign", file=upload(cast.signed(), "imzali.pdf"))
    assert answer["Location"] == reverse("onboarding:review")
    assert READY_FOR_OTHERS in cast.open("board", role="viewer")
