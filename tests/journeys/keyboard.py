"""Somebody without a mouse: Tab to go on, Enter and Space to press, arrows within a group of choices."""

import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FileChooser, Locator

from tests.journeys.stage import PATIENCE, Watched

STOPS = 200  # more than any page has places where Tab stops
FOCUSED = "each => each === document.activeElement"
# The ring of portal.css, or the browser's own: whoever presses Tab has to see where they are.
SEEN = """each => {
  const style = getComputedStyle(each);
  return style.boxShadow !== "none" || style.outlineStyle === "auto";
}"""


class Keyboard(Watched):
    def __init__(self, launched: Browser, base: str, *, width: int = 1280) -> None:
        super().__init__(launched, base, width=width)
        # Listened to from the start: a dialogue that opens before anybody listens is never heard of.
        self.choosers: list[FileChooser] = []
        self.page.on("filechooser", self._opened)

    def _opened(self, chooser: FileChooser) -> None:
        self.choosers.append(chooser)

    def reach(self, target: Locator) -> None:
        """Presses Tab until the target has the focus, and looks whether that can be seen."""
        for _stop in range(STOPS):
            if target.evaluate(FOCUSED):
                if not target.evaluate(SEEN):
                    self.complaints.append(f"{self.page.url}: the focus cannot be seen on {target}")
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"Tab never came to {target} on {self.page.url}")

    def activate(self, button: Locator) -> None:
        self.reach(button)
        self.page.keyboard.press("Enter")

    def write(self, field: Locator, value: str) -> None:
        self.reach(field)
        leaves = field.get_attribute("data-whole") is not None  # with the last digit
        if field.evaluate("each => each.tagName") != "SELECT":
            self.page.keyboard.press("Control+A")
            self.page.keyboard.press("Delete")
        self.page.keyboard.type(value)
        assert leaves or field.input_value() == value

    def set_ticked(self, box: Locator) -> None:
        if box.get_attribute("type") == "radio":
            self._choose(box)
        else:
            self.reach(box)
            self.page.keyboard.press("Space")
        assert box.is_checked()

    def _choose(self, radio: Locator) -> None:
        """Tab stops once in a group of choices; the arrows go through it."""
        group = self.page.locator(f"input[type=radio][name={radio.get_attribute('name')}]")
        checked = group.and_(self.page.locator(":checked"))
        self.reach(checked if checked.count() else group.first)
        for _choice in range(group.count()):
            if radio.evaluate(FOCUSED):
                break
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Space")

    def put_file(self, field: Locator, file: Path) -> None:
        self.reach(field)
        self.choosers.clear()
        self.page.keyboard.press("Enter")
        end = time.monotonic() + PATIENCE
        while not self.choosers:
            assert time.monotonic() < end, f"Enter opened no choice of files on {self.page.url}"
            self.page.wait_for_timeout(50)
        self.choosers[0].set_files(file)
