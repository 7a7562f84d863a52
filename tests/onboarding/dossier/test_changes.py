"""What changed between two rounds: compared purely, and shown to support beside what it was."""

from typing import Any

import pytest

from onboarding.actions.pre_application import submission
from onboarding.dossier import changes
from onboarding.models import DocumentKind
from onboarding.steps import PRE_APPLICATION
from tests.scenarios.browser import words
from tests.scenarios.cast import Cast
from tests.scenarios.factories import tckn
from tests.scenarios.ladder import STAFF
from tests.scenarios.support import Support

FIRST: dict[str, Any] = {
    "fields": {"website": "https://eski.example", "tax_office": "Bornova"},
    "documents": {"undertaking": "a" * 64, "tax_plate": "b" * 64},
    "brands": [],
    "figures": [],
}


def changed(**parts: Any) -> changes.Changes:
    return changes.between(FIRST, {**FIRST, **parts}, round_=2)


def test_the_same_dossier_has_no_changes() -> None:
    assert not changed()


def test_a_field_is_named_with_what_it_was() -> None:
    found = changed(fields={"website": "https://yeni.example", "tax_office": "Bornova"})
    assert found.fields == {"website": "https://eski.example"}
    assert not found.documents


def test_a_field_that_came_or_went_is_a_change() -> None:
    found = changed(fields={"tax_office": "Bornova", "mersis_number": "0845052547000001"})
    assert found.fields == {"website": "https://eski.example", "mersis_number": ""}


def test_a_document_is_new_by_its_content() -> None:
    found = changed(documents={"undertaking": "c" * 64, "tax_plate": "b" * 64, "identity_card": "d" * 64})
    assert found.documents == {"undertaking", "identity_card"}


def test_a_part_that_an_older_dossier_did_not_have_counts_as_empty() -> None:
    assert changed(together={}).others == ()
    assert changed(together={"Müşterek İmza Yetkilisi (Ege)": "1"}).others == ("Müşterek imza yetkilileri",)
    assert changed(brands=[["Lodos"]]).others == ("Markalar",)


@pytest.mark.django_db
class TestPage:
    @pytest.fixture
    def cast(self) -> Cast:
        found = Cast()
        found.submitted()
        return found

    def again(self, cast: Cast, *fields: str) -> None:
        """Support asks for these; the company mends them and submits once more."""
        submission.ask_changes(
            application=cast.now(),
            step=PRE_APPLICATION,
            remarks=[(field, "Düzeltin") for field in fields],
            actor=STAFF,
        )

    def page(self, cast: Cast) -> str:
        return words(Support(cast.now()).open())

    def test_the_first_round_marks_nothing(self, cast: Cast) -> None:
        assert "Önceki gönderimde" not in self.page(cast)

    def test_what_was_mended_stands_beside_what_it_was(self, cast: Cast) -> None:
        before = cast.company.website
        self.again(cast, "website", "signature_circular", "signatory_identity")
        values = {"website": "https://yeni.mavideniz.example", "signatory_identity": tckn(9)}
        submission.fill_in(application=cast.now(), values=values, complete=True, actor=cast.owner)
        cast.hand_in(DocumentKind.SIGNATURE_CIRCULAR, page_count=2)
        cast.touch_all()
        cast.submit()
        page = self.page(cast)
        assert "2. gönderimde değişenler işaretli" in page
        assert f"https://yeni.mavideniz.example Önceki gönderimde: {before}" in page
        assert f"Önceki gönderimde: *******{tckn(7)[-4:]}" in page
        assert tckn(7) not in page
        assert page.count("Önceki gönderimde") == 2
        assert "2. gönderimde yenilendi" in page

    def test_a_round_without_a_change_says_so(self, cast: Cast) -> None:
        self.again(cast, "website")
        cast.touch_all()
        cast.submit()
        assert "2. gönderimde öncekine göre bir değişiklik yok" in self.page(cast)
