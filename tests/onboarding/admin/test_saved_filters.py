"""Lists that a person of support has filtered, kept under a name."""

import pytest
from django.urls import reverse

from finding import renewing
from onboarding.models import SavedFilter
from tests.onboarding.admin.test_queue import QUEUE, queue
from tests.scenarios.browser import signed_in, words
from tests.scenarios.factories import tckn
from tests.scenarios.ladder import submitted
from tests.scenarios.support import REVIEW, colleague

pytestmark = pytest.mark.django_db
FILTERS = reverse("admin:onboarding_queueitem_filters")
LISTS = [("queueitem", "kimde=kimsede"), ("application", "route__exact=full")]


@pytest.mark.parametrize(("place", "query"), LISTS)
def test_a_filtered_list_is_kept_under_a_name_and_taken_away(place: str, query: str) -> None:
    user = colleague(*REVIEW)
    client, listed = signed_in(user), reverse(f"admin:onboarding_{place}_changelist")
    assert "Bu süzgecin adı" not in words(client.get(listed)), "there is nothing to keep yet"
    assert "Bu süzgecin adı" in words(client.get(f"{listed}?{query}"))
    path = reverse(f"admin:onboarding_{place}_filters")
    client.post(path, {"query": query, "name": "Sabah bakılacaklar"})
    page = client.get(listed).content.decode()
    assert f'<a href="?{query}">Sabah bakılacaklar</a>' in page
    client.post(path, {"drop": SavedFilter.objects.get().pk})
    assert "Sabah bakılacaklar" not in words(client.get(listed))


def test_it_brings_the_same_list() -> None:
    user, application = colleague(*REVIEW), submitted()
    submitted()
    signed_in(user).post(FILTERS, {"query": f"q={application.reference}&kimde=kimsede", "name": "Biri"})
    saved = SavedFilter.objects.get()
    renewing.renew_marked()
    assert queue(user, f"?{saved.query}") == [application.reference]


def test_only_what_the_list_knows_is_kept() -> None:
    user = colleague(*REVIEW)
    sent = "kimde=bende&application__company__trade_name__startswith=A&next=//kotu.example&p=3"
    answer = signed_in(user).post(FILTERS, {"query": sent, "name": "Bende"})
    assert SavedFilter.objects.get().query == "kimde=bende"
    assert answer["Location"] == f"{QUEUE}?kimde=bende"


@pytest.mark.parametrize(
    ("query", "name", "said"),
    [
        ("", "Boş", "Önce listeyi süzün"),
        ("p=2", "Boş", "Önce listeyi süzün"),
        ("kimde=bende", " ", "ad verin"),
        ("kimde=bende", "x" * 61, "ad verin"),
        (f"q={tckn(7)}", "Numara", "kimlik numarası"),
        ("q=" + "x" * 600, "Uzun", "çok uzun"),
    ],
)
def test_what_is_no_filter_is_refused(query: str, name: str, said: str) -> None:
    answer = signed_in(colleague(*REVIEW)).post(FILTERS, {"query": query, "name": name}, follow=True)
    assert said in words(answer)
    assert not SavedFilter.objects.exists()


def test_they_are_ones_own() -> None:
    user, other = colleague(*REVIEW), colleague(*REVIEW)
    signed_in(user).post(FILTERS, {"query": "kimde=bende", "name": "Yalnız benim"})
    client = signed_in(other)
    assert "Yalnız benim" not in words(client.get(QUEUE))
    client.post(FILTERS, {"drop": SavedFilter.objects.get().pk})
    assert SavedFilter.objects.count() == 1
    assert signed_in(colleague("view_application")).post(FILTERS, {"drop": "1"}).status_code == 403
