"""The application's page: everything of it, and who may see it."""

import re
from uuid import uuid4

import pytest
from django.core.files.storage import storages

from documents.models import Origin
from documents.storage import store
from journal.parties import Party
from onboarding.actions.pre_application import submission
from onboarding.actor import IYS, Actor
from onboarding.mail import answers
from onboarding.models import Application
from onboarding.steps import PRE_APPLICATION, STATUS_QUERY
from onboarding.transitions import perform
from tests.scenarios.factories import open_application
from tests.scenarios.ladder import IDENTITY, Ladder, at_iys, filled_in, owner_of, submitted
from tests.scenarios.support import CORRESPONDENCE, REVIEW, Support

pytestmark = pytest.mark.django_db


def test_all_fields_are_there_with_the_identity_number_masked() -> None:
    application = submitted()
    company = application.company
    page = Support(application).page()
    for shown in (
        f"İmzaya Yetkili Kişi TCKN *******{IDENTITY[-4:]}",
        "İmzaya Yetkili Kişi Ad Soyad Ada Yalın",
        "Yetkili Kişi E-Posta ada@mavideniz.example",
        "Yetkili Kişi Cep Telefonu 0555 010 20 30",
        f"Ticaret Unvanı {company.trade_name}",
        f"MERSİS Numarası {company.mersis_number}",
        f"Vergi Kimlik Numarası {company.tax_number}",
        "Vergi Dairesi Bornova",
        "Web Sitesi https://mavideniz.example",
        "İletişim Numarası 0232 555 01 01",
        "İl İzmir",
        "İlçe Bornova",
        "İletişim Adresi Ege Caddesi No: 12",
    ):
        assert shown in page
    assert IDENTITY not in page


def test_whose_case_it_is_is_said_once_above_the_decision() -> None:
    application = submitted()
    source = Support(application).open().content.decode()
    head = source[source.index('<div id="content-main"') : source.index('id="karar"')]
    assert application.company.trade_name not in head


def test_every_document_is_there_and_opens() -> None:
    application = submitted()
    support = Support(application)
    page, source = support.page(), support.open().content.decode()
    documents = list(application.company.documents.all())
    assert {document.kind for document in documents} == {
        "signature_circular",
        "trade_registry_gazette",
        "undertaking",
    }
    for label in ("İmza sirküleri", "Ticaret sicil gazetesi", "Kaşeli ve imzalı taahhütname"):
        assert label in page
    for document in documents:
        assert support.url("document", document.pk) in source
        opened = support.open("document", document.pk)
        assert opened["Content-Type"] == "application/pdf"
        with storages["private"].open(document.stored_name) as stored:
            assert opened.content == stored.read()


def test_a_document_that_was_replaced_stays_and_says_so() -> None:
    application = filled_in()
    store(
        company=application.company,
        kind="signature_circular",
        payload=b"%PDF-1.4 daha okunakli",
        filename="ikinci-tarama.pdf",
        content_type="application/pdf",
        pages=1,
        origin=Origin.UPLOADED,
        by=None,
    )
    page = Support(application).page()
    assert "İmza sirküleri (yerine yenisi geldi) signature_circular.pdf" in page
    assert "İmza sirküleri ikinci-tarama.pdf" in page


def test_what_is_missing_is_named() -> None:
    page = Support(filled_in(None, "signature_circular")).page()
    assert "“Ticaret sicil gazetesi” henüz yüklenmedi." in page
    assert "Ticaret sicil gazetesi : henüz yok" in page
    assert "“İmza sirküleri” henüz yüklenmedi." not in page


def test_six_steps_with_their_state_and_what_locks_them() -> None:
    source = Support(at_iys()).open().content.decode()
    rows = re.findall(r'data-step="(\w+)"\s+data-state="(\w+)"\s+data-verdict="(\w+)"', source)
    assert [row[0] for row in rows] == [
        "pre_application",
        "status_query",
        "code_receipt",
        "package_contract",
        "partner_assignment",
        "panel_settings",
    ]
    assert [row[2] for row in rows] == ["done", "waiting", "locked", "locked", "locked", "locked"]


def test_numbers_letters_mails_hand_ins_and_journal_are_there() -> None:
    application = at_iys()
    answers.take(
        application=application,
        step=STATUS_QUERY,
        move="approve",
        extracted={
            "application_number": "",
            "iys_code": "710482",
            "brands": [{"name": "Mavi Deniz", "code": "710482"}],
        },
        actor=IYS,
        reason="",
    )
    Application.objects.filter(pk=application.pk).update(iys_application_number="MX3ZB5JA", iys_code="710482")
    page = Support(Application.objects.get(pk=application.pk)).page()
    assert "Ön başvuru no MX3ZB5JA" in page
    assert "İYSKod 710482" in page
    assert "Mavi Deniz: 710482" in page
    assert f"1. gönderim {owner_of(application).user}" in page
    assert "onkayit@iys.org.tr · 3 belge ekli · bilgi: iys@kiyi.example" in page
    assert "Ön başvuru: Başvuruyu gönder" in page
    assert "Ön başvuru: Onayla ve İYS'ye gönder" in page


def test_remarks_say_what_became_of_them() -> None:
    application = submitted()
    submission.ask_changes(
        application=application,
        step=PRE_APPLICATION,
        remarks=[("website", "Site açılmıyor")],
        actor=Actor(Party.STAFF),
    )
    assert "Web Sitesi Site açılmıyor açık" in Support(application).page()
    Ladder(application).submit()
    assert "Web Sitesi Site açılmıyor Firmanın yanıtı: Baktık, doğru yanıtlandı" in Support(application).page()


def test_a_closed_application_says_why_and_offers_nothing() -> None:
    application = submitted()
    perform(
        application=application,
        step=PRE_APPLICATION,
        move="reject",
        actor=Actor(Party.STAFF),
        reason="Yetki belgesi yok",
    )
    support = Support(Application.objects.get(pk=application.pk))
    page = support.page()
    assert "Reddedildi: Yetki belgesi yok" in page
    assert "Bu başvuruda yapılacak bir şey yok." in page
    assert support.buttons() == support.links("ask_changes") == support.links("answer") == set()


def test_what_staff_may_not_do_they_are_not_offered() -> None:
    application = submitted()
    reader = Support(application, "view_application")
    assert reader.open().status_code == 200
    assert reader.buttons() == reader.links("ask_changes") == reader.links("answer") == set()
    assert "Numarayı göster" not in reader.page()
    for name, args in (
        ("move", ()),
        ("ask_changes", ("pre_application",)),
        ("answer", ("status_query", "received")),
        ("fill_in", ()),
        ("hand_in", ("undertaking",)),
        ("identity", ()),
        ("document", (application.company.documents.all()[0].pk,)),
    ):
        assert reader.send(name, *args).status_code == 403, name
        assert reader.open(name, *args).status_code == 403, name
    assert reader.state(PRE_APPLICATION) == "submitted"


def test_the_two_groups_of_staff_have_each_their_own_buttons() -> None:
    application = at_iys()
    reviewer, correspondent = Support(application, *REVIEW), Support(application, *CORRESPONDENCE)
    assert "status_query:hold" in reviewer.buttons()
    assert reviewer.links("answer") == set()
    assert reviewer.open("answer", "status_query", "received").status_code == 403
    assert correspondent.buttons() == set()
    assert "status_query/received" in correspondent.links("answer")
    assert correspondent.send("move", move="status_query:hold", reason="x", expected_version=0).status_code == 403


def test_who_wrote_a_note_or_to_the_company_is_back_where_it_stands() -> None:
    support = Support(submitted())
    for page, place in (("note", "notlar"), ("write", "konusma")):
        answer = support.send(page, text="Sirküler tamam.", key=str(uuid4()), read_to="0")
        assert answer["Location"] == f"{support.url('change')}#{place}"


def test_a_case_without_papers_says_so() -> None:
    assert "Belgeler Henüz belge yok." in Support(open_application()).page()
