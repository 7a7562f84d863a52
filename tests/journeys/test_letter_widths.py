"""The HTML of the letters to İYS in a mail program's window: on a desk and on a phone nothing is cut off."""

import pytest

from documents.models import Document
from onboarding.letters import drafts
from onboarding.letters.drafts import Draft
from onboarding.models import Application
from onboarding.steps import PARTNER_ASSIGNMENT, PRE_APPLICATION
from tests.journeys.stage import chromium
from tests.scenarios.factories import CompanyFactory, open_application, tckn

pytestmark = pytest.mark.django_db
LONG_NAME = "Işık & Gölge Çevre Danışmanlık Uluslararası Turizm Otelcilik Gıda Sanayi ve Dış Ticaret Ltd. Şti."


def application() -> Application:
    company = CompanyFactory.create(
        trade_name=LONG_NAME, website="https://www." + "cok-uzun-bir-ad" * 6 + ".example"
    )
    found = open_application(company)
    form = found.application_form
    form.has_mersis, form.complete = True, True
    form.signatory_identity, form.signatory_name = tckn(7), "Ümit Şükrü İğdeli Yağmuroğlu"
    form.signatory_email, form.signatory_mobile = (
        f"{'umit.sukru.' * 5}yagmuroglu@isikgolge.example",
        "+905325550101",
    )
    form.save()
    found.iys_code = "710482"
    return found


def all_drafts() -> list[Draft]:
    found = application()
    Document.objects.create(
        company=found.company,
        kind="signature_circular",
        origin="uploaded",
        name="imza_sirkuleri_" * 10 + ".pdf",
        content_type="application/pdf",
        size=1000,
        sha256="0" * 64,
        stored_name="documents/x",
    )
    return [
        drafts.pre_application_to_iys(found, PRE_APPLICATION, ""),
        drafts.assignment_to_iys(found, PARTNER_ASSIGNMENT, ""),
    ]


@pytest.mark.parametrize("width", [1000, 375, 320])
def test_a_letter_is_no_wider_than_its_window(width: int) -> None:
    bodies = [draft.body.html for draft in all_drafts()]
    with chromium() as launched:
        page = launched.new_page(viewport={"width": width, "height": 700})
        for html in bodies:
            page.set_content(html)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            cells = page.locator("table table table").locator("th, td")
            assert cells.count() >= 6
            for cut in cells.evaluate_all("cells => cells.map(cell => cell.scrollWidth > cell.clientWidth)"):
                assert not cut
