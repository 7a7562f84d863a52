"""Two companies become one in a browser: each page on a telephone and on a desk."""

import pytest
from django.urls import reverse
from pytest_django.live_server_helper import LiveServer

from brands.models import Brand
from onboarding.models import CompanyMerge
from tests.journeys.preview_pages import looks, press
from tests.journeys.seat import apart, seat, session_of
from tests.onboarding.admin.test_merges import WHY, Merger

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_companies_become_one_and_two_again(site: LiveServer) -> None:
    merger = Merger()
    for company, name in ((merger.stays, "Mavi"), (merger.goes, "Mavi"), (merger.goes, f"D{'e' * 119}niz")):
        Brand.objects.create(company=company, name=name)
    session, number = session_of(merger.user), merger.goes.tax_number
    start = reverse("admin:tenancy_company_change", args=[merger.stays.pk])
    with seat(site, session, width=390) as person:
        page = person.page
        page.goto(site.url + start)
        looks(person)
        press(person, page.get_by_role("link", name="Başka bir firmayla birleştir…"))
        page.get_by_label("Öteki firmanın VKN'si").fill("123")
        press(person, page.get_by_role("button", name="Ne olacağını göster"))
        page.get_by_label("Öteki firmanın VKN'si").fill(number)
        press(person, page.get_by_role("button", name="Ne olacağını göster"))
        press(person, page.get_by_role("button", name="Birleştir", exact=True))
        page.get_by_label("İki kayıt aynı firmanın").check()
        page.get_by_label("Neden").fill(WHY)
        press(person, page.get_by_role("button", name="Birleştir", exact=True))
        assert apart(CompanyMerge.objects.filter(undone_at=None).count) == 1
        press(person, page.get_by_role("link", name="Giden firmanın sayfası"))
        with page.expect_navigation():
            page.go_back()
        press(person, page.get_by_role("link", name="Birleştirmeyi geri al…"))
        page.get_by_label("Neden").fill("Aynı firma değilmiş")
        press(person, page.get_by_role("button", name="Geri al"))
        assert apart(CompanyMerge.objects.filter(undone_at=None).count) == 0
        assert person.complaints == [], "\n".join(person.complaints)
