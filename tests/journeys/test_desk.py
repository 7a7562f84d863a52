"""Support decides one case after the other with keys alone, in a real Chromium."""

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from correspondence.addresses import tracking_address
from correspondence.models import Mail
from onboarding.steps import PRE_APPLICATION
from support import asking
from tests.journeys.seat import apart, seat, session_of, unfold
from tests.onboarding.admin.test_mails import UNKNOWN, arrives
from tests.onboarding.admin.test_queue import QUEUE, waits
from tests.scenarios import mails
from tests.scenarios.cast import Cast
from tests.scenarios.ladder import at_iys, submitted
from tests.scenarios.support import CORRESPONDENCE, REVIEW, Support, colleague

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", [1280, 390])
def test_cases_are_decided_by_keys_with_the_papers_in_sight(site: LiveServer, width: int) -> None:
    first, second, third = (waits(submitted(), days) for days in (9, 5, 2))
    user, firm = colleague(*REVIEW), second.company.trade_name
    with seat(site, session_of(user), width=width) as person:
        page, keys = person.page, person.page.keyboard
        person.open(QUEUE)
        keys.press("/")
        expect(page.locator("#find-anything")).to_be_focused()
        keys.type("jk")
        expect(page.locator("#find-anything")).to_have_value("jk")
        page.locator("h1").first.click()
        keys.press("j")
        expect(page.get_by_role("link", name=first.reference)).to_be_focused()
        keys.press("j")
        keys.press("k")
        with page.expect_navigation():
            keys.press("Enter")
        expect(page.locator("h1").last).to_contain_text(first.reference)

        # The paper that is to be decided on is open, and its first page was fetched.
        expect(page.locator("[data-paper][open] img").first).to_have_js_property("naturalHeight", 2200)
        person.accessible()

        # Approving takes two steps, the first of which leaves everything as it is.
        keys.press("a")
        dialog = page.get_by_role("dialog", name="Onay")
        expect(dialog).to_contain_text("geri alınamaz")
        person.accessible()
        keys.press("Escape")
        expect(dialog).to_have_count(0)
        assert apart(lambda: Support(first, user=user).state(PRE_APPLICATION)) == "submitted"
        keys.press("a")
        with page.expect_navigation():
            keys.press("Enter")
        assert apart(lambda: Support(first, user=user).state(PRE_APPLICATION)) == "sending"

        # Straight on, and a rejection is asked why.
        with page.expect_navigation():
            keys.press("n")
        expect(page.locator("h1").last).to_contain_text(second.reference)
        unfold(person)
        page.get_by_text("Reddet…", exact=True).click()
        expect(page.get_by_label("Neden? Firmaya da yazılır.")).to_be_focused()
        page.get_by_label("Neden? Firmaya da yazılır.").fill("Yetki belgesi yok; n, a ve e harfleri yazılır")
        person.accessible()
        page.get_by_role("button", name="Reddet", exact=True).click()
        expect(dialog).to_contain_text("başvuru kapanır")
        expect(dialog).to_contain_text("nedeni firmaya yazılır")
        expect(dialog).to_contain_text(firm)
        expect(dialog).to_contain_text("Yetki belgesi yok; n, a ve e harfleri yazılır")
        expect(dialog.get_by_role("button", name="Reddet")).to_have_css("background-color", "rgb(179, 38, 30)")
        person.accessible()
        dialog.get_by_role("button", name="Vazgeç").click()
        assert apart(lambda: Support(second, user=user).state(PRE_APPLICATION)) == "submitted"
        page.get_by_role("button", name="Reddet", exact=True).click()
        with page.expect_navigation():
            keys.press("Enter")
        assert apart(lambda: Support(second, user=user).state(PRE_APPLICATION)) == "rejected"

        with page.expect_navigation():
            keys.press("n")
        # Corrections are asked for beside what they are about; the page of all fields is a link.
        keys.press("e")
        expect(page.locator("[data-ask]").first).to_be_focused()
        keys.press("Enter")
        expect(page.get_by_role("combobox", name="Ne düzeltilmeli").first).to_be_focused()
        page.get_by_role("button", name="Vazgeç: ").click()
        with page.expect_navigation():
            page.get_by_role("link", name="Düzeltme iste…", exact=True).click()
        expect(page.get_by_label("Web Sitesi")).to_be_visible()
        expect(page.get_by_label("İmzaya Yetkili Kişi TCKN")).to_be_focused()

        # A key that has nothing to do says so.
        page.locator("h1").last.click()
        page.evaluate("document.activeElement.blur()")
        keys.press("a")
        expect(page.get_by_role("status").filter(has_text="Burada onaylanacak bir şey yok.")).to_be_visible()
        person.accessible()

        # Whoever does not want keys has none.
        person.open(QUEUE)
        keys.press("?")
        page.get_by_label("Kısayollar açık").uncheck()
        person.accessible()
        page.get_by_role("button", name="Kapat", exact=True).click()
        keys.press("j")
        expect(page.get_by_role("link", name=third.reference)).not_to_be_focused()
        assert "\n".join(person.complaints) == ""


def test_a_key_goes_on_from_a_question_that_was_answered_and_from_one_that_was_not(site: LiveServer) -> None:
    cast = Cast()
    first, second = (
        asking.ask(company=cast.company, by=cast.people[role], text="Olur mu?", page="")
        for role in ("editor", "owner")
    )
    with seat(site, session_of(colleague("view_question", "answer_question"))) as person:
        page, keys = person.page, person.page.keyboard
        person.open(f"/destek/support/question/{first.pk}/change/")
        answer = page.get_by_label("Yanıtınız")
        expect(answer).to_be_focused()
        keys.type("Hayır, n ile başlamaz")
        expect(answer).to_have_value("Hayır, n ile başlamaz")
        keys.press("Escape")
        expect(answer).not_to_be_focused()
        expect(answer).to_have_value("Hayır, n ile başlamaz")
        keys.press("?")
        expect(page.get_by_role("dialog", name="Kısayollar")).to_contain_text("Yazı kutusundan çık")
        keys.press("Escape")
        page.get_by_role("button", name="Yanıtı gönder").click()
        expect(page.get_by_text("Yanıt iletildi")).to_be_visible()
        with page.expect_navigation():
            keys.press("n")
        assert page.url.endswith(f"/{second.pk}/change/")
        assert "\n".join(person.complaints) == ""


@pytest.mark.parametrize("width", [1280, 390])
def test_a_key_goes_on_from_a_list_too_and_what_it_says_goes_away(site: LiveServer, width: int) -> None:
    case = waits(submitted(), 3)
    user = colleague(*REVIEW, "view_letter", "view_company")
    with seat(site, session_of(user), width=width) as person:
        page, keys = person.page, person.page.keyboard
        person.open("/destek/")
        for leads_to in (QUEUE, f"/destek/onboarding/application/{case.pk}/change/"):
            with page.expect_navigation():
                keys.press("n")
            assert page.url.partition("?")[0].endswith(leads_to)

        said = page.get_by_role("status").filter(has_text="Buradan açılacak, bekleyen bir kayıt yok.")
        person.open("/destek/correspondence/letter/")  # the company's letter went, or is about to
        page.clock.install()
        keys.press("n")
        page.clock.run_for(100)
        expect(said).to_be_visible()
        person.accessible()
        place, head = said.bounding_box(), page.locator("#header").bounding_box()
        assert place
        assert head
        assert place["y"] > head["y"] + head["height"]
        assert 0 <= place["x"] <= width - place["width"]
        page.clock.run_for(8000)
        expect(said).not_to_be_visible()

        # The list of keys: a Space closes it, and switches nothing off.
        keys.press("?")
        expect(page.get_by_role("dialog", name="Kısayollar")).to_contain_text("Açık belgede önceki, sonraki sayfa")
        keys.press("Space")
        expect(page.get_by_role("dialog", name="Kısayollar")).to_have_count(0)
        keys.press("/")
        expect(page.locator("#find-anything")).to_be_focused()
        keys.type("eski sözler")
        page.locator("h1").first.click()
        keys.press("/")
        keys.type("yeni")
        expect(page.locator("#find-anything")).to_have_value("yeni")
        assert "\n".join(person.complaints) == ""


@pytest.mark.parametrize("width", [1280, 390])
def test_what_was_read_in_a_mail_is_applied_by_keys(site: LiveServer, width: int) -> None:
    text = f"{mails.RECEIVED}\nBilinmeyen bir cümledir."
    mail = arrives(text, to=tracking_address(at_iys().company).email)
    with seat(site, session_of(colleague(*REVIEW, *CORRESPONDENCE)), width=width) as person:
        page, keys = person.page, person.page.keyboard
        person.open("/destek/correspondence/mail/")
        with page.expect_navigation():
            keys.press("n")
        keys.press("a")
        expect(page.get_by_role("button", name="Uygula")).to_be_focused()
        expect(page.get_by_text("Bilinmeyen bir cümledir.").first).to_be_visible()
        note, form = page.locator("#id_note").bounding_box(), page.locator("#content-main").bounding_box()
        assert note
        assert form
        assert note["x"] + note["width"] <= form["x"] + form["width"], "no letter of it is cut off"
        person.accessible()
        with page.expect_navigation():
            keys.press("Enter")
        expect(page.locator(".messagelist .success")).to_have_text("Uygulandı. 2. adım: İYS başvuruyu aldı.")
        assert apart(lambda: Mail.objects.get(pk=mail.pk).status) == "applied"

        person.open(f"/destek/correspondence/mail/{apart(another).pk}/uygula/status_query/continue_link/")
        link = page.locator("#id_continue_url")
        expect(link).to_be_focused()
        place = link.bounding_box()
        assert place
        assert place["width"] > 300
        assert place["height"] < 60
        assert "\n".join(person.complaints) == ""


def another() -> Mail:
    return arrives(UNKNOWN, to=tracking_address(at_iys().company).email)
