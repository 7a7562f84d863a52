"""A paper that is still being made comes down by itself, and who waited for it is where it is handed in."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.journeys.seat import apart, seat, session_of
from tests.scenarios.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_nobody_says_that_a_paper_came_down_to_go_on(site: LiveServer) -> None:
    cast = Cast()
    cast.fill_in()
    with seat(site, session_of(cast.people["owner"])) as person:
        page = person.page
        page.goto(site.url + reverse("onboarding:pre_application"))
        page.get_by_role("link", name="Taahhütnameyi indir", exact=True).click()
        person.says("Belgeniz hazırlanıyor")
        with page.expect_download() as download:
            apart(cast.downloads)
        assert download.value.suggested_filename == "taahhutname.pdf"
        page.wait_for_url(f"**{reverse('onboarding:pre_application')}#belge-undertaking")
        expect(page.locator("#belge-undertaking").locator("strong")).to_be_in_viewport()
        page.reload()
        assert "indi" not in page.evaluate("sessionStorage.getItem('paper') ?? ''")
        assert person.complaints == []
