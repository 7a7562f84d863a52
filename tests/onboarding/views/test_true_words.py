"""Small words that were not true: of a paper, of who signs, of a question that has no undo."""

import pytest

from documents.reading.papers import Outcome, Paper, Reading
from onboarding.actions.pre_application import submission
from onboarding.dossier import paper_notes, papers
from onboarding.models import DocumentKind
from onboarding.steps import PRE_APPLICATION
from tests.scenarios.cast import Cast
from tests.scenarios.factories import tckn
from tests.scenarios.ladder import STAFF
from tests.scenarios.papers import blank_pdf, upload

pytestmark = pytest.mark.django_db


def test_a_paper_that_is_to_be_corrected_is_not_said_to_be_there() -> None:
    cast = Cast()
    cast.submitted()
    remarks = [("signature_circular", "Okunmuyor")]
    submission.ask_changes(application=cast.now(), step=PRE_APPLICATION, remarks=remarks, actor=STAFF)
    assert "İmza sirküleri Düzeltilecek signature_circular.pdf" in cast.open("pre_application")
    cast.send("upload", "signature_circular", file=upload(blank_pdf(4), "yeni.pdf"))
    assert "İmza sirküleri Yüklendi yeni.pdf" in cast.open("pre_application")


def test_letters_that_mean_nothing_may_be_another_paper_too() -> None:
    (said,) = paper_notes.notes("tax_plate", Reading(Paper.UNKNOWN, Outcome.ILLEGIBLE), "")
    assert "belge bir vergi levhası değil" in said.text
    assert "geçerlidir" not in said.text, "which nobody has seen"


def test_only_who_has_downloaded_a_paper_is_told_to_do_so_again() -> None:
    cast = Cast()
    cast.fill_in()
    page = cast.press("co_signatories", "co_signatories", name="Ege Yalın", identity=tckn(8))
    assert "Müşterek imza yetkilisi eklendi." in page
    assert "yeniden indirin" not in page
    papers.render(cast.now(), DocumentKind.UNDERTAKING_BLANK)
    page = cast.press("co_signatories", "co_signatories", name="Mia Yalın", identity=tckn(9))
    assert "Müşterek imza yetkilisi eklendi. İmzalanacak belgeyi yeniden indirin." in page


def test_the_reminder_of_the_last_act_is_put_away_only_after_a_question() -> None:
    cast = Cast()
    cast.assigned()
    page = cast.open("board")
    assert "Hatırlatmayı kapat" not in page.buttons
    assert "bir daha gösterilmez; geri alınamaz" in page
    cast.press("board", "reconciliation", answer="later")
    assert cast.now().reconciliation_settled_at is not None
