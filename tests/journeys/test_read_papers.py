"""A vergi levhası is uploaded on the form's page, read there, and used by one press; support sees what differs."""

import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from documents import samples
from onboarding.actions.pre_application import channel, submission
from onboarding.models import Application, ChannelChoices
from tests.documents.reading.samples import OURS, TITLE, TaxPlate, scan
from tests.journeys.seat import seat, session_of
from tests.journeys.stage import Watched
from tests.scenarios.factories import CompanyFactory, PartnerFactory, UserFactory, open_application
from tests.scenarios.ladder import owner_of

pytestmark = pytest.mark.django_db(transaction=True)
FORM = "/basvuru/adim/1/bilgiler/firma/"
EMPTY = {"tax_office": "", "province": "", "district": "", "address": "", "mersis_number": ""}


@pytest.fixture
def application() -> Application:
    samples.load()
    company = CompanyFactory.create(trade_name=TITLE, tax_number=OURS, **EMPTY)
    found = open_application(company)
    channel.choose(application=found, channel=ChannelChoices.MANUAL, actor=owner_of(found))
    submission.fill_in(application=found, values={"has_mersis": True}, complete=False, actor=owner_of(found))
    return found


def reads_and_uses(person: Watched, paper: Path) -> None:
    person.open(FORM)
    person.write(person.page.locator("[name=tax_office]"), "Boğaziçi Kurumlar")
    with person.page.expect_response(lambda answer: answer.request.method == "POST"):
        person.page.locator("[name=tax_office]").blur()
    box = person.page.locator("form", has=person.page.locator("#file-tax_plate"))
    person.choose_file(box.locator("input[type=file]"), paper)
    person.says("Belgenizden okuduk")
    expect(person.page.locator("[name=address]")).to_have_value("")
    person.press("Hepsini kullan")
    for name, value in {
        "tax_office": "Boğaziçi Kurumlar",
        "province": "İstanbul",
        "district": "Şişli",
        "address": "CUMHURİYET MAH. SİLAHŞÖR CAD. NO: 12 İÇ KAPI NO: 4",
    }.items():
        expect(person.page.locator(f"[name={name}]")).to_have_value(value)
    person.says("Belgenizle yazdıklarınız farklı")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_paper_fills_the_form_in_and_support_sees_what_differs(
    application: Application, site: LiveServer, tmp_path: Path, width: int
) -> None:
    paper = tmp_path / "levha.pdf"
    paper.write_bytes(TaxPlate().pdf())
    owner = session_of(application.company.memberships.get().user)
    with seat(site, owner, width) as person:
        reads_and_uses(person, paper)
        said = person.page.get_by_text("Belgenizden okunan bilgiler yazıldı ve kaydedildi.")
        expect(said).to_be_visible()
        person.write(person.page.locator("[name=mersis_number]"), "12")
        person.page.locator("[name=mersis_number]").blur()
        expect(person.page.locator("#id_mersis_number_error")).to_be_visible()
        expect(said).to_have_count(0)
        assert "\n".join(person.complaints) == ""
    with seat(site, session_of(UserFactory.create(is_staff=True, is_superuser=True))) as support:
        support.open(reverse("admin:onboarding_application_change", args=[application.pk]))
        row = support.page.locator("#readings tr", has_text="Vergi dairesi")
        expect(row).to_contain_text("ŞİŞLİ")
        expect(row).to_contain_text("Boğaziçi Kurumlar")


def test_without_script_a_press_fills_one_field_and_enter_fills_none(
    application: Application, site: LiveServer, tmp_path: Path
) -> None:
    paper = tmp_path / "levha.pdf"
    paper.write_bytes(TaxPlate().pdf())
    with seat(site, session_of(application.company.memberships.get().user)) as person:
        plain = person.context.browser.new_context(java_script_enabled=False, locale="tr-TR")  # type: ignore[union-attr]
        plain.add_cookies(person.context.cookies())  # type: ignore[arg-type]
        page = plain.new_page()
        page.goto(site.url + FORM)
        page.get_by_text("Belgenizden dolduralım").click()
        page.locator("#file-tax_plate").set_input_files(paper)
        page.locator("form", has=page.locator("#file-tax_plate")).get_by_role(
            "button", name="Yükle ve oku"
        ).click()
        page.locator("[name=trade_name]").fill(f"{TITLE} ve Ortakları")
        page.get_by_role("button", name=re.compile("^Kullan ?: Vergi dairesi$")).click()
        expect(page.locator("[name=tax_office]")).to_have_value("ŞİŞLİ")
        expect(page.locator("[name=trade_name]")).to_have_value(f"{TITLE} ve Ortakları")
        expect(page.locator("[name=address]")).to_have_value("")
        page.locator("[name=tax_office]").press("Enter")
        expect(page.locator("[name=address]")).to_have_value("")
        assert "düzeltmeniz gerekiyor" in page.inner_text("main")


def test_a_number_that_a_paper_fills_in_is_not_asked_for_again(site: LiveServer, tmp_path: Path) -> None:
    PartnerFactory.create()
    paper = tmp_path / "levha.pdf"
    paper.write_bytes(TaxPlate().pdf())
    with seat(site, session_of(UserFactory.create()), 390) as person:
        person.open("/firma/yeni/")
        person.fill(trade_name="Mavi Deniz", tax_number=OURS)
        person.page.reload()
        person.says("tarayıcıda saklanmadı; yeniden yazın")
        person.choose_file(person.page.locator("#id_tax_plate"), paper)
        person.says("Vergi levhanızdan okuduk")
        expect(person.page.locator("[name=tax_number]")).to_have_value(OURS)
        assert "saklanmadı; yeniden yazın" not in person.page.inner_text("main")


def test_a_paper_fills_in_the_page_that_founds_a_company(site: LiveServer, tmp_path: Path) -> None:
    """As soon as it is chosen, over nothing that was typed; a scan is said to be none, in place."""
    PartnerFactory.create()
    paper, photo = tmp_path / "levha.pdf", tmp_path / "tarama.pdf"
    paper.write_bytes(TaxPlate().pdf())
    photo.write_bytes(scan())
    with seat(site, session_of(UserFactory.create()), 390) as person:
        person.open("/firma/yeni/")
        person.fill(trade_name="Mavi Deniz")
        person.choose_file(person.page.locator("#id_tax_plate"), photo)
        person.says("taranmış, fotoğraflanmış ya da başka bir belge okunamaz.")
        person.choose_file(person.page.locator("#id_tax_plate"), paper)
        person.says("Vergi levhanızdan okuduk")
        expect(person.page.locator("[name=trade_name]")).to_have_value("Mavi Deniz")
        expect(person.page.locator("[name=tax_number]")).to_have_value(OURS)
        person.page.get_by_text("Belgenizde:").wait_for()
        person.press("Belgeyi kaldır")
        expect(person.page.locator(".files__prompt")).to_be_visible()
        assert "\n".join(person.complaints) == ""
