"""While what is printed on the undertaking is still to be corrected, nobody is made to sign it for nothing."""

import pytest

from onboarding.actions.pre_application import submission
from onboarding.steps import PRE_APPLICATION
from tests.onboarding.views.test_checklist import answer
from tests.scenarios.cast import Cast
from tests.scenarios.ladder import STAFF
from tests.scenarios.papers import blank_pdf, upload

pytestmark = pytest.mark.django_db
FIRST = "Önce şunu düzeltin ya da yanıtlayın, bu kâğıtta da yazar: Web Sitesi."


def asked(*fields: str) -> Cast:
    cast = Cast()
    cast.submitted()
    remarks = [(field, f"{field} yanlış") for field in fields]
    submission.ask_changes(application=cast.now(), step=PRE_APPLICATION, remarks=remarks, actor=STAFF)
    return cast


def test_the_undertaking_comes_after_what_is_printed_on_it() -> None:
    cast = asked("website", "undertaking", "signature_circular")
    page = cast.open("pre_application")
    assert page.words.count(FIRST) == 1
    assert "Sayfa ekle: Kaşeli ve imzalı taahhütname" not in page
    assert "Taahhütnameyi indir" not in page.links
    assert "İmzalı taahhütname" not in page.labels
    assert "İmza sirküleri" in page.labels, "it says nothing of the data"
    cast.write(website="https://yeni.mavideniz.example")
    page = cast.open("pre_application")
    assert "Önce şunu düzeltin" not in page
    assert "Taahhütnameyi indir" in page.links


def card(cast: Cast, kind: str) -> str:
    source = cast.browsers["owner"].get("/basvuru/adim/1/").content.decode()
    return source.partition(f'id="belge-{kind}"')[2].partition("</li>")[0]


def test_the_card_of_the_undertaking_says_itself_why_nothing_can_be_uploaded_yet() -> None:
    cast = asked("website", "undertaking")
    why = "Önce düzeltilecek ya da yanıtlanacak olan: Web Sitesi. Sonra taahhütnameyi indirip yeniden imzalar"
    assert why in card(cast, "undertaking")
    cast.write(website="https://yeni.mavideniz.example")
    assert why not in card(cast, "undertaking")


def test_a_paper_that_comes_anew_is_not_said_to_stay_where_its_file_stands_twice() -> None:
    cast = Cast()
    cast.ready()
    paper = blank_pdf(2)
    for kind in ("undertaking", "signature_circular", "trade_registry_gazette"):
        cast.send("upload", kind, file=upload(paper, f"{kind}.pdf"))
    cast.submit()
    remarks = [("website", "Açılmıyor"), ("undertaking", "Silik"), ("signature_circular", "Okunmuyor")]
    submission.ask_changes(application=cast.now(), step=PRE_APPLICATION, remarks=remarks, actor=STAFF)
    twice, stays = "olarak da yüklendi.", "olduğu gibi kalabilir"
    assert cast.open("pre_application").words.count(twice) == 3
    assert cast.open("pre_application").words.count(stays) == 0
    cast.write(website="https://yeni.mavideniz.example")
    assert "Yeniden imzalanmalı" in card(cast, "undertaking")
    assert twice in card(cast, "undertaking")
    assert stays not in cast.open("pre_application"), "what is not open cannot be exchanged either"


def test_a_file_that_stands_twice_may_stay_once_it_is_answered_for() -> None:
    cast = Cast()
    cast.ready()
    paper = blank_pdf(2)
    for kind in ("signature_circular", "trade_registry_gazette"):
        cast.send("upload", kind, file=upload(paper, f"{kind}.pdf"))
    cast.submit()
    remarks = [("signature_circular", "Okunmuyor")]
    submission.ask_changes(application=cast.now(), step=PRE_APPLICATION, remarks=remarks, actor=STAFF)
    assert "olduğu gibi kalabilir" not in card(cast, "signature_circular")
    answer(cast, "signature_circular", "Hepsi bu dosyada.")
    assert "olduğu gibi kalabilir" in card(cast, "signature_circular")


def test_what_is_answered_is_waited_for_no_longer() -> None:
    cast = asked("website", "undertaking")
    answer(cast, "website", "Adres doğrudur, bakımdaydı.")
    assert "Taahhütnameyi indir" in cast.open("pre_application").links


def test_a_paper_that_has_to_be_signed_anew_is_not_said_to_be_corrected() -> None:
    cast = asked("website", "undertaking")
    answer(cast, "website", "Adres doğrudur.")
    cast.send("upload", "undertaking", file=upload(blank_pdf(3), "yeni.pdf"))
    cast.write(website="https://yeni.mavideniz.example")
    page = cast.open("pre_application")
    said = page.words.partition("undertaking yanlış")[0]
    assert said.rpartition("Web Sitesi")[2].count("Yeniden imzalanmalı") == 1
    answers = [each for each in page.labels if each == "Neden değiştirmiyorsunuz?"]
    assert len(answers) == 1, "of the site alone: an answer would not do for the paper"


@pytest.mark.parametrize("part", ["ne-kaldi", "duzeltilecekler", "imza-yenilenir"])
def test_what_is_said_at_the_top_comes_anew_with_a_file(part: str) -> None:
    page = asked("website").browsers["owner"].get("/basvuru/adim/1/").content.decode()
    assert f'<div id="{part}" data-part>' in page
