"""Exempt, then self-managed, then the full way after all: by the own mailbox, with a refused assignment."""

import re
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import httpx

from launch.company import EMAIL, FIELDS
from tests.journeys.journey import Journey
from tests.journeys.stage import Watched, chromium, portal


class Routes(Journey):
    def declare(self, kind: str, words: str, **fields: str) -> None:
        self.owner.open("/basvuru/adim/6/?degistir=1")
        choice = self.owner.page.locator(f"#kind-{kind}")
        if not choice.is_visible():
            self.owner.page.get_by_text("Durumumuz başka").click()
        choice.check()
        self.owner.fill(**fields)
        self.owner.page.locator("[name=correct]").check()
        self.owner.press("Kaydet")
        assert words in self.owner.page.inner_text("main")

    def exempt(self) -> None:
        self.answer("exempt")
        self.owner.open("/basvuru/")
        assert "Sizin yolunuzda tek iş var: beyanınız." in self.owner.page.inner_text("main")
        self.declare("exempt", "Beyanınız kaydedildi", exemption_basis="Dernek kütük no 35-012-345")

    def self_managed(self) -> None:
        self.declare("self_managed", "Önceki beyan: Muaf kuruluş")
        self.owner.open("/basvuru/")
        assert "Beyanınız kaydedildi" in self.owner.page.inner_text("main")

    def registered_before(self) -> None:
        """Changes to the full route, with the codes that İYS gave long ago."""
        self.owner.open("/basvuru/yol/")
        assert "Başvurunuz tamamlandı" in self.owner.page.inner_text("main")
        self.answer("applied", "Başvurumu kapat ve bu yolla başla")
        self.owner.fill(iys_code="711157", brands="Kuzey Rüzgârı Giyim Anonim Şirketi, 711157")
        self.owner.choose_file(self.owner.page.locator("#id_file"), self.scan)
        self.owner.press("İncelemeye gönder")
        self.support_signs_in()
        self.press_move("Kabul et: İYS başvuruyu onaylamış")
        self.codes("Yazdığınız kodlar kabul edildi")

    def own_mailbox(self) -> None:
        """The draft is sent from the company's own mailbox, which forwards what comes to the tracking address."""
        self.owner.open("/basvuru/adim/4/")
        self.owner.fill(message_addresses="5000", call_addresses="0", email_addresses="10", offer_email=EMAIL)
        self.owner.says("Nasıl istemek istersiniz?")
        self.owner.page.get_by_text("Kendi adresimden gönderilsin").click()
        self.owner.press("Kendim göndereceğim")
        self.owner.page.get_by_role("button", name="Metni kopyala").click()
        self.owner.page.get_by_role("button", name=re.compile("Kopyalandı|Ctrl")).wait_for()
        link = self.owner.page.get_by_role("link", name="Taslağı indir (.eml)").get_attribute("href")
        draft = message_from_bytes(
            self.owner.context.request.get(f"{self.owner.base}{link}").body(), policy=default
        )
        tracking = str(draft["Cc"]).split(",")[0]
        mailbox = f"{self.stack.sandbox_url}/postane/{EMAIL}"
        httpx.post(f"{mailbox}/yonlendir", data={"target": tracking})
        body = draft.get_body()
        assert body is not None
        sent = {
            "to": str(draft["To"]),
            "cc": tracking,
            "subject": str(draft["Subject"]),
            "text": body.get_content(),
        }
        httpx.post(f"{mailbox}/yaz", data=sent)
        self.until("/basvuru/adim/4/", "İYS'nin teklifi geldi")
        self.owner.press("Sözleşmeyi oku ve onayla")
        self.write_what_a_paper_lacks()
        self.owner.open("/basvuru/adim/4/")
        self.contract_and_payment()

    def write_what_a_paper_lacks(self) -> None:
        """Who had applied before was asked for nothing that only papers need."""
        self.write(*(name for name in FIELDS if self.owner.page.locator(f"[name={name}]").count()))

    def refused_once(self) -> None:
        httpx.post(f"{self.stack.sandbox_url}/api/behaviour", json={"refuse_assignment": True})
        self.owner.open("/basvuru/adim/5/")
        if self.owner.page.get_by_role("link", name="Bilgileri yaz").count():
            self.owner.press("Bilgileri yaz")
            self.write_what_a_paper_lacks()
        assert "5.000'den azdır" not in self.owner.page.inner_text("main")
        self.hand_in_form()
        self.until("/basvuru/adim/5/", "İYS atamayı kabul etmedi")
        assert "imza sirkülerindeki imzayla uyuşmamaktadır" in self.owner.page.inner_text("main")
        self.owner.press("Formu yeniden hazırla")
        self.hand_in_form()
        self.until("/basvuru/adim/5/", "İş ortağınız atandı")


def test_a_company_changes_its_mind_twice_and_gets_through(tmp_path: Path) -> None:
    with portal(tmp_path / "var") as stack, chromium() as launched:
        owner, support = Watched(launched, stack.portal_url, width=390), Watched(launched, stack.portal_url)
        journey = Routes(stack, owner, support, tmp_path)
        journey.sign_up()
        journey.exempt()
        journey.self_managed()
        journey.registered_before()
        journey.own_mailbox()
        journey.refused_once()
        journey.settings()
        assert "\n".join(owner.complaints) == ""
        assert "\n".join(support.complaints) == ""
