"""Somebody whose browser runs no script: every form is sent by its button, and every page comes whole."""

import re
import time
import zipfile
from pathlib import Path

import httpx
from playwright.sync_api import Browser, Locator

from launch.company import FIELDS
from tests.journeys.journey import AGAIN, ANSWERS, PATIENCE, ZIP, Journey
from tests.journeys.stage import Watched


class Unscripted(Watched):
    scripted = False

    def __init__(self, launched: Browser, base: str, *, width: int = 390) -> None:
        super().__init__(launched, base, width=width)

    def put_file(self, field: Locator, file: Path) -> None:
        """And sends it, where the form does nothing else."""
        super().put_file(field, file)
        send = field.locator("xpath=ancestor::form").locator("[data-files-submit]")
        if send.count():
            self.press_it(send)

    def type_code(self, code: str) -> None:
        self.fill(code=code)
        self.press_it(self.page.locator("form:has([name=code]) [type=submit]:not([form])").first)

    def follow(self, path: str) -> None:
        """The link of a code opens the page that asks for it; it is typed there."""
        self.type_code(path.partition("#")[2])

    def accessible(self) -> None:
        """axe is script; what it would look at is the same page as with script. The width is measured."""
        self.not_wider()


class WithoutScript(Journey):
    """The same way, where the pages of others change by themselves."""

    def sign_up(self) -> None:
        super().sign_up()
        self.owner.press("Devam et")

    def letter_comes(self) -> None:
        self.owner.press("Devam et")

    def answer(self, way: str, button: str = "Bu yolla başla") -> None:
        for name, said in ANSWERS[way].items():
            self.owner.tick(self.owner.page.locator(f"[name={name}][value={said}]"))
        self.owner.press("Yolumu göster")
        self.owner.press(button)

    def write(self, *names: str) -> None:
        """A district is free text until the page has come back with its province."""
        self.owner.fill(**{name: FIELDS[name] for name in names})
        self.owner.press("Kaydet ve devam et")

    def contract_and_payment(self) -> None:
        """The button of the contract waits for its tick where there is script; the answer says so otherwise."""
        self.owner.press("Onayla")
        assert "okuduğunuzu işaretleyin" in self.owner.page.inner_text("main")
        self.owner.tick(self.owner.page.locator("[name=read]"))
        self.owner.press("Onayla")
        link = self.owner.page.get_by_role("link", name="Ödemeye git").get_attribute("href")
        assert link is not None
        httpx.post(link)
        self.until("/basvuru/adim/4/", "paketiniz tanımlandı")

    def summary(self, folder: Path) -> None:
        """The evidence pack is asked for, looked after by hand and taken away."""
        self.owner.open("/basvuru/ozet/")
        self.owner.press("Kanıt dosyasını hazırla")
        link = self.owner.page.get_by_role("link", name=ZIP)
        end = time.monotonic() + PATIENCE
        while not link.count():
            assert time.monotonic() < end, self.owner.page.inner_text("#pack")
            time.sleep(0.3)
            self.owner.press(re.compile(f"^(Durumu yenile|{AGAIN})$"))
        with self.owner.page.expect_download() as taken:
            link.click()
        assert zipfile.is_zipfile(taken.value.path())
