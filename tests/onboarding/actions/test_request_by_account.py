"""Step 4's request from the company's own account: from its address, tracked, and never from another sender."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from correspondence.addresses import tracking_address
from correspondence.models import Letter, LetterStatus
from correspondence.models.sending import SendingAccount
from correspondence.outgoing import control, delivery, sending_accounts
from correspondence.outgoing.failures import failure
from onboarding.mail import outcomes
from onboarding.steps import PACKAGE_CONTRACT
from tests.scenarios.browser import Screen
from tests.scenarios.cast import Cast
from tests.scenarios.factories import UserFactory
from tests.scenarios.smtp_server import AccountServer, Server, account_server, running
from tests.team.test_sending_account import typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailbox() -> Iterator[AccountServer]:
    with account_server() as found:
        yield found


@pytest.fixture
def portal() -> Iterator[Server]:
    with running() as found:
        yield found


@pytest.fixture
def cast() -> Cast:
    found = Cast()
    found.chosen()
    return found


@pytest.fixture
def account(cast: Cast, mailbox: AccountServer) -> SendingAccount:
    found = sending_accounts.set_up(company=cast.company, by=cast.people["owner"], **typed(mailbox))
    sending_accounts.test(account=found)
    mailbox.mails.clear()
    return found


def work() -> None:
    delivery.deliver()
    outcomes.handle_outcomes()


def ask(cast: Cast) -> Screen:
    return cast.press("package_contract", "request_offer", way="account")


def request_letter() -> Letter:
    return Letter.objects.get(step_key="package_contract", audience="iys")


def again_until_given_up() -> None:
    for _turn in range(6):
        Letter.objects.filter(status=LetterStatus.QUEUED).update(due_at=timezone.now())
        work()


def test_the_request_comes_from_the_corporate_address(
    cast: Cast, account: SendingAccount, mailbox: AccountServer, portal: Server
) -> None:
    ask(cast)
    work()
    (mail,) = [each for each in mailbox.messages if each["To"] == "satis@iys.org.tr"]
    tracking = tracking_address(cast.company).email
    assert "bilgi@mavideniz.example" in mail["From"]
    assert mail["Reply-To"] == tracking
    assert mail["Cc"] == f"{tracking}, iys@kiyi.example"
    assert mail["Message-ID"] == request_letter().message_id
    assert "satis@iys.org.tr" not in [each["To"] for each in portal.messages]
    assert cast.state(PACKAGE_CONTRACT) == "requested"


@pytest.mark.parametrize("trouble", ["password", "away", "refused", "removed"])
def test_what_cannot_go_comes_back_to_the_company_and_goes_from_nowhere_else(
    cast: Cast, account: SendingAccount, mailbox: AccountServer, portal: Server, trouble: str
) -> None:
    ask(cast)
    if trouble == "password":
        account.refresh_from_db()
        account.password = "eski-parola"
        account.save()
    elif trouble == "away":
        SendingAccount.objects.update(port=9)
    elif trouble == "refused":
        mailbox.answer = "550 not allowed"
    else:
        sending_accounts.take_away(account=SendingAccount.objects.get(), by=cast.people["owner"])
    again_until_given_up()
    record = cast.record(PACKAGE_CONTRACT)
    assert (record.state, record.turn) == ("choosing", "company")
    page = cast.open("package_contract")
    assert "Teklif isteği gönderilmedi." in page
    assert failure(record.reason).says in page
    assert [each["To"] for each in (*portal.messages, *mailbox.messages) if each["To"] == "satis@iys.org.tr"] == []
    assert request_letter().status == LetterStatus.CANCELLED


def test_after_that_another_way_can_be_chosen(
    cast: Cast, account: SendingAccount, mailbox: AccountServer, portal: Server
) -> None:
    ask(cast)
    mailbox.answer = "550 not allowed"
    again_until_given_up()
    cast.press("package_contract", "request_offer", way="portal")
    work()
    assert [each["To"] for each in portal.messages].count("satis@iys.org.tr") == 1
    assert cast.state(PACKAGE_CONTRACT) == "requested"


def test_a_letter_that_staff_hold_goes_from_the_same_address_when_it_is_released(
    cast: Cast, account: SendingAccount, mailbox: AccountServer, portal: Server
) -> None:
    support: Any = UserFactory.create(is_staff=True)
    ask(cast)
    control.hold(letter=request_letter(), reason="dur", by=support)
    work()
    assert cast.state(PACKAGE_CONTRACT) == "sending"
    control.release(letter=request_letter(), by=support)
    work()
    assert [each["To"] for each in mailbox.messages] == ["satis@iys.org.tr"]
    assert cast.state(PACKAGE_CONTRACT) == "requested"


def test_without_an_account_the_way_leads_to_setting_one_up(cast: Cast) -> None:
    assert "Hesabı tanıt" in cast.open("package_contract").links
    page = cast.press("package_contract", "request_offer", way="account")
    assert "Gönderim hesabınız hazır değil" in page
    assert cast.state(PACKAGE_CONTRACT) == "choosing"


def test_the_portals_own_letters_do_not_wait_for_a_companys_server(
    cast: Cast, account: SendingAccount, portal: Server
) -> None:
    SendingAccount.objects.update(port=9)
    ask(cast)
    assert delivery.deliver() == len(portal.mails) > 0
