"""Step 1 for who has applied at İYS's own site: the numbers, what proves them, and what is wrong with either."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from correspondence.addresses import tracking_address
from correspondence.models import Letter
from onboarding.actions.pre_application import already_applied
from onboarding.actor import IYS
from onboarding.forms.aged import BEFORE
from onboarding.mail import answers
from onboarding.models import DocumentKind, Evidence
from onboarding.reminders import sending
from onboarding.steps import CODE_RECEIPT, PRE_APPLICATION, STATUS_QUERY
from tenancy.requests import AUTOSAVE_HEADER
from tests.scenarios.cast import Cast
from tests.scenarios.ladder import STAFF
from tests.scenarios.papers import blank_pdf, upload
from tests.scenarios.waits import began, business_days_later

pytestmark = pytest.mark.django_db
BRANDS = "Mavi Deniz, 711157"


@pytest.fixture
def cast() -> Cast:
    found = Cast()
    found.send("channel", channel="applied")
    return found


def typed(cast: Cast, **changes: Any) -> dict[str, Any]:
    shown = cast.open("evidence").fields
    return {**shown, "iys_code": "711157", "brands": BRANDS, "note": "e-Devlet ile başvurduk", **changes}


def test_the_page_says_what_to_give_and_where_a_mail_may_be_forwarded(cast: Cast) -> None:
    page = cast.open("pre_application")
    assert "İYS'ye yaptığınız başvuru" in page
    assert tracking_address(cast.company).email in page
    assert "Adım 1/6 · Başvurunuzu bildirin" in page


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"iys_code": "", "brands": ""}, "Ön başvuru numarasını ya da İYSKod'u yazın."),
        ({"iys_code": "MX3ZB5JA"}, "ön başvuru numaranıza benziyor; İYSKod değildir"),
        ({"brands": "Mavi Deniz"}, "“Mavi Deniz” satırı anlaşılmadı: marka adını ve BrandKod'unu yazın."),
        ({"iys_application_number": "X"}, "örneğin MX3ZB5JA"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_the_rest_is_kept(
    cast: Cast, changed: dict[str, str], sentence: str
) -> None:
    page = cast.send("evidence", **typed(cast, **changed))
    assert page.status == 422
    assert sentence in page
    assert page.fields["note"] == "e-Devlet ile başvurduk"
    assert cast.state(PRE_APPLICATION) == "evidence"


def test_a_draft_waits_for_another_day(cast: Cast) -> None:
    cast.send("evidence", **typed(cast, draft="1"))
    fields = cast.open("evidence").fields
    assert (fields["iys_code"], fields["brands"]) == ("711157", BRANDS)
    assert cast.state(PRE_APPLICATION) == "evidence"


def test_a_field_that_is_left_is_saved_or_refused_by_itself(cast: Cast) -> None:
    """While nothing is handed over, whatever else is missing."""
    path, browser = reverse("onboarding:evidence"), cast.browsers["owner"]
    sent = typed(cast, iys_code="MX3ZB5JA", brands="", note="e-Devlet ile")
    answer = browser.post(path, sent, headers={AUTOSAVE_HEADER: "1"})
    assert "ön başvuru numaranıza benziyor" in answer.json()["errors"]["iys_code"]
    assert answer.json()["kept"]["note"] == "e-Devlet ile"
    sent |= {BEFORE + name: text for name, text in answer.json()["kept"].items()}  # as the script does
    browser.post(path, {**sent, "iys_code": "711157", "note": ""}, headers={AUTOSAVE_HEADER: "1"})
    kept = Evidence.objects.get()
    assert (kept.iys_code, kept.note) == ("711157", "")
    assert cast.state(PRE_APPLICATION) == "evidence"
    stranger = Client().post(path, sent, headers={AUTOSAVE_HEADER: "1"})
    assert stranger.status_code == 401, "the script says that the session has ended"


def test_a_file_that_is_no_paper_is_refused_and_nothing_is_handed_over(cast: Cast) -> None:
    page = cast.send("evidence", **typed(cast, file=upload(b"MZ\x90\x00" * 40, "onay.exe")))
    assert page.status == 422
    assert "PDF, JPEG, PNG ya da HEIC değil" in page
    assert page.fields["iys_code"] == "711157"
    assert cast.state(PRE_APPLICATION) == "evidence"


def test_without_anything_that_shows_it_nothing_is_handed_over(cast: Cast) -> None:
    page = cast.send("evidence", **typed(cast))
    assert page.status == 422
    assert cast.state(PRE_APPLICATION) == "evidence"


def test_an_editor_prepares_and_the_owner_hands_over(cast: Cast) -> None:
    cast.send("evidence", role="editor", **typed(cast, file=upload(blank_pdf(), "onay.pdf")))
    assert cast.state(PRE_APPLICATION) == "evidence"
    assert cast.company.documents.current().of_kind(DocumentKind.EVIDENCE).get().name == "onay.pdf"
    page = cast.press("evidence", "evidence")
    assert "Destek ekibine gönderildi." in page
    assert cast.state(PRE_APPLICATION) == "evidence_review"
    assert Evidence.objects.get().brands == [{"name": "Mavi Deniz", "code": "711157"}]


def test_what_support_misses_is_shown_and_can_be_mended(cast: Cast) -> None:
    cast.send("evidence", **typed(cast, file=upload(blank_pdf(), "onay.pdf")))
    cast.move(PRE_APPLICATION, "return_evidence", STAFF, "Belgede numara okunmuyor")
    page = cast.open("pre_application")
    assert "Belgede numara okunmuyor" in page
    cast.press("evidence", "evidence", file=upload(blank_pdf(2), "onay-2.pdf"))
    assert cast.state(PRE_APPLICATION) == "evidence_review"
    assert cast.company.documents.of_kind(DocumentKind.EVIDENCE).count() == 2


@pytest.mark.parametrize("before", [True, False], ids=["before", "later"])
def test_who_applied_at_iyss_own_site_is_asked_for_the_codes(cast: Cast, *, before: bool) -> None:
    """They go to the company's own mailbox: who was told to wait for İYS would wait for ever."""
    cast.send(
        "evidence",
        **typed(
            cast, iys_application_number="MX3ZB5JA", iys_code="", brands="", file=upload(blank_pdf(), "onay.pdf")
        ),
    )
    Letter.objects.all().delete()
    already_applied.accept(
        application=cast.now(),
        approved=before,
        actor=STAFF,
        expected_version=cast.record(PRE_APPLICATION).version,
    )
    if not before:
        answers.take(application=cast.now(), step=STATUS_QUERY, move="approve", extracted={}, actor=IYS, reason="")
    record = cast.record(CODE_RECEIPT)
    assert (record.state, record.turn) == ("at_company", "company")
    turn = Letter.objects.filter(audience="company", idempotency_key__startswith="turn:").count()
    assert turn == 1, "one mail says whose turn it is"
    began(cast.application, CODE_RECEIPT)
    assert sending.send_due(now=business_days_later(3)) == 1
    reminder = Letter.objects.latest("created_at")
    assert (reminder.audience, reminder.subject) == ("company", f"Hatırlatma: {record.state_label}")
    board = cast.open("board")
    assert "Sıra sizde" in board
    page = cast.open("code_receipt")
    assert "İYS'nin size gönderdiği kodları yazın" in page
    assert page.links["Kodları yaz"] == reverse("onboarding:type_codes")
    cast.press("type_codes", "type_codes", iys_code=cast.code)
    assert cast.state(CODE_RECEIPT) == "read"


def test_with_the_code_of_the_company_alone_the_portal_writes_its_main_brand(cast: Cast) -> None:
    page = cast.send("evidence", **typed(cast, brands="", file=upload(blank_pdf(), "onay.pdf")))
    assert "Destek ekibine gönderildi." in page
    assert Evidence.objects.get().brands == [{"name": cast.company.trade_name, "code": "711157"}]


def test_a_number_of_the_application_alone_brings_no_brand(cast: Cast) -> None:
    given = {"iys_application_number": "MX3ZB5JA", "iys_code": "", "brands": ""}
    cast.send("evidence", **typed(cast, **given, file=upload(blank_pdf(), "onay.pdf")))
    assert Evidence.objects.get().brands == []


@pytest.mark.parametrize(
    "line", ["Mavi Deniz, 654321", "Mavi Deniz 654321", "Mavi Deniz – 654321", "Mavi Deniz: 654321"]
)
def test_a_number_at_the_end_of_a_line_is_the_brands_code(cast: Cast, line: str) -> None:
    cast.send("evidence", **typed(cast, brands=line, draft="1"))
    assert Evidence.objects.get().brands == [{"name": "Mavi Deniz", "code": "654321"}]
