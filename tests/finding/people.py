"""The invented companies that `typed.py` speaks of, and their numbers."""

from collections.abc import Mapping
from typing import Any

from brands.models import Brand
from finding import renewing
from onboarding.models import Application, ApplicationForm, CoSignatory
from tenancy.models import Company, Membership
from tenancy.roles import Role
from tests.finding.typed import COMPANIES
from tests.scenarios.factories import CompanyFactory, PartnerFactory, UserFactory, open_application, tckn, vkn

VKN, OF_SOLE, SIGNATORY, BESIDE = vkn(501), tckn(502), tckn(503), tckn(504)
MERSIS = f"0{VKN}00017"
LETTERS = "P-KDMRXY"
REFERENCE, IYS_NUMBER, IYS_CODE, BRAND_CODE = "P-7KQ4MX", "MX3ZB5JA", "71620345", "88120377"
BRAND = "Çiğdem Öykü"
FILLED: Mapping[str, str] = {
    "vkn": VKN,
    "vkn_spaced": f"{VKN[:3]} {VKN[3:6]} {VKN[6:8]} {VKN[8:]}",
    "vkn_begin": VKN[:6],
    "mersis": MERSIS,
    "mersis_dashed": "-".join(MERSIS[at : at + 4] for at in range(0, 16, 4)),
    "tckn_of_sole": OF_SOLE,
    "tckn_begin": OF_SOLE[:9],
    "reference": REFERENCE,
    "reference_lower": "p 7kq4mx",
    "reference_bare": "7kq4mx",
    "reference_hash": f"[{REFERENCE}]",
    "letters": LETTERS,
    "letters_lower": "p kdmrxy",
    "letters_bare": "kdmrxy",
    "iys_number": IYS_NUMBER,
    "iys_code": IYS_CODE,
    "brand_code": BRAND_CODE,
    "brand": BRAND,
    "brand_lower": "cigdem oyku",
}


def made() -> dict[str, Company]:
    """All of them, as a worker has written them into the index."""
    partner = PartnerFactory.create()
    companies = {
        name: CompanyFactory.create(
            partner=partner, trade_name=given["title"], tax_number=vkn(600 + place), corporate_email="",
            contact_phone="", kep_address="", mersis_number="",
        )
        for place, (name, given) in enumerate(COMPANIES.items())
    }  # fmt: skip
    _the_one(companies["isil"])
    _change(companies["sole"], tax_number=OF_SOLE)
    for name, company in companies.items():
        if name != "isil":
            open_application(company)
    Application.objects.filter(company=companies["sole"]).update(reference=LETTERS)
    renewing.renew_marked()
    return companies


def _the_one(company: Company) -> None:
    _change(
        company,
        tax_number=VKN,
        mersis_number=MERSIS,
        contact_phone="+905321234567",
        corporate_email="info@isil-cicek.example",
        kep_address="isil@hs01.kep.example",
    )
    application = open_application(company)
    Application.objects.filter(pk=application.pk).update(
        reference=REFERENCE, iys_application_number=IYS_NUMBER, iys_code=IYS_CODE
    )
    ApplicationForm.objects.update_or_create(
        application=application,
        defaults={
            "signatory_name": "Tuğçe Iğdır",
            "signatory_email": "tugce@imza.example",
            "signatory_mobile": "+905339876543",
            "signatory_identity": SIGNATORY,
        },
    )
    CoSignatory.objects.create(application=application, name="Şule Göçer", identity=BESIDE)
    user = UserFactory.create(email="ayse@isil-cicek.example", full_name="Ayşe Öz")
    Membership.objects.create(user=user, company=company, role=Role.EDITOR)
    Brand.objects.create(company=company, name=BRAND, code=BRAND_CODE)


def _change(company: Company, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(company, name, value)
    company.save()
