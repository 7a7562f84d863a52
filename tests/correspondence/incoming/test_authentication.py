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


def below(*results: str, received: str = "") -> bytes:
    """İYS's mail under results of our server's, each a header; `received` stands between them and the mail."""
    headers = "".join(f"Authentication-Results: {each}\r\n" for each in results)
    return f"{headers}{received}".encode() + mail(verdict=None)


PASS = "dmarc=pass header.from=iys.org.tr"
OURS = "mx.portal.example"
RECEIVED = f"Received: from a.example (a.example [192.0.2.1]) by {OURS} (Postfix) with ESMTPS id 1;\r\n today\r\n"
WRITTEN_ODDLY = {
    "Exim, with an IPv6 address": f"{OURS}; iprev=pass (a) smtp.remote-ip=2001:db8::25; {PASS}; arc=none",
    "a last semicolon": f"{OURS}; {PASS};",
    "two of them": f"{OURS};; {PASS} ;;",
    "a version": f"{OURS} 1; {PASS}",
    "a version of the method": f"{OURS}; dmarc/1=pass header.from=iys.org.tr",
    "capitals": f"{OURS.upper()}; DMARC=Pass Header.From=IYS.ORG.TR",
    "an empty value": f"{OURS}; spf=pass smtp.mailfrom= smtp.helo=mail.iys.org.tr; {PASS}",
    "an empty value before it": f"{OURS}; dmarc=pass policy.dmarc= header.from=iys.org.tr",
    "an empty value at the end": f"{OURS}; dmarc=pass header.from=iys.org.tr policy.dmarc=",
    "comments": f"{OURS} (ours); dmarc=pass (p=reject (really) sp=none) header.from=iys.org.tr",
    "comments between": f"{OURS}; dmarc (v1) = (yes) pass header.from (d) = iys.org.tr",
    "a comment with a quotation mark": f'{OURS}; spf=none (5" disk) smtp.helo=x; {PASS}',
    "quotations": f'"{OURS}"; dmarc=pass reason="all; fine (really)" header.from="iys.org.tr"',
    "a reason in quotations": f'{OURS}; dkim=fail reason="did not = verify; \\"x\\"" header.d=x.example; {PASS}',
    "words that are no properties": f"{OURS}; auth=pass smtp.auth=; x-tls=done TLSv1.3 256/256 bits; {PASS}",
    "base64": f"{OURS}; dkim=pass header.d=iys.org.tr header.b=aB+/c9== header.a=rsa-sha256; {PASS}",
    "spaces around equals": f"{OURS} ; dmarc = pass header.from = iys.org.tr",
    "folded": f"{OURS};\r\n\tdkim=none;\r\n\tdmarc=pass\r\n\t header.from=iys.org.tr",
    "a semicolon in a comment": f"{OURS}; dkim=pass (2048-bit key; unprotected) header.d=iys.org.tr",
    "brackets": f"{OURS}; spf=pass (domain of a@b designates [2001:db8::1]) smtp.mailfrom=<>; {PASS}",
}


@pytest.mark.parametrize("results", WRITTEN_ODDLY.values(), ids=WRITTEN_ODDLY)
def test_our_own_word_is_read_whatever_stands_in_it(results: str) -> None:
    assert verdict(below(results)).sender_authentication is SenderAuthentication.VERIFIED


SPF, DKIM, DMARC = (
    f"{OURS}; {each}"
    for each in (
        "spf=pass smtp.mailfrom=iys.org.tr",
        "dkim=pass header.d=iys.org.tr header.s=s1 header.b=abc",
        PASS,
    )
)
BETWEEN = f"Authentication-Results: {SPF}\r\nReceived-SPF: pass\r\nDKIM-Filter: x\r\n".encode()
TOGETHER = {
    "OpenDMARC above OpenDKIM": below(DMARC, DKIM),
    "policyd-spf, OpenDKIM, OpenDMARC": below(SPF, DKIM, DMARC),
    "above the Received header": below(SPF, DKIM, DMARC, received=RECEIVED),
    "a forwarded mail": below(f"{OURS}; spf=fail smtp.mailfrom=firma.example", DKIM, DMARC, received=RECEIVED),
    "below it, and the topmost says it": RECEIVED.encode() + below(DMARC, DKIM),
    "with the filters' own between": BETWEEN + below(DKIM, DMARC),
    "under the deliverer's": b"Return-Path: <a@iys.org.tr>\r\nDelivered-To: t@takip\r\n" + below(SPF, DMARC),
}


@pytest.mark.parametrize("raw", TOGETHER.values(), ids=TOGETHER)
def test_results_of_ours_one_above_the_other_count_together(raw: bytes) -> None:
    assert verdict(raw).sender_authentication is SenderAuthentication.VERIFIED


NOT_OURS = {
    "a second dmarc below": below(f"{OURS}; dmarc=none header.from=iys.org.tr", DMARC),
    "a second dmarc in the same": below(f"{OURS}; dmarc=temperror; {PASS}"),
    "brought along, below our Received": below(SPF, received=f"{RECEIVED}Authentication-Results: {DMARC}\r\n"),
    "brought along, below our results below it": RECEIVED.encode()
    + below(f"{OURS}; spf=pass smtp.mailfrom=iys.org.tr", DMARC),
    "brought along, behind a header of the mail's": f"Authentication-Results: {SPF}\r\nSubject: x\r\n".encode()
    + below(DMARC),
    "ours says none": below(f"{OURS}; none", DMARC),
    "ours says that nothing passed": below(f"{OURS}; spf=fail smtp.mailfrom=saldirgan.example", DMARC),
    "ours says that another passed": below(f"{OURS}; dkim=pass header.d=saldirgan.example", DMARC),
    "another's on top": below("mx.saldirgan.example; none", DMARC),
    "an open comment": below(f"{OURS}; spf=fail (oh; {PASS}"),
    "an open quotation": below(f'{OURS}; spf=fail smtp.mailfrom="oh; {PASS}'),
    "only quoted": below(f'{OURS}; spf=fail reason="; {PASS}"'),
    "only in a comment": below(f"{OURS}; spf=fail (; {PASS})"),
    "no name, as Microsoft writes": below(f"spf=pass smtp.mailfrom=iys.org.tr; {PASS}"),
    "a quoted value that goes on": below(f'{OURS}; dmarc=pass header.from="iys.org.tr".saldirgan.example'),
}


@pytest.mark.parametrize("raw", NOT_OURS.values(), ids=NOT_OURS)
def test_what_a_stranger_may_have_written_is_never_believed(raw: bytes) -> None:
    assert verdict(raw).sender_authentication is SenderAuthentication.UNVERIFIED


@pytest.mark.parametrize("sign", ["(", ")", '"', ";", "=", "\\", " ", "a=", '"" ', "()"])
def test_a_long_header_of_one_sign_says_nothing(sign: str) -> None:
    raw = below(f"{OURS}; {sign * (7_900 // len(sign))}")
    assert verdict(raw).sender_authentication is SenderAuthentication.UNVERIFIED
