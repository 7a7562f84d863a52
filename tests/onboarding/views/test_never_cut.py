"""What is too long is said to be so, with all of it still there; nothing is cut without a word."""

import re

import pytest
from django.urls import reverse

from onboarding.dossier.pages import BY_KEY
from onboarding.steps import CODE_RECEIPT, PRE_APPLICATION
from tenancy.models import Company
from tests.scenarios.browser import Screen, signed_in
from tests.scenarios.cast import Cast
from tests.scenarios.factories import PartnerFactory, UserFactory

pytestmark = pytest.mark.django_db
TITLE = ("Mavi Deniz Turizm İnşaat Gıda Tekstil " * 9)[:324].strip() + " Anonim Şirketi"


def test_no_field_tells_the_browser_to_cut() -> None:
    cast = Cast()
    cast.submitted()
    pages = [cast.browsers["owner"].get(reverse(f"onboarding:{name}")) for name in ("board", "withdraw")]
    cast = Cast()
    cast.send("mersis_question", has_mersis="evet")
    paths = [reverse("onboarding:cargo"), *(reverse("onboarding:dossier_page", args=[key]) for key in BY_KEY)]
    pages += [cast.browsers["owner"].get(path) for path in paths]
    for page in pages:
        assert not re.search(r"<(?:input|textarea)[^>]*maxlength", page.content.decode())


def test_a_long_title_is_refused_whole_when_a_company_is_added() -> None:
    PartnerFactory.create()
    answer = signed_in(UserFactory.create()).post(
        reverse("team:company_new"), {"trade_name": TITLE, "tax_number": "6140881534"}
    )
    assert answer.status_code == 422
    page = Screen(answer)
    assert page.fields["trade_name"] == TITLE
    assert str(len(TITLE)) in page
    assert not Company.objects.filter(tax_number="6140881534").exists()


def test_a_long_title_is_refused_whole_in_the_form() -> None:
    cast = Cast()
    cast.send("mersis_question", has_mersis="evet")
    page = cast.write(trade_name=TITLE)
    assert page.status == 422
    assert page.fields["trade_name"] == TITLE
    assert Company.objects.get(pk=cast.company.pk).trade_name == cast.company.trade_name


def test_long_reasons_are_refused_and_stay_where_they_were_typed() -> None:
    words = "Neden " * 250
    cast = Cast()
    page = cast.press("withdraw", "withdraw", reason=words)
    assert "En çok 1000 karakter yazabilirsiniz" in page
    assert cast.state(PRE_APPLICATION) == "draft"
    cast.at_iys()
    cast.codes_read()
    page = cast.press("code_receipt", "dispute_codes", move="dispute", reason=words)
    assert "En çok 1000 karakter yazabilirsiniz" in page
    assert cast.state(CODE_RECEIPT) == "read"
