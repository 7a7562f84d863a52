import pytest

from correspondence.incoming.authentication import SenderAuthentication, Verdict, authenticate
from correspondence.reading.parsing import envelope
from tests.scenarios.mails import mail

MEMBERS = frozenset({"ada@mavideniz.example"})


def verdict(raw: bytes) -> Verdict:
    return authenticate(
        envelope(raw),
        authserv_id="mx.portal.example",
        iys_domains=frozenset({"iys.org.tr"}),
        members=MEMBERS,
    )


def test_our_servers_word_for_an_iys_domain_is_believed() -> None:
    assert verdict(mail()).sender_authentication is SenderAuthentication.VERIFIED


def test_an_aligned_dkim_pass_is_believed_too() -> None:
    raw = b"Authentication-Results: mx.portal.example; dkim=pass header.d=iys.org.tr\r\n" + mail(verdict=None)
    assert verdict(raw).sender_authentication is SenderAuthentication.VERIFIED


def test_a_members_mail_is_the_companys() -> None:
    raw = mail(sender="ada@mavideniz.example", domain="mavideniz.example")
    assert verdict(raw).sender_authentication is SenderAuthentication.COMPANY


FORGED = {
    "no result": mail(verdict=None),
    "failed": mail(verdict="fail"),
    "another server's word": mail(authserv_id="mx.saldirgan.example"),
    "our name, but below another's": b"Authentication-Results: mx.saldirgan.example; none\r\n" + mail(),
    "brought along below ours": mail(verdict="fail")
    + b"Authentication-Results: mx.portal.example; dmarc=pass header.from=iys.org.tr\r\n",
    "passed for another domain": mail(domain="saldirgan.example"),
    "look-alike that ends otherwise": mail(sender="onkayit@iys.org.tr.example", domain="iys.org.tr.example"),
    "look-alike with a dotless i": mail(sender="onkayit@xn--ys-iqa.org.tr", domain="xn--ys-iqa.org.tr"),
    "subdomain": mail(sender="onkayit@posta.iys.org.tr", domain="posta.iys.org.tr"),
    "address in the display name": mail().replace(
        b"<onkayit@iys.org.tr>", b'"onkayit@iys.org.tr" <kotu@saldirgan.example>'
    ),
    "two From headers": mail().replace(b"To: ", b"From: kotu@saldirgan.example\r\nTo: ", 1),
    "two From addresses": mail().replace(b"<onkayit@iys.org.tr>", b"<onkayit@iys.org.tr>, kotu@saldirgan.example"),
    "dkim of another domain": (
        b"Authentication-Results: mx.portal.example; dkim=pass header.d=saldirgan.example\r\n" + mail(verdict=None)
    ),
    "a member without a pass": mail(sender="ada@mavideniz.example", domain="mavideniz.example", verdict="fail"),
    "not a header at all": b"Authentication-Results: ;;;=\xff\r\n" + mail(verdict=None),
    "a stranger": mail(sender="kim@baska.example", domain="baska.example"),
}


@pytest.mark.parametrize("name", FORGED)
def test_nothing_else_is_believed_and_the_reason_is_told(name: str) -> None:
    found = verdict(FORGED[name])
    assert found.sender_authentication is SenderAuthentication.UNVERIFIED
    assert found.why
