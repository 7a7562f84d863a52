"""The visitor's address behind proxies: what our own proxies wrote counts, what a visitor wrote does not."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from iysportal.proxy import ClientAddressMiddleware, forwarded_address
from limits.table import DEFAULTS

VISITOR, INNER = "198.51.100.7", "10.0.0.2"


@pytest.mark.parametrize(
    ("header", "proxies", "address"),
    [
        (VISITOR, 1, VISITOR),
        (f"203.0.113.9, {VISITOR}", 1, VISITOR),
        (f"203.0.113.9, {VISITOR}, {INNER}", 2, VISITOR),
        ("2001:db8::1", 1, "2001:db8::1"),
        ("", 1, ""),
        (VISITOR, 2, ""),
        ("unknown", 1, ""),
        (f"{VISITOR}, '; drop table", 1, ""),
    ],
)
def test_only_what_our_proxies_wrote_is_read(header: str, proxies: int, address: str) -> None:
    assert forwarded_address(header, proxies) == address


@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [(0, VISITOR, "127.0.0.1"), (1, f"203.0.113.9, {VISITOR}", VISITOR), (1, "nonsense", "127.0.0.1")],
)
def test_the_request_carries_it(proxies: int, header: str, address: str) -> None:
    seen: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    with override_settings(PROXY_COUNT=proxies):
        ClientAddressMiddleware(view)(RequestFactory().get("/", HTTP_X_FORWARDED_FOR=header))
    assert seen == [address]


@pytest.mark.django_db
@override_settings(PROXY_COUNT=1, QUOTAS={**DEFAULTS, "status_failures.address.minute": 2})
def test_one_visitor_s_questions_do_not_use_up_another_s() -> None:
    def ask(visitor: str) -> int:
        forwarded = {"HTTP_X_FORWARDED_FOR": visitor}
        data = {"number": "P-7KQ4MX", "email": "biri@mavideniz.example"}
        return Client().post(reverse("status_form"), data, **forwarded).status_code  # type: ignore[arg-type]

    assert [ask(VISITOR) for _turn in range(3)] == [422, 422, 429]
    assert ask("198.51.100.8") == 422
