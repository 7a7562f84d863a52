"""A company's own mail account: typed by the owner, tried by a worker, and only then used."""

import ssl
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from correspondence.models.sending import AccountState, SendingAccount
from correspondence.outgoing import control, sending_accounts
from correspondence.outgoing.smtp import permitted
from fetcher.places import ForbiddenHost
from journal.models import Entry, Event
from tenancy.models import Company, User
from tests.scenarios.browser import Screen, signed_in
from tests.scenarios.factories import CompanyFactory, MembershipFactory, UserFactory
from tests.scenarios.smtp_server import SECRET, AccountServer, account_server

pytestmark = pytest.mark.django_db
PAGE = "team:sending_account"


@pytest.fixture
def mailbox() -> Iterator[AccountServer]:
    with account_server() as found:
        yield found


@pytest.fixture
def company() -> Company:
    found: Company = CompanyFactory.create()
    MembershipFactory.create(company=found)
    return found


@pytest.fixture
def owner(company: Company) -> User:
    found: User = company.memberships.get().user
    return found


@pytest.fixture
def client(owner: User) -> Client:
    return signed_in(owner)


def typed(mailbox: AccountServer, **other: Any) -> dict[str, Any]:
    return {
        "host": "127.0.0.1",
        "port": mailbox.port,
        "security": "none",
        "user_name": "bilgi@mavideniz.example",
        "password": SECRET,
        **other,
    }


def set_up(company: Company, owner: User, mailbox: AccountServer, **other: Any) -> SendingAccount:
    """An account as it stands after a worker tried it."""
    account = sending_accounts.set_up(company=company, by=owner, **typed(mailbox, **other))
    sending_accounts.test(account=account)
    return SendingAccount.objects.select_related("company").get(pk=account.pk)


def screen(client: Client) -> Screen:
    return Screen(client.get(reverse(PAGE)))


def test_the_owner_sets_it_up_and_sees_that_it_works(
    client: Client, company: Company, mailbox: AccountServer
) -> None:
    answer = client.post(reverse(PAGE), typed(mailbox))
    assert answer.status_code == 302
    assert mailbox.mails == []
    assert "Hesap deneniyor" in screen(client)
    sending_accounts.test(account=SendingAccount.objects.get())
    (mail,) = mailbox.messages
    assert (mail["From"], mail["To"]) == ("bilgi@mavideniz.example", "bilgi@mavideniz.example")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "Hesap çalışıyor" in screen(client)
    assert Entry.objects.filter(company=company, event=Event.SENDING_ACCOUNT).count() == 2


def test_the_password_is_ciphertext_and_never_shown_again(
    client: Client, company: Company, owner: User, mailbox: AccountServer
) -> None:
    set_up(company, owner, mailbox)
    with connection.cursor() as cursor:
        cursor.execute("SELECT password FROM correspondence_sendingaccount")
        (stored,) = cursor.fetchone()
    assert SECRET not in stored
    assert SendingAccount.objects.get().password == SECRET
    assert SECRET not in client.get(reverse(PAGE)).content.decode()
    assert not Entry.objects.filter(text__contains=SECRET).exists()


def test_each_asking_is_tried_once(company: Company, owner: User, mailbox: AccountServer) -> None:
    account = set_up(company, owner, mailbox)
    sending_accounts.test(account=account)
    assert len(mailbox.mails) == 1
    sending_accounts.ask_again(account=account)
    sending_accounts.test(account=account)
    assert len(mailbox.mails) == 2


def test_a_test_that_fell_silent_can_be_asked_for_again(
    client: Client, company: Company, owner: User, mailbox: AccountServer
) -> None:
    sending_accounts.set_up(company=company, by=owner, **typed(mailbox))
    long_ago = timezone.now() - timedelta(minutes=5)
    SendingAccount.objects.update(asked_at=long_ago, tested_at=long_ago)
    page = screen(client)
    assert "yanıt gelmedi" in page
    assert "Yeniden dene" in page.buttons
    client.post(reverse("team:test_account"))
    sending_accounts.test(account=SendingAccount.objects.get())
    assert "Hesap çalışıyor" in screen(client)


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"password": "yanlis"}, "Kullanıcı adı ya da parola kabul edilmedi"),
        ({"port": 9}, "ulaşılamadı"),
        ({"security": "starttls"}, "bu güvenlik türünü"),
        ({"security": "tls"}, "güvenlik türünü konuşmuyor"),
    ],
    ids=["wrong password", "nobody listens", "no STARTTLS", "no TLS"],
)
def test_what_went_wrong_is_said_in_words(
    client: Client, company: Company, owner: User, mailbox: AccountServer, other: dict[str, Any], sentence: str
) -> None:
    account = set_up(company, owner, mailbox, **other)
    assert account.state == AccountState.REFUSED
    assert sentence in account.answer
    page = screen(client)
    assert "Hesap çalışmadı" in page
    assert sentence in page
    assert mailbox.mails == []


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (ssl.SSLCertVerificationError("self-signed"), "sertifikasına güvenilemiyor"),
        (TimeoutError("timed out"), "ulaşılamadı"),
        (ForbiddenHost("no"), "yalnızca bu makinedeki"),
    ],
)
def test_every_trouble_has_words(
    company: Company, owner: User, mailbox: AccountServer, error: Exception, sentence: str
) -> None:
    assert sentence in sending_accounts.explained(error, set_up(company, owner, mailbox))


def test_a_server_that_refuses_the_address_is_no_account_of_it(
    company: Company, owner: User, mailbox: AccountServer
) -> None:
    mailbox.answer = "550 not your address"
    assert "kabul etmedi" in set_up(company, owner, mailbox).answer


@pytest.mark.parametrize(
    "host", ["smtp.office365.com", "192.0.2.1", "10.0.0.1", "169.254.169.254", "127.0.0.1.example"]
)
def test_in_sandbox_mode_a_foreign_host_is_refused_beside_the_field(
    client: Client, mailbox: AccountServer, host: str
) -> None:
    answer = client.post(reverse(PAGE), typed(mailbox, host=host))
    page = Screen(answer)
    assert answer.status_code == 422
    assert "yalnızca bu makinedeki posta sunucusu" in page
    assert page.fields["host"] == host
    assert not SendingAccount.objects.exists()
    with pytest.raises(ForbiddenHost):
        permitted(host, 587)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "10.1.2.3", "192.168.1.10", "172.16.0.1", "169.254.169.254", "0.0.0.0", "::1",  # noqa: S104
     "::ffff:127.0.0.1", "fe80::1", "fd00::1", "224.0.0.1", "100.64.0.1", "64:ff9b::a00:1", "2002:a00:1::1"],
)  # fmt: skip
def test_in_live_mode_ones_own_network_is_refused(host: str) -> None:
    with override_settings(MAIL_MODE="live"), pytest.raises(ForbiddenHost):
        permitted(host, 587)


def test_in_live_mode_a_public_host_is_reached_at_the_address_that_was_looked_at() -> None:
    with override_settings(MAIL_MODE="live"):
        assert permitted("1.1.1.1", 465) == "1.1.1.1"
        with pytest.raises(ForbiddenHost):
            permitted("1.1.1.1", 22)


def test_in_live_mode_no_password_goes_unencrypted(client: Client, mailbox: AccountServer) -> None:
    with override_settings(MAIL_MODE="live"):
        answer = client.post(reverse(PAGE), typed(mailbox, host="smtp.mavideniz.example", port=587))
    assert answer.status_code == 422
    assert "şifreli bir bağlantıdan" in Screen(answer)


def test_another_server_is_never_given_the_known_password(
    client: Client, company: Company, owner: User, mailbox: AccountServer
) -> None:
    set_up(company, owner, mailbox)
    assert client.post(reverse(PAGE), typed(mailbox, password="")).status_code == 302
    answer = client.post(reverse(PAGE), typed(mailbox, host="localhost", password=""))
    assert answer.status_code == 422
    assert "parolayı yeniden yazın" in Screen(answer)


def test_another_corporate_address_needs_another_test(
    client: Client, company: Company, owner: User, mailbox: AccountServer
) -> None:
    set_up(company, owner, mailbox)
    Company.objects.filter(pk=company.pk).update(corporate_email="yeni@mavideniz.example")
    assert not SendingAccount.objects.select_related("company").get().is_usable
    assert "Kurumsal adresiniz değişti" in screen(client)


def test_what_is_taken_away_is_forgotten(
    client: Client, company: Company, owner: User, mailbox: AccountServer
) -> None:
    set_up(company, owner, mailbox)
    client.post(reverse("team:remove_account"))
    account = SendingAccount.objects.get()
    assert (account.state, account.password) == (AccountState.OFF, "")
    assert "Hesap çalışıyor" not in screen(client)


def test_while_all_sending_is_stopped_no_test_goes(company: Company, owner: User, mailbox: AccountServer) -> None:
    control.hold_sending(partner=None, target="", reason="dur", by=UserFactory.create(is_staff=True))
    assert "durdurulmuş" in set_up(company, owner, mailbox).answer
    assert mailbox.mails == []
