"""Believable rows: invented people and companies with numbers that pass their checks."""

import random
from typing import Any

from factory.declarations import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory
from factory.helpers import post_generation

from journal.parties import Party
from onboarding import applications
from onboarding.actor import Actor
from onboarding.gate import Route
from onboarding.models import Application
from partners.models import Partner
from tenancy.models import Company, Membership, User
from tenancy.roles import Role

PASSWORD = "mavi-deniz-2026"


def vkn(seed: int) -> str:
    """A tax number that passes the checksum; which one follows from the seed."""
    digits = [int(digit) for digit in f"{random.Random(seed).randrange(10**8, 10**9)}"]
    total = 0
    for position, digit in enumerate(digits):
        step = (digit + 9 - position) % 10
        if step:
            total += (step * 2 ** (9 - position)) % 9 or 9
    return "".join(map(str, digits)) + str((10 - total % 10) % 10)


def tckn(seed: int) -> str:
    """A national id number that passes both check digits; which one follows from the seed."""
    digits = [int(digit) for digit in f"{random.Random(seed).randrange(10**8, 10**9)}"]
    tenth = (7 * sum(digits[0::2]) - sum(digits[1::2])) % 10
    eleventh = (sum(digits) + tenth) % 10
    return "".join(map(str, [*digits, tenth, eleventh]))


class PartnerFactory(DjangoModelFactory[Partner]):
    class Meta:
        model = Partner
        django_get_or_create = ("is_default",)

    name = "Kıyı İletişim"
    legal_name = "Kıyı İletişim Hizmetleri A.Ş."
    copy_address = "iys@kiyi.example"
    support_email = "destek@kiyi.example"
    support_phone = "0850 555 01 01"
    is_default = True


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = Sequence(lambda n: f"kisi{n}@mavideniz.example")
    full_name = Sequence(lambda n: f"Deniz Yalın {n}")

    @post_generation
    def password(obj: User, create: bool, extracted: str | None, **kwargs: Any) -> None:  # noqa: N805
        obj.set_password(extracted or PASSWORD)
        obj.save(update_fields=["password"])


class CompanyFactory(DjangoModelFactory[Company]):
    class Meta:
        model = Company

    partner = SubFactory(PartnerFactory)
    trade_name = Sequence(lambda n: f"Mavi Deniz Turizm {n} Anonim Şirketi")
    # Far from the small seeds that tests choose themselves: a number is one company's.
    tax_number = Sequence(lambda n: vkn(1_000_000 + n))
    tax_office = "Bornova"
    mersis_number = LazyAttribute(lambda company: f"0{company.tax_number}00001")
    website = "https://mavideniz.example"
    contact_phone = "+902325550101"
    corporate_email = "bilgi@mavideniz.example"
    province = "İzmir"
    district = "Bornova"
    address = "Ege Caddesi No: 12"


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    user = SubFactory(UserFactory)
    company = SubFactory(CompanyFactory)
    role = Role.OWNER


def open_application(company: Company | None = None, route: Route = Route.FULL) -> Application:
    """A live application at its beginning, of a company with one owner."""
    company = company or CompanyFactory.create()
    if not company.memberships.exists():
        MembershipFactory.create(company=company)
    return applications.open_application(company=company, route=route, actor=Actor(Party.COMPANY))
