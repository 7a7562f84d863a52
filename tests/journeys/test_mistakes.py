"""What people get wrong on a phone, or is done meanwhile by others: each is met in a browser, and harms nobody."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from identifiers import masking
from onboarding.dossier import papers
from onboarding.dossier.pages import PAGES
from onboarding.models import Assignment, DocumentKind
from onboarding.steps import PACKAGE_CONTRACT
from tests.accounts.test_signup import code, later
from tests.journeys.seat import apart, seat, session_of
from tests.journeys.stage import Watched, chromium
from tests.scenarios import mails
from tests.scenarios.cast import Cast
from tests.scenarios.factories import tckn

pytestmark = pytest.mark.django_db(transaction=True)
EMAIL = "defne@kuzey.example"
# As when one comes back from another tab.
SHOWN_AGAIN = "document.dispatchEvent(new Event('visibilitychange'))"


def test_a_thousand_is_written_with_a_point(site: LiveServer) -> None:
    cast = Cast()
    cast.choosing()
    with seat(site, session_of(cast.people["owner"]), 390) as owner:
        owner.open(reverse("onboarding:choose_package"))
        owner.fill(message_addresses="8.000", call_addresses="1,5", email_addresses="40 000")
        owner.press("Devam et")
        expect(owner.page.locator("[name=message_addresses]")).to_have_value("8.000")
        expect(owner.page.get_by_role("alert").first).to_contain_text("düzeltmeniz gerekiyor")
        owner.fill(call_addresses="0")
        owner.says("Nasıl istemek istersiniz?")
        owner.says("40.000")
        expect(owner.page.get_by_text("düzeltmeniz gerekiyor")).to_have_count(0)
        expect(owner.page.locator("[aria-invalid]")).to_have_count(0)
        assert owner.complaints == []
    choice = cast.now().package_choice
    assert (choice.message_addresses, choice.call_addresses, choice.email_addresses) == (8_000, 0, 40_000)


def test_the_other_ways_of_asking_stay_unfolded_after_the_last_figure_is_left(site: LiveServer) -> None:
    """Leaving a field changes nothing in it, so the letter below need not come once more, folded."""
    cast = Cast()
    cast.choosing()
    with seat(site, session_of(cast.people["owner"]), 390) as owner:
        owner.open(reverse("onboarding:choose_package"))
        owner.page.locator("[name=email_addresses]").press_sequentially("4100")
        owner.says("Nasıl istemek istersiniz?")
        owner.page.get_by_text("Kendi adresimden gönderilsin").click()
        # Longer than what is typed rests, with the portal's answer.
        owner.page.wait_for_timeout(2_000)
        expect(owner.page.get_by_role("button", name="Kendim göndereceğim")).to_be_visible()
        assert owner.complaints == []


def test_what_is_mended_leaves_the_list_of_what_is_wrong(site: LiveServer) -> None:
    cast = Cast()
    cast.fill_in()
    with seat(site, session_of(cast.people["owner"]), 390) as owner:
        owner.open(reverse("onboarding:dossier_page", args=["iletisim"]))
        owner.fill(website="mavi deniz", contact_phone="12")
        owner.press("Kaydet ve devam et")
        title = owner.page.locator(".error-summary h2")
        expect(title).to_have_text("2 yeri düzeltmeniz gerekiyor")
        for name, value, left in (
            ("website", "mavideniz.example", "1 yeri düzeltmeniz gerekiyor"),
            ("contact_phone", "0232 555 01 01", ""),
        ):
            owner.fill(**{name: value})
            owner.page.keyboard.press("Tab")
            if left:
                expect(title).to_have_text(left)
        expect(title).to_have_count(0)
        assert owner.complaints == []


def test_back_to_a_refused_form_is_the_form_and_no_error_of_the_browser(site: LiveServer) -> None:
    """It may not be kept (no-store), and a browser would ask whether to send it once more."""
    cast = Cast()
    with seat(site, session_of(cast.people["owner"]), 390) as owner:
        owner.open(reverse("onboarding:cargo"))
        owner.fill(carrier="Martı Kargo", sent_on="2026-03-02")
        owner.press("Kaydet")
        expect(owner.page.get_by_role("alert").first).to_contain_text("düzeltmeniz gerekiyor")
        owner.open(reverse("onboarding:documents"))
        owner.page.go_back()
        expect(owner.page.get_by_role("heading", name="Taahhütnamenin kargosu")).to_be_visible()
        owner.page.reload()
        expect(owner.page.get_by_role("heading", name="Taahhütnamenin kargosu")).to_be_visible()
        assert owner.complaints == []


def test_the_payment_is_settled_while_its_form_is_open(site: LiveServer, tmp_path: Path) -> None:
    cast = Cast()
    cast.accepted()
    with seat(site, session_of(cast.people["owner"]), 390) as owner:
        owner.open(reverse("onboarding:payment"))
        owner.fill(paid_on=timezone.localdate().isoformat(), reference="TR-9")
        apart(lambda: cast.arrives(tmp_path, mails.PAID))
        owner.press("Ödemeyi kaydet")
        owner.says("Bu adım siz bu sayfadayken tamamlandı: Paketiniz tanımlandı.")
        assert "yeri düzeltmeniz gerekiyor" not in owner.page.inner_text("main")
        assert owner.complaints == []
    assert cast.state(PACKAGE_CONTRACT) == "confirmed"


def test_the_form_that_is_downloaded_names_what_is_ticked(site: LiveServer) -> None:
    cast = Cast()
    cast.preparing(message=3_200, call=10, email=4_100)
    with seat(site, session_of(cast.people["owner"]), 390) as owner:
        owner.open(reverse("onboarding:partner_assignment"))
        for channel in ("message", "call"):
            owner.page.locator(f"#channel-{channel}").uncheck()
        owner.page.locator("button[form=form-channels][value=assignment_blank]").click()
        owner.page.wait_for_url(f"**{reverse('onboarding:paper', args=['assignment_blank'])}")
        assert owner.complaints == []
    assert Assignment.of(cast.now()).channels == ["email"]
    paper = papers.PAPERS[DocumentKind.ASSIGNMENT_BLANK](cast.now())
    assert paper is not None
    assert paper.context["channels"] == ["E-posta"]


def test_an_identity_number_stands_in_full_on_no_screen(site: LiveServer) -> None:
    """Of somebody whose identity number is the firm's tax number, too; of a foreigner the passport number."""
    number, passport = tckn(88), "U12345678"
    casts = Cast(tax_number=number, mersis_number="", trade_name="Ada Yalın"), Cast()
    for cast in casts:
        cast.fill_in()
    form = casts[1].now().application_form
    form.signatory_foreign, form.signatory_identity = True, passport
    form.save()
    for cast, secret in zip(casts, (number, passport), strict=True):
        session = session_of(cast.people["owner"])
        with seat(site, session, 390) as owner:
            shown = []
            for name in ("board", "pre_application", "documents", "thread", "status_query", "summary"):
                owner.open(reverse(f"onboarding:{name}"))
                shown.append(owner.page.content())
            for page in PAGES:
                owner.open(reverse("onboarding:dossier_page", args=[page.key]))
                shown.append(owner.page.content())
            owner.open(reverse("accounts:mine"))
            assert not [page for page in shown if secret in page]
            assert [page for page in shown if masking.mask(secret) in page], "it is shown at all"
            assert owner.complaints == []


def test_a_sign_up_code_that_grew_old_says_so_and_another_comes(site: LiveServer) -> None:
    with chromium() as launched:
        her = Watched(launched, site.url, width=390)
        her.open(reverse("account_signup"))
        her.fill(full_name="Defne Poyraz", email="defne@kuzey.example", password1="lodos-ve-poyraz-61")
        her.press("Hesap aç")
        browser = Client()
        browser.cookies["sessionid"] = next(
            each["value"] for each in her.context.cookies() if each["name"] == "sessionid"
        )
        apart(lambda: later(browser, 301))
        her.type_code("000000")
        her.says("Kodun süresi doldu")
        her.press("Yeni kod gönder")
        her.says("doğrulama kodu gönderiyoruz")
        # A page that is gone has a status that the console calls an error.
        assert [each for each in her.complaints if "status of 410" not in each] == []


def test_the_way_that_the_last_answer_brings_comes_into_sight(site: LiveServer) -> None:
    cast = Cast()
    with seat(site, session_of(cast.people["owner"]), 390) as owner:
        owner.open(reverse("onboarding:route"))
        for name, value in (("situation", "new"), ("has_mersis", "evet"), ("signing", "paper")):
            owner.tick(owner.page.locator(f"[name={name}][value={value}]"))
        expect(owner.page.get_by_role("button", name="Bu yolla başla")).to_be_in_viewport()
        assert owner.complaints == []


def test_the_tab_that_waits_for_a_code_goes_on_once_the_mails_button_was_pressed(site: LiveServer) -> None:
    with chromium() as launched:
        her = Watched(launched, site.url, width=390)
        her.open(reverse("account_signup"))
        her.fill(full_name="Defne Poyraz", email=EMAIL, password1="lodos-ve-poyraz-61")
        her.press("Hesap aç")
        waits = her.page
        waits.evaluate(SHOWN_AGAIN)
        expect(waits.get_by_role("button", name="Doğrula")).to_be_visible()
        assert urlsplit(waits.url).path == reverse("account_email_verification_sent"), "nothing to go on to yet"
        her.page = her.context.new_page()
        her.page.goto(f"{site.url}{reverse('account_email_verification_sent')}#{apart(lambda: code(EMAIL))}")
        her.page.wait_for_url(f"**{reverse('team:company_new')}")
        waits.evaluate(SHOWN_AGAIN)
        waits.wait_for_url(f"**{reverse('team:company_new')}")
        assert her.complaints == []
