"""Screenshots of the main screens, where a browser is installed."""

import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
                context = chromium.new_context(viewport={"width": width, "height": 900}, locale="tr-TR")
                context.add_cookies(
                    [
                        {"name": cookie.name, "value": cookie.value or "", "url": walk.stack.portal_url}
                        for cookie in visitor.web.cookies.jar
                    ]
                )
                page = context.new_page()
                for name, address in screens.items():
                    page.goto(walk.stack.portal_url + address)
                    page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
                context.close()
        chromium.close()
    return True
