"""After the end: what asks support to look, on the company's page and in the queue; nothing reopens by itself."""

from datetime import date, timedelta

import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from onboarding import applications
from onboarding.attention import marks, package_expiry
from onboarding.attention.package_expiry import months_later
from onboarding.gate import Route
from onboarding.models import Attention, AttentionKind, StepRecord
from onboarding.steps import CODE_RECEIPT, PACKAGE_CONTRACT, PANEL_SETTINGS, PARTNER_ASSIGNMENT
from tests.scenarios.browser import signed_in, words
from tests.scenarios.cast import Cast
from tests.scenarios.ladder import STAFF
from tests.scenarios.support import colleague

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """All six steps are done."""
    cast = Cast()
    cast.assigned()
    cast.move(PANEL_SETTINGS, "save", cast.owner)
    cast.application = cast.now()
    assert cast.application.finished_at is not None
    return cast


def standing(cast: Cast) -> list[tuple[str, str, str, int]]:
    records = StepRecord.objects.filter(application=cast.application).order_by("pk")
    return list(records.values_list("step", "state", "turn", "version"))


def queue() -> str:
    page = signed_in(colleague("view_queueitem")).get(reverse("admin:onboarding_queueitem_changelist"))
    return words(page)


BRAND = {"name": "Kuzey Işığı", "email_recipients": "1200", "email_identifiers": "haber@mavideniz.example"}


def test_a_brand_added_later_is_put_before_support_and_reopens_nothing(cast: Cast) -> None:
    before = standing(cast)
    page = cast.open("board", role="editor")
    assert page.links["Markayı bildirin"] == "/basvuru/marka/"
    page = cast.press("later_brand", "later_brand", role="editor", **BRAND)
    assert "Yeni marka" in page
    assert "“Kuzey Işığı” markası bildirildi" in page
    assert "Sıra destek ekibinde" in page
    assert "İYS kaydınız tamamlandı" in page
    assert standing(cast) == before
    mark = Attention.objects.get()
    assert (mark.record.step, mark.kind, mark.raised_by) == (
        CODE_RECEIPT.key, AttentionKind.BRAND_ADDED, cast.people["editor"],
    )  # fmt: skip
    assert "Yeni marka: “Kuzey Işığı” markası bildirildi" in queue()
    marks.settle(mark=mark, note="İYS ekledi: 710499", actor=STAFF)
    assert "Kuzey Işığı" not in cast.open("board")
    assert cast.application.reference not in queue()


def test_a_brand_that_is_refused_keeps_what_was_typed(cast: Cast) -> None:
    page = cast.send("later_brand", name="Kuzey Işığı", email_recipients="çok", email_identifiers="a@b.example")
    assert page.status == 422
    assert page.fields["name"] == "Kuzey Işığı"
    assert not Attention.objects.exists()


def test_before_the_end_and_outside_iys_there_is_no_such_page() -> None:
    for route, board in ((Route.FULL, "6 adımdan 1. adımdasınız"), (Route.EXEMPT, "tek iş var: beyanınız")):
        cast = Cast(route)
        assert board in cast.open("later_brand")
    assert "Markayı bildirin" not in cast.open("board").links


def test_a_package_that_ends_is_marked_once_and_in_time(cast: Cast) -> None:
    today = timezone.localdate()
    ends = today + timedelta(days=40)
    marks.record_package_end(application=cast.application, ends_on=ends, actor=STAFF)
    assert package_expiry.mark_expiring(today=today) == 0
    assert package_expiry.mark_expiring(today=today + timedelta(days=10)) == 1
    assert package_expiry.mark_expiring(today=today + timedelta(days=11)) == 0
    mark = Attention.objects.get()
    assert (mark.record.step, mark.text) == (
        PACKAGE_CONTRACT.key, f"İLETİ paketinin süresi {ends:%d.%m.%Y} günü doluyor.",
    )  # fmt: skip
    assert mark.text in cast.open("board", role="viewer")
    marks.settle(mark=mark, note="Yenilendi", actor=STAFF)
    assert package_expiry.mark_expiring(today=today + timedelta(days=12)) == 0
    marks.record_package_end(application=cast.application, ends_on=months_later(ends, 12), actor=STAFF)
    assert package_expiry.mark_expiring(today=months_later(ends, 12)) == 1


def test_the_term_of_the_catalogue_counts_where_nobody_wrote_a_day_down(cast: Cast) -> None:
    today = timezone.localdate()
    assert package_expiry.mark_expiring(today=months_later(today, 12)) == 0, "the term is not known"
    package = cast.application.package_choice.package
    type(package).objects.filter(pk=package.pk).update(term_months=12)
    with override_settings(PACKAGE_WARNING_DAYS=10):
        assert package_expiry.mark_expiring(today=months_later(today, 12) - timedelta(days=11)) == 0
        assert package_expiry.mark_expiring(today=months_later(today, 12) - timedelta(days=10)) == 1


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 25), 12, date(2027, 11, 25)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2028, 2, 29), -12, date(2027, 2, 28)),
    ],
)
def test_months(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def test_a_mark_of_one_cause_is_raised_once(cast: Cast) -> None:
    record = cast.record(PARTNER_ASSIGNMENT)
    raised = [
        marks.raise_mark(
            record=record,
            kind=AttentionKind.RIGHT_WITHDRAWN,
            idempotency_key="right:email",
            text="E-posta izni geri alındı.",
        )
        for _each in range(2)
    ]
    assert [mark is not None for mark in raised] == [True, False]
    assert "İzin geri alındı" in cast.open("board")


def test_marks_go_with_the_application(cast: Cast) -> None:
    marks.mark_by_hand(application=cast.application, step=PACKAGE_CONTRACT, text="Fatura", actor=STAFF)
    other = applications.change_route(
        application=cast.application, route=Route.EXEMPT, actor=cast.owner, closes=True
    )
    assert other.pk != cast.application.pk
    assert not Attention.objects.open().exists()
    assert cast.application.reference not in queue()


def test_the_open_board_notices_a_mark(cast: Cast) -> None:
    cast.move(PANEL_SETTINGS, "reopen", reason="Yeni beyan")
    page = cast.browsers["owner"].get(reverse("onboarding:board")).content.decode()
    live = page.split('hx-get="')[1].split('"')[0]
    assert cast.browsers["owner"].get(live).status_code == 204
    marks.mark_by_hand(application=cast.now(), step=PACKAGE_CONTRACT, text="Fatura soruldu", actor=STAFF)
    assert "Fatura soruldu" in cast.browsers["owner"].get(live).content.decode()
