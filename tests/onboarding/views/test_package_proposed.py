"""Step 4: a package that the portal proposed follows the figures; one that was picked by hand stays."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from onboarding.models import Package, PackageChoice
from tests.onboarding.views.test_package import counts
from tests.scenarios.browser import Screen
from tests.scenarios.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(at_the_start: Callable[[], Cast]) -> Cast:
    found = at_the_start()
    found.choosing()
    return found


def rewritten(cast: Cast, **figures: object) -> Screen:
    """The page of the figures opened anew, and other figures in its fields."""
    shown = cast.open("choose_package").fields
    return cast.send("choose_package", **{**shown, **{name: str(value) for name, value in figures.items()}})


def test_a_proposal_follows_the_figures_up_and_down(cast: Cast) -> None:
    cast.send("choose_package", **counts(email=12_500))
    assert cast.open("choose_package").fields["package"] == ""
    page = rewritten(cast, message_addresses=3_000, email_addresses=4_000)
    assert "paketini seçtiniz" not in page
    assert "İLETİ 5 paketi teklifini" in page
    page = rewritten(cast, email_addresses=30_000)
    assert page.status == 200
    assert "İLETİ 75 paketi teklifini" in page
    assert str(PackageChoice.objects.get().package) == "İLETİ-75"


def test_a_package_that_was_picked_stays_and_is_let_go_again(cast: Cast) -> None:
    picked = Package.objects.get(name="75")
    cast.send("choose_package", **counts(email=12_500), package=str(picked.pk))
    assert cast.open("choose_package").fields["package"] == str(picked.pk)
    assert "Siz İLETİ-75 paketini seçtiniz." in rewritten(cast, email_addresses=4_000)
    page = rewritten(cast, email_addresses=80_000)
    assert (page.status, "İLETİ-75 paketi 80.000 adrese yetmiyor" in page) == (422, True)
    assert str(PackageChoice.objects.get().package) == "İLETİ-75"
    rewritten(cast, package="")
    assert str(PackageChoice.objects.get().package) == "İLETİ-5"


def test_a_proposal_whose_package_is_gone_from_the_catalogue_is_made_anew(cast: Cast) -> None:
    cast.send("choose_package", **counts(email=4_000))
    shown = cast.open("package_contract").fields
    Package.objects.filter(name="5").update(valid_until=timezone.localdate() - timedelta(days=1))
    page = cast.send("request_offer", **{**shown, "way": "portal"})
    assert "yeniden seçin" not in page
    assert "paketini seçtiniz" not in page
    assert "İLETİ 25 paketi teklifini" in page
    assert "Paketinizi seçin" not in cast.press("package_contract", "request_offer", way="portal")
