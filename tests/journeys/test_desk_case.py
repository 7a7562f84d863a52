"""Support at one case, in a real Chromium: writing to the company, notes, corrections by clicking; and mails."""

from functools import partial

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from correspondence.addresses import tracking_address
from correspondence.models import Letter, Mail, MailStatus
from onboarding.models import CaseHolder, MailHolder, NoteMention, Remark
from onboarding.steps import PRE_APPLICATION
from support.models import Message
from tests.faults.world import until
from tests.journeys.seat import apart, seat, session_of
from tests.onboarding.admin.test_mails import UNKNOWN, arrives
from tests.scenarios.ladder import at_iys, submitted
from tests.scenarios.support import CORRESPONDENCE, REVIEW, Support, colleague

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_case_is_talked_about_and_sent_back_from_its_own_page(site: LiveServer, width: int) -> None:
    application = submitted()
    user, ayse = (colleague(*REVIEW, partner=application.company.partner) for _each in range(2))
    ayse.full_name = "Ayşe Kaya"
    ayse.save()
    sessions = [session_of(each) for each in (user, ayse)]
    case = f"/destek/onboarding/application/{application.pk}/change/"
    with seat(site, sessions[0], width=width) as person:
        page = person.page

        def fits() -> None:
            assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
            person.accessible()

        person.open(case)
        page.get_by_label("Firmaya yazın").fill("Yetki belgenizin ikinci sayfası eksik.")
        person.press("Firmaya gönder")
        expect(page.locator("#konusma")).to_contain_text("Yetki belgenizin ikinci sayfası eksik.")
        expect(page.get_by_text("İletiniz firmaya ulaştı")).to_be_in_viewport()
        assert apart(Message.objects.count) == 1

        page.get_by_label("Not yaz").fill("@Ayşe sirküler sence yeterli mi?")
        person.press("Notu kaydet")
        expect(page.locator("#notlar")).to_contain_text("Ayşe Kaya")
        expect(page.locator("#notlar .messagelist")).to_be_in_viewport()
        assert apart(NoteMention.objects.count) == 1
        fits()

        # Beside the field and beside the paper, by mouse and by key; nothing goes before the bar's button.
        page.get_by_role("button", name="Düzeltme iste: Ticaret Unvanı").click()
        reason = page.get_by_role("combobox", name="Ne düzeltilmeli: Ticaret Unvanı")
        expect(reason).to_be_focused()
        reason.fill("Sicildeki gibi yazılmalı")
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Düzeltmeleri iste")).to_be_focused()
        circular = page.get_by_role("button", name="Düzeltme iste: İmza sirküleri").first
        circular.focus()
        page.keyboard.press("Space")
        page.keyboard.type("Okunmuyor")
        expect(page.locator("[data-asked]")).to_have_text("2 düzeltme istenecek")
        fits()
        page.get_by_role("button", name="Düzeltme iste: MERSİS").first.click()
        expect(page.locator("[data-asked]")).to_have_text("3 düzeltme istenecek")
        page.get_by_role("button", name="Vazgeç: MERSİS").click()
        expect(page.locator("[data-asked]")).to_have_text("2 düzeltme istenecek")
        person.press("Düzeltmeleri iste")
        expect(page.locator(".messagelist").first).to_contain_text("Düzeltme istendi; firmaya bildirildi.")
        assert apart(lambda: Support(application, user=user).state(PRE_APPLICATION)) == "changes_asked"
        asked = apart(lambda: set(Remark.objects.values_list("field", "text")))
        assert asked == {("trade_name", "Sicildeki gibi yazılmalı"), ("signature_circular", "Okunmuyor")}
        assert "\n".join(person.complaints) == ""
    with seat(site, sessions[1], width=width) as person:
        person.open("/destek/")
        expect(person.page.locator(".notes-for-me")).to_contain_text("Size yazılanlar (1)")
        person.accessible()
        person.press(f"Gördüm: {application.reference}")
        expect(person.page.locator(".notes-for-me")).to_have_count(0)
        assert "\n".join(person.complaints) == ""


@pytest.mark.parametrize("width", [1280, 390])
def test_what_was_typed_beside_the_fields_is_there_again_when_the_case_changed_meanwhile(
    site: LiveServer, width: int
) -> None:
    application = submitted()
    user = colleague(*REVIEW, partner=application.company.partner)
    session = session_of(user)

    def hold() -> None:
        Support(application, user=user).press(PRE_APPLICATION, "hold", reason="Telefon bekleniyor")

    with seat(site, session, width=width) as person:
        page = person.page
        person.open(f"/destek/onboarding/application/{application.pk}/change/")
        for label, reason in (("Web Sitesi", "Açılmıyor"), ("İmza sirküleri", "Okunmuyor")):
            page.get_by_role("button", name=f"Düzeltme iste: {label}").first.click()
            page.get_by_role("combobox", name=f"Ne düzeltilmeli: {label}").fill(reason)
        apart(hold)
        person.press("Düzeltmeleri iste")
        expect(page.locator(".messagelist").first).to_contain_text("Yazdıklarınız duruyor.")
        expect(page.get_by_role("combobox", name="Ne düzeltilmeli: Web Sitesi")).to_have_value("Açılmıyor")
        expect(page.get_by_role("combobox", name="Ne düzeltilmeli: İmza sirküleri")).to_have_value("Okunmuyor")
        expect(page.locator("[data-asked]")).to_have_text("2 düzeltme istenecek")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        person.accessible()
        person.press("Düzeltmeleri iste")
        expect(page.locator(".messagelist").first).to_contain_text("Düzeltme istendi; firmaya bildirildi.")
        asked = apart(lambda: set(Remark.objects.values_list("field", "text")))
        assert asked == {("website", "Açılmıyor"), ("signature_circular", "Okunmuyor")}
        assert "\n".join(person.complaints) == ""


def test_who_only_looked_at_mails_leaves_them_to_the_others(site: LiveServer) -> None:
    lost = arrives(UNKNOWN, subject="Konu 1", to="kim@bilinmez.example")
    mail = arrives(UNKNOWN, subject="Konu 2", to=tracking_address(at_iys().company).email)
    session = session_of(colleague(*CORRESPONDENCE))

    def is_free(holders: type[CaseHolder | MailHolder]) -> bool:
        return not apart(holders.objects.exists)

    with seat(site, session) as person:
        page = person.page
        person.open(f"/destek/correspondence/mail/{lost.pk}/change/")
        for here, holders, before in ((lost, MailHolder, CaseHolder), (mail, CaseHolder, MailHolder)) * 2:
            page.wait_for_url(f"**/mail/{here.pk}/change/")
            expect(page.locator("[data-holder]")).to_have_text("Sizde")
            assert apart(holders.objects.exists)
            # What is sent as a page is left may come after the next one.
            until(partial(is_free, before), "the one before is let go of")
            page.keyboard.press("n")
        assert "\n".join(person.complaints) == ""


@pytest.mark.parametrize("width", [1280, 390])
def test_mails_with_the_same_words_are_seen_and_decided_together(site: LiveServer, width: int) -> None:
    mail, second, third = (
        arrives(UNKNOWN, subject=f"Konu {number}", to=tracking_address(at_iys().company).email)
        for number in (1, 2, 3)
    )
    user = colleague(*CORRESPONDENCE)
    session = session_of(user)
    with seat(site, session, width=width) as person:
        page = person.page

        def fits() -> None:
            assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
            person.accessible()

        person.open(f"/destek/correspondence/mail/{mail.pk}/change/")
        expect(page.locator("[data-holder]")).to_have_text("Sizde")
        expect(page.locator("#benzer")).to_contain_text("Bu sözlerle 2 e-posta daha karar bekliyor")
        fits()
        page.locator("#benzer li").filter(has_text="Konu 3").get_by_role("checkbox").uncheck()
        page.get_by_label("Ne yapılsın?").select_option("dosyala")
        person.press("Ne olacağını göster…")
        expect(page.locator("#content-main")).to_contain_text("2 e-postadan 2 tanesi için")
        fits()
        page.get_by_label("Neden (her firmanın günlüğüne yazılır)").fill("Genel duyuru")
        person.press("Yapılacak bir şey yok, dosyala: 2 e-posta")
        expect(page.locator(".messagelist").first).to_contain_text("2 e-postaya karar verildi: dosyalandı.")
        fits()
        assert "\n".join(person.complaints) == ""
    left = {each.subject: each.status for each in Mail.objects.filter(pk__in=(mail.pk, second.pk, third.pk))}
    assert left == {"Konu 1": MailStatus.FILED, "Konu 2": MailStatus.FILED, "Konu 3": MailStatus.PERSON}


@pytest.mark.parametrize("width", [1280, 390])
def test_iys_is_answered_in_words_of_ones_own(site: LiveServer, width: int) -> None:
    application = at_iys()
    mail = arrives(UNKNOWN, to=tracking_address(application.company).email)
    user = colleague(*REVIEW, *CORRESPONDENCE)
    session = session_of(user)
    with seat(site, session, width=width) as person:
        page = person.page

        def fits() -> None:
            assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
            person.accessible()

        person.open(f"/destek/correspondence/mail/{mail.pk}/change/")
        person.press("İYS'ye yanıt yaz…")
        expect(page.get_by_label("Yanıtınız")).to_be_focused()
        page.get_by_label("İmza sirküleri").check()
        fits()
        page.get_by_role("button", name="Yanıtı gönder").click()
        expect(page.locator(".errorlist").first).to_contain_text("İYS'ye ne yazacağınızı yazın.")
        expect(page.get_by_label("İmza sirküleri")).to_be_checked()
        page.get_by_label("Yanıtınız").fill("Kargomuz 12 Mart günü teslim edildi.")
        person.press("Yanıtı gönder")
        expect(page.locator(".messagelist").first).to_contain_text("Yanıtınız gönderiliyor.")
        fits()
        person.complaints[:] = [each for each in person.complaints if "422" not in each]
        assert "\n".join(person.complaints) == ""
    letter = apart(lambda: Letter.objects.get(by_hand=True))
    assert letter.to == ["onkayit@iys.org.tr"]
    assert apart(letter.attachments.count) == 1
    assert Mail.objects.get(pk=mail.pk).status == MailStatus.ANSWERED
