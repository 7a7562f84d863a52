"""Support reads of a company what the company reads of itself: nobody is spoken to."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from onboarding.actions import casework
from onboarding.steps import PRE_APPLICATION
from tests.scenarios.browser import words
from tests.scenarios.ladder import at_iys, submitted
from tests.scenarios.support import Support

pytestmark = pytest.mark.django_db
TO_THE_COMPANY = re.compile(r"Başvurunuz|başvurunuz|adımdasınız|\bSİZ\b|[Ss]izin|firmanızdan|onayınız")


def test_the_page_of_an_application_speaks_about_the_company() -> None:
    page = Support(submitted()).page()
    assert "Başvuru inceleme bekliyor" in page
    assert "1. adım bitince açılır" in page
    assert TO_THE_COMPANY.findall(page.partition("Günlük")[0]) == []


def test_letters_to_iys_went_in_the_companys_name() -> None:
    page = Support(at_iys()).page()
    assert "İYS'nin ilk yanıtı bekleniyor" in page
    assert "Firma adına" in page.partition("Yazışmalar")[2]
    assert TO_THE_COMPANY.findall(page.partition("Günlük")[0]) == []


def test_the_list_of_applications_says_where_each_stands_and_whose_turn_it_is() -> None:
    waiting = submitted()
    rejected = submitted()
    support = Support(waiting)
    Support(rejected).press(PRE_APPLICATION, "reject", "Yetki yok")
    listed = reverse("admin:onboarding_application_changelist")
    page = words(support.client.get(listed))
    assert f"{waiting.reference} {waiting.company} 1. Ön başvuru: Başvuru inceleme bekliyor Destek ekibi" in page
    assert f"{rejected.reference} {rejected.company} Reddedildi – –" in page
    casework.give(application=waiting, to=support.user, by=support.user)
    page = words(support.client.get(listed))
    assert f"Başvuru inceleme bekliyor Destek ekibi {support.user} " in page
    with CaptureQueriesContext(connection) as two:
        support.client.get(listed)
    for _each in range(3):
        submitted()
    with CaptureQueriesContext(connection) as five:
        support.client.get(listed)
    assert len(five) == len(two)


def test_the_list_of_applications_is_filtered_by_step_and_by_whose_turn_it_is() -> None:
    ours, theirs = submitted(), at_iys()
    listed, client = reverse("admin:onboarding_application_changelist"), Support(ours).client

    def found(query: str) -> set[str]:
        return set(re.findall(r"\bP-[A-Z0-9]{6}\b", words(client.get(f"{listed}?{query}"))))

    assert found("adim=pre_application") == found("kimin_sirasi=staff") == {ours.reference}
    assert found("adim=status_query") == found("kimin_sirasi=iys") == {theirs.reference}
    assert found("adim=status_query&kimin_sirasi=staff") == set()
    assert found("adim=yok") == set()
    assert "adım: 2. Başvuru durumu" in words(client.get(f"{listed}?adim=status_query"))
