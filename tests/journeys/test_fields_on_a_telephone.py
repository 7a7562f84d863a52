"""Fields on a telephone, with script: a title that grows, counts with dots, what is offered once it is of use."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from onboarding.gate import Route
from onboarding.models import ApplicationForm, Assignment, ChannelChoices, HandOff
from sandbox.authority import Authority
from tests.journeys.seat import seat, session_of
from tests.journeys.stage import chromium
from tests.scenarios.cast import Cast
from tests.scenarios.online import CORPORATE_EMAIL, TYPED, Online

pytestmark = pytest.mark.django_db(transaction=True)
TITLE = "GÜNEŞ OPTİK SANAYİ VE DIŞ TİCARET LİMİTED ŞİRKETİ MERKEZ ŞUBESİ"
PAPER = "rgb(255, 255, 255)"  # the ground of a button that is not the one to press


def test_a_title_is_seen_whole_and_a_count_has_its_dots(site: LiveServer) -> None:
    cast = Cast()
    cast.manual()
    with seat(site, session_of(cast.people["owner"]), width=390) as person:
        person.page.goto(site.url + reverse("onboarding:dossier_page", args=["firma"]))
        field = person.page.locator("[name=trade_name]")
        field.fill(TITLE)
        whole = "each => each.scrollHeight <= each.clientHeight && each.scrollWidth <= each.clientWidth"
        assert field.evaluate(whole), "cut off"
        assert person.complaints == []
    other = Cast()
    other.choosing()
    with seat(site, session_of(other.people["owner"]), width=390) as person:
        person.page.goto(site.url + reverse("onboarding:choose_package"))
        person.page.locator("[name=email_addresses]").fill("8000")
        person.says("Nasıl istemek istersiniz?")
        person.page.locator("[name=offer_email]").focus()
        expect(person.page.locator("[name=email_addresses]")).to_have_value("8.000")


def test_nothing_is_to_be_cleared_before_something_was_changed(site: LiveServer) -> None:
    cast = Cast(Route.EXEMPT)
    with seat(site, session_of(cast.people["owner"]), width=390) as person:
        person.page.goto(site.url + reverse("onboarding:panel_settings"))
        clear = person.page.get_by_role("link", name="Temizle")
        expect(clear).to_be_hidden()
        basis = person.page.locator("[name=exemption_basis]")
        basis.fill("Dernek 34-1")
        basis.blur()
        expect(clear).to_be_visible()
        person.page.reload()
        expect(basis).to_have_value("Dernek 34-1")
        expect(clear).to_be_visible()


def test_what_is_kept_is_no_longer_said_to_be_wrong(site: LiveServer) -> None:
    cast = Cast()
    cast.manual()
    with seat(site, session_of(cast.people["owner"]), width=390) as person:
        page = person.page
        page.goto(site.url + reverse("onboarding:dossier_page", args=["iletisim"]))
        number = page.locator("[name=contact_phone]")
        number.fill("123")
        page.get_by_role("button", name="Kaydet ve devam et").last.click()
        expect(page.locator("#id_contact_phone_error")).to_be_visible()
        number.fill("0232 555 01 01")
        person.says("Kaydedildi")
        expect(page.locator("#id_contact_phone_error")).to_have_count(0)


@contextmanager
def telephone(site: LiveServer, cast: Cast, *, is_touched: bool = True) -> Iterator[Page]:
    session = session_of(cast.people["owner"])
    with chromium() as launched:
        yield _page(launched, site, session, is_touched=is_touched)


def _page(launched: Browser, site: LiveServer, session: str, *, is_touched: bool) -> Page:
    context = launched.new_context(
        viewport={"width": 390, "height": 844},
        has_touch=is_touched,
        is_mobile=is_touched,
        reduced_motion="reduce",
    )
    context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
    return context.new_page()


def test_the_link_of_a_mail_types_its_code(site: LiveServer, authority: Authority, trust: Path) -> None:
    cast = Online(authority, trust)
    cast.send("email_code", email=CORPORATE_EMAIL)
    code = cast.newest_code()
    with telephone(site, cast) as page:
        page.goto(f"{site.url}{reverse('onboarding:email_code')}#{code}")
        page.wait_for_url(f"**{reverse('onboarding:query')}")
    assert cast.now().company.corporate_email == CORPORATE_EMAIL


@pytest.mark.parametrize("is_touched", [True, False])
def test_on_a_telephone_the_way_to_sign_sends_the_link_for_a_computer(
    site: LiveServer, authority: Authority, trust: Path, *, is_touched: bool
) -> None:
    cast = Online(authority, trust)
    cast.fill()
    with telephone(site, cast, is_touched=is_touched) as page:
        page.goto(site.url + reverse("onboarding:sign"))
        send = page.get_by_role("button", name=f"{TYPED['signatory_email']} adresine gönder")
        expect(send).to_be_visible(visible=is_touched)
        download = page.get_by_role("link", name="Kullanım Taahhütnamesi'ni İndir")
        assert (download.evaluate("each => getComputedStyle(each).backgroundColor") == PAPER) is is_touched
        if is_touched:
            send.click()
            expect(page.get_by_text("İmza bağlantısı gönderildi.")).to_be_visible()
            expect(download).to_be_hidden()
    assert [link.email for link in HandOff.objects.all()] == [TYPED["signatory_email"]] * is_touched


def test_the_assignment_form_is_signed_from_a_telephone_by_the_same_link(site: LiveServer) -> None:
    cast = Cast()
    cast.preparing()
    ApplicationForm.objects.update(channel=ChannelChoices.ONLINE)
    signatory = ApplicationForm.objects.get().signatory_email
    with telephone(site, cast) as page:
        page.goto(site.url + reverse("onboarding:partner_assignment"))
        download = page.get_by_role("button", name="E-imzalanacak formu indir")
        assert download.evaluate("each => getComputedStyle(each).backgroundColor") == PAPER
        page.get_by_label("E-posta (").uncheck()
        page.get_by_role("button", name=f"{signatory} adresine gönder").click()
        expect(page.get_by_text("İmza bağlantısı gönderildi.")).to_be_visible()
        expect(page.get_by_text(f"{signatory} adresine gönderdiğimiz bağlantı")).to_be_visible()
        expect(download).to_be_hidden()
        page.get_by_text("İndirmek ya da imzalı formu kendiniz yüklemek için").click()
        expect(download).to_be_visible()
    assert [link.email for link in HandOff.objects.all()] == [signatory]
    assert Assignment.objects.get().channels == ["message"], "what was ticked goes along"
