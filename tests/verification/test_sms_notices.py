"""SMS beside the letter that it is the company's turn: for who wants it, once to each, never in a step's way."""

from datetime import datetime, time, timedelta

import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from onboarding.actor import SYSTEM
from onboarding.steps import PRE_APPLICATION, STATUS_QUERY
from privacy import persons
from tenancy.notice_choices import CompanyNotices
from tests.privacy.test_persons import opened
from tests.scenarios.browser import Screen
from tests.scenarios.cast import Cast
from tests.scenarios.ladder import STAFF
from tests.verification.test_codes import Gateway
from verification import sms, sms_notices
from verification.models import OneTimeCode, SmsChoice, SmsDelivery, SmsNotice

pytestmark = pytest.mark.django_db
NUMBER = "+905550102030"
PAGE = reverse("team:sms_notices")


def press(cast: Cast, role: str = "owner", **data: str) -> Screen:
    return Screen(cast.browsers[role].post(PAGE, data, follow=True))


def chooses(cast: Cast, role: str = "owner", number: str = "0555 010 20 30") -> None:
    press(cast, role=role, act="send", number=number)
    code = OneTimeCode.objects.latest("pk").code
    page = press(cast, role=role, act="confirm", code=code)
    assert "Numaranız doğrulandı" in page, page.words


def asks_for_changes(cast: Cast) -> None:
    cast.move(PRE_APPLICATION, "ask_changes", STAFF, reason="Sirküler okunmuyor")


def news(gateway: Gateway) -> list[str]:
    return [each["text"] for each in gateway.taken if "sıra firmanızda" in each["text"]]


def test_whoever_has_shown_the_number_is_told_once_without_words_or_links(cast: Cast, gateway: Gateway) -> None:
    chooses(cast)
    asks_for_changes(cast)
    assert (sms_notices.send_due(), sms_notices.send_due()) == (1, 0)
    (text,) = news(gateway)
    assert "1. adım" in text
    for secret in ("http", cast.company.trade_name, cast.application.reference, "Sirküler"):
        assert secret not in text
    assert [each["to"] for each in gateway.taken if each["text"] == text] == [NUMBER]


def test_a_number_that_was_not_shown_to_be_at_hand_gets_nothing(cast: Cast, gateway: Gateway) -> None:
    press(cast, act="send", number="0555 010 20 30")
    page = press(cast, act="confirm", code="000000")
    assert (page.status, "Kod yanlış" in page) == (422, True)
    asks_for_changes(cast)
    assert sms_notices.send_due() == 0
    assert news(gateway) == []
    assert not SmsChoice.objects.exists()


def test_the_code_comes_by_sms_and_the_page_says_where_to(cast: Cast, gateway: Gateway) -> None:
    page = press(cast, act="send", number="0555 010 20 30")
    assert "0555 010 20 30 numarasına gelen kodu yazın" in page
    assert sms.send_due() == 1
    assert gateway.taken[0]["to"] == NUMBER


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("+49 1512 3456789", "yalnızca Türkiye numaralarına"),
        ("0232 555 01 01", "cep telefonu değil"),
        ("bu değil", "yalnızca rakamlarla"),
        ("", "Bu alan zorunludur"),
    ],
)
def test_a_number_that_gets_no_sms_is_refused_in_words(cast: Cast, number: str, sentence: str) -> None:
    page = press(cast, act="send", number=number)
    assert (page.status, sentence in page) == (422, True), page.words
    assert not OneTimeCode.objects.exists()


def test_who_switches_off_gets_no_more_not_even_what_was_on_its_way(cast: Cast, gateway: Gateway) -> None:
    chooses(cast)
    asks_for_changes(cast)
    gateway.status = 500
    sms_notices.send_due()
    gateway.taken.clear()
    gateway.status = 200
    assert "kapatıldı" in press(cast, act="stop")
    SmsDelivery.objects.update(next_try_at=timezone.now())
    assert sms_notices.send_due() == 0
    assert news(gateway) == []
    assert not SmsChoice.objects.exists()
    assert not OneTimeCode.objects.exists()


def test_a_gateway_that_is_away_loses_nothing_and_stops_no_step(cast: Cast, gateway: Gateway) -> None:
    chooses(cast)
    gateway.status = 503
    asks_for_changes(cast)
    assert cast.state(PRE_APPLICATION) == "changes_asked"
    assert sms_notices.send_due() == 0
    delivery = SmsDelivery.objects.get()
    assert (delivery.ended_at, delivery.failure) == (None, "HTTP 503")
    gateway.status = 200
    assert sms_notices.send_due() == 0, "not yet"
    SmsDelivery.objects.update(next_try_at=timezone.now())
    assert sms_notices.send_due() == 1
    ids = {each["id"] for each in gateway.taken if "sıra firmanızda" in each["text"]}
    assert ids == {str(delivery.pk)}, "a repetition has the same id"


NIGHT = (time(9), time(18))


def hour(at: int) -> datetime:
    """Of today, in Turkey."""
    return timezone.localtime().replace(hour=at, minute=30)


def test_at_night_no_telephone_rings_and_in_the_morning_what_is_still_true_is_told(
    cast: Cast, gateway: Gateway, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    chooses(cast)
    settings.REMINDER_HOURS = NIGHT
    night = hour(23)
    monkeypatch.setattr("verification.sms_notices.timezone.now", lambda: night)
    asks_for_changes(cast)
    assert sms_notices.send_due() == 0
    assert sms_notices.send_due(now=night + timedelta(hours=9)) == 0
    assert news(gateway) == []
    assert not SmsDelivery.objects.exists(), "whoever wants it in the morning is told"
    assert sms_notices.send_due(now=night + timedelta(hours=10)) == 1
    assert len(news(gateway)) == 1


def test_of_what_came_up_at_night_the_last_is_told_alone(
    cast: Cast, gateway: Gateway, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    chooses(cast)
    settings.REMINDER_HOURS = NIGHT
    night = hour(23)
    monkeypatch.setattr("verification.sms_notices.timezone.now", lambda: night)
    asks_for_changes(cast)
    cast.touch_all()
    cast.submit()
    assert sms_notices.send_due(now=night + timedelta(hours=10)) == 0, "it is support's turn by now"
    asks_for_changes(cast)
    assert sms_notices.send_due(now=night + timedelta(hours=11)) == 1
    assert len(news(gateway)) == 1


def test_a_code_comes_at_any_hour(cast: Cast, gateway: Gateway, settings: Settings) -> None:
    now = timezone.localtime()
    settings.REMINDER_HOURS = (now.time(), now.time())
    press(cast, act="send", number="0555 010 20 30")
    assert sms.send_due() == 1


def test_what_is_old_is_no_news(cast: Cast, gateway: Gateway) -> None:
    chooses(cast)
    asks_for_changes(cast)
    SmsNotice.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert sms_notices.send_due() == 0
    assert SmsNotice.objects.exists()
    SmsNotice.objects.update(expires_at=timezone.now() - timedelta(days=31))
    sms_notices.send_due()
    assert not SmsNotice.objects.exists(), "nor is it kept for ever"


def test_only_turns_are_told_and_not_to_who_wants_no_notices(cast: Cast, gateway: Gateway) -> None:
    chooses(cast)
    chooses(cast, role="editor", number="0555 010 20 31")
    cast.company.memberships.filter(user=cast.people["editor"]).update(notices=CompanyNotices.NONE)
    asks_for_changes(cast)
    assert sms_notices.send_due() == 1
    assert SmsDelivery.objects.get().person == cast.people["owner"]


def test_what_is_no_turn_of_the_company_is_not_told(cast: Cast) -> None:
    cast.move(PRE_APPLICATION, "approve", STAFF)
    cast.move(PRE_APPLICATION, "letter_sent", SYSTEM)
    assert cast.state(STATUS_QUERY) == "waiting"
    assert not SmsNotice.objects.exists()


def test_without_a_gateway_nothing_is_offered_or_kept(cast: Cast) -> None:
    with override_settings(SMS_URL=""):
        page = Screen(cast.browsers["owner"].get(PAGE))
        assert "Bu portal şu anda SMS göndermiyor" in page
        assert page.buttons == []
        asks_for_changes(cast)
    assert not SmsNotice.objects.exists()


def test_the_number_is_the_persons_given_and_erased_with_them(cast: Cast) -> None:
    chooses(cast, role="editor")
    person = cast.people["editor"]
    assert NUMBER in str(opened(persons.export(person)))
    asks_for_changes(cast)
    sms_notices.send_due()
    persons.erase(person)
    assert not SmsChoice.objects.exists()
    assert not SmsDelivery.objects.exists()
    assert not OneTimeCode.objects.filter(target=NUMBER).exists()
