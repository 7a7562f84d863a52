"""Envelope senders: one for each letter, signed; behind a catch-all or a plus, and after a change of keys."""

from uuid import UUID, uuid4

import pytest
from django.test import override_settings

from correspondence.addresses import envelope_sender, letters_addressed, signed_address
from correspondence.incoming.matching import tokens
from correspondence.models import Letter, SendingAccount, TrackingAddress
from correspondence.outgoing import delivery
from tests.correspondence.outgoing.test_delivery import post
from tests.scenarios.smtp_server import running

LETTER = UUID("7c1f0f5e-52a4-4a53-9c1b-0f6f2f9d5b11")


def test_an_address_leads_to_its_letter_and_to_no_other() -> None:
    one, other = uuid4(), uuid4()
    assert letters_addressed([signed_address(one)]) == {one}
    assert letters_addressed([signed_address(one), signed_address(other), "x@y.example"]) == {one, other}


def test_it_fits_into_an_address_and_has_no_case() -> None:
    with override_settings(TRACKING_MAILBOX="e-postalar.portali"):
        assert len(signed_address(LETTER).partition("@")[0]) == 64
    assert signed_address(LETTER) == signed_address(LETTER).lower()


@pytest.mark.parametrize(
    "forged",
    [
        "b-{id}-{mac}@saldirgan.example",
        "b-{id}-aaaaaaaaaaaaaaaa@takip.portal.example",
        "b-{id}@takip.portal.example",
        "b-{id}-{mac}x@takip.portal.example",
        "c-{id}-{mac}@takip.portal.example",
        "b-{other}-{mac}@takip.portal.example",
        "b-77777777777777777777777777-{mac}@takip.portal.example",
    ],
)
def test_nothing_that_we_did_not_sign_leads_to_a_letter(forged: str) -> None:
    _b, key, mac = signed_address(LETTER).partition("@")[0].split("-")
    other = signed_address(uuid4()).split("-")[1]
    assert not letters_addressed([forged.format(id=key, mac=mac, other=other)])


def test_behind_the_plus_of_one_mailbox_both_kinds_of_address_are_known() -> None:
    with override_settings(TRACKING_MAILBOX="takip"):
        address, tracking = signed_address(LETTER), TrackingAddress(token="a" * 20).email
    assert address.startswith("takip+b-")
    assert tracking == f"takip+t-{'a' * 20}@takip.portal.example"
    # Also when the domain has got a catch-all since.
    assert letters_addressed([address]) == {LETTER}
    assert tokens(frozenset({tracking}), tracking_domain="takip.portal.example") == {"a" * 20}


def test_a_letter_comes_back_after_the_key_was_changed() -> None:
    with override_settings(SECRET_KEY="former"):
        address = signed_address(LETTER)
    assert not letters_addressed([address])
    with override_settings(SECRET_KEY_FALLBACKS=["former"]):
        assert letters_addressed([address]) == {LETTER}


@pytest.mark.django_db
def test_a_letter_goes_out_under_it_and_keeps_its_from() -> None:
    with running() as server:
        letter = post()
        delivery.deliver()
    assert server.senders == [signed_address(letter.pk)]
    message = server.messages[0]
    assert letter.from_email in str(message["From"])
    assert letter.reply_to in str(message["Reply-To"])
    assert letters_addressed(server.senders) == {letter.pk}


def test_over_a_companys_own_account_its_address_stays() -> None:
    account = SendingAccount(pk=1, email="bilgi@mavideniz.example")
    letter = Letter(pk=LETTER, from_email="bilgi@mavideniz.example", account=account)
    assert envelope_sender(letter) == "bilgi@mavideniz.example"
