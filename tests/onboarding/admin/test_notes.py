"""Notes of support for each other on a case: whom they name is told on the start page and by the morning mail."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from correspondence.outgoing import outbox
from onboarding.actions import notes
from onboarding.actor import NotAllowed
from onboarding.models import Application, CaseNote, NoteMention
from onboarding.reminders.digest import queue_of
from partners.models import Partner
from tenancy.models import User
from tenancy.roles import Role
from tests.scenarios.browser import said, signed_in, words
from tests.scenarios.factories import MembershipFactory
from tests.scenarios.ladder import submitted
from tests.scenarios.support import REVIEW, Support, colleague

pytestmark = pytest.mark.django_db
HOME = reverse("admin:index")


def called(name: str, application: Application) -> User:
    user = colleague(*REVIEW, partner=application.company.partner)
    user.full_name = name
    user.save()
    return user


@pytest.fixture
def application() -> Application:
    return submitted()


@pytest.fixture
def ayse(application: Application) -> User:
    return called("Ayşe Kaya", application)


def note(support: Support, text: str, **more: Any) -> Any:
    return support.send("note", **{"text": text, "key": str(uuid4()), **more})


def waiting(user: User) -> list[str]:
    return [each.note.text for each in NoteMention.objects.waiting_for(user)]


def test_who_is_named_finds_it_on_the_first_page_and_settles_it_there(
    application: Application, ayse: User
) -> None:
    support = Support(application)
    answer = note(support, "@Ayşe imza sirküleri sizce yeterli mi?")
    assert said(answer) == ["Not yazıldı. Haber verildi: Ayşe Kaya."]
    browser = signed_in(ayse)
    page = words(browser.get(HOME))
    assert "Size yazılanlar (1)" in page
    assert f"{application.reference} · {application.company.trade_name}" in page
    assert "imza sirküleri sizce yeterli mi?" in page
    assert "Size yazılanlar" not in words(support.client.get(HOME)), "who wrote it is not told of it"
    mention = NoteMention.objects.get()
    path = reverse("admin:onboarding_application_note_seen", args=[application.pk, mention.pk])
    assert browser.get(path).status_code == 302
    assert waiting(ayse), "looking settles nothing"
    assert browser.post(path, {"home": "1"})["Location"] == HOME
    assert "Size yazılanlar" not in words(browser.get(HOME))
    assert "(gördü)" in support.page()


def test_the_mornings_mail_lists_it(application: Application, ayse: User) -> None:
    note(Support(application), "@Ayşe bakar mısın?")
    queue = queue_of(ayse)
    assert (queue.note_count, [each.note.text for each in queue.notes]) == (1, ["@Ayşe bakar mısın?"])
    application.records.update(turn="")
    assert queue_of(ayse).count == 1, "a note alone is reason enough for the mail"


def test_the_mornings_mail_says_it_in_both_bodies(application: Application, ayse: User) -> None:
    note(Support(application), "@Ayşe bakar mısın?")
    body = outbox.render(
        template="staff_digest",
        context={"queue": queue_of(ayse), "user": ayse, "partner": application.company.partner},
    )
    for part in (body.text, body.html):
        assert "Size yazılanlar (1):" in part
        assert application.reference in part


def test_one_is_also_chosen_from_the_list_and_told_once(application: Application, ayse: User) -> None:
    note(Support(application), "@ayse KAYA'ya sordum", people=[ayse.pk])
    assert waiting(ayse) == ["@ayse KAYA'ya sordum"]
    note(Support(application), "Adı geçmiyor", people=[ayse.pk])
    assert len(waiting(ayse)) == 2


def test_who_answers_there_has_seen_it(application: Application, ayse: User) -> None:
    note(Support(application), "@Ayşe bakar mısın?")
    note(Support(application, user=ayse), "Baktım, yeterli.")
    assert waiting(ayse) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@Ayşe", ["Ayşe Kaya"]),
        ("@ayse'ye sor", ["Ayşe Kaya"]),
        ("Ahmet (@AHMET DEMİR) ve @ayşe", ["Ahmet Demir", "Ayşe Kaya"]),
        ("@Ahmet Yılmaz bakar", ["Ahmet Yılmaz"]),
        ("bilgi@ayse.com adresine yazdım", []),
        ("saat 5 @ ofis", []),
    ],
)
def test_names_are_read_as_people_write_them(application: Application, text: str, found: list[str]) -> None:
    people = [called(name, application) for name in ("Ayşe Kaya", "Ahmet Demir", "Ahmet Yılmaz")]
    assert [str(each) for each in notes.named(text, people)] == found


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("@Ahmet bakar mısın?", "birden çok kişi olabilir: Ahmet Demir, Ahmet Yılmaz"),
        ("@Zeynep bakar mısın?", "“@Zeynep” adında bir iş arkadaşınız yok"),
    ],
)
def test_a_name_that_is_nobodys_or_several_peoples_is_refused_and_the_note_kept(
    application: Application, text: str, why: str
) -> None:
    for name in ("Ahmet Demir", "Ahmet Yılmaz"):
        called(name, application)
    answer = note(Support(application), text)
    assert answer.status_code == 422
    assert why in words(answer)
    assert text in words(answer)
    assert not CaseNote.objects.exists()


def test_nobody_elsewhere_and_nobody_of_the_company_is_told(application: Application, ayse: User) -> None:
    elsewhere = colleague(*REVIEW, partner=Partner.objects.create(name="Liman Mesaj", legal_name="Liman A.Ş."))
    support = Support(application)
    assert note(support, "Bak", people=[elsewhere.pk]).status_code == 422
    MembershipFactory.create(user=ayse, company=application.company, role=Role.VIEWER)
    assert "başvuruyu göremez" in words(note(support, "@Ayşe bak"))
    with pytest.raises(NotAllowed):
        notes.add(application=application, by=support.user, text="Bak", key=uuid4(), people=[ayse])
    assert not CaseNote.objects.exists()


def test_whoever_came_to_the_company_since_is_told_no_more(application: Application, ayse: User) -> None:
    note(Support(application), "@Ayşe bak")
    MembershipFactory.create(user=ayse, company=application.company, role=Role.VIEWER)
    assert waiting(ayse) == []


def test_a_second_press_writes_no_second_note(application: Application, ayse: User) -> None:
    support, key = Support(application), str(uuid4())
    for _press in range(2):
        assert note(support, "@Ayşe bak", key=key).status_code == 302
    assert CaseNote.objects.count() == NoteMention.objects.count() == 1


def test_what_was_told_to_a_colleague_is_settled_by_nobody_else(application: Application, ayse: User) -> None:
    support = Support(application)
    note(support, "@Ayşe bak")
    assert support.send("note_seen", NoteMention.objects.get().pk).status_code == 404
    assert waiting(ayse)


def test_a_company_sees_none_of_it(application: Application, ayse: User) -> None:
    note(Support(application), "@Ayşe gizli not")
    owner = signed_in(application.company.memberships.get().user)
    for path in ("/basvuru/", "/basvuru/adim/1/", "/yardim/"):
        assert "gizli not" not in owner.get(path, follow=True).content.decode()


def test_who_only_looks_reads_and_writes_nothing(application: Application) -> None:
    reader = Support(application, "view_application")
    assert "Notu kaydet" not in reader.page()
    assert note(reader, "Bak").status_code == 403
