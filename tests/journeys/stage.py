"""The whole portal as processes among the real servers, and browsers to walk it with."""

import asyncio
import json
import os
import re
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, expect, sync_playwright

from correspondence.outgoing import restored
from launch.pictures import FLAGS, browser
from launch.run import prepare
from launch.stack import Ports, Stack
from tests.journeys.clicks import Clicks
from tests.journeys.minutes import SEEN
from tests.servers import migrated
from tests.servers.redis import WORKER, Own, emptied
from tests.servers.swift import client, own_bucket

MAILBOX = f"yolculuk-{WORKER}"
PATIENCE = 60.0  # seconds for a page, and for what is expected of it: a busy machine is no fault
expect.set_options(timeout=PATIENCE * 1000)
# The database as an earlier journey of this process has found it, with the demo data: making them takes seconds.
_prepared: list[str] = []
# Only what axe has found crosses to this process. It fetches no style sheets by itself: the page's policy forbids
# what it does with them.
FOUND_ALONE = {"preload": False, "resultTypes": ["violations"]}
# All that axe goes by: marks, words, what is chosen or held, the window. Tokens, keys, references and numbers are
# alike to it.
FACE = """() => {
  const token = /(nonce|value|content)="[^"]*"/g, key = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
  const reference = /P-[A-Z0-9]{6}/g;
  const chosen = [...document.querySelectorAll(":checked, :invalid, :focus")].map((each) => each.id);
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const page = document.documentElement.outerHTML.replace(token, "$1").replace(key, "");
  return [innerWidth, dark, chosen, page.replace(reference, "").replace(/\\d+/g, "0")].join("\\n");
}"""
# The rule, and where it is broken first. The way to each place in a page, which nobody reads, is not worked out.
FOUND = f"""axe.run({json.dumps(FOUND_ALONE | {"selectors": False})}).then(
  (found) => found.violations.map((each) => [each.id, each.nodes[0].html.slice(0, 200)])
)"""


def own_environment() -> Mapping[str, str]:
    """The suite's servers, with a database, a bucket, Redis databases and a mailbox of the journey's own."""
    database = urlsplit(os.environ["DATABASE_URL"])
    name = f"{database.path[1:]}_journey_{WORKER}"
    _copy_database(_prepared[0] if _prepared else migrated.on_postgresql(os.environ["DATABASE_URL"]), name)
    mailbox = urlsplit(os.environ["MAILBOX_URLS"])
    # A new database has fetched nothing yet: it would fetch the mails of an earlier journey.
    shutil.rmtree(own_maildir(), ignore_errors=True)
    return {
        "DATABASE_URL": urlunsplit(database._replace(path=f"/{name}")),
        # Who signed up in the journey before is not one who asks for another code within ten seconds.
        "BROKER_URL": emptied(Own.JOURNEY_BROKER),
        "CACHE_URL": emptied(Own.JOURNEY_CACHE),
        "S3_BUCKET": _own_bucket(),
        "MAILBOX_URLS": urlunsplit(mailbox._replace(netloc=re.sub(r"^[^:]+", MAILBOX, mailbox.netloc, count=1))),
        "SECRET_KEY": os.environ["SECRET_KEY"],
        "FIELD_KEYS": os.environ["FIELD_KEYS"],
    }


def own_maildir() -> Path:
    return Path(os.environ["TEST_MAILDIR_ROOT"]) / MAILBOX


def _copy_database(template: str, name: str) -> None:
    with closing(psycopg2.connect(os.environ["DATABASE_URL"])) as line, line.cursor() as cursor:
        line.autocommit = True
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")


def _own_bucket() -> str:
    """Nothing has gone out yet from a new database, so its store counts no turn of an earlier one."""
    name = own_bucket(MAILBOX)
    keys = (os.environ[each] for each in ("S3_ENDPOINT_URL", "S3_ACCESS_KEY", "S3_SECRET_KEY"))
    with closing(client(*keys)) as s3:
        s3.delete_object(Bucket=name, Key=restored.STORED)
    return name


@contextmanager
def portal(var: Path) -> Iterator[Stack]:
    """PostgreSQL, Redis, S3, Dovecot's IMAP, and the sandbox as the receiving end of SMTP."""
    stack = Stack(var, Ports.free(), own_environment(), tracking_maildir=own_maildir())
    with static_files(var):
        if not _prepared:
            prepare(stack)
            name = urlsplit(stack.env["DATABASE_URL"]).path[1:]
            _copy_database(name, f"{name}_prepared")
            _prepared.append(f"{name}_prepared")
    with stack:
        yield stack


@contextmanager
def static_files(var: Path) -> Iterator[None]:
    """Those that an earlier journey of this process has collected: compressing them takes seconds."""
    collected = var.parents[1] / "static"
    if collected.exists():
        shutil.copytree(collected, var / "static")
    yield
    if not collected.exists():
        shutil.copytree(var / "static", collected)


class Chromium:
    """One browser for all tests of this process: starting it, and what drives it, costs more than most of them."""

    def __init__(self) -> None:
        path = browser()
        assert path is not None, "Chromium is missing: install Debian's package chromium."
        self._driver = sync_playwright().start()
        self._loop = asyncio.get_running_loop()
        self.launched = self._driver.chromium.launch(executable_path=path, args=FLAGS)

    def take(self) -> None:
        asyncio._set_running_loop(self._loop)

    def tell(self) -> None:
        """What a failed test had before its eyes; pytest shows it below the failure."""
        for context in self.launched.contexts:
            for page in context.pages:
                try:
                    print(f"--- {page.url}\n{page.inner_text('body', timeout=5_000)}")
                except Error as error:
                    print(f"--- {page.url} shows nothing: {error}")

    def lay_aside(self) -> None:
        """Its loop stands still from now on. Django refuses to reach the database where one is said to run."""
        try:
            for context in self.launched.contexts:
                context.close()
        finally:
            asyncio._set_running_loop(None)

    def end(self) -> None:
        self.take()
        try:
            self._driver.stop()
        finally:
            asyncio._set_running_loop(None)


_chromium: list[Chromium] = []
_sound: set[int] = set()  # faces of pages in which axe has found nothing


def end_chromium() -> None:
    while _chromium:
        _chromium.pop().end()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser that knows nothing of whoever had it before: each visitor has a context of their own."""
    if _chromium and not _chromium[0].launched.is_connected():
        end_chromium()  # a test has brought it down
    if not _chromium:
        _chromium.append(Chromium())
    found = _chromium[0]
    found.take()
    try:
        yield found.launched
    except BaseException:
        found.tell()
        raise
    finally:
        found.lay_aside()


class Watched:
    """A browser of one person; remembers what should never happen in any of its pages."""

    scripted = True

    def __init__(self, launched: Browser, base: str, *, width: int = 1280) -> None:
        self.base = base
        self.context: BrowserContext = launched.new_context(
            # No colour is half-way to another when it is measured.
            viewport={"width": width, "height": 900},
            locale="tr-TR",
            reduced_motion="reduce",
            java_script_enabled=self.scripted,
        )
        self.context.set_default_timeout(PATIENCE * 1000)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.typed: list[tuple[str, str]] = []  # the name of a field, and what was written there
        self.clicks = Clicks()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("request", self._request)

    def _console(self, message: object) -> None:
        kind, text = getattr(message, "type", ""), getattr(message, "text", "")
        # A refused form has status 422 and a locked step 409, which the console calls errors.
        if kind in ("error", "warning") and not re.search(r"status of 4(?:22|09)", text):
            self.complaints.append(f"{kind} on {self.page.url}: {text}")

    def _request(self, request: object) -> None:
        url = str(getattr(request, "url", ""))
        # The browser's own PDF viewer is made of pages of its own.
        if not url.startswith((self.base, "data:", "chrome-extension:", "chrome:")):
            self.complaints.append(f"request to {url}")

    def open(self, path: str) -> None:
        self.page.goto(self.base + path)
        self.accessible()

    def press(self, name: str | re.Pattern[str]) -> None:
        """Presses the button or link of this name and looks at the page that comes."""
        target = self.page.get_by_role("button", name=name, exact=True).or_(
            self.page.get_by_role("link", name=name, exact=True)
        )
        # On a telephone the way to other places is behind a button.
        if not target.count() and (menu := self.page.get_by_role("button", name="Menü")).is_visible():
            self.activate(menu)
        self.clicks.note(str(name))
        self.press_it(target.first)

    def press_it(self, button: Locator) -> None:
        # What htmx sends, or opens in place, changes the page that is there; everything else brings a new one.
        stays = self.scripted and button.evaluate(
            "each => each.matches('[hx-get], [data-in-place]') || Boolean(each.closest('form[hx-post]'))"
        )
        with self._another_page(button) if not stays else nullcontext():
            self.activate(button)
        self.page.wait_for_load_state()
        self.accessible()

    def type_code(self, code: str) -> None:
        """Writes a code, which goes with its last digit, and looks at the page that comes."""
        with self._another_page("the code"):
            self.fill(code=code)
        self.accessible()

    def follow(self, path: str) -> None:
        """Opens a mailed link to a page that goes on by itself."""
        self.page.goto(self.base + path)
        self.page.wait_for_url(lambda url: urlsplit(url).path != urlsplit(path).path)
        self.page.wait_for_load_state()
        self.accessible()

    @contextmanager
    def _another_page(self, of: object) -> Iterator[None]:
        before = self._born()
        yield
        end = time.monotonic() + PATIENCE
        while self._born() in (None, before):
            assert time.monotonic() < end, f"nothing came of {of!r} on {self.page.url}"
            time.sleep(0.05)
        self.page.wait_for_load_state()
        # A page that leads on by itself is not the one that somebody lands on.
        if self.scripted:
            self.page.wait_for_function("() => !document.querySelector('[data-goes-on]')")

    def says(self, words: str) -> None:
        """Waits until the page says so."""
        try:
            self.page.locator("main").get_by_text(words).first.wait_for()
        except Error:
            pytest.fail(f"{self.page.url} never said {words!r}:\n{self.page.inner_text('main')}")
        self.accessible()

    def _born(self) -> float | None:
        """When the page that is shown began to load, in milliseconds; None between two pages."""
        try:
            return float(self.page.evaluate("performance.timeOrigin"))
        except Error:
            return None

    def fill(self, **fields: str) -> None:
        for name, value in fields.items():
            self.typed.append((name, value))
            self.clicks.wrote(urlsplit(self.page.url).path, name, value)
            self.write(self.page.locator(f"[name={name}]").first, value)

    def tick(self, box: Locator) -> None:
        self.clicks.note(f"[{box.get_attribute('name')}]")
        self.set_ticked(box)

    def choose_file(self, field: Locator, file: Path) -> None:
        self.clicks.chose(file.name)
        self.put_file(field, file)

    # How this person does it; somebody without a mouse does it otherwise (keyboard.py).

    def activate(self, button: Locator) -> None:
        button.click()

    def write(self, field: Locator, value: str) -> None:
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)

    def set_ticked(self, box: Locator) -> None:
        box.check()

    def put_file(self, field: Locator, file: Path) -> None:
        field.set_input_files(file)

    def accessible(self) -> None:
        """axe has to find nothing on this page, and nothing may run over its right edge; what it says is read."""
        self.clicks.saw(self.page.evaluate(SEEN))
        # What it would say of a page that looks the same is known: half of all that is opened.
        face = hash(self.page.evaluate(FACE))
        if face not in _sound:
            # Half a megabyte, which goes through three processes: with what it is to do, and once to each page.
            there = self.page.evaluate("'axe' in window")
            found = self.page.evaluate(FOUND if there else f"{AXE_SCRIPT};\n{FOUND}")
            told = [f"{self.page.url}: {rule}: {place}" for rule, place in found]
            self.complaints += told
            if not told:
                _sound.add(face)
        self.not_wider()

    def not_wider(self) -> None:
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            self.complaints.append(f"{self.page.url} is {wide} px wider than its window")
