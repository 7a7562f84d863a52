"""No paper has an empty line: what it needs is asked for before it is made, whichever channel the company took."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.template.loader import render_to_string

from onboarding.actions import package_contract
from onboarding.actions.pre_application import already_applied, submission
from onboarding.actor import IYS, SYSTEM, NotAllowed
from onboarding.dossier import content, needed, papers
from onboarding.models import Application, DocumentKind, PackageChoice
from onboarding.steps import PACKAGE_CONTRACT, PARTNER_ASSIGNMENT, PRE_APPLICATION
from tenancy.models import Company
from tests.scenarios.cast import Cast
from tests.scenarios.factories import tckn
from tests.scenarios.ladder import STAFF
from tests.scenarios.papers import blank_pdf, upload

pytestmark = pytest.mark.django_db
# What is printed only where there is some, each with the papers on which that is so.
WHERE_THERE_IS_SOME = {"mersis_number", "kep_address", "contact_phone"}
# Where the one is empty the other one is printed.
INSTEAD = {"contact_phone": "signatory_mobile"}
FIELDS = [*submission.COMPANY_FIELDS, *submission.FORM_FIELDS]
EVERY_PAPER = (needed.SALES_CONTRACT, *papers.PAPERS)
NOTHING_BUT_THE_NUMBER: dict[str, Any] = {
    name: "" for name in submission.COMPANY_FIELDS if name not in ("trade_name", "tax_number")
}


def printed(application: Application, paper: str) -> str | None:
    """The words of the paper; None when it cannot be made."""
    if paper == needed.SALES_CONTRACT:
        if not PackageChoice.objects.filter(application=application).exists():
            return None
        try:
            return package_contract.contract(application).words
        except NotAllowed:
            return None
    found = papers.PAPERS[DocumentKind(paper)](application)
    return None if found is None else render_to_string(found.template, dict(found.context))


def empty_lines(words: str) -> list[str]:
    """Cells with nothing in them, and lines that end where a value should begin or have nothing between signs."""
    body = words.partition("</style>")[2] or words
    cells = [text for _tag, text in re.findall(r"<(td|th)\b[^>]*>(.*?)</\1>", body, re.DOTALL)]
    found = [cell for cell in cells if not re.sub(r"<[^>]+>|\s", "", cell)]
    plain = re.sub(r"<[^>]+>", "\n", re.sub(r"</?(?:b|span)>", "", body))
    found += re.findall(r"^[^\n]*(?:/ +/|, +/|· *$|^ *·|, *,)[^\n]*$", plain, re.MULTILINE)
    return found + re.findall(r"^[\w /-]+:[ /]*$", plain, re.MULTILINE)


def applied() -> Cast:
    """Has applied at İYS's own site, and has given nothing else: the offer is here."""
    cast = Cast(**NOTHING_BUT_THE_NUMBER)
    cast.send("channel", channel="applied")
    cast.press(
        "evidence",
        "evidence",
        iys_code=cast.code,
        brands=f"Mavi Deniz, {cast.code}",
        file=upload(blank_pdf(), "onay.pdf"),
    )
    already_applied.accept(
        application=cast.now(),
        approved=True,
        actor=STAFF,
        expected_version=cast.record(PRE_APPLICATION).version,
    )
    cast.press("code_receipt", "confirm_codes")
    cast.application = cast.now()
    return cast


def paid(cast: Cast) -> None:
    """From the codes to the assignment form."""
    counts = {"message_addresses": "0", "call_addresses": "0", "email_addresses": "4.100"}
    cast.press("choose_package", "choose_package", **counts, offer_email="bilgi@mavideniz.example")
    cast.move(PACKAGE_CONTRACT, "request", cast.owner)
    cast.move(PACKAGE_CONTRACT, "letter_sent", SYSTEM)
    cast.offer()
    cast.application = cast.now()


def channels() -> Iterator[tuple[str, Cast]]:
    manual = Cast()
    manual.preparing()
    yield "manual", manual
    without = Cast(mersis_number="")
    without.fill_in()
    submission.fill_in(application=without.now(), values={"has_mersis": False}, complete=True, actor=without.owner)
    yield "manual without MERSİS", without


def test_what_a_paper_prints_is_what_it_needs() -> None:
    """Each field is emptied in turn: a paper is the same without it, or is not made, or prints it where it is."""
    for channel, cast in channels():
        for paper in EVERY_PAPER:
            whole = printed(cast.now(), paper)
            if whole is None:
                continue
            assert not empty_lines(whole), (channel, paper)
            for name in FIELDS:
                application = cast.now()
                if name in ("has_mersis", "signatory_foreign"):
                    continue
                for each in filter(None, (name, INSTEAD.get(name))):
                    of_company = each in submission.COMPANY_FIELDS
                    setattr(application.company if of_company else application.application_form, each, "")
                words = printed(application, paper)
                if name in needed.fields(application, paper):
                    assert words is None, f"{channel}: {paper} is made without {name}"
                    assert name in needed.lacking(application, paper)
                elif words != whole:
                    assert name in WHERE_THERE_IS_SOME, f"{channel}: {paper} prints {name} and does not need it"
                    assert words is not None
                    assert not empty_lines(words), f"{channel}: {paper} without {name}"


def test_a_firm_without_a_number_of_its_own_is_reached_at_its_signatorys() -> None:
    cast = Cast()
    cast.preparing()
    Company.objects.update(contact_phone="")
    for paper in (needed.SALES_CONTRACT, DocumentKind.UNDERTAKING_BLANK, DocumentKind.ADDRESS_LABEL):
        words = printed(cast.now(), paper)
        assert words is not None, paper
        assert "0555 010 20 30" in words, paper
        assert not empty_lines(words), paper
    told = {line.key: line.value for line in content.told(cast.now().application_form)}
    assert told["contact_phone"] == told["signatory_mobile"] == "0555 010 20 30"


def test_where_nobody_has_named_a_signatory_the_contract_needs_a_number() -> None:
    cast = applied()
    paid(cast)
    page = cast.open("contract")
    assert "Boş bırakırsanız" not in page
    refused = cast.send(
        "paper_data", needed.SALES_CONTRACT, province="İzmir", district="Konak", address="Kıyı Sokak 4"
    )
    assert refused.status == 422
    assert "İletişim numarası" in refused


@pytest.mark.parametrize("role", ["owner", "editor"])
def test_the_contract_asks_for_what_it_lacks(role: str) -> None:
    cast = applied()
    paid(cast)
    assert printed(cast.now(), needed.SALES_CONTRACT) is None
    page = cast.open("contract", role=role)
    assert "Sözleşme için bilgiler" in page
    assert set(page.fields) >= {"province", "district", "address", "contact_phone"}
    assert not {"trade_name", "tax_number", "signatory_name"} & set(page.fields)
    refused = cast.send("paper_data", needed.SALES_CONTRACT, role=role, province="İzmir", district="Kadıköy")
    assert refused.status == 422
    page = cast.send(
        "paper_data",
        needed.SALES_CONTRACT,
        role=role,
        province="İzmir",
        district="Konak",
        address="Kıyı Sokak No: 4",
        contact_phone="0232 555 01 01",
        tax_number="6140881534",
    )
    assert "Kıyı Sokak No: 4 / Konak / İzmir / Türkiye" in page
    assert not empty_lines(package_contract.contract(cast.now()).words)
    assert Company.objects.get(pk=cast.company.pk).tax_number == cast.company.tax_number
    assert "Sözleşmedeki bilgilerinizi düzeltin" in page.links, "a slip is no fate"


def test_a_viewer_is_told_and_types_nothing() -> None:
    cast = applied()
    paid(cast)
    assert "şu bilgiler eksik" in cast.open("contract", role="viewer")
    assert cast.send("paper_data", needed.SALES_CONTRACT, role="viewer", address="x").status == 403
    assert not Company.objects.get(pk=cast.company.pk).address


def test_the_assignment_form_asks_for_what_the_contract_did_not() -> None:
    cast = applied()
    paid(cast)
    cast.send(
        "paper_data",
        needed.SALES_CONTRACT,
        province="İzmir",
        district="Konak",
        address="Kıyı Sokak No: 4",
        contact_phone="0232 555 01 01",
    )
    cast.press("contract", "contract", read="1")
    cast.move(PACKAGE_CONTRACT, "payment_received", IYS)
    page = cast.open("partner_assignment")
    assert "Önce eksik bilgileri yazın" in page
    assert "Hangi kanallar" not in page, "ticks would be lost by going off to write what is lacking"
    assert "Vergi Dairesi" in page
    assert "Formu firmanızın bilgileriyle doldurduk" not in page
    assert "Atama formunu indir" not in page.buttons
    page = cast.open("paper", "assignment_blank")
    assert {"signatory_name", "tax_office", "address"} <= set(page.fields)
    cast.send(
        "paper_data",
        "assignment_blank",
        **{**page.fields, "signatory_name": "Ada Yalın", "tax_office": "Konak"},
    )
    assert "Atama formunu indir" in cast.open("partner_assignment").buttons
    words = printed(cast.now(), "assignment_blank")
    assert words is not None
    assert not empty_lines(words)
    # To sign electronically, the number of who signs is asked for as well.
    assert printed(cast.now(), "assignment_to_sign") is None
    page = cast.open("paper_data", "assignment_to_sign")
    cast.send("paper_data", "assignment_to_sign", **{**page.fields, "signatory_identity": tckn(5)})
    assert printed(cast.now(), "assignment_to_sign") is not None


def test_what_the_dossier_gave_is_not_asked_for_again() -> None:
    cast = Cast()
    cast.preparing()
    for paper in ("sales_contract", "assignment_blank", "assignment_to_sign"):
        before = cast.now().company.address
        cast.send("paper_data", paper, address="Başka yer", province="İzmir", district="Konak")
        assert cast.now().company.address == before
    assert cast.state(PARTNER_ASSIGNMENT) == "preparing"
