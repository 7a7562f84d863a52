"""Papers that are signed by hand, in a round of corrections: which may be handed in, what each is taken for."""

import pytest
from django.urls import reverse

from onboarding.actions.pre_application import submission
from onboarding.actor import IYS
from onboarding.dossier import signed
from onboarding.models import DocumentKind
from onboarding.steps import PRE_APPLICATION, STATUS_QUERY
from tests.scenarios.cast import Cast
from tests.scenarios.ladder import STAFF
from tests.scenarios.papers import blank_pdf, upload
from tests.scenarios.support import Support

pytestmark = pytest.mark.django_db
EXCHANGE = "Yenisiyle değiştir : Kaşeli ve imzalı taahhütname"
UNDERTAKING = DocumentKind.UNDERTAKING
QUESTION = signed.DOUBTED[UNDERTAKING]


@pytest.fixture(params=["support", "iys"])
def cast(request: pytest.FixtureRequest) -> Cast:
    """A web site is to be corrected; it stands on the undertaking."""
    company = Cast()
    if request.param == "support":
        company.submitted()
        step = PRE_APPLICATION
    else:
        company.at_iys()
        company.move(STATUS_QUERY, "ask_changes", IYS, reason="Web sitesi açılmıyor")
        step = STATUS_QUERY
    remarks = [("website", "Açılmıyor")]
    submission.ask_changes(application=company.now(), step=step, remarks=remarks, actor=STAFF)
    return company


def handed_in(cast: Cast) -> str:
    return cast.company.documents.current().get(kind=UNDERTAKING).name


def test_what_was_signed_anew_may_be_exchanged_until_it_is_sent(cast: Cast) -> None:
    assert EXCHANGE not in cast.open("pre_application").buttons, "nothing on it has changed"
    cast.write(website="https://yeni.example")
    cast.downloads()
    cast.send("upload", "undertaking", file=upload(blank_pdf(3), "yanlis.pdf"))
    assert EXCHANGE in cast.open("pre_application").buttons
    links = cast.open("review").links
    assert links["Değiştir: Kaşeli ve imzalı taahhütname"].endswith("/adim/1/#belge-undertaking")
    cast.send("upload", "undertaking", file=upload(blank_pdf(4), "dogru.pdf"))
    assert handed_in(cast) == "dogru.pdf"
    cast.press("review", "submit")
    cast.send("upload", "undertaking", file=upload(blank_pdf(5), "sonradan.pdf"))
    assert handed_in(cast) == "dogru.pdf"


def test_what_comes_before_the_new_one_was_downloaded_is_asked_about(cast: Cast) -> None:
    cast.write(website="https://yeni.example")
    page = cast.send("upload", "undertaking", file=upload(blank_pdf(3), "eski-tarama.pdf"))
    for page in (cast.open("pre_application"), cast.open("review")):
        assert QUESTION in page
    assert "Bilgiler taahhütname imzalandıktan sonra değişti" in cast.open("pre_application"), "the warning stays"
    assert "Her şey hazır" not in cast.open("pre_application")
    assert "Onaylıyorum, gönderin" not in cast.open("review").buttons
    document = cast.company.documents.current().get(kind=UNDERTAKING)
    cast.send("upload", "undertaking", vouch=str(document.pk), role="viewer")
    assert QUESTION in cast.open("pre_application")
    page = cast.send("upload", "undertaking", vouch=str(document.pk))
    assert QUESTION not in page
    assert "Her şey hazır" in page
    assert signed.VOUCHED in page
    cast.write(website="https://baska.example")
    page = cast.open("pre_application")
    assert "Yeniden imzalanmalı" in page
    assert signed.VOUCHED not in page, "what was said was said of other words"
    cast.write(website="https://yeni.example")
    cast.press("review", "submit")
    assert signed.VOUCHED_FOR_SUPPORT in Support(cast.now()).page()


def test_who_downloaded_it_is_asked_nothing_and_neither_is_who_goes_back(cast: Cast) -> None:
    before = cast.company.website
    cast.write(website="https://yeni.example")
    cast.send("upload", "undertaking", file=upload(blank_pdf(3), "eski-tarama.pdf"))
    cast.downloads()
    cast.send("upload", "undertaking", file=upload(blank_pdf(4), "yeni-tarama.pdf"))
    page = cast.open("pre_application")
    assert QUESTION not in page
    assert "Her şey hazır" in page
    cast.press("review", "submit")
    assert signed.VOUCHED_FOR_SUPPORT not in Support(cast.now()).page()
    assert before != cast.now().company.website


def test_the_old_scan_is_right_again_once_the_data_are_as_before(cast: Cast) -> None:
    before = cast.company.website
    cast.write(website="https://yeni.example")
    cast.send("upload", "undertaking", file=upload(blank_pdf(3), "eski-tarama.pdf"))
    cast.write(website=before)
    page = cast.open("pre_application")
    assert QUESTION not in page
    assert "yeniden imzalayın" not in page


def test_before_anything_was_sent_it_is_asked_too() -> None:
    cast = Cast()
    cast.fill_in()
    cast.downloads()
    cast.write(website="https://yeni.example")
    cast.hand_in("undertaking")
    assert QUESTION in cast.open("pre_application")


def test_a_form_of_step_5_is_asked_about_in_the_same_way() -> None:
    cast = Cast()
    cast.preparing()
    cast.downloads(DocumentKind.ASSIGNMENT_BLANK)
    cast.form_handed_in()
    cast.send("assignment_channels", channels=["call"])
    page = cast.send("upload_assignment", file=upload(blank_pdf(3), "eski-form.pdf"))
    question = signed.DOUBTED[DocumentKind.ASSIGNMENT_FORM]
    assert question in page
    assert "Gözden geçir ve gönder" not in page.links
    form = cast.company.documents.current().get(kind=DocumentKind.ASSIGNMENT_FORM)
    page = cast.send("upload_assignment", vouch=str(form.pk))
    assert question not in page
    assert "Gözden geçir ve gönder" in page.links
    cast.press("review_assignment", "review_assignment")
    assert signed.VOUCHED_FOR_SUPPORT in Support(cast.now()).page()


def test_the_link_to_sign_anew_leads_to_the_button_that_downloads_the_paper(cast: Cast) -> None:
    cast.write(website="https://yeni.example")
    page = cast.open("pre_application")
    assert page.links["indirip yeniden imzalayın"] == "#taahhutname"
    source = cast.browsers["owner"].get(reverse("onboarding:pre_application")).content.decode()
    place = source.partition('id="taahhutname"')[2].partition("</section>")[0]
    assert "Taahhütnameyi indir</a>" in place


def test_who_waited_for_a_paper_without_script_goes_on_where_it_is_handed_in(cast: Cast) -> None:
    cast.write(website="https://yeni.example")
    page = cast.open("paper", "undertaking_blank")
    assert page.links["Belge indi, devam et"].endswith("/adim/1/#belge-undertaking")
