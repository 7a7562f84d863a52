"""What stands around a case: the trail to it, for how long it has waited, what is beside a hidden number."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from onboarding.actor import SYSTEM
from onboarding.attention import marks
from onboarding.business_days import business_days_between
from onboarding.models import Application
from onboarding.steps import PRE_APPLICATION, STATUS_QUERY
from tests.scenarios.browser import signed_in, words
from tests.scenarios.cast import Cast
from tests.scenarios.ladder import at_iys, filled_in, submitted
from tests.scenarios.support import CORRESPONDENCE, REVIEW, colleague

pytestmark = pytest.mark.django_db
QUEUE, LIST = (reverse(f"admin:onboarding_{name}_changelist") for name in ("queueitem", "application"))


def of(application: Application, query: str = "") -> str:
    return reverse("admin:onboarding_application_change", args=[application.pk]) + query


def trail(client: Client, application: Application, query: str = "") -> str:
    page = client.get(of(application, query)).content.decode()
    return re.search(r'<div class="breadcrumbs">.*?</div>', page, re.DOTALL).group()  # type: ignore[union-attr]


@pytest.mark.parametrize("days", [0, 1, 9, 24])
def test_the_case_counts_the_wait_as_the_queue_does(days: int) -> None:
    application = submitted()
    began = timezone.now() - timedelta(days=days, minutes=1)
    application.records.filter(step="pre_application").update(since=began)
    client = signed_in(colleague(*REVIEW))
    waited = business_days_between(timezone.localdate(began), timezone.localdate())
    said = f"{waited} iş günü" if waited else "bugün"
    assert f"1. adımda sıra: Destek ekibi ({said})" in words(client.get(of(application)))
    assert said in words(client.get(QUEUE))


def test_the_trail_of_a_case_that_waits_leads_back_to_the_queue_as_one_came() -> None:
    client, application = signed_in(colleague(*REVIEW)), submitted()
    assert f'href="{QUEUE}"' in trail(client, application)
    assert LIST not in trail(client, application)
    came = trail(client, application, "?sira=kimde%3Dkimsede%26held__exact%3D0")
    assert f'href="{QUEUE}?kimde=kimsede&amp;held__exact=0"' in came
    assert client.get(f"{QUEUE}?kimde=kimsede&held__exact=0").status_code == 200
    assert trail(client, application) == came, "as after a decision"
    assert f'href="{QUEUE}"' in trail(client, submitted()), "this one was found elsewhere"


def test_what_waits_for_others_is_reached_by_the_list_of_all() -> None:
    client, application = signed_in(colleague(*REVIEW)), at_iys()
    assert LIST in trail(client, application)
    assert QUEUE not in trail(client, application)


def test_who_may_not_see_the_queue_is_not_led_there() -> None:
    assert QUEUE not in trail(
        signed_in(colleague(*(each for each in REVIEW if each != "view_queueitem"))), submitted()
    )


def test_beside_a_hidden_number_stands_the_way_to_it_which_asks_about_this_one() -> None:
    client, application = signed_in(colleague(*REVIEW)), filled_in()
    page = client.get(of(application)).content.decode()
    (row,) = [each for each in page.split("<tr") if "İmzaya Yetkili Kişi TCKN" in each]
    links = re.findall(r'class="reveal"[^>]*href="([^"]+)"', row)
    assert len(links) == page.count('class="reveal"') == 1
    form = client.get(links[0]).content.decode()
    (chosen,) = re.findall(r"<input[^>]*\bchecked\b[^>]*>", form)
    assert 'value="signatory_identity"' in chosen


def test_a_case_that_is_marked_opens_with_its_mark_and_what_may_be_done_to_its_step() -> None:
    application = at_iys()
    marks.mark_by_hand(application=application, step=STATUS_QUERY, text="İYS'yi arayın", actor=SYSTEM)
    client = signed_in(colleague(*REVIEW, *CORRESPONDENCE))
    page = client.get(of(application)).content.decode()
    desk = page[page.index('id="karar"') : page.index('class="beside"')]
    for said in ("İYS'yi arayın", "İşareti kapat…", "Ertele…", "İYS yanıtı: İYS onayladı…", "data-take="):
        assert unescape(desk).count(said) == 1, said
    assert unescape(page).count("İşareti kapat…") == 1
    assert f'href="{QUEUE}"' in trail(client, application)


def test_a_mark_of_a_finished_step_is_closed_from_the_decision_too() -> None:
    cast = Cast()
    cast.finished()
    marks.mark_by_hand(application=cast.now(), step=PRE_APPLICATION, text="Fatura soruldu", actor=SYSTEM)
    client = signed_in(colleague(*REVIEW))
    page = client.get(of(cast.now())).content.decode()
    desk = page[page.index('id="karar"') : page.index('id="notlar"')]
    assert "Fatura soruldu" in desk
    assert "İşareti kapat…" in desk
    assert "data-take=" in desk
