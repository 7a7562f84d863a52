"""An identity number is shown to who gives a reason, on a phone and on a desk, and is gone with the page."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from journal.models import Entry, Event
from tests.journeys.seat import seat, session_of
from tests.scenarios.cast import Cast
from tests.scenarios.ladder import IDENTITY
from tests.scenarios.support import CORRESPONDENCE, REVIEW, colleague

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("who", ["owner", "support"])
def test_a_number_is_shown_for_a_reason_alone(site: LiveServer, who: str, width: int) -> None:
    cast = Cast()
    cast.submitted()
    staff = colleague(*REVIEW, *CORRESPONDENCE, partner=cast.company.partner)
    path, session = reverse("onboarding:identity"), session_of(cast.people["owner"])
    if who == "support":
        path = reverse("admin:onboarding_application_identity", args=[cast.application.pk])
        session = session_of(staff)
    with seat(site, session, width) as person:
        person.open(path)
        person.press("Göster")
        assert IDENTITY not in person.page.content(), "a reason is asked for first"
        person.page.locator("[name=number]").first.check()
        person.page.locator("[name=why][value=asked_by_iys]").check()
        person.press("Göster")
        expect(person.page.get_by_text(IDENTITY)).to_be_visible()
        person.accessible()
        person.open(path)
        assert IDENTITY not in person.page.content(), "it was shown by that answer alone"
        if who == "owner":  # the admin lets no other script in, axe neither
            assert person.complaints == []
    assert Entry.objects.filter(company=cast.company, event=Event.IDENTITY_SHOWN).count() == 1
