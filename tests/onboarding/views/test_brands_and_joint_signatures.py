"""The manual channel's optional parts: names of brands, and who signs the undertaking together."""

import threading

import pytest
from django.db import connection, transaction

from brands.models import Brand
from correspondence.models import Letter
from correspondence.outgoing.outbox import body_of
from documents.storage import read
from onboarding.actions.pre_application import information_entry, submission
from onboarding.actor import NotAllowed
from onboarding.dossier import papers
from onboarding.models import Application, DocumentKind
from onboarding.steps import PRE_APPLICATION
from tests.documents.pdf_text import pages
from tests.scenarios.cast import Cast
from tests.scenarios.factories import tckn
from tests.scenarios.ladder import STAFF, Ladder, filled_in, owner_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    found = Cast()
    found.fill_in()
    return found


def letter_to_iys() -> str:
    return body_of(Letter.objects.get(step_key=PRE_APPLICATION.key, audience="iys")).text


def test_brands_may_be_named_and_go_with_the_letter(cast: Cast) -> None:
    assert "Marka adı yaz" in cast.open("pre_application").links
    assert "“Lodos” eklendi" in cast.send("brand_names", name="Lodos")
    cast.send("brand_names", name="Poyraz: Kış")
    again = cast.send("brand_names", name="LODOS")
    assert again.status == 422
    assert again.fields["name"] == "LODOS"
    assert "Bu adla bir markanız zaten var" in again
    assert "Marka Lodos" in cast.open("review")
    cast.submitted()
    cast.move(PRE_APPLICATION, "approve")
    assert "\nMarkalar:\n- Lodos\n- Poyraz: Kış\n" in letter_to_iys()


def test_a_name_is_taken_out_again(cast: Cast) -> None:
    page = cast.send("brand_names", name="Lodos")
    assert page.buttons == ["Evet, çıkar: Lodos", "Ekle"]
    assert "Çıkar: Lodos Bu ad başvurunuzdan çıkar;" in page
    page = cast.send("remove_brand", Brand.objects.get().pk)
    assert "“Lodos” çıkarıldı" in page
    assert "Marka ya da işletme adı" in page.labels
    assert not cast.company.brands.exists()


def test_names_are_closed_while_support_looks_and_open_when_it_asks(cast: Cast) -> None:
    cast.submitted()
    cast.send("brand_names", name="Lodos")
    assert not cast.company.brands.exists()
    submission.ask_changes(
        application=cast.now(), step=PRE_APPLICATION, remarks=[("website", "Açılmıyor")], actor=STAFF
    )
    cast.send("brand_names", name="Lodos")
    assert not cast.company.brands.exists()
    cast.submit()
    submission.ask_changes(
        application=cast.now(), step=PRE_APPLICATION, remarks=[("brands", "Markanızı yazın")], actor=STAFF
    )
    assert "Markanızı yazın" in cast.open("pre_application")
    cast.send("brand_names", name="Lodos")
    assert cast.company.brands.get().name == "Lodos"


def test_who_signs_together_stands_on_the_paper_and_in_the_letter(cast: Cast) -> None:
    assert "Ege Yalın" in cast.send("co_signatories", name="Ege Yalın", identity=tckn(8))
    page = cast.send("co_signatories", name="Mia Weber", identity="X4RTBPFW4")
    assert page.status == 422, "a passport is no TCKN unless it is said to be one"
    assert (page.fields["name"], page.fields["identity"]) == ("Mia Weber", "X4RTBPFW4")
    cast.send("co_signatories", name="Mia Weber", identity="X4RTBPFW4", foreign="on")
    shown = cast.open("pre_application")
    signatory = cast.now().application_form.signatory_name
    assert f"Birlikte imzalayacaklar: {signatory}, Ege Yalın, Mia Weber" in shown
    paper = papers.render(cast.now(), DocumentKind.UNDERTAKING_BLANK)
    assert paper is not None
    last = pages(read(paper))[-1]
    assert last.count("Müşterekimzayetkilisi") == 2
    assert "EgeYalın" in last
    review = cast.open("review")
    assert "Müşterek İmza Yetkilisi (Ege Yalın)" in review
    assert tckn(8) not in review.words
    cast.submitted()
    cast.move(PRE_APPLICATION, "approve")
    assert f"Müşterek İmza Yetkilisi (Ege Yalın): {tckn(8)}" in letter_to_iys()


def test_a_person_is_taken_out_and_the_paper_is_another_one(cast: Cast) -> None:
    page = cast.send("co_signatories", name="Ege Yalın", identity=tckn(8))
    assert page.buttons == ["Evet, çıkar: Ege Yalın", "Kişiyi ekle"]
    both = papers.render(cast.now(), DocumentKind.UNDERTAKING_BLANK)
    cast.send("remove_co_signatory", cast.now().co_signatories.get().pk)
    alone = papers.render(cast.now(), DocumentKind.UNDERTAKING_BLANK)
    assert both is not None
    assert alone is not None
    assert both.pk != alone.pk
    assert "Müşterek" not in "".join(pages(read(alone)))


def test_the_signatory_is_not_declared_twice(cast: Cast) -> None:
    page = cast.send("co_signatories", name="Ada Yalın", identity=tckn(7))
    assert "zaten var" in page
    assert not cast.now().co_signatories.exists()


def test_who_signs_is_fixed_once_handed_in(cast: Cast) -> None:
    cast.submitted()
    cast.send("co_signatories", name="Ege Yalın", identity=tckn(8))
    assert not Application.objects.get().co_signatories.exists()


@pytest.mark.django_db(transaction=True)
def test_a_brand_that_is_typed_while_the_owner_submits_waits_and_comes_too_late() -> None:
    application = filled_in()
    outcomes: list[str] = []

    def name_a_brand() -> None:
        try:
            information_entry.save_brand(
                application=application,
                brand=None,
                name="Lodos",
                reached={},
                certificate=None,
                filename="",
                actor=owner_of(application),
            )
            outcomes.append("saved")
        except NotAllowed:
            outcomes.append("refused")
        finally:
            connection.close()

    colleague = threading.Thread(target=name_a_brand)
    with transaction.atomic():
        Ladder(application).submit()
        colleague.start()
        colleague.join(timeout=1)
    colleague.join()
    assert outcomes == ["refused"]
    assert not application.company.brands.exists()
