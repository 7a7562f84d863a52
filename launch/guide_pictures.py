"""`make pictures`: the pictures of the guides and of the README, taken while invented companies go their way.

A picture is of a page, by its path: just before its form is sent (filled in, as people see it), when a step has
got so far, or at the end. No word on a button is looked for, so that pages may change.
"""

import io
import shutil
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from launch import support_pictures
from launch.company import OTHER_EMAIL, OTHER_FIELDS, tax_plate
from launch.first_step import SCREEN, manual, online
from launch.keys import keys
from launch.pictures import ALIKE, FLAGS, browser, clipped, light, seat_of
from launch.run import DEMO_PASSWORD, prepare
from launch.stack import ROOT, Ports, Stack, Stuck
from launch.visitor import Unexpected, Visitor
from launch.walk import Walk

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

GUIDE = ROOT / "docs" / "rehber" / "resim"
BOARD = ROOT / "docs" / "board.png"
WIDTH, DESK = 390, 1280
TALLEST = 640  # dots of a screen; a picture shows where one is, not all that stands there
ANSWERS_AFTER = 6  # seconds that the sandbox's İYS takes, so that waiting can be seen
HIDDEN = ".sandbox-note, .no-print:not(main *), {} {{ display: none !important }}"


@dataclass(frozen=True)
class Shot:
    """Of the part of a page that `part` finds, else of its content, `without` what stands in the way.

    `first` when it is taken but once.
    """

    page: str
    part: str = "main"
    first: bool = False
    without: str = ".skip"


# At the data of the company: how it applies is chosen, and can still be changed.
CHOSEN = {"kanal": Shot(f"{SCREEN}/kanal/", "fieldset:has([name=channel])")}
PLATE, READ = "belgeden-okuma", ".callout:has(button[name=use][value=all])"
FORMS = {
    "yol": Shot("/basvuru/yol/"),
    "bilgiler": Shot(f"{SCREEN}/bilgiler/", "form:has([name=trade_name])", first=True, without=".callout"),
    "yukleme": Shot(f"{SCREEN}/", ".upload-form", first=True),
    "belgeler": Shot(f"{SCREEN}/", ".card:has(.upload-form)"),
    "gozden-gecirme": Shot(f"{SCREEN}/gozden-gecir/", first=True),
    "kodlar": Shot("/basvuru/adim/3/"),
    "paket": Shot("/basvuru/adim/4/sec/"),
    "atama": Shot("/basvuru/adim/5/"),
    "beyan": Shot("/basvuru/adim/6/"),
}
REACHED = {
    ("pre_application", "sent"): {"basvuru-durumu": Shot("/basvuru/adim/2/")},
    ("code_receipt", "read"): {"basvurum": Shot("/basvuru/")},
    ("package_contract", "offered"): {"teklif": Shot("/basvuru/adim/4/")},
}
DONE = {
    "ozet": Shot("/basvuru/ozet/"),
    "yazismalar": Shot("/basvuru/yazismalar/"),
    "ekip": Shot("/firma/ekip/"),
    "hesabim": Shot("/hesap/"),
    "verilerim": Shot("/hesap/verilerim/"),
}
SIGNING = {"imza": Shot(f"{SCREEN}/imza/")}
NAMES = frozenset(
    {*FORMS, *CHOSEN, *(name for shots in REACHED.values() for name in shots), *DONE, *SIGNING, PLATE}
)


class Person(Visitor):
    """Somebody whose pages are looked at before she sends them."""

    def __init__(self, base: str, before: Callable[[str, Mapping[str, str]], None]) -> None:
        super().__init__(base)
        self.before = before

    def post(self, path: str, page: str, files: dict[str, object] | None = None, **fields: str) -> str:
        self.before(page, fields)
        return super().post(path, page, files, **fields)


class Camera:
    def __init__(self, chromium: "Browser", stack: Stack, folder: Path) -> None:
        self.chromium, self.stack, self.folder = chromium, stack, folder
        self.taken: set[str] = set()

    def take(self, name: str, shot: Shot, visitor: Visitor, fields: Mapping[str, str] | None = None) -> None:
        if shot.first and name in self.taken:
            return
        png = self._png(shot, visitor, fields or {}, width=WIDTH)
        (self.folder / f"{name}.webp").write_bytes(light(png))
        self.taken.add(name)

    def board(self, visitor: Visitor) -> None:
        """For the README: all of it, on a desk."""
        with Image.open(io.BytesIO(self._png(Shot("/basvuru/", "html"), visitor, {}, width=DESK, scale=1))) as png:
            png.quantize(128).save(self.folder / BOARD.name, optimize=True)

    def _png(
        self, shot: Shot, visitor: Visitor, fields: Mapping[str, str], *, width: int, scale: int = 2
    ) -> bytes:
        base = self.stack.portal_url
        with seat_of(visitor, self.chromium, base, width=width, device_scale_factor=scale, **ALIKE) as page:
            page.goto(base + shot.page)
            page.add_style_tag(content=HIDDEN.format(shot.without))
            for name, value in fields.items():
                _fill(page, name, value)
            found = page.locator(shot.part)
            if not found.count():
                print(f"  {shot.page}: no {shot.part}; the whole content is shown")
                found = page.locator("main")
            return clipped(page, found.first, TALLEST if width == WIDTH else None)


def _fill(page: "Page", name: str, value: str) -> None:
    """What is sent with the form, where the page has a field for it."""
    field = page.locator(f'[name="{name}"]:visible').first
    if not field.count():
        return
    kind = field.evaluate("each => each.type")
    if kind in ("radio", "checkbox"):
        meant = page.locator(f'[name="{name}"][value="{value}"]:visible')
        (meant if meant.count() else field).first.check()
    elif kind == "select-one":
        field.select_option(value)
        # The districts of a province come after it.
        page.wait_for_function("() => !document.querySelector('.htmx-request')")
    elif kind not in ("hidden", "file", "submit") and field.is_editable():
        field.fill(value)


class SeenWalk(Walk):
    """The whole way on paper, with its pictures."""

    camera: Camera

    def until(self, step: str, state: str) -> None:
        super().until(step, state)
        for name, shot in REACHED.get((step, state), {}).items():
            self.camera.take(name, shot, self.owner)
        if (step, state) == ("code_receipt", "read"):
            self.camera.board(self.owner)

    def before(self, page: str, fields: Mapping[str, str]) -> None:
        writes_data = page.startswith(FORMS["bilgiler"].page)
        if writes_data and PLATE not in self.camera.taken:
            # Before anything is filled in: a page that saves by itself would leave nothing to offer.
            plate = {"file": ("vergi-levhasi.pdf", tax_plate(), "application/pdf")}
            Visitor.post(self.owner, f"{SCREEN}/belge/tax_plate/?bilgilerden", page, plate)
            self.camera.take(PLATE, Shot(page, READ), self.owner)
            for name, shot in CHOSEN.items():
                self.camera.take(name, shot, self.owner)
        for name, shot in FORMS.items():
            if page == shot.page or (name == "bilgiler" and writes_data):
                self.camera.take(name, replace(shot, page=page), self.owner, fields)


class OtherWalk(Walk):
    """Another company, as far as its e-signature."""

    email, fields = OTHER_EMAIL, OTHER_FIELDS
    camera: Camera

    def before(self, page: str, fields: Mapping[str, str]) -> None:
        for name, shot in SIGNING.items():
            if page == shot.page:
                self.camera.take(name, shot, self.owner, fields)


def take() -> int:
    """0 when every picture was taken; else 1, and the old ones stay."""
    path = browser()
    if path is None:
        print("Chromium or playwright is missing: bin/setup test, and Debian's package chromium.", file=sys.stderr)
        return 1
    from playwright.sync_api import sync_playwright

    out = ROOT / "var" / "pictures"
    shutil.rmtree(out, ignore_errors=True)
    stack = Stack(out / "state", Ports.free(), keys(out / "state"))
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(1))
    (out / "new").mkdir(parents=True)
    support, say = ("destek@portal.example", DEMO_PASSWORD), lambda line: print(line, flush=True)
    try:
        prepare(stack)
        with stack, sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
            camera = Camera(chromium, stack, out / "new")
            seen = SeenWalk(stack, support, say, manual)
            seen.mailboxes.web.post("/api/behaviour", json={"mode": "delay", "seconds": ANSWERS_AFTER})
            seen.camera, seen.owner = camera, Person(stack.portal_url, seen.before)
            seen.all_six()
            for name, shot in DONE.items():
                camera.take(name, shot, seen.owner)
            other = OtherWalk(stack, support, say, online)
            other.camera, other.owner = camera, Person(stack.portal_url, other.before)
            other.sign_up()
            other.first_step(other)
            (out / "desk").mkdir()
            support_pictures.take(chromium, stack, out / "desk", support, say)
            chromium.close()
    except (Stuck, Unexpected) as error:
        print(f"\nStuck: {error}", file=sys.stderr)
        return 1
    if missing := NAMES - camera.taken:
        print(f"\nNot taken: {', '.join(sorted(missing))}", file=sys.stderr)
        return 1
    (out / "new" / BOARD.name).replace(out / BOARD.name)
    _put(out / BOARD.name, BOARD)
    for made, folder in ((out / "new", GUIDE), (out / "desk", support_pictures.FOLDER)):
        for old in folder.glob("*.webp"):
            old.unlink()
        for new in made.iterdir():
            _put(new, folder / new.name)
        print(f"The pictures are in {folder.relative_to(ROOT)}/")
    return 0


def _put(new: Path, to: Path) -> None:
    shutil.copyfile(new, to)
    to.chmod(0o644)  # the image's own user reads them too
