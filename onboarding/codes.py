"""Verbs of step 3: codes read from İYS's mail or typed, held against the company's brands, confirmed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from brands.models import Brand
from correspondence.models import Mail
from identifiers import turkish
from onboarding.models import CodeReading, CodeSource, Onboarding
from onboarding.steps import CODE_RECEIPT
from onboarding.transitions import Actor, NotAllowed, perform


@dataclass(frozen=True, slots=True)
class BrandLine:
    """A brand as İYS names it; `known` is the company's own brand of that name, if there is one."""

    name: str
    code: str
    known: bool
    main: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """A reading beside what the company told us. `unnamed` are brands that İYS did not name."""

    trade_name_differs: bool
    lines: tuple[BrandLine, ...]
    unnamed: tuple[str, ...]


def latest_reading(onboarding: Onboarding) -> CodeReading | None:
    return onboarding.code_readings.first()


def compare(reading: CodeReading, *, trade_name: str, brands: Iterable[str]) -> Comparison:
    """Names are compared as Turkish words, not as bytes: "IŞIK A.Ş." is "Işık Anonim Şirketi"."""
    ours = list(brands)
    lines = tuple(
        BrandLine(
            entry["name"],
            entry["code"],
            known=any(turkish.same(entry["name"], name) for name in [*ours, trade_name]),
            main=entry["code"] == reading.iys_code,
        )
        for entry in reading.brands
    )
    unnamed = tuple(name for name in ours if not any(turkish.same(name, line.name) for line in lines))
    differs = bool(reading.trade_name) and not turkish.same(reading.trade_name, trade_name)
    return Comparison(differs, lines, unnamed)


def keep_reading(*, onboarding: Onboarding, facts: Mapping[str, Any], mail: Mail | None) -> CodeReading:
    """Keeps the codes that İYS gave for the confirming click; changes no state."""
    return CodeReading.objects.create(
        onboarding=onboarding,
        source=CodeSource.MAIL if mail else CodeSource.TOLD,
        trade_name=str(facts.get("trade_name", ""))[:250],
        iys_code=facts["iys_code"],
        brands=list(facts["brands"]),
        mail=mail,
    )


def type_codes(
    *, onboarding: Onboarding, iys_code: str, brands: Sequence[tuple[str, str]], actor: Actor, seen: int
) -> CodeReading:
    """The company types what İYS wrote to it. `brands` are (name, code) pairs, checked by the form."""
    with transaction.atomic():
        perform(onboarding=onboarding, step=CODE_RECEIPT, move="type", actor=actor, seen=seen)
        return CodeReading.objects.create(
            onboarding=onboarding,
            source=CodeSource.TYPED,
            iys_code=iys_code,
            brands=[{"name": name, "code": code} for name, code in brands],
            typed_by=actor.user,
        )


def confirm(*, onboarding: Onboarding, actor: Actor, seen: int) -> None:
    """Makes the newest reading the company's codes. Raises NotAllowed when another company has one."""
    reading = latest_reading(onboarding)
    if reading is None:
        raise NotAllowed("Onaylanacak kod henüz gelmedi.")
    try:
        with transaction.atomic():
            perform(onboarding=onboarding, step=CODE_RECEIPT, move="confirm", actor=actor, seen=seen)
            Onboarding.objects.filter(pk=onboarding.pk).update(iys_code=reading.iys_code)
            _write_brand_codes(onboarding, reading)
    except IntegrityError as error:
        # Another company is not named here; staff see both.
        raise NotAllowed(
            "Bu kodlardan biri başka bir kayıtta da geçiyor. “Destek ekibine sor” ile bize iletin."
        ) from error


def _write_brand_codes(onboarding: Onboarding, reading: CodeReading) -> None:
    company = onboarding.company
    ours = list(company.brands.all())
    # Two brands whose codes change places would meet in the constraint halfway.
    company.brands.filter(code__in=[entry["code"] for entry in reading.brands]).update(code="")
    for entry in reading.brands:
        known = next((brand for brand in ours if turkish.same(brand.name, entry["name"])), None)
        if known is None:
            Brand.objects.create(company=company, name=entry["name"][:150], code=entry["code"])
        else:
            known.code = entry["code"]
            known.save(update_fields=["code"])
