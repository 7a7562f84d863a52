"""Verbs of a company's brands and yearly figures. Who may call them, and when, is the caller's matter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from brands.models import Brand, Channel, Reach, YearlyFigures
from identifiers import Refused, turkish
from tenancy.models import Company


@dataclass(frozen=True, slots=True)
class Reached:
    """One channel of a brand: `recipients` people, reached under `identifiers`."""

    recipients: int
    identifiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """One channel of a year: how many were sent, how many addresses added, how many refusals received."""

    sent: int
    added: int
    refused: int


def save_brand(
    *,
    company: Company,
    brand: Brand | None,
    name: str,
    reached: Mapping[Channel, Reached],
) -> Brand:
    """Adds a brand or changes one.

    Raises Refused when the company has another brand of that name, in whatever case it is written.
    """
    with transaction.atomic():
        # Two people add the same brand at once: the second sees the first's.
        Company.objects.select_for_update(no_key=True).get(pk=company.pk)
        others = company.brands.exclude(pk=brand.pk) if brand else company.brands.all()
        if any(turkish.same(other.name, name) for other in others):
            raise Refused("Bu adla bir markanız zaten var; başka bir ad yazın.")
        saved = brand or Brand(company=company)
        saved.name = name
        saved.save()
        for channel, each in reached.items():
            Reach.objects.update_or_create(
                brand=saved,
                channel=channel,
                defaults={"recipients": each.recipients, "identifiers": list(each.identifiers)},
            )
    return saved


def save_figures(*, company: Company, year: int, figures: Mapping[Channel, Figures]) -> None:
    with transaction.atomic():
        for channel, each in figures.items():
            YearlyFigures.objects.update_or_create(
                company=company,
                year=year,
                channel=channel,
                defaults={"sent": each.sent, "added": each.added, "refused": each.refused},
            )


def asked_year(today: date | None = None) -> int:
    """The calendar year that İYS asks about: the one before this."""
    return (today or timezone.localdate()).year - 1


def lacking(company: Company) -> list[str]:
    """What İYS still has to be told about brands and last year, as Turkish sentences."""
    return lacking_brands(company) + lacking_figures(company)


def lacking_brands(company: Company) -> list[str]:
    brands: Sequence[Brand] = list(company.brands.prefetch_related("reaches"))
    found = [] if brands else ["En az bir marka ekleyin."]
    for brand in brands:
        if not any(reach.recipients for reach in brand.reaches.all()):
            found.append(f"“{brand.name}” markasıyla ulaşılan alıcı sayısını yazın.")
        if asked := lacking_certificate(brand):
            found.append(asked)
    return found


def lacking_certificate(brand: Brand) -> str:
    """The sentence that asks for it; empty when there is one, or none is needed."""
    if brand.certificate is not None or not brand.needs_certificate(brand.company.trade_name):
        return ""
    return f"“{brand.name}” ticaret unvanınızdan farklı: marka tescil belgesini yükleyin."


def lacking_figures(company: Company) -> list[str]:
    if company.yearly_figures.filter(year=asked_year()).count() < len(Channel):
        return [f"{asked_year()} yılının istatistiksel bilgilerini yazın."]
    return []
