"""The codes in force: İYSKod on the application, BrandKod on each brand. Whatever shows one reads it there."""

from collections.abc import Mapping
from uuid import UUID

from django.db import IntegrityError, transaction

from brands.models import Brand
from onboarding.actor import NotAllowed
from onboarding.codes.clashes import free_codes_of_closed_attempts
from onboarding.models import Application

TAKEN = (
    "Yazdığınız kodlardan biri başka bir kayıtta da geçiyor. İYS'nin e-postasıyla karşılaştırıp düzeltin; "
    "doğruysa destek ekibine yazın."
)


def brands_of(application: Application) -> list[Brand]:
    """In an order of their own; those without a code may get one."""
    return list(application.company.brands.all())


def corrected(application: Application, *, iys_code: str, brand_codes: Mapping[UUID, str]) -> list[str]:
    """What differs from the codes in force, a phrase each: “Outlet: 710497 → 710498”. Brands that are not named
    stay."""
    changes = [("İYSKod", application.iys_code, iys_code)]
    changes += [
        (brand.name, brand.code, brand_codes.get(brand.pk, brand.code)) for brand in brands_of(application)
    ]
    return [f"{name}: {before or '–'} → {after or '–'}" for name, before, after in changes if before != after]


def put_in_force(application: Application, *, iys_code: str, brand_codes: Mapping[UUID, str]) -> None:
    """Raises NotAllowed when another company has one of the codes; it is told no more than that."""
    changed = [brand for brand in brands_of(application) if brand_codes.get(brand.pk, brand.code) != brand.code]
    try:
        with transaction.atomic():
            free_codes_of_closed_attempts(application.company_id, [brand_codes[brand.pk] for brand in changed])
            Application.objects.filter(pk=application.pk).update(iys_code=iys_code)
            # Two brands whose codes change places would meet in the constraint halfway.
            Brand.objects.filter(pk__in=[brand.pk for brand in changed]).update(code="")
            for brand in changed:
                Brand.objects.filter(pk=brand.pk).update(code=brand_codes[brand.pk])
    except IntegrityError as error:
        raise NotAllowed(TAKEN) from error
