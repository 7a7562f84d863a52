"""The two other channels of step 1 in a real browser.

Online with a keyboard alone, on a telephone's width, with the browser closed in the middle; and already applied.
"""

from pathlib import Path

from launch.company import FIELDS
from tests.journeys import clicks, discretion
from tests.journeys.journey import Journey
from tests.journeys.keyboard import Keyboard
from tests.journeys.stage import Watched, chromium, portal


def test_the_online_channel_by_keyboard_alone_on_a_telephone_with_a_pause(tmp_path: Path) -> None:
    with portal(tmp_path / "var") as stack, chromium() as launched:
        owner, support = Keyboard(launched, stack.portal_url, width=390), Watched(launched, stack.portal_url)
        journey = Journey(stack, owner, support, tmp_path)
        journey.sign_up()
        journey.verify_email()
        journey.query()
        # The browser is closed in the middle; another day it goes on where it was.
        another = Keyboard(launched, stack.portal_url, width=390)
        another.context.add_cookies(owner.context.cookies())  # type: ignore[arg-type]
        assert "\n".join(owner.complaints) == ""
        owner.context.close()
        journey.owner = another
        another.open("/basvuru/adim/1/")
        # The page of the firm is done: the registry gave all of it.
        assert another.page.input_value("[name=corporate_email]") == FIELDS["corporate_email"]
        journey.form()
        journey.sign()
        journey.submit_online()
        journey.enter_information()
        journey.codes()
        made = owner.clicks.made + another.clicks.made
        written = owner.clicks.written + another.clicks.written
        assert len(written) <= clicks.ONLINE_FIELDS - clicks.PACKAGE_FIELDS, written
        assert len(owner.clicks.made) + journey.clicks_to_codes <= clicks.ONLINE_TO_CODES, made
        assert "\n".join(another.complaints) == ""
        another.typed += owner.typed
        discretion.check(stack, another, support)
        assert "\n".join(support.complaints) == ""


def test_a_company_that_had_applied_before(tmp_path: Path) -> None:
    with portal(tmp_path / "var") as stack, chromium() as launched:
        owner, support = Watched(launched, stack.portal_url), Watched(launched, stack.portal_url)
        journey = Journey(stack, owner, support, tmp_path)
        journey.sign_up()
        journey.answer("applied")
        owner.fill(iys_code="MX3ZB5JA", brands="Kuzey Rüzgârı Giyim Anonim Şirketi, 711157")
        owner.press("İncelemeye gönder")
        assert "ön başvuru numaran" in owner.page.inner_text("main").lower()
        owner.fill(iys_code="711157")
        owner.page.locator("#id_file").set_input_files(journey.scan)
        owner.press("İncelemeye gönder")
        journey.support_signs_in()
        journey.press_move("Kabul et: İYS başvuruyu onaylamış")
        journey.codes("Yazdığınız kodlar kabul edildi")
        owner.open("/basvuru/adim/4/")
        assert "\n".join(owner.complaints) == ""
        assert "\n".join(support.complaints) == ""
