"""What the DNS says of a sending domain, asked of a real name server on loopback."""

import pytest

from correspondence.preflight.dns_records import Finding, Result, asker, dkim, dmarc, mx, spf
from tests.correspondence.dns_server import Records, knowing

DOMAIN = "takip.portal.example"
OK, MISSING, UNASKED = Result.OK, Result.MISSING, Result.UNASKED


def found(records: Records, what: str = "spf", *more: object) -> Finding:
    check = {"spf": spf, "dmarc": dmarc, "mx": mx, "dkim": dkim}[what]
    with knowing(records) as server:
        result: Finding = check(DOMAIN, *more, asker(server, seconds=0.3))  # type: ignore[operator]
    return result


@pytest.mark.parametrize(
    ("texts", "result", "words"),
    [
        (['"v=spf1 ip4:192.0.2.1 -all"'], OK, "has an SPF record"),
        (['"v=spf1 ip4:192.0.2.1 " "-all"', '"google-site=1"'], OK, "192.0.2.1 -all"),
        (['"v=spf10 -all"'], MISSING, "has no SPF record"),
        (['"v=spf1 -all"', '"v=spf1 mx -all"'], MISSING, "2 SPF records"),
        (['"v=spf1 +all"'], MISSING, "lets everybody send"),
        (['"v=spf1 mx all"'], MISSING, "lets everybody send"),
    ],
)
def test_spf(texts: list[str], result: Result, words: str) -> None:
    finding = found({(DOMAIN, "TXT"): texts})
    assert (finding.result, words in finding.sentence) == (result, True), finding


@pytest.mark.parametrize(
    ("records", "result", "words"),
    [
        ({(f"_dmarc.{DOMAIN}", "TXT"): ['"v=DMARC1; p=reject"']}, OK, f"stands at {DOMAIN}, policy reject"),
        ({("_dmarc.portal.example", "TXT"): ['"v=DMARC1; p=none"']}, OK, "stands at portal.example, policy none"),
        ({(f"_dmarc.{DOMAIN}", "TXT"): ['"v=DMARC1; rua=mailto:a@b.example"']}, MISSING, "names no policy"),
        ({(f"_dmarc.{DOMAIN}", "TXT"): ['"v=DMARC1; p=none"'] * 1 + ['"v=DMARC1; p=reject"']}, MISSING, "2 DMARC"),
        ({("_dmarc.example", "TXT"): ['"v=DMARC1; p=reject"']}, MISSING, "has no DMARC record"),
    ],
)
def test_dmarc_of_the_domain_or_of_the_one_above(records: Records, result: Result, words: str) -> None:
    finding = found(records, "dmarc")
    assert (finding.result, words in finding.sentence) == (result, True), finding


def test_dkim_needs_to_be_told_which_key_signs() -> None:
    key = (f"s1._domainkey.{DOMAIN}", "TXT")
    assert found({}, "dkim", []).result is UNASKED
    assert found({key: ['"v=DKIM1; k=rsa; p=MIIBIjAN"']}, "dkim", ["s1"]).result is OK
    assert found({key: ['"v=DKIM1; p="']}, "dkim", ["s1"]).sentence.endswith("was revoked (empty p=).")
    assert found({key: ['"v=DKIM1; p=MIIB"']}, "dkim", ["s1", "s2"]).result is MISSING


def test_mx() -> None:
    assert found({(DOMAIN, "MX"): ["10 mx.portal.example."]}, "mx").result is OK
    assert found({(DOMAIN, "MX"): ["0 ."]}, "mx").result is MISSING
    assert found({(DOMAIN, "A"): ["192.0.2.1"]}, "mx").result is MISSING


@pytest.mark.parametrize("what", ["spf", "mx", "dmarc"])
def test_a_server_that_does_not_answer_says_nothing_about_the_record(what: str) -> None:
    deaf = {(DOMAIN, "TXT"): ["deaf"], (DOMAIN, "MX"): ["deaf"], (f"_dmarc.{DOMAIN}", "TXT"): ["deaf"]}
    assert found(deaf, what).result is UNASKED
