"""The registry, the SMS gateway and the signing page, as the portal and a newcomer meet them over HTTP."""

from datetime import UTC, datetime

import httpx
from django.test import override_settings

from documents.rendering import html_to_pdf
from documents.signatures.fields import Person, with_fields
from documents.signatures.report import Outcome
from documents.signatures.trust import from_folder
from documents.signatures.verifying import verify
from identifiers import mersis, tckn, vkn
from registry.lookup import Found, Mismatch, NotFound, Unavailable, look_up
from sandbox.services import COMPANIES
from tests.sandbox.process import Sandbox
from verification import gateway


def test_the_test_companies_have_numbers_that_pass_their_checks() -> None:
    for company in COMPANIES:
        assert vkn.clean(company["tax_number"]) == company["tax_number"]
        assert tckn.clean(company["signatory_identity"]) == company["signatory_identity"]
        assert mersis.clean(company["mersis_number"], company["tax_number"]) == company["mersis_number"]


def test_the_registry_answers_as_the_portal_asks(sandbox: Sandbox) -> None:
    company = COMPANIES[0]
    with override_settings(REGISTRY_URL=f"{sandbox.web}/api/registry", REGISTRY_TOKEN=""):
        found = look_up(company["mersis_number"], company["signatory_identity"])
        assert isinstance(found, Found)
        assert found.trade_name == company["trade_name"]
        assert look_up(company["mersis_number"], COMPANIES[1]["signatory_identity"]) == Mismatch()
        assert look_up("0000000000000000", company["signatory_identity"]) == NotFound()
        httpx.post(f"{sandbox.web}/sicil", data={"down": "on"})
        assert look_up(company["mersis_number"], company["signatory_identity"]) == Unavailable()
        httpx.post(f"{sandbox.web}/sicil", data={})
        assert isinstance(look_up(company["mersis_number"], company["signatory_identity"]), Found)
    assert company["mersis_number"] in httpx.get(f"{sandbox.web}/sicil").text


def test_an_sms_can_be_read_and_a_repetition_is_one(sandbox: Sandbox) -> None:
    with override_settings(SMS_URL=f"{sandbox.web}/sms", SMS_TOKEN=""):
        gateway.send(key="7", to="+905550102030", text="Kodunuz: 123456")
        gateway.send(key="7", to="+905550102030", text="Kodunuz: 123456")
        gateway.send(key="8", to="+905550102031", text="Başkası")
    messages = httpx.get(f"{sandbox.web}/api/sms", params={"to": "+905550102030"}).json()["messages"]
    assert [message["text"] for message in messages] == ["Kodunuz: 123456"]
    assert "Kodunuz: 123456" in httpx.get(f"{sandbox.web}/sms").text


def test_what_the_page_signs_the_portal_believes(sandbox: Sandbox) -> None:
    paper = with_fields(html_to_pdf("<p>Taahhütname</p>"), ["Ada Yalın"])
    person = {"name": "Ada Yalın", "identity": COMPANIES[1]["signatory_identity"]}
    answer = httpx.post(f"{sandbox.web}/imza", data=person, files={"file": ("t.pdf", paper, "application/pdf")})
    report = verify(
        answer.content,
        paper,
        people=[Person(person["name"], person["identity"])],
        trust=from_folder(sandbox.trust_dir),
        at=datetime.now(UTC),
    )
    assert [check.sentence for check in report.checks if check.outcome is not Outcome.PASSED] == []


def test_what_is_no_pdf_is_not_signed(sandbox: Sandbox) -> None:
    answer = httpx.post(
        f"{sandbox.web}/imza",
        data={"name": "Ada", "identity": "1"},
        files={"file": ("t.pdf", b"rubbish", "application/pdf")},
    )
    assert answer.status_code == 422
    assert "İmzalanamadı" in answer.text
