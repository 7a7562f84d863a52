"""A company walks all six steps in a real browser, with support in another, among the real servers."""

from pathlib import Path

from launch.company import EMAIL
from tests.journeys import clicks
from tests.journeys.journey import WithTaxPlate
from tests.journeys.stage import Watched, chromium, portal


def test_a_company_walks_all_six_steps(tmp_path: Path) -> None:
    with portal(tmp_path / "var") as stack, chromium() as launched:
        owner, support = Watched(launched, stack.portal_url), Watched(launched, stack.portal_url)
        journey = WithTaxPlate(stack, owner, support, tmp_path)
        journey.sign_up()
        journey.pre_application()
        journey.review()
        journey.codes()
        journey.package()
        journey.assignment()
        with owner.clicks.aside():
            journey.help()
        journey.settings()
        made = owner.clicks.made
        assert journey.clicks_to_codes <= clicks.MANUAL_TO_CODES + clicks.THE_TAX_PLATE, made
        assert len(owner.clicks.written) <= clicks.MANUAL_FIELDS_WITH_TAX_PLATE, owner.clicks.written
        assert len(made) - journey.clicks_to_codes <= clicks.CODES_TO_END, made
        for mail in journey.mails(EMAIL):
            # Not those of what was done aside: a correction, a question.
            if "Düzeltmeniz istendi" not in mail and "sorduğunuz soruya" not in mail:
                owner.clicks.got(mail)
        spent = owner.clicks.minutes
        print(f"{spent.straight:.1f} minutes, {spent.all:.1f} with the small print; {dict(spent.seconds)}")
        assert spent.straight <= clicks.MANUAL_MINUTES, spent.seconds
        assert spent.all <= clicks.MANUAL_MINUTES_WITH_SMALL_PRINT, spent.seconds
        journey.summary(tmp_path / "kanit")
        assert "\n".join(owner.complaints) == ""
        assert "\n".join(support.complaints) == ""
        phone = Watched(launched, stack.portal_url, width=390)
        phone.context.add_cookies(owner.context.cookies())  # type: ignore[arg-type]
        for path in (
            "",
            "adim/1/",
            "adim/2/",
            "adim/3/",
            "adim/4/",
            "adim/5/",
            "adim/6/",
            "yazismalar/",
            "belgeler/",
            "ozet/",
        ):
            phone.open(f"/basvuru/{path}")
        phone.open("/yardim/")
        assert "\n".join(phone.complaints) == ""
