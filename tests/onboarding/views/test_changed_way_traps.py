"""The channel or the route is changed in the middle: what was begun on the way before neither goes on by itself
nor is lost, and a page of it that is still open somewhere says what has happened."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from documents.models import Document
from journal.models import Entry
from onboarding import applications
from onboarding.gate import Route
from onboarding.models import DocumentKind, Recipient, WaitsFor
from onboarding.reminders import due
from onboarding.steps import PRE_APPLICATION
from sandbox.authority import Authority
from tests.onboarding.views.test_signed_by_link import newest_link
from tests.scenarios.browser import words
from tests.scenarios.cast import Cast
from tests.scenarios.online import Online
from tests.scenarios.papers import blank_pdf, upload
from verification.models import OneTimeCode

pytestmark = pytest.mark.django_db


@pytest.fixture
def online(authority: Authority, trust: Path) -> Iterator[Online]:
    company = Online(authority, trust)
    with company.settings:
        yield company


def takes(cast: Cast, channel: str, role: str = "owner") -> Any:
    return cast.send("channel", role=role, channel=channel)


def test_a_scan_of_the_manual_way_is_no_e_signature(online: Online) -> None:
    takes(online, "manual")
    online.ready()
    takes(online, "online")
    online.fill()
    assert "Her şey hazır" not in online.open("board")
    assert online.press("review", "submit").status in (200, 404)
    assert online.here == "signing"


def test_back_on_the_manual_way_all_that_was_handed_in_counts_again() -> None:
    cast = Cast()
    cast.ready()
    papers = set(cast.company.documents.current().values_list("pk", flat=True))
    takes(cast, "online")
    takes(cast, "applied")
    takes(cast, "manual")
    assert set(cast.company.documents.current().values_list("pk", flat=True)) == papers
    assert "Her şey hazır" in cast.open("pre_application")
    cast.submit()
    assert cast.state(PRE_APPLICATION) == "submitted"


def test_an_e_signed_undertaking_is_no_stamped_one_and_is_there_when_one_comes_back(online: Online) -> None:
    online.all_signed()
    takes(online, "manual")
    page = online.open("pre_application")
    assert "Her şey hazır" not in page
    takes(online, "online")
    assert online.here != "signing", "its own checks are made anew"
    kinds = online.company.documents.current().of_kind(DocumentKind.UNDERTAKING_SIGNED)
    assert kinds.count() == 1


@pytest.mark.parametrize("page", ["email_code", "query", "mobile_code", "edit_form", "query_again"])
def test_a_page_of_the_online_way_in_another_tab_does_nothing_on_the_manual_one(online: Online, page: str) -> None:
    online.fill()
    takes(online, "manual")
    form = online.now().application_form
    shown = online.send(page, code="000000", mersis_number="0", identity="1", email="baska@mavideniz.example")
    assert shown.status == 200
    assert online.here == "draft"
    assert online.now().application_form.signatory_email == form.signatory_email
    assert not OneTimeCode.objects.filter(target="baska@mavideniz.example").exists()


def test_a_form_of_the_manual_way_in_another_tab_keeps_what_was_typed() -> None:
    """The data are the same on both ways; only online asks the registry first."""
    cast = Cast()
    fields = cast.open("dossier_page", "firma").fields
    takes(cast, "online")
    shown = cast.send("dossier_page", "firma", **{**fields, "address": "Yeni Cadde No: 9"})
    assert shown.status in (200, 422)
    assert cast.state(PRE_APPLICATION) == "email_code"


@pytest.mark.parametrize("to", ["manual", "exempt"])
def test_a_mailed_signing_link_takes_nothing_after_the_way_changed(online: Online, to: str) -> None:
    online.fill()
    online.send("hand_off", email="ege@mavideniz.example")
    link, stranger = newest_link(), Client()
    signed = online.signed()
    if to == "manual":
        takes(online, "manual")
    else:
        applications.change_route(application=online.now(), route=Route.EXEMPT, actor=online.owner, closes=False)
    answer = stranger.post(link, {"file": upload(signed)}, follow=True)
    assert answer.status_code in (404, 410)
    assert not Document.objects.filter(kind=DocumentKind.UNDERTAKING_SIGNED).exists()


def test_the_same_channel_again_changes_and_notes_nothing() -> None:
    cast = Cast()
    cast.ready()
    before = Entry.objects.count()
    takes(cast, "manual")
    takes(cast, "manual", role="editor")
    assert Entry.objects.count() == before
    assert "Her şey hazır" in cast.open("pre_application")


@pytest.mark.parametrize("role", ["viewer"])
def test_who_only_looks_changes_no_way(role: str) -> None:
    cast = Cast()
    assert takes(cast, "online", role).status == 403
    assert cast.answer("route", role=role, route="exempt").status_code == 403
    assert (cast.state(PRE_APPLICATION), cast.now().route) == ("draft", "full")


@pytest.mark.parametrize("to", ["online", "applied"])
def test_what_support_looks_at_has_no_other_channel_any_more(to: str) -> None:
    cast = Cast()
    cast.submitted()
    answer = cast.answer("channel", follow=True, channel=to)
    assert "Başvurunuz gönderildi; başvuru yolu artık değiştirilemez." in words(answer)
    assert cast.state(PRE_APPLICATION) == "submitted"
    assert cast.now().application_form.channel == "manual"


def test_evidence_of_an_application_at_iyss_own_site_goes_with_no_letter_of_the_manual_way() -> None:
    cast = Cast()
    takes(cast, "applied")
    shown = cast.open("evidence").fields
    cast.send("evidence", **{**shown, "application_number": "MX3ZB5JA"}, file=upload(blank_pdf(2), "onay.pdf"))
    if cast.state(PRE_APPLICATION) == "evidence":
        takes(cast, "manual")
        cast.ready()
        assert "onay.pdf" not in cast.open("review")


def test_the_parcel_is_no_task_of_who_is_exempt_by_now() -> None:
    cast = Cast()
    cast.submitted()
    assert "kargo" in cast.open("board").words.lower()
    applications.change_route(application=cast.now(), route=Route.EXEMPT, actor=cast.owner, closes=False)
    assert "kargo" not in cast.open("board").words.lower()
    assert cast.answer("cargo", carrier="Yurtiçi", tracking_number="1", sent_on="2026-01-02").status_code in (
        302,
        404,
    )
    assert not hasattr(cast.now(), "cargo")


def test_back_from_exempt_all_is_as_it_was() -> None:
    cast = Cast()
    cast.ready()
    cast.send("route", route="exempt")
    assert cast.now().route == "exempt"
    board = cast.open("board")
    assert "İmza sirküleri" not in board
    cast.send("route", route="full", channel="manual", has_mersis="evet")
    assert "Her şey hazır" in cast.open("pre_application")


def test_a_paper_begun_for_one_route_is_not_declared_on_another() -> None:
    """The form of step 6 was open for the exempt declaration when a colleague went back to the full route."""
    cast = Cast(Route.EXEMPT)
    fields = cast.open("panel_settings").fields
    cast.send("route", role="editor", route="full", channel="manual", has_mersis="evet")
    cast.send("panel_settings", **{**fields, "kind": "exempt", "correct": "on", "exemption_basis": "Dernek 34-1"})
    assert cast.now().finished_at is None
    assert not cast.now().declarations.exists()


def test_nobody_is_reminded_of_a_parcel_that_nobody_waits_for() -> None:
    cast = Cast()
    cast.submitted()
    later = timezone.now() + timedelta(days=60)
    rules = due.active_rules()
    (cargo,) = [rule for rule in rules if rule.waits_for == WaitsFor.CARGO and rule.to == Recipient.COMPANY]
    assert any(rows.exists() for rows in due.to_remind(cargo, rules, later))
    applications.change_route(application=cast.now(), route=Route.EXEMPT, actor=cast.owner, closes=False)
    assert not any(rows.exists() for rows in due.to_remind(cargo, rules, later))
