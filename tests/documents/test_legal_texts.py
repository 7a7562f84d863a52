"""Which text is in force, and the samples."""

from datetime import date

import pytest
from django.db import IntegrityError

from documents import samples
from documents.models import LegalKind, LegalText

pytestmark = pytest.mark.django_db


def text(version: int, valid_from: date, kind: str = LegalKind.UNDERTAKING) -> LegalText:
    return LegalText.objects.create(
        kind=kind, version=version, valid_from=valid_from, title="Taahhütname", body=f"Sürüm {version}"
    )


def test_the_newest_version_that_is_valid_on_the_day_is_in_force() -> None:
    first, second = text(1, date(2026, 1, 1)), text(2, date(2026, 6, 1))
    text(1, date(2026, 3, 1), kind=LegalKind.DISCLOSURE)
    in_force = LegalText.objects.in_force
    assert in_force("undertaking", date(2025, 12, 31)) is None
    assert in_force("undertaking", date(2026, 1, 1)) == first
    assert in_force("undertaking", date(2026, 5, 31)) == first
    assert in_force("undertaking", date(2026, 6, 1)) == second


def test_of_two_versions_of_one_day_the_later_one_is_in_force() -> None:
    text(1, date(2026, 1, 1))
    assert LegalText.objects.in_force("undertaking", date(2026, 1, 1)) != (second := text(2, date(2026, 1, 1)))
    assert LegalText.objects.in_force("undertaking", date(2026, 1, 1)) == second


def test_a_version_exists_once() -> None:
    text(1, date(2026, 1, 1))
    with pytest.raises(IntegrityError):
        text(1, date(2026, 6, 1))


def test_samples_fill_every_kind_once_and_are_marked() -> None:
    assert samples.load() == len(LegalKind)
    assert samples.load() == 0
    for kind in LegalKind:
        found = LegalText.objects.in_force(kind, date(2026, 1, 1))
        assert found is not None
        assert found.is_sample
        assert found.body


def test_samples_never_stand_in_for_a_text_that_is_there() -> None:
    own = text(1, date(2026, 1, 1))
    samples.load()
    assert LegalText.objects.in_force("undertaking") == own
    assert not LegalText.objects.filter(kind="undertaking", is_sample=True).exists()
