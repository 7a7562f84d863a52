"""The page of a step that was handed over: it keeps itself up to date, and leads to where one goes on."""

import pytest
from django.urls import reverse

from tests.scenarios.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    cast = Cast()
    cast.at_iys()
    return cast


def asks_for_news(cast: Cast, name: str) -> bool:
    return "data-live-page" in cast.browsers["owner"].get(reverse(f"onboarding:{name}")).content.decode()


def test_the_page_of_step_1_asks_for_news_while_iys_looks(cast: Cast) -> None:
    page = cast.open("pre_application")
    assert "Başvuru durumuna git" in page.links
    assert asks_for_news(cast, "pre_application")


def test_it_leads_to_the_step_at_which_the_company_goes_on(cast: Cast) -> None:
    cast.codes_read()
    page = cast.open("pre_application")
    assert page.links["3. adıma git"] == reverse("onboarding:code_receipt")
    assert "Başvuru durumuna git" not in page.links
    assert not asks_for_news(cast, "pre_application"), "here one's own turn has come"


def test_a_step_long_done_is_read_in_peace() -> None:
    cast = Cast()
    cast.asked()
    assert not asks_for_news(cast, "pre_application")
    assert asks_for_news(cast, "package_contract")
