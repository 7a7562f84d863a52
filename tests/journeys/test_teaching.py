"""İYS writes in words that nobody knows: support teaches them with clicks, and the next company's step moves by
itself."""

import re
import time
from pathlib import Path

import httpx
import pytest

from launch.first_step import manual
from launch.run import DEMO_PASSWORD
from launch.walk import Walk
from tests.journeys.stage import PATIENCE, Watched, chromium, portal
from tests.scenarios.factories import vkn

SUPPORT = ("destek@portal.example", DEMO_PASSWORD)
NUMBER = vkn(61)


class Second(Walk):
    """Another company of the same partner."""

    email = "yetkili@poyraz.example"
    fields = {
        **Walk.fields,
        "trade_name": "Poyraz Gıda Anonim Şirketi",
        "tax_number": NUMBER,
        "mersis_number": f"0{NUMBER}00001",
        "website": "poyraz.example",
        "corporate_email": "bilgi@poyraz.example",
        "signatory_email": "yetkili@poyraz.example",
    }


class Teacher:
    """Support before the admin."""

    def __init__(self, browser: Watched) -> None:
        self.page = browser.page
        self.page.goto(f"{browser.base}/hesap/login/")
        browser.fill(login=SUPPORT[0], password=SUPPORT[1])
        browser.press("Giriş yap")
        self.list = f"{browser.base}/destek/correspondence/mail/"

    def open_mail(self, subject: str) -> None:
        """Reloads the list of mails that wait for a decision until it is there."""
        link = self.page.get_by_role("link", name=subject)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self.page.goto(self.list)
            if link.count():
                link.first.click()
                self.page.get_by_role("heading", name="Cümle cümle").wait_for()
                return
            time.sleep(0.3)
        pytest.fail(f"No mail {subject!r} waits:\n{self.page.inner_text('#content')}")

    def unknown(self) -> list[str]:
        return self.page.locator(".sentence.unknown .said").all_inner_texts()

    def teach(self, sentence: str, kind: str) -> None:
        """Clicks on the sentence, says what it is, looks at what would change, and teaches it."""
        self.page.locator(".sentence.unknown", has_text=sentence).get_by_role("link").last.click()
        self.page.get_by_role("radio", name=kind).check()
        assert self.page.get_by_role("button", name="Öğret").count() == 0, "before anybody has looked"
        self.page.get_by_role("button", name="Neyi değiştirir?").click()
        self.page.get_by_role("heading", name="3. Öğretilirse").wait_for()
        self.page.get_by_role("button", name="Öğret").click()
        self.page.locator(".messagelist .success").first.wait_for()

    def harmless(self) -> None:
        """Two clicks for the first unknown sentence."""
        self.page.locator(".sentence.unknown").first.get_by_role("link").first.click()
        self.page.get_by_role("button", name="Öğret").click()
        self.page.locator(".messagelist .success").first.wait_for()


def test_what_is_taught_for_one_company_is_known_for_the_next(tmp_path: Path) -> None:
    with portal(tmp_path / "var") as stack, chromium() as launched:
        said = httpx.post(f"{stack.sandbox_url}/api/behaviour", json={"voice": "unknown"})
        assert said.status_code == 200
        first = Walk(stack, SUPPORT, print, manual)
        first.sign_up()
        manual(first)
        teacher = Teacher(Watched(launched, stack.portal_url))
        teacher.open_mail("Müracaatınızın kaydı")
        assert first.steps()["status_query"][0] == "waiting"
        assert any("kayıt defterimize işlenmiştir" in sentence for sentence in teacher.unknown())
        teacher.teach("kayıt defterimize işlenmiştir", "Başvuru alındı")
        left = len(teacher.unknown())
        assert left >= 2
        for _each in range(left):
            assert first.steps()["status_query"][0] == "waiting"
            teacher.harmless()
        assert "kendiliğinden uygulandı" in teacher.page.inner_text(".messagelist")
        assert teacher.unknown() == []
        assert first.steps()["status_query"][0] == "received"

        second = Second(stack, SUPPORT, print, manual)
        second.sign_up()
        manual(second)
        second.until("status_query", "received")
        words = second.owner.get("/basvuru/")
        assert re.search(r"Ön başvuru numaranız: \w+", words)
