"""Step 3: codes typed otherwise than İYS wrote them are shown beside İYS's, and one press takes İYS's again."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from onboarding.models import Attention, AttentionKind
from onboarding.steps import CODE_RECEIPT
from tests.scenarios import mails
from tests.scenarios.cast import Cast

pytestmark = pytest.mark.django_db
BRANDS = [{"name": "Mavi Deniz", "code": "710482"}, {"name": "Outlet", "code": "710497"}]
WARNED = "Yazılanlar İYS'nin yazdığından farklı:"


@pytest.fixture
def cast(at_the_start: Callable[[], Cast]) -> Cast:
    return at_the_start()


def typed(cast: Cast, **change: str) -> None:
    assert cast.press("type_codes", "type_codes", role="editor", **change).status == 200


def test_what_differs_is_named_with_the_mail_and_one_press_takes_iyss(cast: Cast, tmp_path: Path) -> None:
    cast.at_iys()
    cast.arrives(tmp_path, mails.APPROVED)
    page = cast.open("code_receipt")
    assert WARNED not in page
    theirs = cast.application.code_readings.get()
    typed(cast, iys_code="888888")
    page = cast.open("code_receipt")
    assert "burada öyle bir marka yok" in page
    assert "İYSKod ile aynı olması doğrudur" not in page
    assert f"{WARNED} İYSKod: 888888 yazıldı, İYS'de {theirs.iys_code}." in page
    assert page.links["İYS'nin e-postasını aç"].endswith(f"{theirs.mail_id}/")
    page = cast.press("code_receipt", "use_iyss_codes")
    assert WARNED not in page
    assert "tarihinde İYS'nin e-postasından okuduk." in page
    newest = cast.application.code_readings.first()
    assert newest is not None
    assert newest.pk != theirs.pk
    assert (newest.iys_code, newest.brands, newest.trade_name, newest.mail) == (
        theirs.iys_code,
        theirs.brands,
        theirs.trade_name,
        theirs.mail,
    )
    assert not Attention.objects.exists()


def test_a_brands_code_contradicts_by_its_name_and_the_company_may_know_better(cast: Cast) -> None:
    cast.at_iys()
    cast.codes_read(brands=BRANDS)
    typed(cast, name_2="OUTLET", code_2="710498")
    page = cast.open("code_receipt")
    assert f"{WARNED} OUTLET: 710498 yazıldı, İYS'de 710497." in page
    assert "Doğru, onaylıyorum" not in page.buttons
    assert "Yazılanlar doğru, onaylıyorum" in page.buttons
    page = cast.press("code_receipt", "confirm_codes")
    assert "Kodlarınız onaylandı." in page
    [mark] = Attention.objects.filter(kind=AttentionKind.CODE_CORRECTED)
    assert mark.text == "Firma, İYS'nin yazdığından farklı kod onayladı (OUTLET: 710497 yerine 710498)"


def test_a_brand_more_or_another_name_contradicts_nothing(cast: Cast) -> None:
    cast.at_iys()
    cast.codes_read(brands=BRANDS[:1])
    typed(cast, name_1="Deniz", name_2="Outlet", code_2="710497")
    assert WARNED not in cast.open("code_receipt")


def test_codes_typed_before_iys_wrote_contradict_nothing(cast: Cast) -> None:
    cast.codes_wanted()
    typed(cast, iys_code="888888", name_1="Mavi Deniz", code_1="888888")
    assert WARNED not in cast.open("code_receipt")
    cast.press("code_receipt", "confirm_codes")
    assert not Attention.objects.exists()


def test_who_presses_late_is_told(cast: Cast) -> None:
    cast.at_iys()
    cast.codes_read(brands=BRANDS)
    typed(cast, iys_code="888888")
    shown = cast.open("code_receipt").fields
    cast.send("use_iyss_codes", expected_version=shown["expected_version"])
    page = cast.send("use_iyss_codes", expected_version=str(int(shown["expected_version"]) + 1))
    assert "Onaylanacak kodlar zaten İYS'nin yazdıkları." in page
    assert cast.application.code_readings.count() == 3


def test_a_viewer_reads_the_warning_and_presses_nothing(cast: Cast) -> None:
    cast.at_iys()
    cast.codes_read(brands=BRANDS)
    typed(cast, iys_code="888888")
    page = cast.open("code_receipt", role="viewer")
    assert WARNED in page
    assert page.buttons == []


def test_where_iyss_codes_are_here_an_opened_step_waits_for_the_company(cast: Cast) -> None:
    cast.at_iys()
    cast.codes_read(brands=BRANDS)
    typed(cast, iys_code="888888")
    page = cast.press("code_receipt", "confirm_codes")
    assert "konu=kod" in cast.open("code_receipt").links["Bize yazın"]
    cast.support_reopens(CODE_RECEIPT, "İki hane yer değiştirmiş")
    assert (cast.record(CODE_RECEIPT).state, cast.record(CODE_RECEIPT).turn) == ("at_company", "company")
    letter = cast.company.letters.latest("created_at")
    assert letter.idempotency_key.startswith("turn:")
    assert "İki hane yer değiştirmiş" in json.loads(letter.words)["text"]
    page = cast.open("code_receipt", role="viewer")
    assert "Not: İki hane yer değiştirmiş" in page
    assert page.buttons == []
    page = cast.press("code_receipt", "use_iyss_codes")
    assert "İYSKod 710482" in page
    cast.press("code_receipt", "confirm_codes")
    assert cast.now().iys_code == "710482"


def test_where_iys_wrote_none_an_opened_step_waits_for_it(cast: Cast) -> None:
    cast.codes_wanted()
    typed(cast, iys_code="888888", name_1="Mavi Deniz", code_1="888888")
    cast.press("code_receipt", "confirm_codes")
    cast.support_reopens(CODE_RECEIPT, "İki hane yer değiştirmiş")
    assert cast.state(CODE_RECEIPT) == "waiting"
    assert "Not: İki hane yer değiştirmiş" in cast.open("code_receipt")
    assert "İYS'nin kodlarını kullan" not in cast.open("code_receipt").buttons
