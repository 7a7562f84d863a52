"""The pictures of docs/destek.md: support's own screens, while companies wait for it."""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from launch.company import FIELDS
from launch.first_step import manual
from launch.pictures import ALIKE, clipped, light, seat_of
from launch.stack import ROOT, Stack, Stuck
from launch.walk import Walk

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

FOLDER = ROOT / "docs" / "destek"
WIDTH, TALLEST = 1280, 800
LIGHT = 60_000  # bytes
# What is about the installation and not about the screen.
HIDDEN = "#header, #nav-sidebar, #toggle-nav-sidebar, .messagelist { display: none !important }"
TITLES = {
    "signature_circular": "İMZA SİRKÜLERİ",
    "trade_registry_gazette": "TÜRKİYE TİCARET SİCİLİ GAZETESİ",
    "undertaking": "TAAHHÜTNAME",
}
STYLE = (
    "@page { size: A4; margin: 25mm } section { break-after: page } "
    "h1 { font: bold 18pt sans-serif; text-align: center } p { font: 12pt sans-serif } "
    "i { display: block; height: 9pt; margin: 9pt 0; background: #d5dae3 }"
)
LINES = "<i></i>" * 16  # words of no matter
PATIENCE = 60.0  # seconds for one mail
LIST = """unvan;vkn;davet e-postası
Toprak Döküm Sanayi A.Ş.;8120364756;yonetim@toprakdokum.example
Gökçe Tekstil Ltd. Şti.;123;bilgi@gokcetekstil.example
Ardıç Ahşap Ltd. Şti.;5123409874;bilgi@ardicahsap.example
"""


class Visible(Walk):
    """A company whose papers have something on them."""

    def scan(self, kind: str) -> bytes:
        from weasyprint import HTML

        head = f"<h1>{TITLES[kind]}</h1><p>{self.fields['trade_name']}</p><p>VKN {self.fields['tax_number']}</p>"
        sides = "".join(f"<section>{head}{LINES}<p>{side} / 3</p></section>" for side in (1, 2, 3))
        return bytes(HTML(string=f"<style>{STYLE}</style>{sides}").write_pdf())


def _firm(trade_name: str, domain: str, tax_number: str, signatory: str, identity: str) -> dict[str, str]:
    """What the company of this name writes."""
    return {
        **FIELDS,
        "signatory_identity": identity,
        "signatory_name": signatory,
        "signatory_email": f"yetkili@{domain}",
        "trade_name": trade_name,
        "tax_number": tax_number,
        "mersis_number": f"0{tax_number}00001",
        "website": domain,
        "corporate_email": f"bilgi@{domain}",
    }


class Answered(Visible):
    """İYS answers its letter in words that nobody knows: the mail waits for support."""

    fields = _firm(
        "Ardıç Ahşap Sanayi Limited Şirketi", "ardicahsap.example", "5123409874", "Ardıç Ağaoğlu", "20123456744"
    )
    email = fields["signatory_email"]


class _Submitted(Exception):
    """It is support's turn."""


class Waiting(Visible):
    """Its papers wait to be looked at."""

    fields = _firm(
        "Güneş Seramik Anonim Şirketi", "gunesseramik.example", "7300152640", "Güneş Toprak", "30123456880"
    )
    email = fields["signatory_email"]

    def approve(self, move: str) -> None:
        raise _Submitted


class Another(Waiting):
    fields = _firm(
        "Poyraz Nakliyat Limited Şirketi", "poyraznakliyat.example", "6123409883", "Poyraz Kaya", "20123456744"
    )
    email = fields["signatory_email"]


class Desk:
    """Support's browser. Each screen is brought about as a person would, and leaves what is to be seen."""

    def __init__(self, page: "Page", walk: Walk) -> None:
        self.page, self.walk = page, walk
        self.base = walk.stack.portal_url

    def go(self, path: str) -> "Locator":
        self.page.goto(f"{self.base}{path}")
        return self.page.locator("#content")

    def press(self, button: "Locator") -> "Locator":
        with self.page.expect_navigation():
            button.first.click()
        return self.page.locator("#content")

    def queue(self) -> "Locator":
        return self.go("/destek/onboarding/queueitem/")

    def case(self) -> "Locator":
        page = self.go(self.walk.support_page)
        self._see_paper()
        return page

    def paper(self) -> "Locator":
        self.go(self.walk.support_page)
        paper = self.page.locator("details[data-paper]").first
        if paper.get_attribute("open") is None:
            paper.locator("summary").click()
        self._see_paper()
        self.page.locator("[data-leaf='1']:visible").click()
        self._see_paper()
        return paper

    def _see_paper(self) -> None:
        """Until its picture is there."""
        self.page.wait_for_function(
            "() => [...document.querySelectorAll('[data-paper][open] img')].every(it => it.naturalWidth > 0)"
        )

    def mails(self) -> "Locator":
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self.go("/destek/correspondence/mail/")
            if (row := self.page.locator("#result_list tr:has-text('Ardıç')")).count():
                return self.press(row.first.locator("th a"))
        raise Stuck("No mail waits for support.")

    def find(self) -> "Locator":
        return self.go("/destek/finding/word/?q=g%C3%BCnes+seramk")

    def bulk(self) -> "Locator":
        self.go("/destek/onboarding/application/")
        for box in self.page.locator("#result_list .action-select").all():
            box.check()
        self.page.locator("select[name=action]").select_option(index=1)
        return self.press(self.page.locator(".actions button[type=submit]"))

    def company_list(self) -> "Locator":
        self.go("/destek/team/companyimport/add/")
        self.page.locator("input[type=file]").set_input_files(
            files={"name": "firmalar.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
        )
        self.press(self.page.locator("#content-main form [type=submit]"))
        return self.press(self.page.locator("#content-main form [type=submit]"))

    def as_company(self) -> "Locator":
        self.case()
        self.press(self.page.locator("#content a:has-text('Firmanın gözünden bak')"))
        self.page.locator("[name=reason]").fill("Telefonda: hangi belgenin eksik olduğunu göremiyor")
        self.press(self.page.locator("#content-main form [type=submit]"))
        return self.page.locator("body")

    def company(self) -> "Locator":
        self.go("/destek/tenancy/company/")
        return self.press(self.page.locator("#result_list a:has-text('Güneş')"))


SCREENS: Mapping[str, Callable[[Desk], "Locator"]] = {
    "basvuru": Desk.case,
    "belge": Desk.paper,
    "e-posta": Desk.mails,
    "sira": Desk.queue,
    "bul": Desk.find,
    "toplu": Desk.bulk,
    "firma-listesi": Desk.company_list,
    "firma": Desk.company,
    "firmanin-gozu": Desk.as_company,  # the last one: while it lasts, support's pages are another's
}


def take(
    chromium: "Browser", stack: Stack, folder: Path, support: tuple[str, str], say: Callable[[str], None]
) -> None:
    answered = Answered(stack, support, say, manual)
    answered.mailboxes.web.post("/api/behaviour", json={"mode": "delay", "seconds": 1, "voice": "unknown"})
    answered.sign_up()
    manual(answered)
    for waiting in (Another(stack, support, say, manual), Waiting(stack, support, say, manual)):
        waiting.sign_up()
        with suppress(_Submitted):
            manual(waiting)
    with seat_of(waiting.staff, chromium, stack.portal_url, width=WIDTH, **ALIKE) as page:
        desk = Desk(page, waiting)
        for name, reach in SCREENS.items():
            part = reach(desk)
            page.add_style_tag(content=HIDDEN)
            (folder / f"{name}.webp").write_bytes(light(clipped(page, part, TALLEST), LIGHT))
