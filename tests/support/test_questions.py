"""Asking support from any screen, the queue, the answer and the mark of what was not read yet."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from correspondence.models import Letter
from correspondence.outgoing.outbox import body_of
from limits.table import DEFAULTS
from support import asking
from support.models import Message, Question
from tenancy.models import User
from tests.scenarios.browser import Screen, said, signed_in, words
from tests.scenarios.cast import Cast
from tests.scenarios.factories import CompanyFactory, PartnerFactory
from tests.scenarios.support import colleague

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
ANSWER = ("view_question", "answer_question")


@pytest.fixture
def cast() -> Cast:
    return Cast()


def asked(cast: Cast, text: str = "İmza sirkülerim eski, olur mu?", role: str = "editor") -> Question:
    return asking.ask(company=cast.company, by=cast.people[role], text=text, page="/basvuru/adim/1/")


def send(cast: Cast, text: str, *, role: str = "viewer", **more: Any) -> Any:
    return cast.browsers[role].post("/yardim/sor/", {"text": text, "page": "/basvuru/adim/3/"}, **more)


def marks(cast: Cast, role: str) -> bool:
    return "okunmamış yanıt" in cast.browsers[role].get("/basvuru/").content.decode()


SCREENS = ["/basvuru/", "/basvuru/belgeler/", "/firma/ekip/", "/basvuru/adim/4/", "/basvuru/yok/"]


@pytest.mark.parametrize("path", SCREENS)
def test_every_screen_of_a_company_has_a_way_to_ask(cast: Cast, path: str) -> None:
    page = cast.browsers["viewer"].get(path).content.decode()
    assert 'action="/yardim/sor/"' in page
    assert f'value="{path}"' in page


def test_visitors_and_staff_are_not_asked_what_they_want_to_know() -> None:
    assert "/yardim/sor/" not in Client().get("/").content.decode()
    assert "/yardim/sor/" not in signed_in(colleague(*ANSWER)).get("/").content.decode()


def test_the_screen_stays_as_it_is_and_says_that_the_question_went(cast: Cast) -> None:
    answer = send(cast, "Kodlar bende yok", headers=HTMX)
    page = answer.content.decode()
    assert (answer.status_code, "<html" in page) == (200, False)
    assert "Sorunuz destek ekibine iletildi." in page
    question = Question.objects.get()
    assert (question.company, question.page) == (cast.company, "/basvuru/adim/3/")
    assert question.waiting_since is not None
    assert question.messages.get().text == "Kodlar bende yok"


def test_without_script_it_is_an_ordinary_form(cast: Cast) -> None:
    page = Screen(send(cast, "Kodlar bende yok", follow=True))
    assert "Sorunuz destek ekibine iletildi." in page
    assert "Kodlar bende yok" in page
    assert "Destek ekibinin yanıtı bekleniyor" in page


@pytest.mark.parametrize("headers", [HTMX, {}], ids=["htmx", "plain"])
def test_a_question_that_is_refused_keeps_its_words(cast: Cast, headers: dict[str, str]) -> None:
    answer = send(cast, "   ", headers=headers)
    assert (answer.status_code, "Sorunuzu yazın." in answer.content.decode()) == (422, True)
    with override_settings(QUOTAS={**DEFAULTS, "questions.person.hour": 1}):
        send(cast, "bir")
        answer = send(cast, "iki kere sordum", headers=headers)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "çok sayıda ileti gönderdiniz" in page
    assert "iki kere sordum" in page
    assert "/basvuru/adim/3/" in page
    assert Question.objects.count() == 1


def test_who_was_signed_out_meanwhile_still_has_the_words(cast: Cast) -> None:
    answer = Client().post("/yardim/sor/", {"text": "Uzun bir soru", "page": "/"}, headers=HTMX)
    assert answer.status_code == 422
    assert "Uzun bir soru" in answer.content.decode()
    assert "Oturumunuz kapanmış" in answer.content.decode()
    assert not Question.objects.exists()
    assert Client().post("/yardim/sor/", {"text": "x"}).status_code == 302


def support_of(cast: Cast) -> Client:
    return signed_in(colleague(*ANSWER, partner=cast.company.partner))


def test_support_answers_and_the_company_sees_it_and_gets_a_mail(cast: Cast) -> None:
    question = asked(cast)
    staff = support_of(cast)
    expected_version = words(staff.get(f"/destek/support/question/{question.pk}/change/"))
    assert "İmza sirkülerim eski, olur mu?" in expected_version
    assert "1. adımın sayfasından" in expected_version
    assert "/basvuru/adim/1/" not in expected_version
    answer = staff.post(f"/destek/support/question/{question.pk}/change/", {"text": "Son iki yılınki olur."})
    assert said(answer) == ["Yanıt iletildi; soran kişiye e-posta da gidiyor."]
    letter = Letter.objects.get(idempotency_key__startswith="support:")
    assert (letter.company, letter.to) == (cast.company, [cast.people["editor"].email])
    assert "Son iki yılınki olur." in body_of(letter).text
    assert f"/yardim/{question.pk}/" in body_of(letter).text
    assert marks(cast, "viewer")
    assert marks(cast, "editor")
    assert "Destek ekibi yazdı: 1 okunmamış yanıt" in cast.open("board", role="editor")
    page = Screen(cast.browsers["editor"].get("/yardim/"))
    assert "Son iki yılınki olur." in page
    assert "Yanıtlandı" in page
    assert marks(cast, "editor"), "looking writes nothing"
    seen = {"at": page.fields["at"]}
    asking.answer(question=question, by=cast.people["owner"], text="Bir de şu.")
    assert cast.browsers["editor"].post("/yardim/goruldu/", seen, headers=HTMX).status_code == 204
    assert marks(cast, "editor"), "what came after the page was made has not been seen"
    seen = {"at": Screen(cast.browsers["editor"].get("/yardim/")).fields["at"]}
    cast.browsers["editor"].post("/yardim/goruldu/", seen, headers=HTMX)
    assert (marks(cast, "editor"), marks(cast, "viewer")) == (False, True), "each person reads for oneself"
    assert "okunmamış yanıt" not in cast.open("board", role="editor")
    assert "at" not in Screen(cast.browsers["editor"].get("/yardim/")).fields
    for bad in ("", "yarın", "2026-13-01T00:00:00+03:00", "2026-11-02T09:30:00"):
        assert cast.browsers["editor"].post("/yardim/goruldu/", {"at": bad}).status_code == 400


def test_more_from_the_company_waits_again_in_its_old_place(cast: Cast) -> None:
    question = asked(cast)
    first = question.waiting_since
    cast.browsers["viewer"].post(f"/yardim/{question.pk}/", {"text": "Bir de şu var"})
    question.refresh_from_db()
    assert question.waiting_since == first
    asking.answer(question=question, by=colleague(), text="Olur")
    page = Screen(cast.browsers["viewer"].post(f"/yardim/{question.pk}/", {"text": "Ya şu?"}, follow=True))
    question.refresh_from_db()
    assert question.waiting_since is not None
    assert "Olur" in page
    assert "Ya şu?" in page
    assert cast.browsers["viewer"].post(f"/yardim/{question.pk}/", {"text": ""}).status_code == 422


def test_the_queue_begins_with_who_waits_longest_and_ends_with_who_was_answered(cast: Cast) -> None:
    late, early, done = asked(cast, "geç"), asked(cast, "erken"), asked(cast, "bitti")
    Question.objects.filter(pk=early.pk).update(waiting_since=timezone.now() - timedelta(days=2))
    asking.answer(question=done, by=colleague(), text="Evet")
    page = words(support_of(cast).get("/destek/support/question/"))
    assert page.index("erken") < page.index("geç") < page.index("bitti")
    waiting = words(support_of(cast).get("/destek/support/question/?durum=bekliyor"))
    assert late.messages.get().text in waiting
    assert "bitti" not in waiting
    assert "2 gün" in waiting


def test_a_thank_you_needs_no_answer(cast: Cast) -> None:
    question = asked(cast, "Teşekkürler")
    staff = support_of(cast)
    answer = staff.post(f"/destek/support/question/{question.pk}/close/")
    assert said(answer) == ["Yanıt gerekmediği kaydedildi."]
    question.refresh_from_db()
    assert question.waiting_since is None
    assert not Letter.objects.filter(idempotency_key__startswith="support:").exists()


def test_that_no_answer_is_needed_loses_none_that_was_typed(cast: Cast) -> None:
    question = asked(cast)
    answer = support_of(cast).post(f"/destek/support/question/{question.pk}/close/", {"text": "Evet, olur."})
    assert answer.status_code == 422
    assert "Bir yanıt yazdınız" in words(answer)
    assert "Evet, olur." in answer.content.decode()
    question.refresh_from_db()
    assert question.waiting_since is not None
    assert Message.objects.filter(from_staff=True).count() == 0


def test_after_an_answer_one_goes_on_to_the_next_or_back_to_the_list_as_it_was(cast: Cast) -> None:
    first, second = asked(cast, "ilk"), asked(cast, "sonra")
    staff = support_of(cast)
    listed = "/destek/support/question/?durum=bekliyor"
    links = re.findall(r'href="([^"]*/change/[^"]*)"', staff.get(listed).content.decode())
    path = next(html.unescape(each) for each in links if str(first.pk) in each)
    page = html.unescape(staff.get(path).content.decode())
    found = re.search(r'data-key="n" href="([^"]+)"', page)
    assert found is not None
    assert str(second.pk) in found[1]
    answered = staff.post(path, {"text": "Evet"}, follow=True)
    assert answered.redirect_chain == [(path, 302)]
    assert "Yanıt iletildi" in words(answered)
    after = html.unescape(answered.content.decode())
    assert f'data-key="n" href="{found[1]}"' in after
    assert f'class="closelink" href="{listed}"' in after
    closing = re.search(r'formaction="([^"]+)"', html.unescape(staff.get(found[1]).content.decode()))
    assert closing is not None
    assert staff.post(closing[1])["Location"] == found[1]
    assert "Yanıt bekleyen başka soru yok." in words(staff.get(path))


def test_the_answers_box_is_written_in_at_once_while_one_waits_for_it(cast: Cast) -> None:
    """Else the keys would be typed into it: after an answer they lead on."""
    question = asked(cast)
    page, support = f"/destek/support/question/{question.pk}/change/", signed_in(colleague(*ANSWER))

    def is_written_in(answer: Any) -> bool:
        return " autofocus" in re.findall(r"<textarea[^>]*>", answer.content.decode())[0]

    assert is_written_in(support.get(page))
    assert not is_written_in(support.post(page, {"text": "Yenisini yükleyin."}, follow=True))
    assert is_written_in(support.post(page, {"text": " "})), "what was refused is mended at once"


def test_an_answer_without_words_is_not_sent(cast: Cast) -> None:
    question = asked(cast)
    answer = support_of(cast).post(f"/destek/support/question/{question.pk}/change/", {"text": " "})
    assert answer.status_code == 422
    assert "Yanıtı yazın" in words(answer)
    assert Message.objects.filter(from_staff=True).count() == 0


@pytest.mark.parametrize(("who", "status"), [("elsewhere", 404), ("reader", 403), ("member", 302)])
def test_only_the_partners_support_answers(cast: Cast, who: str, status: int) -> None:
    question = asked(cast)
    people: dict[str, User] = {
        "elsewhere": colleague(*ANSWER, partner=PartnerFactory.create(is_default=False)),
        "reader": colleague("view_question", partner=cast.company.partner),
        "member": cast.people["owner"],
    }
    client = signed_in(people[who])
    for path in (f"{question.pk}/change/", f"{question.pk}/close/"):
        answer = client.post(f"/destek/support/question/{path}", {"text": "Hayır"})
        assert answer.status_code == status, path
    question.refresh_from_db()
    assert question.waiting_since is not None
    assert question.messages.count() == 1


def test_another_company_neither_sees_nor_joins_the_conversation(cast: Cast) -> None:
    question = asked(cast, "Gizli soru")
    other = Cast()
    assert "Gizli soru" not in Screen(other.browsers["owner"].get("/yardim/"))
    assert other.browsers["owner"].post(f"/yardim/{question.pk}/", {"text": "x"}).status_code == 404
    asking.answer(question=question, by=colleague(), text="Yanıt")
    assert not marks(other, "owner")


def test_the_owners_hear_when_who_asked_has_left(cast: Cast) -> None:
    question = asked(cast)
    cast.company.memberships.filter(user=cast.people["editor"]).delete()
    asking.answer(question=question, by=colleague(), text="Yanıt")
    assert Letter.objects.get(idempotency_key__startswith="support:").to == [cast.people["owner"].email]
    nobody = CompanyFactory.create()
    lonely = asking.ask(company=nobody, by=cast.people["editor"], text="?", page="")
    asking.answer(question=lonely, by=colleague(), text="Yanıt")
    assert not Letter.objects.filter(company=nobody).exists()


def test_who_comes_from_a_page_that_said_so_need_not_say_it_again() -> None:
    cast = Cast()
    browser = cast.browsers["owner"]
    assert "Ödeme bağlantısını bulamıyorum." in browser.get("/yardim/?konu=odeme").content.decode()
    for unknown in ("/yardim/", "/yardim/?konu=<b>x</b>"):
        html = browser.get(unknown).content.decode()
        assert "bulamıyorum" not in html
        assert "<b>x</b>" not in html


def test_a_sentence_that_the_page_has_begun_is_not_sent_alone() -> None:
    cast = Cast()
    browser = cast.browsers["owner"]
    begun = "Onayladığımız kodlarda yanlışlık var. Doğrusu:"
    for topic, text in (("kod", begun), ("kod", f"{begun} ")):
        answer = browser.post("/yardim/sor/", {"topic": topic, "text": text, "page": "/"})
        assert (answer.status_code, cast.company.questions.count()) == (422, 0)
        assert "Cümleyi tamamlayın" in answer.content.decode()
    browser.post("/yardim/sor/", {"topic": "odeme", "text": "Ödeme bağlantısını bulamıyorum.", "page": "/"})
    assert cast.company.questions.count() == 1, "one that is whole is sent as it is"
