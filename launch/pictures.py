"""Screenshots of the main screens, where a browser is installed."""

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image

from launch.stack import Stuck

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

    from launch.visitor import Visitor
    from launch.walk import Walk

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
SCREENS = {
    "basvuru": "/basvuru/",
    "adim-1": "/basvuru/adim/1/",
    "adim-2": "/basvuru/adim/2/",
    "adim-3": "/basvuru/adim/3/",
    "adim-4": "/basvuru/adim/4/",
    "adim-5": "/basvuru/adim/5/",
    "adim-6": "/basvuru/adim/6/",
    "yazismalar": "/basvuru/yazismalar/",
    "belgeler": "/basvuru/belgeler/",
    "ozet": "/basvuru/ozet/",
    "yardim": "/yardim/",
}
WIDTHS = (1280, 390)
# For the guides: always alike, and what is about the installation may be hidden by a style.
ALIKE = {"color_scheme": "light", "reduced_motion": "reduce", "bypass_csp": True}
LIGHT = 40_000  # bytes of a picture of the guide


def browser() -> str | None:
    """The path of Chromium; None where it, or what drives it, is not installed."""
    if find_spec("playwright") is None:
        return None
    return shutil.which("chromium") or shutil.which("chromium-browser")


def take_pictures(walk: "Walk", folder: Path) -> bool:
    """Pictures of the owner's and support's screens at both widths; False without a browser."""
    path = browser()
    if path is None:
        return False
    from playwright.sync_api import sync_playwright

    folder.mkdir(parents=True)
    support = f"/destek/onboarding/application/{walk.application}/change/"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for visitor, screens in ((walk.owner, SCREENS), (walk.staff, {"destek": support})):
            for width in WIDTHS:
                with seat_of(visitor, chromium, walk.stack.portal_url, width=width) as page:
                    for name, address in screens.items():
                        page.goto(walk.stack.portal_url + address)
                        page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
        chromium.close()
    return True


@contextmanager
def seat_of(visitor: "Visitor", chromium: "Browser", url: str, *, width: int, **more: Any) -> Iterator["Page"]:
    """A page of a browser in which the visitor is signed in; `more` as Playwright's `new_context` has it."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, locale="tr-TR", **more)
    jar = visitor.web.cookies.jar
    context.add_cookies([{"name": each.name, "value": each.value or "", "url": url} for each in jar])
    yield context.new_page()
    context.close()


def clipped(page: "Page", part: "Locator", tallest: int | None) -> bytes:
    """The picture of a part of the page, from its top."""
    page.evaluate("scrollTo(0, 0)")  # filling a form scrolls
    box = part.bounding_box()
    if box is None:
        raise Stuck(f"{page.url}: what is to be shown is not seen")
    height = min(box["height"], tallest or box["height"])
    return page.screenshot(full_page=True, clip={**box, "height": height})


def light(png: bytes, most: int = LIGHT) -> bytes:
    """As WebP, as good as so many bytes allow."""
    with Image.open(io.BytesIO(png)) as opened:
        picture = opened.convert("RGB")
    # Two dots for one of a screen, so both sides are even.
    picture = picture.crop((0, 0, picture.width // 2 * 2, picture.height // 2 * 2))
    for quality in range(80, 20, -10):
        out = io.BytesIO()
        picture.save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= most:
            break
    return out.getvalue()
