"""What people stumbled over on a third walk: codes, counts, offered values, what they had typed."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from accounts.signup import TYPED
from documents import samples
from identifiers import counts
from onboarding.models import Package
from sandbox.authority import Authority
from tenancy.models import Company
from tests.scenarios.browser import Screen, words
from tests.scenarios.cast import Cast
from tests.scenarios.online import ZEROS, Online
from tests.scenarios.papers import blank_pdf, upload
from tests.scenarios.support import Support
from verification.models import OneTimeCode, Purpose

pytestmark = pytest.mark.django_db


@pytest.fixture
def online(tmp_path: Path) -> Iterator[Online]:
    with override_settings(TRUST_DIR=tmp_path, SMS_URL="", REGISTRY_URL=""):
        yield Online(Authority.new(), tmp_path)


@pytest.fixture
def by_sms(online: Online) -> Iterator[Online]:
    with override_settings(SMS_URL="http://127.0.0.1:9/"):
        yield online


def a_minute_passes() -> None:
    OneTimeCode.objects.update(created_at=timezone.now() - timedelta(seconds=90))


def test_a_new_number_is_told_when_it_may_get_its_code_and_its_first_is_no_new_one(by_sms: Online) -> None:
    by_sms.fill_on_screen()
    assert OneTimeCode.objects.filter(purpose=Purpose.MOBILE).count() == 1
    page = by_sms.press_page("imza-yetkilisi", signatory_mobile="0555 444 10 12")
    assert "0555 444 10 12 numarasına SMS ile bir kod göndereceğiz" in page
    told = r"Önceki kod eski numaraya gitti; yeni numaraya \d+ saniye sonra gönderebilirsiniz"
    assert re.search(told, page.words)
    assert "Kod az önce gönderildi" not in page
    source = by_sms.browsers["owner"].get(reverse("onboarding:mobile_code")).content.decode()
    assert 'data-enables="send-button"' in source
    assert 'id="send-button"' in source
    refused = by_sms.send("resend_code", "mobile")
    assert re.search(told, refused.words)
    a_minute_passes()
    assert "Önceki kod" not in by_sms.open("mobile_code")
    sent = words(by_sms.answer("resend_code", "mobile", follow=True))
    assert ("Kod gönderildi." in sent, "Yeni kod gönderildi." in sent) == (True, False)
    a_minute_passes()
    assert "Yeni kod gönderildi." in words(by_sms.answer("resend_code", "mobile", follow=True))


def test_another_corporate_address_is_told_where_the_code_went() -> None:
    cast = Cast()
    cast.send("channel", channel="online")
    cast.send("email_code", email="bilgi@mavideniz.example")
    path = reverse("onboarding:email_code") + "?degistir=1"
    refused = words(cast.browsers["owner"].post(path, {"email": "info@mavideniz.example"}))
    assert re.search(r"Önceki kod eski adrese gitti; yeni adrese \d+ saniye sonra gönderebilirsiniz\.", refused)


def test_the_link_beside_a_number_leads_to_the_field_of_the_number(by_sms: Online) -> None:
    page = by_sms.fill_on_screen()
    assert page.links["Numarayı ya da bilgileri değiştir"].endswith("/imza-yetkilisi/#id_signatory_mobile")


def test_the_address_for_the_offer_is_known_and_an_empty_one_is_asked_for_with_its_reason() -> None:
    cast = Cast()
    cast.choosing()
    Company.objects.update(corporate_email="")
    owner = cast.people["owner"]
    EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
    page = cast.open("choose_package")
    assert page.fields["offer_email"] == owner.email
    page = cast.press("choose_package", "choose_package", message_addresses="10", offer_email="")
    assert "İYS'nin teklifi hangi adrese göndereceğini yazın." in page


def test_counts_have_points_wherever_people_read_them(online: Online) -> None:
    online.entering()
    online.give()
    online.send("figures", **{**ZEROS, "message_sent": "120000"})
    page = online.open("info_entry")
    assert "120.000 gönderim, 0 eklenen" in page
    assert "Mesaj 3.200 alıcı" in page
    assert not re.search(r"\b(120000|3200)\b", page.words)


def test_a_package_that_is_too_small_names_the_count_as_the_table_beside_it() -> None:
    cast = Cast()
    cast.choosing()
    small = Package.objects.get(name="5")
    typed = {"message_addresses": "12500", "offer_email": "bilgi@mavideniz.example", "package": str(small.pk)}
    assert "paketi 12.500 adrese yetmiyor" in cast.send("choose_package", **typed)


@pytest.mark.parametrize(("count", "text"), [(0, "0"), (999, "999"), (1000, "1.000"), (1234567, "1.234.567")])
def test_a_count_as_it_is_written_is_read_as_the_same(count: int, text: str) -> None:
    assert counts.written(count) == text
    assert counts.clean(text) == count


def test_what_was_handed_in_before_counts_had_points_is_no_change(online: Online) -> None:
    online.entered()
    handed_in = online.now().submissions.latest("pk")
    assert "48000 gönderim" in handed_in.content


def test_the_brands_of_an_application_at_iys_are_said_to_be_optional() -> None:
    cast = Cast()
    cast.send("channel", channel="applied")
    page = cast.open("evidence")
    assert "Markalarınız ve BrandKod'ları (isteğe bağlı)" in page
    assert "Tek markanız varsa boş bırakın" in page


def test_who_signs_up_with_another_address_finds_name_and_address_again() -> None:
    browser, typed = Client(), {"full_name": "Defne Poyraz", "email": "yanlis@kuzey.example"}
    for _anew in range(2):
        samples.load()
        shown = Screen(browser.get(reverse("account_signup"))).fields
        page = browser.post(reverse("account_signup"), {**shown, **typed, "password1": "lodos-ve-poyraz-61"})
        assert page.status_code == 302, words(page)
        out = {"next": reverse("account_signup")}
        again = Screen(browser.post(reverse("account_logout"), out, follow=True))
        assert {name: again.fields[name] for name in typed} == typed
        assert again.fields["password1"] == ""
        typed["email"] = "defne@kuzey.example"


def test_what_was_typed_at_sign_up_is_found_by_nobody_after_a_log_in() -> None:
    cast = Cast()
    browser = cast.browsers["owner"]
    session = browser.session
    session[TYPED] = {"full_name": "Defne Poyraz", "email": "defne@kuzey.example"}
    session.save()
    out = {"next": reverse("account_signup")}
    page = Screen(browser.post(reverse("account_logout"), out, follow=True))
    assert (page.fields["full_name"], page.fields["email"]) == ("", "")


def test_a_paper_is_taken_away_after_a_question_that_needs_no_script() -> None:
    cast = Cast()
    cast.ready()
    cast.send("upload", "signature_circular", file=upload(blank_pdf(2), "sirkuler.pdf"))
    source = cast.browsers["owner"].get(reverse("onboarding:pre_application")).content.decode()
    asked = [
        each for each in re.findall(r"<details.*?</details>", source, re.DOTALL) if 'name="take_away"' in each
    ]
    assert len(asked) == source.count('name="take_away"') > 0
    assert any("sirkuler.pdf silinir; geri alınamaz, gerekirse yeniden yüklersiniz." in each for each in asked)
    page = cast.open("pre_application")
    assert not [each for each in page.buttons if each.startswith("Kaldır: ")]
    assert [each for each in page.buttons if each.startswith("Evet, kaldır: ")]


def test_the_box_of_the_decision_leads_to_the_button_below_the_checks(online: Online) -> None:
    online.review_online()
    source = Support(online.now()).open().content.decode()
    box = source[source.index('id="karar"') : source.index("otomatik denetimler")]
    assert re.search(r'href="#kabul">Denetimlere bakıp ön başvuruyu onayla', box)
    assert source.index('id="kabul"') > source.index("otomatik denetimler")
    only_looks = Support(online.now(), "view_application").open().content.decode()
    assert "#kabul" not in only_looks


def test_what_cannot_be_changed_says_why_and_where_it_can(online: Online) -> None:
    online.query()
    page = online.open("dossier_page", "iletisim")
    assert "Doğrulandığı için burada değiştirilemez. Yanlışsa aşağıda “E-postayı değiştir” deyin" in page
    assert "sorgulandığı" not in page
    assert "E-postayı değiştir" in {*page.links, *page.buttons}
    page = online.open("dossier_page", "firma")
    assert (
        "Sicilde sorgulandığı için burada değiştirilemez. Yanlışsa aşağıda “Başka numarayla sorgula” deyin" in page
    )
    assert "Başka numarayla sorgula" in page.buttons
    online.send("channel", channel="manual")
    online.send("channel", channel="online")
    assert online.here == "email_code"
    assert "Kurumsal e-posta adresiniz" in online.open("email_code", query="?degistir=1")


def test_a_guessed_website_says_that_it_is_one_until_it_is_kept() -> None:
    cast = Cast(corporate_email="bilgi@mavideniz.example", website="")
    told = "E-posta adresinizden tahmin ettik; yanlışsa düzeltin."
    cast.send("mersis_question", has_mersis="evet")
    page = cast.open("dossier_page", "iletisim")
    assert page.fields["website"] == "https://mavideniz.example"
    assert told in page
    page = cast.press_page("iletisim", website="https://mavi.example", contact_phone="yok")
    assert (page.status, told in page) == (422, False)
    cast.saves_itself("iletisim", website="https://mavi.example")
    assert told not in cast.open("dossier_page", "iletisim")
