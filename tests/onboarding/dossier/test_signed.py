"""What was signed before the data changed is asked for anew, on paper as electronically, in step 1, 2 and 5."""

from collections.abc import Callable

import pytest

from documents.models import Document
from onboarding.actions.pre_application import co_signatories, submission
from onboarding.dossier import signed
from onboarding.models import DocumentKind
from onboarding.steps import PARTNER_ASSIGNMENT, PRE_APPLICATION, STATUS_QUERY
from tests.scenarios.cast import Cast
from tests.scenarios.factories import tckn
from tests.scenarios.ladder import STAFF
from tests.scenarios.papers import blank_pdf, upload

pytestmark = pytest.mark.django_db
UNDERTAKING = signed.CHANGED_SINCE[DocumentKind.UNDERTAKING]
FORM = signed.CHANGED_SINCE[DocumentKind.ASSIGNMENT_FORM]


def ready() -> Cast:
    cast = Cast()
    cast.ready()
    return cast


def typed(cast: Cast, **data: str) -> None:
    cast.write(**data)


CHANGES: dict[str, Callable[[Cast], None]] = {
    "the address": lambda cast: typed(cast, address="Yeni Cadde No: 9"),
    "the signatory": lambda cast: typed(cast, signatory_name="Ege Yalın"),
    "the telephone": lambda cast: typed(cast, contact_phone="0232 555 09 09"),
    "who signs too": lambda cast: (
        co_signatories.add(application=cast.now(), name="Ege Yalın", identity=tckn(9), actor=cast.owner),
        None,
    )[1],
}


def submitted(cast: Cast) -> str:
    cast.press("review", "submit")
    return cast.state(PRE_APPLICATION)


@pytest.mark.parametrize("what", CHANGES)
def test_the_undertaking_on_paper_is_asked_for_anew(what: str) -> None:
    cast = ready()
    assert UNDERTAKING not in cast.open("pre_application")
    CHANGES[what](cast)
    page = cast.open("pre_application")
    assert UNDERTAKING in page
    assert "Her şey hazır" not in page
    assert "Yeniden imzalanmalı" in page
    assert submitted(cast) == "draft"
    cast.downloads()
    cast.send("upload", "undertaking", file=upload(blank_pdf(3), "yeni.pdf"))
    assert UNDERTAKING not in cast.open("pre_application")
    assert submitted(cast) == "submitted"


def test_the_old_scan_is_not_the_new_one() -> None:
    cast = ready()
    scan = blank_pdf(3)
    cast.send("upload", "undertaking", file=upload(scan))
    typed(cast, address="Yeni Cadde No: 9")
    assert "önce yüklediğinizle aynı" in cast.send("upload", "undertaking", file=upload(scan))
    assert submitted(cast) == "draft"


def test_what_was_changed_back_needs_nobodys_signature() -> None:
    cast = ready()
    before = cast.company.address
    typed(cast, address="Yeni Cadde No: 9")
    typed(cast, address=before)
    assert submitted(cast) == "submitted"


def test_what_the_paper_does_not_say_needs_none_either() -> None:
    cast = ready()
    typed(cast, corporate_email="yeni@mavideniz.example")
    assert submitted(cast) == "submitted"


def test_what_was_kept_before_sources_were_noted_goes_on() -> None:
    cast = ready()
    Document.objects.filter(kind="undertaking").update(source_sha256="")
    typed(cast, address="Yeni Cadde No: 9")
    assert submitted(cast) == "submitted"


def test_a_correction_of_data_opens_the_undertaking_and_asks_for_it() -> None:
    cast = Cast()
    cast.submitted()
    remarks = [("address", "Adres eksik")]
    submission.ask_changes(application=cast.now(), step=PRE_APPLICATION, remarks=remarks, actor=STAFF)
    typed(cast, address="Yeni Cadde No: 9")
    assert UNDERTAKING in cast.open("pre_application")
    assert submitted(cast) == "changes_asked"
    cast.downloads()
    cast.send("upload", "undertaking", file=upload(blank_pdf(3), "yeni.pdf"))
    assert submitted(cast) == "submitted"
    assert cast.state(STATUS_QUERY) == "waiting"


def test_a_form_signed_on_paper_is_asked_for_anew() -> None:
    cast = Cast()
    cast.preparing()
    cast.form_handed_in()
    assert FORM not in cast.open("review_assignment")
    cast.send("assignment_channels", channels=["email"])
    page = cast.open("partner_assignment")
    assert "Gözden geçir ve gönder" not in page.links
    page = cast.open("review_assignment")
    assert "Bilgiler form imzalandıktan sonra değişti." in page
    assert page.buttons == []


def test_a_form_on_paper_says_what_is_true_when_it_is_sent() -> None:
    """A brand's name, or who signs too, changes beside the form."""
    cast = Cast()
    cast.preparing()
    cast.form_handed_in()
    cast.application.application_form.signatory_name = "Ege Yalın"
    cast.application.application_form.save()
    assert FORM in cast.open("partner_assignment")
    cast.press("review_assignment", "review_assignment")
    assert cast.state(PARTNER_ASSIGNMENT) == "preparing"
