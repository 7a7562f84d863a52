"""Support writes what a company told it: marked as such, and the company's owner confirms by submitting."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from journal.models import Entry, Event
from journal.parties import Party
from onboarding.actions.pre_application import submission
from onboarding.models import Application
from onboarding.steps import PRE_APPLICATION
from tests.scenarios.browser import said, signed_in, words
from tests.scenarios.factories import open_application
from tests.scenarios.ladder import IDENTITY, PAPERS, Ladder, filled_in, manual, owner_of, submitted
from tests.scenarios.papers import blank_pdf
from tests.scenarios.support import Support

pytestmark = pytest.mark.django_db


def told(application: Application, **other: str) -> dict[str, str]:
    """What the company said on the telephone, as it is typed into the form."""
    return {
        "signatory_identity": IDENTITY,
        "signatory_name": "Ada Yalın",
        "signatory_email": "ada@mavideniz.example",
        "signatory_mobile": "0555 010 20 30",
        "trade_name": "Mavi Deniz Turizm Anonim Şirketi",
        "mersis_number": application.company.mersis_number,
        "tax_number": application.company.tax_number,
        "tax_office": "Konak",
        "website": "mavideniz.example",
        "contact_phone": "0232 555 01 01",
        "corporate_email": "bilgi@mavideniz.example",
        "province": "İzmir",
        "district": "Bornova",
        "address": "Ege Caddesi No: 12",
        **other,
    }


@pytest.fixture
def application() -> Application:
    """The company has said that it has a MERSİS number, and nothing else."""
    found = manual()
    submission.fill_in(application=found, values={"has_mersis": True}, complete=False, actor=owner_of(found))
    return Application.objects.get(pk=found.pk)


def paper(name: str = "sirkuler.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, blank_pdf() if content is None else content, "application/pdf")


def as_owner(application: Application, name: str) -> str:
    user = owner_of(application).user
    assert user is not None
    return words(signed_in(user).get(reverse(f"onboarding:{name}")))


def test_what_support_types_is_kept_and_marked_for_everybody(application: Application) -> None:
    support = Support(application)
    answer = support.send("fill_in", **told(application))
    assert said(answer) == ["Bilgiler firma adına kaydedildi; firma sahibi göndererek onaylayacak."]
    form = Application.objects.get(pk=application.pk).application_form
    assert (form.complete, form.on_behalf, form.filled_in_by) == (True, True, support.user)
    assert (form.signatory_identity, form.signatory_mobile) == (IDENTITY, "+905550102030")
    application.company.refresh_from_db()
    assert application.company.tax_office == "Konak"
    entry = Entry.objects.filter(event=Event.FILLED_IN).latest("pk")
    assert (entry.text, entry.party, entry.actor) == (
        "Başvuru bilgileri kaydedildi (firma adına)",
        Party.STAFF,
        support.user,
    )
    assert IDENTITY not in str(entry.data) + entry.text
    assert "Başvuru bilgileri (destek ekibi doldurdu, firma onaylayacak)" in support.page()
    assert "Bilgileri sizin adınıza destek ekibi doldurdu. Kontrol edip onaylayın." in as_owner(
        application, "pre_application"
    )


def test_the_owner_confirms_by_submitting_and_support_cannot(application: Application) -> None:
    support = Support(application)
    support.send("fill_in", **told(application))
    for kind in PAPERS:
        support.send("hand_in", kind, file=paper())
    assert "göndermekle onaylamış olursunuz" in as_owner(application, "review")
    assert said(support.press(PRE_APPLICATION, "submit"))[-1] == "Bu işlem sizin yetkinizde değil."
    assert support.state(PRE_APPLICATION) == "draft"
    owner = owner_of(application)
    Ladder(application).submit()
    assert application.submissions.get().submitted_by == owner.user
    assert "Başvuru bilgileri (destek ekibi doldurdu, firma onayladı)" in support.page()


def test_what_the_company_types_itself_is_not_marked() -> None:
    application = submitted()
    assert "destek ekibi doldurdu" not in Support(application).page()
    assert "destek ekibi doldurdu" not in as_owner(application, "review")


def test_a_wrong_number_is_explained_and_the_rest_is_kept_on_the_page(application: Application) -> None:
    support = Support(application)
    answer = support.send("fill_in", **told(application, signatory_identity="12345678901", tax_office="Karşıyaka"))
    assert answer.status_code == 422
    assert 'value="Karşıyaka"' in answer.content.decode()
    form = Application.objects.get(pk=application.pk).application_form
    assert (form.complete, form.signatory_identity) == (False, "")


def test_the_identity_number_that_is_there_is_never_in_the_form() -> None:
    application = filled_in()
    support = Support(application)
    page = support.open("fill_in")
    assert IDENTITY not in page.content.decode()
    assert f"Kayıtlı: *******{IDENTITY[-4:]}" in words(page)
    support.send("fill_in", **told(application, signatory_identity=""))
    assert Application.objects.get(pk=application.pk).application_form.signatory_identity == IDENTITY


def test_before_the_company_answered_the_mersis_question_there_is_no_form() -> None:
    support = Support(open_application())
    answer = support.open("fill_in")
    assert answer["Location"] == support.url("change")
    assert "MERSİS sorusunu yanıtlamadı" in said(answer)[0]


def test_what_is_under_review_cannot_be_changed() -> None:
    support = Support(submitted())
    assert "Firma adına doldur" not in support.page()
    answer = support.send("fill_in", **told(support.application))
    assert "değiştirilemez" in said(answer)[0]
    support.application.company.refresh_from_db()
    assert support.application.company.tax_office == "Bornova"
    refused = support.send("hand_in", "undertaking", file=paper())
    assert refused.status_code == 422
    assert "Bu bilgi şu anda değiştirilemez" in words(refused)
    assert support.application.company.documents.count() == len(PAPERS)


def test_while_corrections_are_asked_for_support_too_changes_only_what_is_named() -> None:
    support = Support(submitted())
    support.send("ask_changes", "pre_application", website="Site açılmıyor", expected_version=1)
    support.send("fill_in", website="https://yeni.mavideniz.example", tax_office="Konak")
    support.application.company.refresh_from_db()
    company = support.application.company
    assert (company.website, company.tax_office) == ("https://yeni.mavideniz.example", "Bornova")


def test_when_only_documents_are_named_there_is_no_form_to_fill_in() -> None:
    support = Support(submitted())
    support.send("ask_changes", "pre_application", undertaking="Kaşe yok", expected_version=1)
    answer = support.open("fill_in")
    assert answer["Location"] == support.url("change")
    assert "değiştirilemez" in said(answer)[-1]


class TestDocuments:
    def test_a_paper_that_came_otherwise_is_handed_in_and_marked(self, application: Application) -> None:
        support = Support(application)
        assert support.links("hand_in") == set(PAPERS)
        answer = support.send("hand_in", "signature_circular", file=paper())
        assert said(answer) == ["Belge firma adına yüklendi."]
        document = application.company.documents.get()
        assert (document.kind, document.name, document.created_by) == (
            "signature_circular",
            "sirkuler.pdf",
            support.user,
        )
        entry = Entry.objects.get(event=Event.DOCUMENT_ADDED)
        assert (entry.text, entry.party) == ("İmza sirküleri: sirkuler.pdf (firma adına)", Party.STAFF)
        assert support.links("hand_in") == set(PAPERS) - {"signature_circular"}
        assert "destek ekibi doldurdu" in as_owner(application, "pre_application")

    @pytest.mark.parametrize(
        "file",
        [paper(content=b"Merhaba"), paper("kotu.pdf", b"%PDF-1.7 bozuk")],
        ids=["no PDF", "broken PDF"],
    )
    def test_what_is_not_sound_is_refused(self, application: Application, file: SimpleUploadedFile) -> None:
        answer = Support(application).send("hand_in", "signature_circular", file=file)
        assert answer.status_code == 422
        assert not application.company.documents.exists()

    def test_without_a_file_it_says_so(self, application: Application) -> None:
        answer = Support(application).send("hand_in", "signature_circular")
        assert answer.status_code == 422
        assert "Önce bir dosya seçin." in words(answer)

    def test_what_is_not_asked_of_the_company_is_not_found(self, application: Application) -> None:
        for kind in ("tax_plate", "offer", "yok"):
            assert Support(application).send("hand_in", kind, file=paper()).status_code == 404
