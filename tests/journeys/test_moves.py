"""A company goes to another partner, and back again, in a browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from journal.models import Entry, Event
from tenancy.models import Company
from tests.journeys.preview_pages import looks, press
from tests.journeys.seat import apart, seat, session_of
from tests.journeys.stage import Watched
from tests.onboarding.moving.test_moving import WHY, Move

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_company_goes_to_another_partner_and_back(site: LiveServer) -> None:
    scene = Move()
    mine, session, owners = scene.earlier, session_of(scene.by), session_of(scene.owner)
    start = reverse("admin:tenancy_company_change", args=[scene.company.pk])
    with seat(site, session, width=390) as person, seat(site, owners, width=390) as owner:
        person.page.goto(site.url + start)
        looks(person)
        press(person, person.page.get_by_role("link", name="Başka bir iş ortağına taşı…"))
        press(person, person.page.get_by_role("button", name="Ne olacağını göster"))
        assert "İş ortağını seçin." in person.page.inner_text("main")
        goes(person, str(scene.to))
        assert apart(lambda: Company.objects.get(pk=scene.company.pk).partner) == scene.to
        owner.open(reverse("onboarding:board"))
        expect(owner.page.locator("header")).to_contain_text(scene.to.name)
        owner.accessible()
        # Nothing else undoes it: the company goes back by the same way.
        press(person, person.page.get_by_role("link", name="Başka bir iş ortağına taşı…"))
        goes(person, str(mine))
        owner.open(reverse("onboarding:board"))
        expect(owner.page.locator("header")).to_contain_text(mine.name)
        assert apart(lambda: Company.objects.get(pk=scene.company.pk).partner) == mine
        assert apart(Entry.objects.filter(event=Event.PARTNER_CHANGED).count) == 2
        complaints = "\n".join(person.complaints + owner.complaints)
        assert complaints == ""


def goes(person: Watched, to: str) -> None:
    """From the choice of the partner to the company's page; also past a reason that was forgotten."""
    page = person.page
    page.get_by_label("Hangi iş ortağına").select_option(to)
    press(person, page.get_by_role("button", name="Ne olacağını göster"))
    press(person, page.get_by_role("button", name="Taşı", exact=True))
    person.says("Nedenini yazın.")
    page.get_by_label("Neden").fill(WHY)
    press(person, page.get_by_role("button", name="Taşı", exact=True))
    person.says("iş ortağına taşındı; ekibine yazıldı.")
