"""Support writes to a company from its case without having been asked; the company answers from its own page."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from correspondence.models import Letter
from correspondence.outgoing.outbox import body_of
from journal.models import Entry, Event
from support import asking
from support.models import Message, Question
from tests.scenarios.browser import Screen, said, words
from tests.scenarios.cast import Cast
from tests.scenarios.support import Support, colleague

pytestmark = pytest.mark.django_db
WRITTEN = "Yetki belgenizin ikinci sayfası eksik."


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def support(cast: Cast) -> Support:
    return Support(cast.application)


def own(page: Any) -> dict[str, str]:
    """What the form carries of its page."""
    return dict(re.findall(r'name="(key|read_to)" value="([^"]*)"', page.content.decode()))


def write(support: Support, text: str = WRITTEN, **more: Any) -> Any:
    """By the form as it stands on the case's page."""
    return support.send("write", **{**own(support.open()), "text": text, **more})


def letters() -> list[Letter]:
    return list(Letter.objects.filter(idempotency_key__startswith="support:").order_by("created_at"))


def test_the_owner_is_told_sees_it_and_answers_from_there(cast: Cast, support: Support) -> None:
    assert said(write(support)) == ["İletiniz firmaya ulaştı; e-posta da gidiyor."]
    question = Question.objects.get()
    [letter] = letters()
    assert (letter.company, letter.to) == (cast.company, [cast.people["owner"].email])
    assert letter.subject == "Destek ekibi size yazdı"
    body = body_of(letter)
    for part in (body.text, body.html):
        assert WRITTEN in part
        assert f"/yardim/{question.pk}/" in part
    page = Screen(cast.browsers["owner"].get("/yardim/"))
    assert WRITTEN in page
    assert "Destek ekibi size yazdı" in page
    assert "Destek ekibi size yazdı" in Screen(cast.browsers["owner"].get(f"/yardim/{question.pk}/"))
    cast.browsers["owner"].post(f"/yardim/{question.pk}/", {"text": "Hemen yüklüyorum."})
    shown = support.page()
    assert "yanıtınızı bekliyor" in shown
    assert shown.index(WRITTEN) < shown.index("Hemen yüklüyorum.")
    write(support, "Teşekkürler.")
    assert Question.objects.count() == 1, "it goes on in the conversation that is open"
    assert letters()[-1].to == [cast.people["owner"].email]


def test_it_goes_into_the_question_that_waits_and_to_who_asked(cast: Cast, support: Support) -> None:
    asked = asking.ask(company=cast.company, by=cast.people["editor"], text="Hangi belge?", page="")
    asking.write(
        company=cast.company,
        application_id=cast.application.pk,
        by=support.user,
        text=WRITTEN,
        key=uuid4(),
        read_to=asked.messages.get().pk,
    )
    asked.refresh_from_db()
    assert (asked.waiting_since, asked.messages.count()) == (None, 2)
    assert letters()[0].to == [cast.people["editor"].email]
    assert letters()[0].subject == "Destek ekibi sorunuzu yanıtladı"


def test_what_was_said_long_ago_is_left_and_a_new_conversation_begins(cast: Cast, support: Support) -> None:
    write(support, "İlk")
    Message.objects.update(at=timezone.now() - asking.OPEN_FOR - timedelta(minutes=1))
    write(support, "Yeni")
    assert [question.messages.get().text for question in Question.objects.order_by("asked_at")] == ["İlk", "Yeni"]


def test_a_second_press_sends_nothing_more(cast: Cast, support: Support) -> None:
    fields = own(support.open())
    for _press in range(2):
        assert support.send("write", text=WRITTEN, **fields).status_code == 302
    assert Message.objects.count() == len(letters()) == 1
    assert Entry.objects.filter(event=Event.WRITTEN_TO).count() == 1


def test_it_is_journalled_with_who_wrote(cast: Cast, support: Support) -> None:
    write(support)
    entry = Entry.objects.get(event=Event.WRITTEN_TO)
    assert (entry.actor, entry.application_id, entry.text) == (support.user, cast.application.pk, WRITTEN)


def test_what_the_company_wrote_meanwhile_is_read_first_and_nothing_typed_is_lost(
    cast: Cast, support: Support
) -> None:
    write(support, "Merhaba")
    fields = own(support.open())
    asking.add(question=Question.objects.get(), by=cast.people["owner"], text="Belgeyi buldum.")
    refused = support.send("write", text=WRITTEN, **fields)
    page = words(refused)
    assert refused.status_code == 422
    assert "Firma siz yazarken bir ileti gönderdi" in page
    assert "Belgeyi buldum." in page
    assert WRITTEN in page
    assert Message.objects.count() == 2
    again = own(refused)
    assert support.send("write", text=WRITTEN, **again).status_code == 302
    assert Message.objects.latest("pk").text == WRITTEN


@pytest.mark.parametrize(
    "more", [{"text": "  "}, {"key": "x"}, {"read_to": "-1"}], ids=["empty", "key", "read_to"]
)
def test_what_is_refused_is_not_sent(support: Support, more: dict[str, str]) -> None:
    assert write(support, **{"text": WRITTEN, **more}).status_code == 422
    assert not Message.objects.exists()


def test_who_may_not_decide_does_not_write(cast: Cast) -> None:
    reader = Support(cast.application, "view_application")
    assert "Firmaya gönder" not in reader.page()
    assert reader.send("write", text=WRITTEN, key=str(uuid4()), read_to=0).status_code == 403
    one_of_them = colleague("review_application", "view_application", partner=cast.company.partner)
    cast.company.memberships.filter(user=cast.people["editor"]).update(user=one_of_them)
    own = Support(cast.application, user=one_of_them)
    assert own.send("write", text=WRITTEN, key=str(uuid4()), read_to=0).status_code == 403
    assert not Message.objects.exists()


def test_a_key_that_was_used_for_another_company_stops_nothing(support: Support) -> None:
    write(support)
    key = str(Message.objects.get().key)
    other = Support(Cast(code="820593").application)
    assert other.send("write", text="Başka", key=key, read_to=0).status_code == 302
    assert set(Message.objects.values_list("text", flat=True)) == {WRITTEN, "Başka"}
