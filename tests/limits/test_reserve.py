"""Whoever uses up what ordinary letters have stops no code, no reset and no letter to İYS."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from correspondence.models import Audience, Letter, LetterStatus
from correspondence.outgoing import delivery, outbox
from limits.models import Counter
from limits.table import DEFAULTS
from partners.models import Partner
from tenancy.models import Company, User
from tests.scenarios.cast import Cast
from tests.scenarios.factories import CompanyFactory, UserFactory
from tests.scenarios.smtp_server import Server, running
from verification import codes
from verification.models import Purpose

pytestmark = pytest.mark.django_db
TO_IYS = "onkayit@iys.org.tr"


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as found:
        yield found


def write(company: Company, key: str, to: str, audience: Audience) -> Letter:
    body, address = outbox.Body(f"Mektup {key}", "Metin\n"), outbox.Address(audience, [to])
    return outbox.post(company=company, idempotency_key=key, body=body, address=address)


def ordinary(company: Company, many: int) -> None:
    for number in range(many):
        key = f"{company.pk}:{number}"
        write(company, key, f"kisi{number}@{company.tax_number}.example", Audience.COMPANY)


def arrived(server: Server) -> list[str]:
    return [message["To"] for message in server.messages]


def test_invitations_that_use_up_the_day_stop_neither_reset_nor_code_nor_letter_to_iys(server: Server) -> None:
    cast = Cast()
    for number in range(6):
        invited = {"email": f"davetli{number}@baska.example", "role": "viewer"}
        cast.browsers["owner"].post(reverse("team:people"), invited)
    with override_settings(LETTERS_PER_DAY=3):
        delivery.deliver()
        assert len(arrived(server)) == 3
        UserFactory.create(email="ada@uzak.example")
        Client().post(reverse("account_reset_password"), {"email": "ada@uzak.example"})
        codes.send(
            company=cast.company,
            application_id=uuid4(),
            purpose=Purpose.EMAIL,
            target="bilgi@mavideniz.example",
            by=None,
        )
        write(cast.company, "iys", TO_IYS, Audience.IYS)
        delivery.deliver()
    assert sorted(arrived(server)[3:]) == ["ada@uzak.example", "bilgi@mavideniz.example", TO_IYS]
    assert Letter.objects.filter(status=LetterStatus.QUEUED).count() == 3


def test_letters_of_accounts_have_an_end_as_well_and_leave_iys_its_own(server: Server) -> None:
    company = CompanyFactory.create()
    for number in range(5):
        outbox.post_account(to=f"kisi{number}@uzak.example", from_name="x", body=outbox.Body("Kod", "Metin\n"))
    with override_settings(LETTERS_PER_DAY=1, LETTERS_RESERVE=2):
        delivery.deliver()
        assert len(arrived(server)) == 3
        write(company, "iys", TO_IYS, Audience.IYS)
        delivery.deliver()
        assert arrived(server)[3:] == [TO_IYS]


def test_staff_are_told_of_each_pot_once(server: Server) -> None:
    support: User = UserFactory.create(is_staff=True)
    support.user_permissions.set(Permission.objects.filter(codename="hold_sending"))
    ordinary(CompanyFactory.create(), 2)
    with override_settings(LETTERS_PER_DAY=1):
        for _turn in range(3):
            delivery.deliver()
    (message,) = [each for each in server.messages if each["To"] == support.email]
    text = message.get_body(("plain",))
    assert text is not None
    assert "bütün alıcılara günde 1 mektup" in text.get_content()
    assert "Kodlar, şifre mektupları ve İYS'ye gidenler sürüyor" in text.get_content()


def test_one_companys_letters_wait_and_those_of_others_go(server: Server) -> None:
    loud, quiet = CompanyFactory.create(), CompanyFactory.create()
    ordinary(loud, 4)
    ordinary(quiet, 1)
    with override_settings(QUOTAS={**DEFAULTS, "letters.company.day": 2}):
        delivery.deliver()
        assert sum(f"@{loud.tax_number}." in to for to in arrived(server)) == 2
        assert sum(f"@{quiet.tax_number}." in to for to in arrived(server)) == 1
        waiting = Letter.objects.filter(status=LetterStatus.QUEUED)
        assert waiting.count() == 2
        assert all(each.due_at > timezone.now() + timedelta(hours=23) for each in waiting)
        assert all("Yarın" in each.smtp_answer for each in waiting)
        assert all(each.attempts == 0 for each in waiting)
        Counter.objects.update(closes_at=timezone.now())
        waiting.update(due_at=timezone.now())
        assert delivery.deliver() == 2


def test_one_partners_letters_to_iys_leave_another_partner_its_own(server: Server) -> None:
    loud = CompanyFactory.create()
    elsewhere = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
    quiet = CompanyFactory.create(partner=elsewhere)
    with override_settings(QUOTAS={**DEFAULTS, "letters_to_iys.partner.day": 1}):
        for number in range(3):
            write(loud, f"loud:{number}", TO_IYS, Audience.IYS)
        write(quiet, "quiet", TO_IYS, Audience.IYS)
        delivery.deliver()
    sent = Letter.objects.filter(status=LetterStatus.SENT)
    assert sent.filter(company=loud).count() == 1
    assert sent.filter(company=quiet).count() == 1


def test_codes_are_not_among_a_companys_letters(server: Server) -> None:
    company = CompanyFactory.create()
    with override_settings(QUOTAS={**DEFAULTS, "letters.company.day": 0}):
        ordinary(company, 1)
        codes.send(company=company, application_id=uuid4(), purpose=Purpose.EMAIL, target="a@b.example", by=None)
        delivery.deliver()
    assert arrived(server) == ["a@b.example"]
