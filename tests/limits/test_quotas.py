"""Taking from a quota: for whom it counts, and what whoever is refused is told."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import RequestFactory, override_settings
from django.utils import timezone

from identifiers import Refused
from limits import quotas
from limits.middleware import QuotaMiddleware
from limits.models import Counter
from limits.quotas import Quota, TooMany
from limits.table import DEFAULTS
from tests.scenarios.factories import CompanyFactory, UserFactory

pytestmark = pytest.mark.django_db
WHEN = r"(Bugün|Yarın) \d\d:\d\d'(den|dan|ten|tan) sonra yeniden deneyebilirsiniz\.$"


def numbers(**changed: int) -> override_settings:
    return override_settings(QUOTAS={**DEFAULTS, **{key.replace("__", "."): n for key, n in changed.items()}})


@pytest.fixture(autouse=True)
def small() -> Iterator[None]:
    with numbers(links__company__hour=2, links__person__day=3, links__address__day=4, links__target__hour=2):
        yield


def test_each_of_whom_is_counted_has_a_measure_of_its_own() -> None:
    company, other = CompanyFactory.create(), CompanyFactory.create()
    person, colleague = UserFactory.create(), UserFactory.create()
    quotas.take(Quota.LINKS, company=company, person=person)
    quotas.take(Quota.LINKS, company=company, person=colleague)
    with pytest.raises(TooMany):
        quotas.take(Quota.LINKS, company=company, person=colleague)
    quotas.take(Quota.LINKS, company=other, person=person)
    quotas.take(Quota.LINKS, company=other, person=person)
    with pytest.raises(TooMany):
        quotas.take(Quota.LINKS, person=person)
    quotas.take(Quota.LINKS, person=colleague)


def test_who_is_refused_by_one_measure_uses_up_none_of_the_others() -> None:
    company, person = CompanyFactory.create(), UserFactory.create()
    for _time in range(2):
        quotas.take(Quota.LINKS, company=company, person=person)
    for _time in range(5):
        with pytest.raises(TooMany):
            quotas.take(Quota.LINKS, company=company, person=person)
    quotas.take(Quota.LINKS, person=person)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("192.0.2.7", "::ffff:192.0.2.7", True),
        ("192.0.2.7", "192.0.2.8", False),
        ("fe80::1%eth0", "fe80::2", True),
    ],
)
def test_of_ipv6_the_network_counts_that_one_subscriber_has(one: str, other: str, same: bool) -> None:
    for _time in range(4):
        quotas.take(Quota.LINKS, address=one)
    if same:
        with pytest.raises(TooMany):
            quotas.take(Quota.LINKS, address=other)
    else:
        quotas.take(Quota.LINKS, address=other)


def test_a_mailbox_is_the_same_however_it_is_written() -> None:
    quotas.take(Quota.LINKS, target="ada@x.example")
    quotas.take(Quota.LINKS, target=" ADA@x.example")
    with pytest.raises(TooMany):
        quotas.take(Quota.LINKS, target="Ada@X.example")


def test_the_refusal_says_when_it_goes_on_and_then_it_does() -> None:
    company = CompanyFactory.create()
    for _time in range(2):
        quotas.take(Quota.LINKS, company=company)
    with pytest.raises(Refused, match=WHEN) as told:
        quotas.take(Quota.LINKS, company=company)
    assert str(told.value).startswith("Kısa sürede çok sayıda bağlantı gönderildi. ")
    until = told.value.until  # type: ignore[attr-defined]
    assert timedelta(minutes=59) < until - timezone.now() <= timedelta(hours=1)
    Counter.objects.update(closes_at=timezone.now())
    quotas.take(Quota.LINKS, company=company)


def test_when_several_measures_are_full_the_last_of_them_is_named() -> None:
    with numbers(links__company__hour=1, links__company__day=1):
        company = CompanyFactory.create()
        quotas.take(Quota.LINKS, company=company)
        with pytest.raises(TooMany) as told:
            quotas.take(Quota.LINKS, company=company)
        assert told.value.until is not None
        assert told.value.until - timezone.now() > timedelta(hours=23)


def test_what_is_more_than_a_measure_ever_gives_is_not_put_off() -> None:
    with pytest.raises(TooMany, match="destek ekibine yazın") as told:
        quotas.take(Quota.UPLOAD_BYTES, amount=10**12, company=CompanyFactory.create())
    assert told.value.until is None
    assert not Counter.objects.exists()


def test_the_counters_name_nobody() -> None:
    quotas.take(Quota.LINKS, address="192.0.2.7", target="yagmur@x.example", person=UserFactory.create())
    rows = str(list(Counter.objects.values_list("key", "measure")))
    assert "192.0.2.7" not in rows
    assert "yagmur" not in rows


def test_every_refusal_begins_with_a_sentence_and_ends_with_the_time() -> None:
    one = dict.fromkeys(DEFAULTS, 1)
    company, person = CompanyFactory.create(), UserFactory.create()
    who = quotas.Who(company=company, person=person, partner=company.partner, address="192.0.2.7", target="x")
    with override_settings(QUOTAS=one):
        for quota in Quota:
            quotas.take(quota, **who)
            with pytest.raises(Refused, match=WHEN) as told:
                quotas.take(quota, **who)
            assert re.match(r"[A-ZÇĞİÖŞÜ][^.]+\. ", str(told.value)), quota


def test_where_no_form_tells_a_page_does() -> None:
    request = RequestFactory().post("/")
    request.user = UserFactory.create()
    middleware = QuotaMiddleware(lambda _request: None)  # type: ignore[arg-type, return-value]
    refusal = TooMany(Quota.LINKS, timezone.now() + timedelta(minutes=5))
    page = middleware.process_exception(request, refusal)
    assert page is not None
    assert page.status_code == 429
    assert refusal.goes_on.replace("'", "&#x27;") in page.content.decode()
    assert 290 <= int(page["Retry-After"]) <= 300
    told = middleware.process_exception(RequestFactory().post("/", headers={"HX-Request": "true"}), refusal)
    assert told is not None
    assert (told.status_code, told.content) == (429, b"")
    assert told["HX-Trigger"].isascii()
    assert middleware.process_exception(request, ValueError()) is None


def test_the_middleware_is_installed_behind_those_that_know_partner_and_company() -> None:
    order = settings.MIDDLEWARE
    assert order.index("tenancy.middleware.CompanyMiddleware") < order.index("limits.middleware.QuotaMiddleware")
