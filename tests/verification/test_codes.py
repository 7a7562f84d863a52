"""Codes by mail and SMS: right, wrong, too old, too often, and many tries at once."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from correspondence.models import Letter
from correspondence.outgoing.bodies import to_send
from identifiers import Refused
from journal.models import Entry
from tenancy.models import Company
from tests.scenarios.factories import CompanyFactory
from verification import codes, sms
from verification.models import OneTimeCode, Purpose

ADDRESS = "bilgi@mavideniz.example"
NUMBER = "+905550102030"
pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Company:
    return CompanyFactory.create()


def send(company: Company, subject: Any, purpose: Purpose = Purpose.EMAIL, target: str = ADDRESS) -> OneTimeCode:
    return codes.send(company=company, application_id=subject, purpose=purpose, target=target, by=None)


def age(code: OneTimeCode, seconds: int) -> None:
    """As if it had been sent that long ago."""
    then = timezone.now() - timedelta(seconds=seconds)
    OneTimeCode.objects.filter(pk=code.pk).update(created_at=then, expires_at=then + timedelta(seconds=300))


def confirm(subject: Any, code: str, target: str = ADDRESS) -> None:
    codes.confirm(application_id=subject, purpose=Purpose.EMAIL, target=target, code=code)


def wrong(code: OneTimeCode) -> str:
    return f"{(int(code.code) + 1) % 1_000_000:06}"


def test_the_code_goes_out_by_mail_and_proves_the_mailbox(company: Company) -> None:
    subject = uuid4()
    code = send(company, subject)
    letter = Letter.objects.get(to=[ADDRESS])
    assert f"\n{code.code}\n" in to_send(letter).text
    assert to_send(letter).subject == f"{code.code} doğrulama kodunuz"
    assert code.code not in letter.subject
    assert code.code not in "".join(Entry.objects.values_list("text", flat=True))
    assert codes.confirmed_at(subject, Purpose.EMAIL, ADDRESS) is None
    confirm(subject, f" {code.code[:3]} {code.code[3:]} ")
    assert codes.confirmed_at(subject, Purpose.EMAIL, ADDRESS) is not None
    assert codes.waiting(subject, Purpose.EMAIL) is None


def test_a_code_proves_its_own_target_and_application_alone(company: Company) -> None:
    subject, other = uuid4(), uuid4()
    code = send(company, subject)
    for asked, target in ((other, ADDRESS), (subject, "baska@mavideniz.example")):
        with pytest.raises(Refused, match="Önce bir doğrulama kodu isteyin"):
            confirm(asked, code.code, target)
    confirm(subject, code.code)
    assert codes.confirmed_at(subject, Purpose.EMAIL, "baska@mavideniz.example") is None


def test_each_wrong_try_counts_and_the_fifth_ends_it(company: Company) -> None:
    subject = uuid4()
    code = send(company, subject)
    for left in (4, 3, 2, 1):
        with pytest.raises(Refused, match=f"{left} deneme hakkınız kaldı"):
            confirm(subject, wrong(code))
    with pytest.raises(Refused, match="Yeni bir kod isteyin"):
        confirm(subject, wrong(code))
    with pytest.raises(Refused, match="artık geçmez"):
        confirm(subject, code.code)


def test_a_code_that_is_too_old_does_not_count(company: Company) -> None:
    subject = uuid4()
    code = send(company, subject)
    age(code, 301)
    with pytest.raises(Refused, match="süresi doldu"):
        confirm(subject, code.code)


def test_a_newer_code_takes_the_older_ones_place(company: Company) -> None:
    subject = uuid4()
    first = send(company, subject)
    age(first, 61)
    second = send(company, subject)
    if first.code != second.code:
        with pytest.raises(Refused, match="Kod yanlış"):
            confirm(subject, first.code)
    confirm(subject, second.code)


def test_another_code_is_sent_after_a_minute_and_three_times_at_most(company: Company) -> None:
    subject = uuid4()
    code = send(company, subject)
    with pytest.raises(Refused, match=r"\d+ saniye sonra"):
        send(company, subject)
    for again in range(3):
        waiting = codes.waiting(subject, Purpose.EMAIL)
        assert waiting is not None
        assert waiting.resends_left == 3 - again
        for sent in OneTimeCode.objects.all():
            age(sent, 61 + (timezone.now() - sent.created_at).seconds)
        code = send(company, subject)
    age(code, 61)
    with pytest.raises(Refused, match="Bir saat sonra"):
        send(company, subject)


@pytest.mark.django_db(transaction=True)
def test_tries_made_at_once_share_the_same_five(company: Company) -> None:
    subject = uuid4()
    code = send(company, subject)

    def guess(_number: int) -> str:
        try:
            confirm(subject, wrong(code))
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "right"

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(guess, range(16)))
    assert sum("Kod yanlış" in answer for answer in answers) == 5
    assert sum("artık geçmez" in answer for answer in answers) == 11


class Gateway:
    """An SMS gateway on loopback that remembers what it took over."""

    def __init__(self) -> None:
        self.taken: list[dict[str, str]] = []
        self.status = 202


@contextmanager
def running(gateway: Gateway) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            gateway.taken.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(gateway.status)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_an_sms_is_handed_over_once(company: Company) -> None:
    subject, gateway = uuid4(), Gateway()
    code = send(company, subject, Purpose.MOBILE, NUMBER)
    with running(gateway) as url, override_settings(SMS_URL=url):
        assert sms.send_due() == 1
        assert sms.send_due() == 0
    assert [message["to"] for message in gateway.taken] == [NUMBER]
    assert code.code in gateway.taken[0]["text"]
    codes.confirm(application_id=subject, purpose=Purpose.MOBILE, target=NUMBER, code=code.code)


def test_an_sms_that_was_not_taken_over_is_said_and_not_repeated(company: Company) -> None:
    subject, gateway = uuid4(), Gateway()
    gateway.status = 500
    send(company, subject, Purpose.MOBILE, NUMBER)
    with running(gateway) as url, override_settings(SMS_URL=url):
        assert sms.send_due() == 0
        assert sms.send_due() == 0
    waiting = codes.waiting(subject, Purpose.MOBILE)
    assert waiting is not None
    assert waiting.failure == "HTTP 500"
    assert len(gateway.taken) == 1


def test_a_gateway_out_of_reach_costs_the_code_and_nothing_else(company: Company) -> None:
    subject = uuid4()
    send(company, subject, Purpose.MOBILE, NUMBER)
    with override_settings(SMS_URL="http://127.0.0.1:9/"):
        assert sms.send_due() == 0
    assert OneTimeCode.objects.get().failure == "ConnectError"


def test_a_code_that_has_run_out_is_not_sent_any_more(company: Company) -> None:
    gateway = Gateway()
    age(send(company, uuid4(), Purpose.MOBILE, NUMBER), 301)
    with running(gateway) as url, override_settings(SMS_URL=url):
        assert sms.send_due() == 0
    assert gateway.taken == []
