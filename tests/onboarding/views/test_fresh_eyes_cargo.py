"""What people stumbled over on a walk by the manual channel: the parcel, the sentences that say who acts."""

import re

import pytest
from django.urls import reverse

from correspondence.models import Audience, Letter
from correspondence.outgoing.bodies import body_of
from identifiers import turkish
from onboarding.actions.pre_application import submission
from onboarding.actor import IYS, SYSTEM
from onboarding.mail import answers
from onboarding.steps import PRE_APPLICATION, STATUS_QUERY
from tests.scenarios.browser import shown
from tests.scenarios.cast import Cast
from tests.scenarios.ladder import STAFF

pytestmark = pytest.mark.django_db


def owner(cast: Cast) -> str:
    return f"firma sahibi {cast.people['owner']}"


def ask_changes(cast: Cast, *remarks: tuple[str, str]) -> None:
    submission.ask_changes(application=cast.now(), step=PRE_APPLICATION, remarks=remarks, actor=STAFF)


def test_who_may_hand_in_is_told_so_and_everybody_else_who_does() -> None:
    cast = Cast()
    cast.submitted()
    ask_changes(cast, ("website", "Adres açılmıyor"))
    assert "Sonra başvuruyu yeniden gönderirsiniz." in cast.open("pre_application")
    for role, is_told in (("owner", False), ("editor", True), ("viewer", True)):
        assert (owner(cast) in cast.open("pre_application", role=role)) is is_told, role


def test_who_may_send_iyss_correction_or_accept_the_contract_is_told_so() -> None:
    cast = Cast()
    cast.at_iys()
    answers.take(
        application=cast.now(), step=STATUS_QUERY, move="ask_changes", extracted={}, actor=IYS, reason="Düzeltin"
    )
    submission.ask_changes(
        application=cast.now(), step=STATUS_QUERY, remarks=[("website", "Açılmıyor")], actor=STAFF
    )
    cast_of_offer = Cast()
    cast_of_offer.offered()
    for each, page in ((cast, "status_query"), (cast_of_offer, "package_contract")):
        for role, is_told in (("owner", False), ("editor", True)):
            assert (owner(each) in each.open(page, role=role)) is is_told, (page, role)


def test_of_the_paper_that_the_portal_makes_only_the_stamp_is_to_be_at_hand() -> None:
    cast = Cast()
    page = cast.open("route", query="?situation=new&has_mersis=evet&signing=paper")
    at_hand = page.words.partition("Hazırlayın")[2].partition("dakikanızı")[0]
    assert "İmza sirküleri" in at_hand
    assert "Kaşe (taahhütnameyi portal hazırlar)" in at_hand
    assert "Kaşeli ve imzalı taahhütname" not in at_hand


@pytest.mark.parametrize("name", ["review", "board", "pre_application"])
def test_the_parcel_that_was_told_of_leads_back_to_where_it_was_asked_for(name: str) -> None:
    cast = Cast()
    cast.ready()
    if name == "board":
        cast.submitted()
    path = cast.open(name).links["Kargo bilgisi ve etiket"]
    answer = cast.browsers["owner"].post(path, SENT)
    assert (answer.status_code, answer["Location"]) == (302, reverse(f"onboarding:{name}"))


@pytest.mark.parametrize(
    ("words", "too"),
    [
        ("Marka tescil belgeleri", "Marka tescil belgeleri de"),
        ("Markalar", "Markalar da"),
        ("İSTATİSTİKSEL BİLGİLER", "İSTATİSTİKSEL BİLGİLER de"),
        ("Birlikte imzalayacaklar", "Birlikte imzalayacaklar da"),
        ("ŞIK", "ŞIK da"),
        ("A.Ş.", "A.Ş. da"),
        ("2025", "2025 da"),
    ],
)
def test_as_well_follows_the_last_vowel(words: str, too: str) -> None:
    assert turkish.too(words) == too


SENT = {"carrier": "Yurtiçi", "tracking_number": "12345", "sent_on": "2026-03-02"}
EARLIER = "Önceki gönderi: Yurtiçi · 12345 · 2 Mart 2026 (eski taahhütname); yenisini kargolayın."


def test_the_parcel_of_the_undertaking_of_before_stays_in_sight_until_the_new_one_is_told_of() -> None:
    cast = Cast()
    cast.submitted()
    cast.send("cargo", **SENT)
    ask_changes(cast, ("address", "Kapı numarası eksik"))
    cast.write(address="Ege Caddesi No: 12/4")
    assert "Yeniden gönderilecek Öncekinin kargosu: Yurtiçi · 12345" in cast.open("pre_application")
    cast.downloads()
    cast.hand_in("undertaking", page_count=2)
    for name in ("pre_application", "cargo", "board"):
        assert EARLIER in cast.open(name), name
    page = cast.open("cargo")
    assert (page.fields["carrier"], page.fields["tracking_number"]) == ("", ""), "the new one is another parcel"
    cast.submit()
    assert EARLIER in cast.open("pre_application")
    assert "Taahhütnamenin aslını sonra kargolayın" in cast.open("board")
    assert cast.now().application_form.cargo_awaited_since is not None, "and is reminded of"
    cast.send("cargo", **{**SENT, "carrier": "Hızlı Kargo", "tracking_number": "678"})
    page = cast.open("pre_application")
    assert "Kargo: Hızlı Kargo · 678" in page
    assert "Önceki gönderi" not in page


TO_SEND = "Taahhütnamenin aslını kargolayın"
END = ("board", "panel_settings", "summary")


def end_mail(cast: Cast) -> tuple[str, str]:
    letter = Letter.objects.filter(company=cast.company, audience=Audience.COMPANY).latest("created_at")
    body = body_of(letter)
    assert "İYS kaydınız tamamlandı" in letter.subject
    return body.text, body.html


def test_what_is_still_to_be_sent_stands_on_every_page_of_the_end_and_in_its_mail() -> None:
    cast = Cast()
    cast.finished()
    for said in end_mail(cast):
        assert "bütün adımlar tamamlandı; iki işiniz kaldı." in shown(said)
        assert "İYS'ye henüz gönderilmedi: kargolayın, takip numarasını portala yazın." in shown(said)
    for name in END:
        page = cast.open(name)
        assert TO_SEND in page, name
        assert "Başvurunuz bu arada ilerler" not in page, name
        assert "Kargo bilgisi ve etiket" in page.links, name
    for name in END:
        assert "İYS kaydınız tamamlandı; iki işiniz kaldı" in cast.open(name), name
        assert "Tebrikler" not in cast.open(name), name
    cast.press("board", "reconciliation", answer="on")
    assert "İYS kaydınız tamamlandı; bir işiniz kaldı" in cast.open("panel_settings")
    cast.send("cargo", **SENT)
    for name in END:
        assert TO_SEND not in cast.open(name), name
    for name in END:
        assert "Tebrikler, İYS kaydınız tamamlandı" in cast.open(name), name


def test_the_mail_of_the_end_does_not_ask_for_the_parcel_that_was_sent() -> None:
    cast = Cast()
    cast.assigned()
    cast.send("cargo", **SENT)
    cast.declare()
    for said in end_mail(cast):
        assert "kargolayın" not in said


WILL = "taahhütnamenin aslı kargoyla gönderilecektir."
WAS = "taahhütnamenin aslı kargoyla gönderilmiştir: Yurtiçi, takip numarası 12345."


def letter_to_iys(cast: Cast) -> tuple[str, str]:
    cast.move(PRE_APPLICATION, "approve")
    body = body_of(Letter.objects.get(company=cast.company, audience=Audience.IYS))
    return body.text, body.html


def test_the_letter_says_of_the_parcel_what_is_known_when_it_is_approved() -> None:
    cast = Cast()
    cast.ready()
    page = cast.open("review")
    assert WILL in page
    assert "Taahhütnamenin kargosu Henüz girilmedi" in page
    assert "Kargo bilgisi ve etiket" in page.links
    assert "Kargo bilgisi ve etiket" not in cast.open("review", role="viewer").links
    cast.send("cargo", **SENT)
    assert "Mektup siz baktıktan sonra değişti." in cast.send("submit", **page.fields), "not what was approved"
    page = cast.open("review")
    assert WAS in page
    assert "Kargo: Yurtiçi · 12345 · 2 Mart 2026" in page
    cast.press("review", "submit")
    for said in letter_to_iys(cast):
        assert WAS in said


def test_a_parcel_that_is_told_of_later_does_not_change_the_letter_that_was_approved() -> None:
    cast = Cast()
    cast.ready()
    assert "Henüz kargolamayın: destek ekibimiz önce taahhütnameye bakacak" in cast.open("pre_application")
    cast.press("review", "submit")
    assert "Siz ne yapacaksınız? Şimdilik yalnızca bekleyin." in cast.open("pre_application")
    assert "unutmayın" not in cast.open("pre_application")
    cast.send("cargo", **SENT)
    for said in letter_to_iys(cast):
        assert WILL in said


def asked_to_send(cast: Cast) -> bool:
    """Whether it is a task now, on both pages that name it."""
    board, step = cast.open("board"), cast.open("pre_application")
    assert (TO_SEND in board) == ("Yapılacak Taahhütnamenin" in board)
    assert TO_SEND in board or not step.words.count(f"Yapılacak {TO_SEND}")
    return TO_SEND in board


def test_the_original_is_a_task_once_its_scan_was_looked_at_and_not_while_it_is_to_be_signed_anew() -> None:
    cast = Cast()
    cast.submitted()
    assert not asked_to_send(cast)
    assert "Henüz kargolamayın: destek ekibimiz önce taahhütnameye bakacak" in cast.open("board")
    ask_changes(cast, ("undertaking", "İmza eksik"))
    assert not asked_to_send(cast)
    assert "Önce taahhütnameyi yeniden imzalayıp yükleyin" in cast.open("board")
    cast.hand_in("undertaking", page_count=2)
    assert not asked_to_send(cast)
    cast.submit()
    assert not asked_to_send(cast)
    cast.move(PRE_APPLICATION, "approve")
    assert asked_to_send(cast)
    cast.move(PRE_APPLICATION, "letter_sent", SYSTEM)
    assert asked_to_send(cast)
    cast.move(STATUS_QUERY, "ask_changes", IYS, reason="İmza okunmuyor")
    submission.ask_changes(
        application=cast.now(), step=STATUS_QUERY, remarks=[("undertaking", "İmza okunmuyor")], actor=STAFF
    )
    assert not asked_to_send(cast)


@pytest.mark.parametrize("role", ["owner", "editor"])
def test_the_card_of_the_undertaking_and_the_page_of_the_parcel_say_when_as_the_task_does(role: str) -> None:
    cast = Cast()
    cast.ready()
    for page in (cast.open("pre_application", role=role), cast.open("cargo", role=role)):
        assert "Henüz kargolamayın: destek ekibimiz önce taahhütnameye bakacak" in page
    page = cast.open("pre_application", role=role)
    assert page.links["aslını sonra kargolarsınız"] == "#kargo"
    assert "aslını kargoyla İYS'ye gönderin" not in page
    cast.submit()
    cast.move(PRE_APPLICATION, "approve")
    page = cast.open("cargo", role=role)
    assert "bakınca kargolarsınız" not in page
    assert "gönderdikten sonra aşağıya yazın" in page


def test_a_correction_of_something_else_by_iys_leaves_the_task() -> None:
    cast = Cast()
    cast.at_iys()
    cast.move(STATUS_QUERY, "ask_changes", IYS, reason="Site açılmıyor")
    submission.ask_changes(
        application=cast.now(), step=STATUS_QUERY, remarks=[("signature_circular", "Okunmuyor")], actor=STAFF
    )
    assert asked_to_send(cast)


def test_the_carriers_are_offered_while_one_types() -> None:
    cast = Cast()
    cast.submitted()
    page = cast.browsers["owner"].get(reverse("onboarding:cargo")).content.decode()
    [shown] = re.findall(r'<input[^>]*name="carrier"[^>]*list="([^"]+)"', page)
    [offered] = re.findall(rf'<datalist id="{shown}">(.*?)</datalist>', page, re.DOTALL)
    assert '<option value="PTT Kargo">' in offered
