"""A company walks all six steps in a real browser, with support in another, among the real servers."""

import re
import time
from pathlib import Path

import httpx
import pytest

from launch.first_step import DOCUMENTS, EMAIL, FIELDS, sheet
from launch.run import DEMO_PASSWORD
from launch.stack import Stack
from launch.walk import PASSWORD
from tests.journeys.stage import Watched, chromium, portal

PATIENCE = 60.0  # seconds for one answer


class Journey:
    def __init__(self, stack: Stack, owner: Watched, support: Watched, scans: Path) -> None:
        self.stack, self.owner, self.support = stack, owner, support
        self.scan = scans / "tarama.pdf"
        self.scan.write_bytes(sheet())

    def newest_mail(self, address: str, pattern: str) -> str:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            answer = httpx.get(f"{self.stack.sandbox_url}/api/mail", params={"address": address})
            for mail in answer.json()["mails"]:
                if found := re.search(pattern, mail["text"], re.MULTILINE):
                    return found[1]
            time.sleep(0.3)
        pytest.fail(f"no such mail for {address}")

    def until(self, path: str, words: str) -> None:
        """Reloads the owner's page until it says so."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self.owner.page.goto(self.owner.base + path)
            if words in self.owner.page.inner_text("main"):
                self.owner.accessible()
                return
            self.stack.check()
            time.sleep(0.3)
        pytest.fail(f"{path} never said {words!r}:\n{self.owner.page.inner_text('main')}")

    def sign_up(self) -> None:
        self.owner.open("/")
        self.owner.press("Kaydolun")
        self.owner.fill(full_name="Defne Poyraz", email=EMAIL, password1="kısa")
        self.owner.press("Hesap aç")
        assert "düzeltmeniz gerekiyor" in self.owner.page.inner_text("main")
        assert self.owner.page.input_value("[name=full_name]") == "Defne Poyraz"
        self.owner.fill(password1=PASSWORD)
        self.owner.press("Hesap aç")
        self.owner.fill(code=self.newest_mail(EMAIL, r"^(\d{6})$"))
        self.owner.press("Doğrula")
        self.owner.open("/firma/yeni/")
        self.owner.fill(trade_name=FIELDS["trade_name"], tax_number=FIELDS["tax_number"])
        self.owner.press("Kaydet ve devam et")
        self.owner.press("Başla")

    def pre_application(self) -> None:
        self.owner.press("Devam et")
        self.owner.page.get_by_label("Evet, var").check()
        self.owner.press("Devam et")
        self.owner.fill(**{**FIELDS, "signatory_identity": "12345678901"})
        self.owner.press("Kaydet ve devam et")
        assert "bir rakam yanlış görünüyor" in self.owner.page.inner_text("main")
        assert self.owner.page.input_value("[name=address]") == FIELDS["address"]
        self.owner.fill(signatory_identity=FIELDS["signatory_identity"])
        self.owner.press("Kaydet ve devam et")
        for kind in DOCUMENTS:
            row = self.owner.page.locator(f"#belge-{kind}")
            row.locator("input[type=file]").set_input_files(self.scan)
            row.locator("button").click()
            self.owner.page.wait_for_load_state()
        self.owner.press("Gözden geçir")
        assert "onkayit@iys.org.tr" in self.owner.page.inner_text("main")
        assert FIELDS["signatory_identity"] not in self.owner.page.content()
        self.owner.press("Onaylıyorum, gönderin")
        self.until("/basvuru/", "Başvurunuz inceleniyor")

    def review(self) -> None:
        """Support asks for one correction, gets it, approves."""
        self.support.page.goto(f"{self.support.base}/hesap/login/")
        self.support.fill(login="destek@portal.example", password=DEMO_PASSWORD)
        self.support.press("Giriş yap")
        self.open_application()
        self.support.page.get_by_role("link", name="Düzeltme iste…").click()
        self.support.page.get_by_label("Web Sitesi").fill("Adres açılmıyor, güncel adresi yazın")
        self.support.page.get_by_role("button", name="Kaydet").click()
        self.until("/basvuru/adim/1/", "Adres açılmıyor")
        self.owner.press("Bilgileri değiştir")
        open_fields = self.owner.page.locator("form.card input:not([type=hidden])")
        assert open_fields.count() == 1, "more than the named field is open"
        self.owner.fill(website="https://www.kuzeyruzgari.example")
        self.owner.press("Kaydet ve devam et")
        self.owner.press("Gözden geçir")
        self.owner.press("Onaylıyorum, gönderin")
        self.press_move("Onayla ve İYS'ye gönder")

    def open_application(self) -> None:
        self.support.page.goto(f"{self.support.base}/destek/onboarding/queueitem/")
        self.support.page.get_by_role("link", name=re.compile("^P-")).first.click()
        self.support.page.wait_for_load_state()

    def press_move(self, name: str) -> None:
        self.open_application()
        self.support.page.get_by_role("button", name=name).click()
        self.support.page.wait_for_load_state()
        assert self.support.page.locator(".messagelist .error").count() == 0

    def codes(self) -> None:
        self.until("/basvuru/adim/3/", "Kodlarınız geldi")
        self.owner.press("Doğru, onaylıyorum")

    def package(self) -> None:
        self.owner.open("/basvuru/adim/4/")
        self.owner.fill(message_addresses="3200", call_addresses="0", email_addresses="4100")
        self.owner.press("Devam et")
        main = self.owner.page.inner_text("main")
        assert "İYS koduna sahip firmamız adına İLETİ 5 paketi teklifini" in main
        self.owner.press("Onaylıyorum, portal göndersin")
        self.until("/basvuru/adim/4/", "İYS'nin teklifi geldi")
        self.owner.press("Sözleşmeyi oku")
        self.owner.press("Onay")
        assert "okuduğunuzu işaretleyin" in self.owner.page.inner_text("main")
        self.owner.page.get_by_label("Yukarıda bulunan sözleşmeyi okudum ve onaylıyorum.").check()
        self.owner.press("Onay")
        link = self.owner.page.get_by_role("link", name="Ödeme ekranına geçiş").get_attribute("href")
        assert link is not None
        httpx.post(link)
        self.until("/basvuru/adim/4/", "paketiniz tanımlandı")

    def assignment(self) -> None:
        self.owner.open("/basvuru/adim/5/")
        assert "5.000'den azdır: 4.100" in self.owner.page.inner_text("main")
        self.owner.page.locator("input[type=file]").set_input_files(self.scan)
        self.owner.press("Yükle")
        self.owner.press("Onaylıyorum, gönderin")
        self.press_move("Onayla ve İYS'ye gönder")
        self.until("/basvuru/adim/5/", "İş ortağınız atandı")

    def settings(self) -> None:
        self.owner.open("/basvuru/adim/6/")
        self.owner.press("Kaydet")
        assert "bilgilerin doğruluğunu onaylamalısınız" in self.owner.page.inner_text("main")
        self.owner.page.locator("[name=correct]").check()
        self.owner.press("Kaydet")
        assert "İYS kaydınız tamamlandı" in self.owner.page.inner_text("main")


def test_a_company_walks_all_six_steps(tmp_path: Path) -> None:
    with portal(tmp_path / "var") as stack, chromium() as launched:
        owner, support = Watched(launched, stack.portal_url), Watched(launched, stack.portal_url)
        journey = Journey(stack, owner, support, tmp_path)
        journey.sign_up()
        journey.pre_application()
        journey.review()
        journey.codes()
        journey.package()
        journey.assignment()
        journey.settings()
        assert "\n".join(owner.complaints) == ""
        assert "\n".join(support.complaints) == ""
        phone = Watched(launched, stack.portal_url, width=390)
        phone.context.add_cookies(owner.context.cookies())  # type: ignore[arg-type]
        for path in (
            "",
            "adim/1/",
            "adim/2/",
            "adim/3/",
            "adim/4/",
            "adim/5/",
            "adim/6/",
            "yazismalar/",
            "belgeler/",
        ):
            phone.open(f"/basvuru/{path}")
        assert "\n".join(phone.complaints) == ""
