"""Support leafs through a paper on the case's own page, by buttons and keys, in a real Chromium."""

import pytest
from playwright.sync_api import Locator, expect
from pytest_django.live_server_helper import LiveServer

from documents.inspection import PDF
from documents.models import Document, Origin
from documents.rendering import html_to_pdf
from documents.storage import store
from journal.models import Entry, Event
from onboarding.models import Application
from tests.journeys.seat import apart, at_rest, seat, session_of
from tests.scenarios.ladder import submitted
from tests.scenarios.support import REVIEW, colleague

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "sirküler.pdf"
# The third page lies on its side, as a scan may.
PAGES = """<style>
  @page { size: A4; margin: 2cm } @page lying { size: A4 landscape }
  p { break-after: page; font: 14pt sans-serif } .lying { page: lying } h1 { font-size: 30pt }
</style>""" + "".join(
    f"<p{' class=lying' if number == 3 else ''}><b>Sayfa {number}.</b> {'Şirketi temsile yetkili. ' * 120}</p>"
    for number in range(1, 6)
)


def keep(application: Application) -> Document:
    return store(
        company=application.company,
        kind="signature_circular",
        payload=html_to_pdf(PAGES),
        filename=NAME,
        content_type=PDF,
        pages=5,
        origin=Origin.UPLOADED,
        by=None,
    )


def fetched(sheet: Locator) -> None:
    expect(sheet.locator("img")).to_have_js_property("complete", value=True)
    assert sheet.locator("img").evaluate("each => Math.max(each.naturalWidth, each.naturalHeight)") == 2200


def shape(sheet: Locator) -> float:
    """How wide the picture is seen for its height."""
    box = sheet.locator("img").bounding_box()
    assert box is not None
    return box["width"] / box["height"]


@pytest.mark.parametrize("width", [1280, 390])
def test_a_paper_is_leafed_through_beside_the_fields(site: LiveServer, width: int) -> None:
    application = submitted()
    document = keep(application)
    user = colleague(*REVIEW, partner=application.company.partner)
    with seat(site, session_of(user), width=width) as person:
        page, keys = person.page, person.page.keyboard
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))

        def fits() -> None:
            assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
            person.accessible()

        person.open(f"/destek/onboarding/application/{application.pk}/change/")
        paper = page.locator("details.paper", has_text=NAME)
        sheet, where = paper.locator(".sheet"), paper.get_by_role("status")
        if paper.get_attribute("open") is None:
            paper.locator("summary").click()
        expect(where).to_have_text("Sayfa 1/5")
        expect(page.locator("details.paper[open]")).to_have_count(1)
        fetched(sheet)
        assert 0.7 < shape(sheet) < 0.72
        expect(paper.get_by_role("button", name="Önceki sayfa")).to_be_disabled()
        fits()

        paper.get_by_role("button", name="Sonraki sayfa").click()
        expect(where).to_have_text("Sayfa 2/5")
        fetched(sheet)
        expect(sheet.locator("img")).to_have_attribute("alt", f"{NAME}, sayfa 2/5")
        keys.press("ArrowRight")
        expect(where).to_have_text("Sayfa 3/5")
        fetched(sheet)
        assert 1.4 < shape(sheet) < 1.43
        paper.get_by_role("button", name="Döndür").click()
        assert 0.7 < shape(sheet) < 0.72
        fits()
        for _more in range(3):
            keys.press("ArrowRight")
        expect(where).to_have_text("Sayfa 5/5")
        expect(paper.get_by_role("button", name="Sonraki sayfa")).to_be_disabled()
        keys.press("ArrowLeft")
        expect(where).to_have_text("Sayfa 4/5")
        # Beyond the next one nothing was asked for twice, and the PDF itself not at all.
        assert len(asked) == len(set(asked))
        assert not [url for url in asked if url.endswith(f"/document/{document.pk}/")]

        # Large enough for small print: then the arrows move the page within its place.
        fetched(sheet)
        paper.get_by_role("button", name="Büyüt").click()
        paper.get_by_role("button", name="Büyüt").click()
        sheet.focus()
        keys.press("ArrowRight")
        expect(where).to_have_text("Sayfa 4/5")
        expect(sheet).not_to_have_js_property("scrollLeft", 0)
        fits()

        # Where somebody writes, an arrow is an arrow.
        page.get_by_label("Not yaz").fill("Sirküler tamam mı?")
        keys.press("ArrowLeft")
        expect(where).to_have_text("Sayfa 4/5")
        looked = Entry.objects.filter(event=Event.PAPER_OPENED, actor=user, data__file=str(document.pk))
        assert apart(looked.count) == 1
        assert "\n".join(person.complaints) == ""


@pytest.mark.parametrize("width", [1280, 390])
def test_the_head_of_a_paper_that_is_opened_is_in_sight(site: LiveServer, width: int) -> None:
    """Opening one closes the one above it, and all that stands below moves up by its height."""
    application = submitted()
    keep(application)
    user = colleague(*REVIEW, partner=application.company.partner)
    with seat(site, session_of(user), width=width) as person:
        page = person.page
        person.open(f"/destek/onboarding/application/{application.pk}/change/")
        fetched(page.locator("[data-paper][open] .sheet"))
        papers = page.locator(".papers > li:visible")
        for number in range(1, papers.count()):
            head, summary = papers.nth(number), papers.nth(number).locator("summary")
            if head.locator("[data-paper][open]").count():
                continue
            summary.evaluate("each => window.scrollTo(0, scrollY + each.getBoundingClientRect().top - 600)")
            summary.click()
            fetched(head.locator(".sheet"))
            at_rest(page)
            box = page.locator(".desk").evaluate("each => each.getBoundingClientRect()")
            top = head.evaluate("each => each.getBoundingClientRect().top")
            covered = box["bottom"] if width > 767 else 0
            assert covered <= top < covered + 100, head.inner_text()
            assert head.locator(".sheet").evaluate("each => each.getBoundingClientRect().top") < 600
        assert "\n".join(person.complaints) == ""
