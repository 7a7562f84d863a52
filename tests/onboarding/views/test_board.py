"""The board and what all six steps share: the gate's answers, doubts, withdrawing, beginning again, the route."""

import pytest

from correspondence.models import Letter, LetterStatus
from onboarding.actor import IYS, SYSTEM
from onboarding.models import Application
from onboarding.steps import (
    CODE_RECEIPT,
    PACKAGE_CONTRACT,
    PANEL_SETTINGS,
    PARTNER_ASSIGNMENT,
    PRE_APPLICATION,
    STATUS_QUERY,
    STEPS,
)
from tests.documents.test_inspection import pdf
from tests.scenarios.browser import Screen, signed_in
from tests.scenarios.cast import Cast
from tests.scenarios.factories import CompanyFactory, MembershipFactory
from tests.scenarios.ladder import PAPERS
from tests.scenarios.papers import upload

pytestmark = pytest.mark.django_db

OTHER_WAY = "Başka bir yolla başvur"
FASTER = (
    "Bu adım az önce değişti: başka bir sekmede siz ya da başka biri işlem yaptı. Sayfa güncel durumu gösteriyor."
)
CHANGED = "Mektup siz baktıktan sonra değişti. Son hâlini okuyup yeniden onaylayın."
LOCKED = "Bu adım kilitli: önce 1. adım (Ön başvuru) tamamlanmalı."
DOUBT = ["Sonuç hâlâ geçerli", "Adımı yeniden yapacağım"]


@pytest.fixture
def cast() -> Cast:
    return Cast()


def test_at_the_beginning_one_step_is_open_and_five_are_locked(cast: Cast) -> None:
    page = cast.open("board")
    assert "6 adımdan 1. adımdasınız. Sıra sizde Başvurunuz taslak hâlinde" in page
    assert page.words.count("Sıra sizde") == 1, "whose turn it is, said once"
    assert "bitince açılır" not in page
    assert [step.title for step in STEPS if step.title in page.links] == ["Ön başvuru"]
    assert page.links["Devam et"] == "/basvuru/adim/1/mersis/"
    assert f"Portal başvuru no: {cast.application.reference}" in page


def test_the_board_says_whose_turn_it_is(cast: Cast) -> None:
    cast.submitted()
    page = cast.open("board")
    assert "Sıra destek ekibinde" in page
    assert "Devam et" not in page.links
    assert "Ayrıntıları gör" in page.links
    cast.move(PRE_APPLICATION, "approve")
    assert "Portal çalışıyor" in cast.open("board")
    cast.move(PRE_APPLICATION, "letter_sent", SYSTEM)
    page = cast.open("board", role="viewer")
    assert "6 adımdan 2. adımdasınız. Sıra İYS'de İYS'nin yanıtı bekleniyor" in page
    assert "İYS'ye gönderildi" in page
    assert {"Ön başvuru", "Başvuru durumu"} <= set(page.links)


@pytest.mark.parametrize("step", STEPS[1:], ids=lambda step: step.key)
def test_a_locked_step_answers_with_the_reason_and_the_way(cast: Cast, step: object) -> None:
    key = getattr(step, "key", "")
    for role in ("owner", "viewer"):
        page = cast.open(key, role=role)
        assert page.status == 409
        assert "Bu adım henüz açılmadı" in page
        assert "Önce 1. adım (Ön başvuru) tamamlanmalı" in page
        assert page.links["1. adıma git"] == "/basvuru/adim/1/"
        assert page.actions == []


def test_the_reason_is_the_step_that_is_not_finished(cast: Cast) -> None:
    cast.codes_wanted()
    page = cast.open("partner_assignment")
    assert "Önce 3. adım (İYSKod alınması) tamamlanmalı" in page
    assert page.links["3. adıma git"] == "/basvuru/adim/3/"


def test_what_is_posted_to_a_locked_step_changes_nothing(cast: Cast) -> None:
    for name, data in (
        ("type_codes", {"iys_code": "710482", "name_1": "Mavi", "code_1": "710482"}),
        ("choose_package", {"message_addresses": "1", "call_addresses": "1", "email_addresses": "1"}),
        ("payment", {"paid_on": "2026-03-02"}),
        ("contract", {"read": "1"}),
        ("panel_settings", {"kind": "partner", "correct": "on"}),
        ("claim_assignment", {"ticks": ["menu", "partner", "permissions"]}),
        ("dispute_codes", {"move": "dispute", "reason": "Neden?"}),
    ):
        assert cast.answer(name, expected_version="0", **data).status_code == 409, name
    for name, data, sentence in (
        ("confirm_codes", {}, "Onaylanacak kod henüz gelmedi."),
        ("continued", {}, LOCKED),
        ("request_offer", {"way": "portal"}, "Önce onaylı adres sayılarınızı ve paketinizi seçin."),
        ("package_move", {"move": "request_seen"}, LOCKED),
        ("assignment_move", {"move": "use_panel"}, LOCKED),
    ):
        assert sentence in cast.send(name, expected_version="0", **data), name
    assert "Atama formu şu anda değiştirilemez." in cast.send("upload_assignment", file=upload(pdf()))
    untouched = {step.key: (step.initial, 0) for step in STEPS}
    assert {each.step: (each.state, each.version) for each in cast.application.records.all()} == untouched


def reopened(cast: Cast) -> None:
    """Steps 1 to 3 were done, step 1 was reopened and is done again."""
    cast.choosing()
    cast.move(PRE_APPLICATION, "reopen", reason="Unvan değişti")
    cast.press("review", "submit")
    cast.move(PRE_APPLICATION, "approve")
    cast.move(PRE_APPLICATION, "letter_sent", SYSTEM)


def test_behind_a_reopened_step_results_are_doubted_one_after_another(cast: Cast) -> None:
    cast.choosing()
    cast.move(PRE_APPLICATION, "reopen", reason="Unvan değişti")
    page = cast.open("board")
    assert "6 adımdan 1. adımdasınız." in page
    assert cast.open("code_receipt").status == 409
    cast.press("review", "submit")
    cast.move(PRE_APPLICATION, "approve")
    cast.move(PRE_APPLICATION, "letter_sent", SYSTEM)
    page = cast.open("board")
    assert "Yeniden onayınızı bekliyor" in page
    assert "Not: 1. adım yeniden açıldı: Unvan değişti" in page
    assert page.buttons == DOUBT
    assert cast.open("board", role="viewer").buttons == []
    cast.press("board", "stale", "status_query", role="editor", move="confirm_stale")
    page = cast.open("board")
    assert "3. adım · İYSKod alınması" in page
    assert page.buttons == DOUBT
    cast.press("board", "stale", "code_receipt", move="redo")
    assert (cast.state(STATUS_QUERY), cast.state(CODE_RECEIPT)) == ("approved", "waiting")
    assert "3. adım · İYSKod alınması" in cast.open("board")


def test_a_doubt_that_was_settled_is_not_settled_again(cast: Cast) -> None:
    reopened(cast)
    expected_version = cast.open("board").fields["expected_version"]
    cast.send("stale", "status_query", expected_version=expected_version, move="confirm_stale")
    page = cast.send("stale", "status_query", expected_version=expected_version, move="redo", role="editor")
    assert FASTER in page
    assert cast.state(STATUS_QUERY) == "approved"
    now = str(cast.record(STATUS_QUERY).version)
    assert "Bu adım yeniden onay beklemiyor." in cast.send(
        "stale", "status_query", expected_version=now, move="redo"
    )
    assert cast.answer("stale", "status_query", expected_version=now, move="approve").status_code == 404
    assert cast.answer("stale", "nonsense", expected_version=now, move="redo").status_code == 404


def test_a_withdrawal_needs_a_reason_and_closes_the_application(cast: Cast) -> None:
    cast.submitted()
    page = cast.press("withdraw", "withdraw", reason="  ")
    assert page.status == 422
    assert "Bu işlem için bir neden yazmalısınız." in page
    page = cast.press("withdraw", "withdraw", reason="Birleşme nedeniyle")
    assert "Geri çekildi" in page
    assert "Neden: Birleşme nedeniyle" in page
    assert page.buttons == ["Yeniden başvur"]
    assert cast.now().closing == "withdrawn"
    assert not Letter.objects.filter(audience="iys").exists(), "nothing had gone to İYS"
    assert cast.browsers["owner"].get("/basvuru/geri-cek/").status_code == 404


def test_iys_is_told_of_a_withdrawal_once_it_had_a_letter(cast: Cast) -> None:
    cast.at_iys()
    Letter.objects.filter(audience="iys").update(status=LetterStatus.SENT)
    cast.press("withdraw", "withdraw", reason="Birleşme nedeniyle")
    letter = Letter.objects.filter(audience="iys").latest("created_at")
    assert (letter.to, letter.step_key) == (["onkayit@iys.org.tr"], "status_query")
    assert Letter.objects.filter(audience="iys").count() == 2


def test_a_late_withdrawal_is_told_so_and_keeps_its_reason(cast: Cast) -> None:
    cast.submitted()
    expected_version = cast.open("withdraw").fields["expected_version"]
    cast.move(PRE_APPLICATION, "approve")
    page = cast.send("withdraw", expected_version=expected_version, reason="Birleşme nedeniyle")
    assert FASTER in page
    assert page.fields["reason"] == "Birleşme nedeniyle"
    assert cast.now().closed_at is None
    cast.send("withdraw", **page.fields)
    assert cast.now().closing == "withdrawn"


def test_the_owner_begins_again_with_what_was_typed(cast: Cast) -> None:
    cast.submitted()
    cast.press("withdraw", "withdraw", reason="Birleşme")
    assert cast.answer("apply_again", role="editor").status_code == 403
    # All is there already: the next screen is the review.
    assert "Onaylıyorum, gönderin" in cast.send("apply_again").buttons
    assert "6 adımdan 1. adımdasınız." in cast.open("board")
    assert Application.objects.filter(company=cast.company).count() == 2
    page = cast.open("pre_application")
    assert "Tamamlandı" in page
    assert page.words.count("Yüklendi") == len(PAPERS)
    assert "Bu adım kilitli: önce 1. adım" in cast.send("apply_again")
    assert Application.objects.filter(company=cast.company).count() == 2


def test_a_company_without_an_application_is_asked_for_its_route() -> None:
    company = CompanyFactory.create()
    owner = signed_in(MembershipFactory.create(company=company).user)
    page = Screen(owner.get("/basvuru/", follow=True))
    assert "Size uyan yolu bulalım" in page
    assert page.ticked == ["new", "evet"], "whoever is an Anonim Şirketi has a MERSİS number"
    owner.post("/basvuru/yol/", {"route": "full"})
    page = Screen(owner.get("/basvuru/"))
    assert "6 adımdan 1. adımdasınız." in page


def test_the_route_changes_in_place_while_nothing_has_gone_out(cast: Cast) -> None:
    cast.fill_in()
    cast.send("route", route="self_managed", role="editor")
    assert "Sizin yolunuzda tek iş var: beyanınız." in cast.open("board")
    assert cast.open("pre_application").status == 409
    cast.send("route", route="full")
    assert cast.now().pk == cast.application.pk
    assert cast.whole().fields["signatory_name"] == "Ada Yalın"


def test_on_a_short_route_nothing_of_step_1_can_be_written(cast: Cast) -> None:
    cast.fill_in()
    cast.send("route", route="exempt")
    for name, data in (
        ("mersis_question", {"has_mersis": "hayir"}),
        ("dossier_page", {"signatory_name": "Başka Biri"}),
        ("cargo", {"carrier": "Martı Kargo", "tracking_number": "1", "sent_on": "2026-03-02"}),
        ("upload", {"file": upload(pdf())}),
    ):
        args = {"upload": ("signature_circular",), "dossier_page": ("imza-yetkilisi",)}.get(name, ())
        assert cast.send(name, *args, **data).status == 409, name
    form = cast.now().application_form
    assert (form.has_mersis, form.signatory_name) == (True, "Ada Yalın")
    assert not cast.company.documents.exists()
    assert not hasattr(cast.now(), "cargo")


def test_after_a_letter_has_gone_out_another_route_is_a_new_application(cast: Cast) -> None:
    cast.at_iys()
    Letter.objects.filter(audience="iys").update(status=LetterStatus.SENT)
    cast.send("route", route="exempt", kapatir="1")
    assert cast.now().pk != cast.application.pk
    assert Application.objects.get(pk=cast.application.pk).closing == "replaced"
    assert "Sizin yolunuzda tek iş var: beyanınız." in cast.open("board")


@pytest.mark.parametrize(
    ("role", "links"),
    [
        ("owner", {OTHER_WAY, "Başvuruyu geri çek"}),
        ("editor", {OTHER_WAY}),
        ("viewer", set()),
    ],
)
def test_each_role_sees_only_what_it_may_press(cast: Cast, role: str, links: set[str]) -> None:
    page = cast.open("board", role=role)
    assert set(page.links) & {OTHER_WAY, "Başvuruyu geri çek"} == links


def test_the_letter_is_sent_only_as_its_owner_saw_it(cast: Cast) -> None:
    cast.fill_in()
    cast.hand_in(*PAPERS)
    expected_version = cast.open("review").fields
    cast.send("upload", "signature_circular", role="editor", file=upload(pdf(pages=2), "başka.pdf"))
    assert CHANGED in cast.send("submit", **expected_version)
    assert cast.state(PRE_APPLICATION) == "draft"
    assert "Başvurunuzu aldık." in cast.press("review", "submit")


def test_the_request_is_sent_only_as_its_owner_saw_it(cast: Cast) -> None:
    cast.chosen()
    expected_version = cast.open("package_contract").fields
    cast.press("choose_package", "choose_package", role="editor", email_addresses="90000", package="")
    for way in ("portal", "own"):
        assert CHANGED in cast.send("request_offer", **expected_version, way=way)
    assert cast.state(PACKAGE_CONTRACT) == "choosing"
    assert not Letter.objects.filter(step_key="package_contract").exists()
    cast.press("package_contract", "request_offer", way="portal")
    assert cast.state(PACKAGE_CONTRACT) == "sending"


def test_the_form_is_sent_only_as_its_owner_saw_it(cast: Cast) -> None:
    cast.preparing()
    cast.form_handed_in()
    expected_version = cast.open("review_assignment").fields
    cast.send("upload_assignment", role="editor", file=upload(pdf(pages=2), "başka.pdf"))
    assert CHANGED in cast.send("review_assignment", **expected_version)
    assert cast.state(PARTNER_ASSIGNMENT) == "preparing"


def test_at_the_end_the_board_says_so(cast: Cast) -> None:
    cast.assigned()
    cast.move(PANEL_SETTINGS, "save", cast.owner)
    page = cast.open("board")
    assert "İYS kaydınız tamamlandı" in page
    assert "İYSKod: 710482" in page
    assert set(page.links) >= {step.title for step in STEPS}
    assert "Başvuruyu geri çek" not in page.links


def test_letters_and_documents_are_there_to_look_up(cast: Cast) -> None:
    cast.at_iys()
    page = cast.open("documents", role="viewer")
    assert all(page.words.count(f"{kind}.pdf (") == 1 for kind in PAPERS)
    page = cast.open("thread", role="viewer")
    assert "onkayit@iys.org.tr · 3 belge ekli · bilgi: iys@kiyi.example" in page
    href = page.links[Letter.objects.get(audience="iys").subject]
    page = Screen(cast.browsers["viewer"].get(href))
    identity = cast.now().application_form.signatory_identity
    assert identity not in page.words
    assert identity[-4:] in page.words


def test_iyss_word_on_a_step_that_was_done_meanwhile_is_no_error(cast: Cast) -> None:
    cast.codes_wanted()
    page = cast.send("continued", expected_version=str(cast.record(STATUS_QUERY).version))
    assert "Bu işlem şu anda yapılamaz: adımın durumu değişti." in page
    cast.move(CODE_RECEIPT, "read", IYS)
    assert "Onaylanacak kod henüz gelmedi." in cast.press("code_receipt", "confirm_codes")
