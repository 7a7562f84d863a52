"""One company's way through all six steps, over HTTP, SMTP and a mailbox, as people would go it."""

import html
import re
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from launch.company import EMAIL, FIELDS, sheet
from launch.stack import Stack, Stuck
from launch.visitor import Visitor

PASSWORD = "lodos-ve-poyraz-61"  # noqa: S105 - of an invented person
PATIENCE = 60.0  # seconds for one answer


class Walk:
    """`say` is called with each line that is printed, `first_step` goes step 1 by one of its channels."""

    email: str = EMAIL
    fields: Mapping[str, str] = FIELDS

    def __init__(
        self,
        stack: Stack,
        support: tuple[str, str],
        say: Callable[[str], None],
        first_step: "Callable[[Walk], None]",
    ) -> None:
        self.stack = stack
        self.first_step = first_step
        self.say = say
        self.owner = Visitor(stack.portal_url)
        self.staff = Visitor(stack.portal_url)
        self.support = support
        self.mailboxes = Visitor(stack.sandbox_url)
        self.application = ""
        self.told: set[str] = set()
        self.papers: dict[str, bytes] = {}

    def all_six(self) -> None:
        """Goes the whole way. Raises Stuck or Unexpected where it does not go on."""
        self.sign_up()
        self.first_step(self)
        self.until("code_receipt", "read")
        self.owner.post("/basvuru/adim/3/onayla/", "/basvuru/adim/3/")
        self.package()
        self.assignment()
        declared = {"kind": "partner", "iys_code": self._shown("iys_code"), **self._brand_codes(), "correct": "on"}
        self.owner.post("/basvuru/adim/6/", "/basvuru/adim/6/", None, **declared)
        self.until("panel_settings", "saved")

    def scan(self, kind: str) -> bytes:
        """What is handed in as this document."""
        return sheet()

    def sign_up(self) -> None:
        self.owner.post(
            "/hesap/signup/", "/hesap/signup/", email=self.email, full_name="Defne Poyraz", password1=PASSWORD
        )
        code = self.mail_with(self.email, r"^(\d{6})$")
        self.owner.post("/hesap/confirm-email/", "/hesap/confirm-email/", code=code)
        self.line("–", "hesap", f"{self.email} e-posta koduyla doğrulandı")
        self.owner.post(
            "/firma/yeni/",
            "/firma/yeni/",
            trade_name=self.fields["trade_name"],
            tax_number=self.fields["tax_number"],
        )

    def take_way(self, channel: str, **answered: str) -> None:
        """The way that the three questions lead to."""
        self.owner.post("/basvuru/yol/", "/basvuru/yol/", None, route="full", channel=channel, **answered)
        self._find_application()

    def _find_application(self) -> None:
        reference = re.search(r"P-[A-Z0-9]{6}", self.owner.get("/basvuru/"))
        self.staff.sign_in(*self.support)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            # The worker writes the index in which support looks, some seconds behind.
            found = self.staff.get(f"/destek/onboarding/application/?q={reference[0] if reference else ''}")
            if (link := re.search(r"/destek/onboarding/application/([0-9a-f-]{36})/change/", found)) is not None:
                self.application = link[1]
                return
            self.stack.check()
            time.sleep(0.3)
        raise Stuck("Support does not find the application in the admin.")

    def package(self) -> None:
        self.owner.post(
            "/basvuru/adim/4/sec/",
            "/basvuru/adim/4/sec/",
            message_addresses="3200",
            call_addresses="0",
            email_addresses="4100",
            offer_email=self.fields["corporate_email"],
            package="",
        )
        self.owner.post("/basvuru/adim/4/iste/", "/basvuru/adim/4/", way="portal")
        self.until("package_contract", "offered")
        self.owner.post("/basvuru/adim/4/sozlesme/", "/basvuru/adim/4/sozlesme/", read="1")
        pay = re.search(r'href="([^"]+/odeme/[^"]+)"', self.owner.get("/basvuru/adim/4/"))
        if pay is None:
            raise Stuck("The offer's payment link is not on the page of step 4.")
        self.mailboxes.web.post(html.unescape(pay[1]))
        self.until("package_contract", "confirmed")

    def assignment(self) -> None:
        self.papers["atama-formu.pdf"] = self.owner.paper("/basvuru/belgeler/hazirla/assignment_blank/")
        self.owner.post(
            "/basvuru/adim/5/form/",
            "/basvuru/adim/5/",
            files={"file": ("imzali-form.pdf", sheet(), "application/pdf")},
        )
        self.owner.post("/basvuru/adim/5/gozden-gecir/", "/basvuru/adim/5/gozden-gecir/")
        self.until("partner_assignment", "form_review")
        self.approve("partner_assignment:approve")
        self.until("partner_assignment", "confirmed")

    @property
    def support_page(self) -> str:
        return f"/destek/onboarding/application/{self.application}/change/"

    def approve(self, move: str) -> None:
        """Presses the button of this move on support's page; each step's form carries its own version."""
        page = self.support_page
        form = next((form for form in self.staff.get(page).split("<form") if f'value="{move}"' in form), "")
        version = re.search(r'name="expected_version" value="(\d+)"', form)
        if version is None:
            raise Stuck(f"Support has no button for {move}.")
        self.staff.post(
            f"/destek/onboarding/application/{self.application}/move/",
            page,
            move=move,
            expected_version=version[1],
        )

    def _shown(self, name: str) -> str:
        """The value that step 6's form was filled with."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.owner.get("/basvuru/adim/6/"))
        return html.unescape(found[1]) if found else ""

    def _brand_codes(self) -> dict[str, str]:
        """The field of each brand, by its name."""
        return dict(re.findall(r'name="(code_[^"]+)" value="([^"]*)"', self.owner.get("/basvuru/adim/6/")))

    def mail_with(self, address: str, pattern: str) -> str:
        """The first group of the pattern in the newest mail of the address."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            answer = self.mailboxes.web.get("/api/mail", params={"address": address})
            for mail in answer.json()["mails"]:
                found = re.search(pattern, mail["text"], re.MULTILINE)
                if found:
                    return found[1]
            self.stack.check()
            time.sleep(0.3)
        raise Stuck(f"No mail with what is looked for has come to {address}.")

    def until(self, step: str, state: str) -> None:
        """Waits for a state and prints what happens meanwhile."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            steps = self.steps()
            if steps.get(step, ("", ""))[0] == state:
                return
            self.stack.check()
            time.sleep(0.3)
        raise Stuck(f"Step {step} is {self.steps().get(step)}, not {state}, after {PATIENCE:.0f} s.")

    def steps(self) -> dict[str, tuple[str, str]]:
        """Step → (state, verdict), from support's page of the application; prints what is new in its journal."""
        page = self.staff.get(self.support_page)
        for key, cells in reversed(re.findall(r'<tr data-entry="(\d+)">(.*?)</tr>', page, re.DOTALL)):
            if key not in self.told:
                self.told.add(key)
                _at, event, text, who = (
                    html.unescape(re.sub(r"<[^>]+>", "", cell)).strip()
                    for cell in re.findall(r"<td[^>]*>(.*?)</td>", cells)
                )
                self.line(who, event, text)
        rows = re.findall(r'data-step="(\w+)"\s+data-state="(\w+)"\s+data-verdict="(\w+)"', page)
        return {step: (state, verdict) for step, state, verdict in rows}

    def line(self, who: str, event: str, text: str) -> None:
        now = datetime.now(ZoneInfo("Europe/Istanbul"))
        self.say(f"{now:%H:%M:%S}  {who:<14} {event:<20} {text}")
