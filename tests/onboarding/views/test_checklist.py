"""Corrections are a checklist: each item is changed or answered before the dossier goes back, and support read the
answers."""

from typing import Any

import pytest

from documents.storage import read
from onboarding.actions.pre_application import submission
from onboarding.actor import IYS
from onboarding.mail import answers
from onboarding.models import Remark
from onboarding.steps import PRE_APPLICATION, STATUS_QUERY
from tests.scenarios.browser import Screen
from tests.scenarios.cast import Cast
from tests.scenarios.ladder import STAFF
from tests.scenarios.papers import blank_pdf, upload
from tests.scenarios.support import Support

pytestmark = pytest.mark.django_db
SITE, PAPER, WHOLE = "Web sitesi açılmıyor", "İkinci sayfa okunmuyor", "Bir daha bakın"


def asked(*remarks: tuple[str, str]) -> Cast:
    cast = Cast()
    cast.submitted()
    submission.ask_changes(application=cast.now(), step=PRE_APPLICATION, remarks=remarks, actor=STAFF)
    return cast


def send(cast: Cast) -> str:
    cast.press("review", "submit")
    return cast.state(PRE_APPLICATION)


def change_site(cast: Cast) -> None:
    """Its line stands in the undertaking too, which is signed anew."""
    cast.write(website="https://yeni.mavideniz.example")
    cast.downloads()
    cast.send("upload", "undertaking", file=upload(blank_pdf(3), "yeni.pdf"))


def answer(cast: Cast, field: str, text: str, **more: Any) -> Screen:
    remark = Remark.objects.get(field=field, settled_at=None)
    return cast.send("answer_remark", remark.pk, answer=text, **more)


def test_what_nobody_touched_is_not_sent_again() -> None:
    cast = asked(("website", SITE), ("signature_circular", PAPER))
    page = cast.open("pre_application")
    assert page.words.count("Bekliyor") == 2
    assert "Her şey hazır" not in page
    assert "“Web Sitesi”: istenen düzeltme yapılmadı" in page
    assert send(cast) == "changes_asked"
    assert Remark.objects.filter(settled_at=None).count() == 2


def test_each_item_is_changed_or_answered() -> None:
    cast = asked(("website", SITE), ("signature_circular", PAPER))
    change_site(cast)
    page = cast.open("pre_application")
    assert "Düzeltildi" in page
    assert "“İmza sirküleri”: istenen düzeltme yapılmadı" in page
    assert send(cast) == "changes_asked"
    page = answer(cast, "signature_circular", "İkinci sayfa boş, aslı da öyle", role="editor")
    assert "Yanıtlandı" in page
    assert "Her şey hazır" in page
    assert send(cast) == "submitted"
    support = Support(cast.now())
    assert "Firmanın yanıtı: İkinci sayfa boş, aslı da öyle" in support.page()


def test_the_very_file_again_is_no_change_and_another_one_is() -> None:
    cast = asked(("signature_circular", PAPER))
    scan = read(cast.company.documents.current().get(kind="signature_circular"))
    cast.send("upload", "signature_circular", file=upload(scan, "yine.pdf"))
    assert send(cast) == "changes_asked"
    cast.send("upload", "signature_circular", file=upload(blank_pdf(5), "tam.pdf"))
    assert send(cast) == "submitted"


def test_a_remark_about_the_whole_is_settled_by_any_change_or_an_answer() -> None:
    cast = asked(("", WHOLE))
    assert "Genel düzeltme isteği: istenen düzeltme yapılmadı" in cast.open("review")
    answer(cast, "", "Baktık, hepsi doğru")
    assert send(cast) == "submitted"
    cast = asked(("", WHOLE))
    cast.send("upload", "signature_circular", file=upload(blank_pdf(5), "tam.pdf"))
    assert send(cast) == "submitted"


def test_an_empty_answer_is_not_said_to_be_kept() -> None:
    cast = asked(("website", SITE), ("signature_circular", PAPER))
    assert "Yanıtınızı yazın" in answer(cast, "website", "  ")
    assert "Yanıtınız kaydedildi" in answer(cast, "website", "Site doğru")
    assert "Yanıtınız silindi" in answer(cast, "website", "")
    assert "Yanıtınızı yazın" in answer(cast, "website", "")


def test_what_is_wrong_with_an_answer_is_said_at_its_place_and_nothing_of_it_is_lost() -> None:
    cast = asked(("website", SITE), ("signature_circular", PAPER))
    remark = Remark.objects.get(field="website", settled_at=None)
    for text, why in (("  ", "Yanıtınızı yazın"), ("Doğru, bakın: " * 100, "en fazla 1000 karakter")):
        source = cast.answer("answer_remark", remark.pk, answer=text, follow=True).content.decode()
        box = source.partition(f'id="yanit-{remark.pk}"')[2].partition("</details>")[0]
        assert "<details open>" in box
        assert why in box
        assert text.strip() in box
        assert source.count(why) == 1
    assert "<details open>" not in cast.browsers["owner"].get("/basvuru/adim/1/").content.decode(), "said once"


def test_the_answers_stand_on_the_review_before_they_are_sent() -> None:
    cast = asked(("website", SITE), ("signature_circular", PAPER))
    answer(cast, "website", "Site bugün açılıyor")
    cast.send("upload", "signature_circular", file=upload(blank_pdf(5), "tam.pdf"))
    page = cast.open("review")
    assert f"{SITE} Yanıtlandı Yanıtınız: “Site bugün açılıyor”" in page
    assert f"{PAPER} Düzeltildi" in page


def test_an_answer_of_spaces_is_none_and_one_may_be_taken_back() -> None:
    cast = asked(("signature_circular", PAPER))
    answer(cast, "signature_circular", "   ")
    assert send(cast) == "changes_asked"
    answer(cast, "signature_circular", "Doğru")
    answer(cast, "signature_circular", "")
    assert send(cast) == "changes_asked"


def test_what_is_settled_is_answered_no_more_and_another_round_begins_open() -> None:
    cast = asked(("signature_circular", PAPER))
    answer(cast, "signature_circular", "Doğru")
    settled = Remark.objects.get()
    send(cast)
    assert "artık açık değil" in cast.send("answer_remark", settled.pk, answer="Başka")
    assert Remark.objects.get().answer == "Doğru"
    remarks = [("signature_circular", PAPER)]
    submission.ask_changes(application=cast.now(), step=PRE_APPLICATION, remarks=remarks, actor=STAFF)
    assert send(cast) == "changes_asked"


def test_a_viewer_reads_and_does_not_answer() -> None:
    cast = asked(("signature_circular", PAPER))
    assert "Yanıtı kaydet" not in cast.open("pre_application", role="viewer").buttons
    assert answer(cast, "signature_circular", "Doğru", role="viewer").status == 403


def test_no_remark_is_said_twice() -> None:
    cast = Cast()
    cast.at_iys()
    answers.take(
        application=cast.now(), step=STATUS_QUERY, move="ask_changes", extracted={}, actor=IYS, reason=SITE
    )
    submission.ask_changes(application=cast.now(), step=STATUS_QUERY, remarks=[("website", SITE)], actor=STAFF)
    for name, most in (("status_query", 2), ("pre_application", 1), ("board", 1)):
        said = cast.open(name).words.partition("Yazışmalar")[0].count(SITE)
        assert said == most, f"{name}: İYS's own words and what is to be done about them, no more"
    answer(cast, "website", "Bizde açılıyor")
    cast.press("review", "submit")
    assert cast.open("status_query").words.partition("Yazışmalar")[0].count(SITE) == 1


def test_iyss_corrections_are_a_checklist_too() -> None:
    cast = Cast()
    cast.at_iys()
    cast.move(STATUS_QUERY, "ask_changes", IYS, reason="Sirküler okunmuyor")
    remarks = [("signature_circular", PAPER)]
    submission.ask_changes(application=cast.now(), step=STATUS_QUERY, remarks=remarks, actor=STAFF)
    cast.press("review", "submit")
    assert cast.state(STATUS_QUERY) == "correcting"
    answer(cast, "signature_circular", "Aslı da böyle")
    cast.press("review", "submit")
    assert cast.state(STATUS_QUERY) == "re_review"
    assert "Firmanın yanıtı: “Aslı da böyle”" in cast.open("status_query")
