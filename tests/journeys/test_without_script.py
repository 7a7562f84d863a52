"""The way of a company whose browser runs no script: the manual channel to the end, and what differs online."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from pytest_django.live_server_helper import LiveServer

from sandbox.authority import Authority
from tests.journeys import clicks
from tests.journeys.journey import Journey
from tests.journeys.seat import apart, session_of
from tests.journeys.stage import Watched, chromium, portal
from tests.journeys.unscripted import Unscripted, WithoutScript
from tests.scenarios.ladder import IDENTITY
from tests.scenarios.online import MERSIS_OF, SIGNATORY, TYPED, Online


def test_six_steps_by_the_manual_channel(tmp_path: Path) -> None:
    with portal(tmp_path / "var") as stack, chromium() as launched:
        owner, support = Unscripted(launched, stack.portal_url), Watched(launched, stack.portal_url)
        journey: Journey = WithoutScript(stack, owner, support, tmp_path)
        journey.sign_up()
        journey.pre_application()
        journey.review()
        journey.codes()
        journey.package()
        journey.assignment()
        journey.settings()
        journey.summary(tmp_path / "kanit")
        assert len(owner.clicks.written) <= clicks.MANUAL_FIELDS, owner.clicks.written
        assert "\n".join(owner.complaints) == ""
        assert "\n".join(support.complaints) == ""


@pytest.fixture
def online(tmp_path: Path) -> Iterator[Online]:
    cast = Online(Authority.new(), tmp_path)
    with cast.settings:
        yield cast


@pytest.mark.django_db(transaction=True)
def test_the_online_channel_until_it_is_handed_in(site: LiveServer, online: Online, tmp_path: Path) -> None:
    """No security check can be computed: the code by e-mail guards alone."""
    session = session_of(online.people["owner"])
    mersis = MERSIS_OF.format(online.company.tax_number)
    with chromium() as launched:
        owner = Unscripted(launched, site.url)
        owner.context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
        owner.open(reverse("onboarding:email_code"))
        owner.fill(email="bilgi@mavideniz.example")
        owner.press("Doğrula")
        owner.fill(code=apart(online.newest_code))
        owner.press("Başvuruyu Başlat")
        owner.fill(mersis_number=mersis, identity=IDENTITY)
        owner.press("Sorgula")
        owner.fill(signatory_name=SIGNATORY)
        owner.fill(signatory_email=TYPED["signatory_email"], signatory_mobile=TYPED["signatory_mobile"])
        owner.press("Kaydet ve devam et")
        signed = tmp_path / "imzali.pdf"
        signed.write_bytes(apart(online.signed))
        owner.open(reverse("onboarding:sign"))
        owner.choose_file(owner.page.locator("#file-signed"), signed)
        owner.says("denetlendi ve kabul edildi")
        owner.press("Onaylıyorum, gönderin")
        assert owner.complaints == []
    assert online.here == "reviewing"
