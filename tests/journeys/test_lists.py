"""Support's lists fit the window: whole at a desk, a card for each row on a telephone."""

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from correspondence.addresses import tracking_address
from correspondence.models import Letter, LetterStatus
from tests.journeys.seat import seat, session_of
from tests.onboarding.admin.test_mails import UNKNOWN, arrives
from tests.scenarios.factories import UserFactory
from tests.scenarios.ladder import at_iys, submitted

pytestmark = pytest.mark.django_db(transaction=True)
LISTS = (
    "correspondence/letter",
    "correspondence/mail",
    "onboarding/application",
    "onboarding/queueitem",
    "journal/entry",
    "tenancy/company",
)
CUT_OFF = "[...document.querySelectorAll('.results')].some((each) => each.scrollWidth > each.clientWidth)"


@pytest.mark.parametrize("width", [1280, 390])
def test_no_list_is_cut_off(site: LiveServer, width: int) -> None:
    arrives(UNKNOWN, to=tracking_address(at_iys().company).email)
    submitted()
    Letter.objects.exclude(company=None).update(
        status=LetterStatus.FAILED, smtp_answer="550 5.1.1 No such user here"
    )
    session = session_of(UserFactory.create(is_staff=True, is_superuser=True))
    with seat(site, session, width=width) as person:
        for path in LISTS:
            person.open(f"/destek/{path}/")
            assert not person.page.evaluate(CUT_OFF), path
            row = person.page.locator("#result_list tbody tr").first
            shown = row.evaluate("(each) => getComputedStyle(each).display")
            assert shown == ("grid" if width == 390 else "table-row"), path
            person.accessible()
        person.open("/destek/correspondence/letter/")
        row = person.page.locator("#result_list tbody tr").first
        expect(row.locator("td.field-standing")).to_have_attribute("data-label", "Durum")
        expect(row).to_contain_text("Böyle bir e-posta adresi yok.")
        filters = person.page.get_by_role("navigation", name="Süzgeçler")
        filters.get_by_text("durum:").click()
        filters.get_by_role("link", name="Gönderilemedi").click()
        expect(filters.locator("summary").first).to_contain_text("Gönderilemedi")
        assert "\n".join(person.complaints) == ""
