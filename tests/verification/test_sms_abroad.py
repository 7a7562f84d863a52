"""Codes by SMS go to Turkish numbers alone, unless the partner says otherwise."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from identifiers import Refused, phone
from sandbox.authority import Authority
from tests.scenarios.browser import said
from tests.scenarios.cast import Cast
from tests.scenarios.online import Online
from verification import codes
from verification.models import OneTimeCode, Purpose

pytestmark = pytest.mark.django_db
ABROAD = ("+447911123456", "+12015550123", "+4915112345678", "+37744123456", "+8801712345678")
AT_HOME = ("+905550102030", "+905338001122")
NO = "SMS kodu yalnızca Türkiye numaralarına"


@pytest.fixture
def online(authority: Authority, trust: Path) -> Iterator[Online]:
    known = {"TRUST_DIR": trust, "SMS_URL": "http://127.0.0.1:9/", "REGISTRY_URL": "", "CODE_RESEND_SECONDS": 0}
    with override_settings(**known):
        yield Online(authority, trust)


def send(cast: Cast, number: str) -> OneTimeCode:
    return codes.send(
        company=cast.company, application_id=cast.application.pk, purpose=Purpose.MOBILE, target=number, by=None
    )


@pytest.mark.parametrize("number", ABROAD)
def test_no_code_goes_abroad(number: str) -> None:
    cast = Cast()
    with pytest.raises(Refused, match=NO):
        send(cast, number)
    assert not OneTimeCode.objects.exists()
    cast.company.partner.sends_sms_abroad = True
    assert send(cast, number).target == number


@pytest.mark.parametrize("number", AT_HOME)
def test_codes_go_to_numbers_at_home(number: str) -> None:
    assert phone.is_turkish(number)
    with override_settings(CODE_RESEND_SECONDS=0):
        assert send(Cast(), number).target == number


def test_the_form_says_so_beside_the_number_and_keeps_what_was_typed(online: Online) -> None:
    online.query()
    typed = {**online.whole().fields, "signatory_mobile": "+44 7911 123456"}
    page = online.write(**typed)
    assert page.status == 422
    assert NO in page
    assert page.fields["signatory_mobile"] == "+44 7911 123456"
    assert not OneTimeCode.objects.filter(purpose=Purpose.MOBILE).exists()


def test_a_number_that_was_kept_before_gets_no_code_either(online: Online) -> None:
    online.fill_on_screen()
    form = online.now().application_form
    form.signatory_mobile = ABROAD[0]
    form.save()
    assert any(NO in each for each in said(online.answer("resend_code", "mobile")))


def test_on_paper_a_signatory_may_live_abroad() -> None:
    cast = Cast()
    cast.ready()
    page = cast.write(signatory_mobile="+44 7911 123456")
    assert page.status == 200
    assert cast.now().application_form.signatory_mobile == ABROAD[0]
