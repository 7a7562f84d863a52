"""In a browser: a page of before the channel was changed, and a session that ends before the button is pressed."""

from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from onboarding.actions.pre_application import channel
from onboarding.models import ChannelChoices
from tests.journeys.seat import apart, seat, session_of
from tests.journeys.stage import chromium
from tests.journeys.unscripted import Unscripted
from tests.scenarios.cast import Cast
from tests.scenarios.factories import PASSWORD
from tests.scenarios.papers import blank_pdf

pytestmark = pytest.mark.django_db(transaction=True)
STEP = reverse("onboarding:pre_application")
DATA = reverse("onboarding:dossier_page", args=["iletisim"])
OLD = "Bu sayfa eskimiş: başvurunuz şimdi “Çevrim içi başvuru” yoluyla sürüyor"


@pytest.fixture
def cast() -> Cast:
    found = Cast()
    found.fill_in()
    return found


def goes_online(cast: Cast) -> None:
    """In another tab."""
    channel.choose(application=cast.now(), channel=ChannelChoices.ONLINE, actor=cast.owner)


def test_a_file_that_is_chosen_on_an_old_page_is_told_of_beside_it(
    site: LiveServer, cast: Cast, tmp_path: Path
) -> None:
    paper = tmp_path / "sirkuler.pdf"
    paper.write_bytes(blank_pdf())
    with seat(site, session_of(cast.people["owner"]), width=390) as person:
        person.open(STEP)
        apart(lambda: goes_online(cast))
        person.page.locator("form[action*=signature_circular] input[type=file]").first.set_input_files(paper)
        row = person.page.locator(".files__file", has_text="sirkuler.pdf")
        expect(row).to_contain_text(OLD)
        row.get_by_role("link", name="Güncel sayfayı açın").click()
        expect(person.page.get_by_role("heading", level=1)).to_contain_text("E-posta adresinizi doğrulayın")


def test_without_script_too(site: LiveServer, cast: Cast, tmp_path: Path) -> None:
    paper = tmp_path / "sirkuler.pdf"
    paper.write_bytes(blank_pdf())
    session = session_of(cast.people["owner"])
    with chromium() as launched:
        owner = Unscripted(launched, site.url)
        owner.context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
        owner.open(STEP)
        apart(lambda: goes_online(cast))
        form = owner.page.locator("form[action*=signature_circular]").first
        owner.put_file(form.locator("input[type=file]"), paper)
        expect(owner.page.get_by_role("main")).to_contain_text(OLD)
        owner.page.get_by_role("link", name="Güncel sayfayı açın").click()
        expect(owner.page.get_by_role("heading", level=1)).to_contain_text("E-posta adresinizi doğrulayın")


def test_what_was_sent_after_the_session_had_ended_stands_in_the_form_after_the_log_in(
    site: LiveServer, cast: Cast
) -> None:
    user = cast.people["owner"]
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    session = session_of(user)
    with chromium() as launched:
        owner = Unscripted(launched, site.url)
        owner.context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
        owner.open(DATA)
        owner.fill(website="poyraz.example")
        owner.context.clear_cookies(name="sessionid")
        owner.page.get_by_role("button", name="Kaydet ve devam et").last.click()
        owner.fill(login=user.email, password=PASSWORD)
        owner.page.get_by_role("button", name="Giriş yap", exact=True).click()
        expect(owner.page.locator("form .callout, .callout").first).to_be_visible()
        expect(owner.page.get_by_role("main")).to_contain_text("gönderdiğiniz kaydedilmedi")
        expect(owner.page.locator("[name=website]")).to_have_value("poyraz.example")
        assert "poyraz" not in apart(lambda: cast.now().company.website)
        owner.page.get_by_role("button", name="Kaydet ve devam et").last.click()
        owner.page.wait_for_load_state()
    assert "poyraz" in cast.now().company.website
