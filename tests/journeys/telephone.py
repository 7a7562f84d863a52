"""A person with a telephone: its authenticator app, its passkeys, and every account page looked at on the way."""

import re
import time
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import Resolver404, URLResolver, get_resolver, resolve
from playwright.sync_api import Browser, Request

from launch.stack import Stack
from tests.journeys.stage import Watched
from tests.tenancy.looking import urls

ROOT = "/hesap/"
PATIENCE = 60.0  # seconds for one letter
STEP = 30  # seconds of a code of an authenticator app
# What django-allauth's own pages say, and nobody reads here.
ENGLISH = re.compile(
    r"\b(password|e-?mail|sign(ed)? ?(in|up|out)|log ?(in|out)|code|authenticat\w+|security key|passkey"
    r"|recovery|submit|required|invalid|token|username|account|address|session)\b",
    re.IGNORECASE,
)
# Names of products, and the addresses of invented people.
NAMES = re.compile(r"Google Authenticator|Microsoft Authenticator|\S+@\S+|otpauth:\S+")
LOOK = """() => {
  const main = document.querySelector("main");
  const seen = (each) => each.offsetParent !== null && each.type !== "hidden";
  const all = (selector) => [...main.querySelectorAll(selector)];
  const told = ["placeholder", "aria-label", "title", "alt"];
  const attributes = told.flatMap((name) => all(`[${name}]`).map((each) => each.getAttribute(name)));
  const fields = all("input, textarea, select").filter((each) => seen(each) && !each.closest(".field"));
  const plain = all("button").filter((each) => seen(each) && !each.classList.contains("button"));
  const strange = [...document.querySelectorAll("*")].filter((each) => each instanceof HTMLUnknownElement);
  const meaning = (button, form) => button.name || form.querySelector("input[name=action]")?.value || "";
  return {
    words: [document.title, main.innerText, ...attributes].join("\\n"),
    unknown: strange.map((each) => each.tagName),
    bare: [...fields, ...plain].map((each) => each.outerHTML),
    buttons: all("form[method=post]").flatMap((form) =>
      [...form.elements].filter((each) => each.tagName === "BUTTON").map((each) =>
        [form.getAttribute("action") || location.href, meaning(each, form)])),
  };
}"""


def page_name(url: str) -> str | None:
    """Of a page of the account, by its address."""
    path = urlsplit(url).path
    try:
        return resolve(path).view_name if path.startswith(ROOT) else None
    except Resolver404:
        return None


def page_names() -> set[str]:
    """Every page that there is under /hesap/."""
    for each in get_resolver().url_patterns:
        if isinstance(each, URLResolver) and str(each.pattern) == ROOT.removeprefix("/"):
            return {name for name, _parts in urls(each.url_patterns)}
    raise LookupError(ROOT)


def add_keys(seat: Watched) -> None:
    """The device keeps passkeys from now on, behind a finger."""
    keys = seat.context.new_cdp_session(seat.page)
    keys.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": options})


class Telephone(Watched):
    """`opened` and `pressed` are what this person met and used; `offered` is what stood on the pages."""

    def __init__(self, launched: Browser, stack: Stack, width: int = 390) -> None:
        super().__init__(launched, stack.portal_url, width=width)
        self.sandbox = stack.sandbox_url
        self.opened: set[str] = set()
        self.offered: set[tuple[str, str]] = set()
        self.pressed: set[tuple[str, str]] = set()
        self.read: set[str] = set()
        self.last_step = 0
        self.page.on("request", self._noted)

    def _noted(self, request: Request) -> None:
        name = page_name(request.url)
        if name is None or not request.is_navigation_request():
            return
        self.opened.add(name)
        if request.method == "POST":
            sent = dict(parse_qsl(request.post_data or "", keep_blank_values=True))
            self.pressed |= {(name, ""), (name, sent.get("action", ""))} | {(name, each) for each in sent}

    def accessible(self) -> None:
        super().accessible()
        look = self.page.evaluate(LOOK)
        said = [each[0] for each in ENGLISH.finditer(NAMES.sub("", look["words"]))]
        raw = re.findall(r"\{[%{#].*|</?\s*\w+[^>\n]*>", look["words"])
        for what, found in (("English", said), ("raw", raw), ("unknown", look["unknown"]), ("bare", look["bare"])):
            if found:
                self.complaints.append(f"{self.page.url}: {what}: {found}")
        self.offered |= {(name, button) for action, button in look["buttons"] if (name := page_name(action))}

    def mail(self, address: str, pattern: str) -> str:
        """What the newest letter says that was not read yet."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            answer = httpx.get(f"{self.sandbox}/api/mail", params={"address": address})
            for mail in answer.json()["mails"]:
                found = re.search(pattern, mail["text"], re.MULTILINE)
                if found and found[1] not in self.read:
                    self.read.add(found[1])
                    return found[1]
            time.sleep(0.3)
        pytest.fail(f"no such letter for {address}")

    def code_by_mail(self, address: str) -> str:
        return self.mail(address, r"^(\d{6})$")

    def code_of_app(self, secret: str) -> str:
        """One that was not used yet: the portal takes the next half minute's as well."""
        self.last_step = max(int(time.time()) // STEP, self.last_step + 1)
        while self.last_step > int(time.time()) // STEP + 1:
            time.sleep(0.5)
        shown: str = format_hotp_value(hotp_value(secret, self.last_step))
        return shown

    def asserts(self, *sentences: str) -> None:
        words = self.page.inner_text("main")
        for sentence in sentences:
            assert sentence in words, f"{self.page.url} says:\n{words}"
