"""Files that are changed before they are kept, and a number without its zero, in a Chromium narrow and wide."""

import io
from pathlib import Path

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.journeys.seat import seat, session_of
from tests.scenarios.cast import Cast
from tests.scenarios.papers import heic_photo, protected_pdf

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", [390, 1280])
def test_protected_papers_photos_and_lost_zeros(site: LiveServer, tmp_path: Path, width: int) -> None:
    cast = Cast(tax_number="8450525470")
    cast.fill_in()
    (tmp_path / "levha.pdf").write_bytes(protected_pdf())
    (tmp_path / "IMG_0042.HEIC").write_bytes(heic_photo())
    with seat(site, session_of(cast.people["owner"]), width) as owner:
        for file, told in (
            ("levha.pdf", "korumasız bir kopyası hazırlanıp o kaydedildi"),
            ("IMG_0042.HEIC", "Fotoğrafınız PDF'e çevrildi"),
        ):
            owner.open(reverse("onboarding:pre_application"))
            owner.page.locator("[data-files] input[type=file]").first.set_input_files(tmp_path / file)
            expect(owner.page.locator(".files__file--done").get_by_text(told)).to_be_visible()
            owner.accessible()
            owner.page.screenshot(path=tmp_path / f"{file}-{width}.png")
        owner.open(reverse("onboarding:dossier_page", args=["firma"]))
        owner.fill(tax_number="\u202d8450525470\u202c", mersis_number="845052547000001")
        owner.page.get_by_role("button", name="Kaydet").first.click()
        sentence = owner.page.get_by_text("Başındaki sıfır düşmüş olabilir: 0845052547000001 mı?").last
        expect(sentence).to_be_visible()
        sentence.scroll_into_view_if_needed()
        owner.accessible()
        owner.page.screenshot(path=tmp_path / f"mersis-{width}.png")
        assert owner.complaints == []
    with Image.open(io.BytesIO((tmp_path / f"mersis-{width}.png").read_bytes())) as shot:
        assert shot.width == width
    assert cast.company.documents.filter(name="IMG_0042.pdf").exists()
