"""Pages and board say what is asked now, by whom, and once."""

from pathlib import Path

import pytest
from django.urls import reverse

from onboarding.actions.pre_application import submission
from onboarding.overview.public_status import status
from onboarding.steps import CODE_RECEIPT, PACKAGE_CONTRACT, PARTNER_ASSIGNMENT, PRE_APPLICATION, STATUS_QUERY
from sandbox.authority import Authority
from tests.scenarios import mails
from tests.scenarios.cast import Cast
from tests.scenarios.ladder import STAFF
from tests.scenarios.online import Online
from tests.scenarios.papers import blank_pdf, upload

pytestmark = pytest.mark.django_db
DOUBT = "3. adım yeniden açıldı: Bir hane eksik"


def test_iyss_corrections_are_the_companys_turn_beside_the_mail_that_asks(tmp_path: Path) -> None:
    cast = Cast()
    cast.at_iys()
    asked = cast.arrives(tmp_path, mails.CHANGES)
    assert cast.state(STATUS_QUERY) == "changes_asked"
    remarks = [("website", "Açılmıyor")]
    submission.ask_changes(application=cast.now(), step=STATUS_QUERY, remarks=remarks, actor=STAFF)
    page = cast.open("pre_application")
    assert "Sıra sizde" in page
    assert "Sonra başvuruyu yeniden gönderirsiniz." in page
    assert "Gözden geçirin ve gönderin" in page
    assert reverse("onboarding:mail", args=[asked.pk]) in page.links.values()


def test_a_step_in_doubt_is_no_longer_called_done() -> None:
    cast = Cast()
    cast.finished()
    cast.support_reopens(CODE_RECEIPT, "Bir hane eksik")
    board = cast.open("board").words
    assert board.count(DOUBT) == 1, "with the first that waits for it"
    given = {"iys_code": "710483", "name_1": "Mavi Deniz", "code_1": "710483"}
    cast.press("type_codes", "type_codes", **given)
    cast.press("code_receipt", "confirm_codes")
    page = cast.open("board")
    assert page.words.count(DOUBT) == 1
    assert "Sıra sizde Bu adımın sonucu yeniden onay bekliyor" in page
    assert "paketiniz tanımlandı" not in page.words.partition("Ön başvuru")[0].lower()
    page = cast.open("package_contract")
    assert "Adım 4/6 · Yeniden onay" in page
    assert "Tamamlandı" not in page.words.partition("Yazışmalar")[0]
    assert cast.record(PACKAGE_CONTRACT).stale


def test_a_form_that_was_sent_back_says_so_until_it_is_sent_again() -> None:
    cast = Cast()
    cast.preparing()
    page = cast.open("partner_assignment")
    assert "Dosya seçin" in page
    assert "Arama (0 onaylı numara)" in page, "before it is ticked"
    cast.form_handed_in()
    assert "Yenisiyle değiştirin" in cast.open("partner_assignment")
    cast.move(PARTNER_ASSIGNMENT, "submit", cast.owner)
    cast.move(PARTNER_ASSIGNMENT, "return_form", reason="İkinci sayfada kaşe yok")
    board = cast.open("board")
    assert "Sıra sizde Formunuz geri gönderildi, düzeltip yeniden gönderin" in board
    assert "İkinci sayfada kaşe yok" in board
    cast.send("upload_assignment", file=upload(blank_pdf(2), "yeni.pdf"))
    review = cast.open("review_assignment")
    assert "Destek ekibi formunuzu geri gönderdi İkinci sayfada kaşe yok" in review


def test_the_details_of_the_status_name_each_request_between_two_sendings() -> None:
    cast = Cast()
    cast.submitted()
    remarks = [("website", "Açılmıyor")]
    submission.ask_changes(application=cast.now(), step=PRE_APPLICATION, remarks=remarks, actor=STAFF)
    cast.send("answer_remark", cast.now().remarks.get().pk, answer="Adres doğru.")
    cast.press("review", "submit")
    told = [each.what for each in status(cast.now()).milestones]
    sent = "Ön başvuru incelemeye gönderildi"
    assert told == ["Başvuru açıldı", sent, "Düzeltmeniz istendi", sent]


def test_the_question_of_the_mersis_number_is_answered_as_it_was() -> None:
    cast = Cast()
    page = cast.open("route")
    assert "Unvanınıza bakıp işaretledik" in page
    cast.send("mersis_question", has_mersis="hayir")
    page = cast.open("route")
    assert "Unvanınıza bakıp işaretledik" not in page
    assert page.fields["has_mersis"] == "hayir"


def test_what_has_to_stay_open_is_not_asked_for_again() -> None:
    cast = Cast()
    cast.finished()
    cast.send("reconciliation", answer="on")
    page = cast.open("summary")
    assert "“Mutabakat Yönetimi” açık kalmalıdır" in page
    assert "açık olmalıdır" not in page


def test_what_was_handed_in_online_is_read_again_with_its_numbers(authority: Authority, trust: Path) -> None:
    cast = Online(authority, trust)
    with cast.settings:
        cast.entered()
        assert "P-" not in cast.open("pre_application").words.partition("Portal başvuru no")[0]
        page = cast.open("pre_application", role="viewer")
        assert "Mesaj 3.200 alıcı (LODOS)" in page
        assert "Mesaj: 48.000 gönderim, 0 eklenen, 0 ret bildirimi" in page


def test_the_boards_end_offers_no_other_way_and_no_second_list_of_letters() -> None:
    cast = Cast()
    assert "Başka bir yolla başvur" in cast.open("board").links
    cast.finished()
    assert "Tüm yazışmalar" not in cast.open("board"), "all of them stand there"
    assert "Başka bir yolla başvur" not in cast.open("board").links


def test_the_last_step_offers_no_other_way() -> None:
    cast = Cast()
    cast.assigned()
    page = cast.open("board")
    assert "6 adımdan 6. adımdasınız." in page
    assert "Başka bir yolla başvur" not in page.links
