"""People who signed up with a tax number that was here already: staff decide, and the person is told."""

from typing import Any

import pytest
from django.urls import reverse

from correspondence.models import Letter
from correspondence.outgoing.outbox import body_of
from journal.models import Entry, Event
from partners.models import Partner
from tenancy.models import JoinRequest, User
from tenancy.roles import Role
from tests.scenarios.browser import said, signed_in, words
from tests.scenarios.factories import CompanyFactory, MembershipFactory, UserFactory
from tests.scenarios.support import CORRESPONDENCE, REVIEW, colleague

pytestmark = pytest.mark.django_db
LIST = reverse("admin:tenancy_joinrequest_changelist")


@pytest.fixture
def waiting() -> JoinRequest:
    company = CompanyFactory.create(trade_name="Gizli Ticaret A.Ş.")
    MembershipFactory.create(company=company)
    found: JoinRequest = JoinRequest.objects.create(
        user=UserFactory.create(email="su@kuzey.example", full_name="Su Kuzey"),
        company=company,
        trade_name="Gizli Tic.",
    )
    return found


def decide(action: str, *requests: JoinRequest, user: User | None = None) -> Any:
    client = signed_in(user or colleague(*REVIEW))
    return client.post(LIST, {"action": action, "_selected_action": [each.pk for each in requests]})


def test_staff_see_who_asks_and_what_was_typed(waiting: JoinRequest) -> None:
    page = words(signed_in(colleague(*REVIEW)).get(LIST))
    assert "Su Kuzey Gizli Ticaret A.Ş. Gizli Tic." in page


def test_who_is_let_in_becomes_an_editor_and_is_told(waiting: JoinRequest) -> None:
    staff = colleague(*REVIEW)
    answer = decide("let_in", waiting, user=staff)
    assert said(answer) == ["1 istek sonuçlandı; kişilere e-postayla bildirildi."]
    assert waiting.company.memberships.get(user=waiting.user).role == Role.EDITOR
    waiting.refresh_from_db()
    assert waiting.settled_at is not None
    letter = Letter.objects.get(company=None)
    assert letter.to == ["su@kuzey.example"]
    body = body_of(letter)
    for part in (body.text, body.html):
        assert "Gizli Ticaret A.Ş." in part
        assert "Düzenleyen" in part
        assert reverse("onboarding:board") in part
    entry = Entry.objects.get(event=Event.MEMBER_CHANGED)
    assert (entry.text, entry.actor, entry.party) == (
        "Katılma isteği kabul edildi: su@kuzey.example (Düzenleyen)",
        staff,
        "staff",
    )
    assert "Gizli Ticaret A.Ş. için portala girebilen kişiler." in words(
        signed_in(waiting.user).get(reverse("team:people"))
    )


def test_who_is_refused_is_told_without_learning_of_the_company(waiting: JoinRequest) -> None:
    decide("refuse", waiting)
    assert not waiting.company.memberships.filter(user=waiting.user).exists()
    letter = Letter.objects.get(company=None)
    assert letter.to == ["su@kuzey.example"]
    body = body_of(letter)
    owner = waiting.company.members.get()
    for part in (letter.subject, body.text, body.html):
        for secret in ("Gizli", waiting.company.tax_number, owner.email, owner.full_name):
            assert secret not in part
    assert "destek@kiyi.example" in body.text
    assert "destek@kiyi.example" in body.html
    assert Entry.objects.get(event=Event.MEMBER_CHANGED).text == "Katılma isteği geri çevrildi: su@kuzey.example"


@pytest.mark.parametrize(
    ("action", "said_"),
    [("let_in", "kabul edildi: su@kuzey.example (Düzenleyen)"), ("refuse", "geri çevrildi: su@kuzey.example")],
)
def test_the_owners_are_told_what_was_decided_and_by_whom(waiting: JoinRequest, action: str, said_: str) -> None:
    owner = waiting.company.members.get()
    staff = colleague(*REVIEW)
    decide(action, waiting, user=staff)
    letter = Letter.objects.get(company=waiting.company)
    assert letter.to == [owner.email]
    for part in (body_of(letter).text, body_of(letter).html):
        assert f"Katılma isteği {said_}" in part
        assert f"{staff.full_name} (destek ekibi)" in part


def test_nobody_decides_on_a_request_of_their_own(waiting: JoinRequest) -> None:
    staff = colleague(*REVIEW)
    own = JoinRequest.objects.create(user=staff, company=waiting.company, trade_name="Gizli")
    answer = decide("let_in", own, user=staff)
    assert "destek ekibinden başka biri" in said(answer)[0]
    assert "destek ekibinden başka biri" in said(decide("let_in", waiting, user=staff))[0]
    assert waiting.company.memberships.count() == 1
    assert not JoinRequest.objects.exclude(settled_at=None).exists()


def test_support_lets_in_none_of_its_own(waiting: JoinRequest) -> None:
    own = JoinRequest.objects.create(user=colleague(), company=waiting.company, trade_name="Gizli")
    assert "yalnızca firma sahibinin davetiyle" in said(decide("let_in", own))[0]
    assert waiting.company.memberships.count() == 1


def test_a_decision_stands_and_is_told_once(waiting: JoinRequest) -> None:
    decide("refuse", waiting)
    again = decide("let_in", waiting)
    assert said(again) == ["0 istek sonuçlandı; kişilere e-postayla bildirildi."]
    assert not waiting.company.memberships.filter(user=waiting.user).exists()
    assert Letter.objects.filter(company=None).count() == 1
    assert Letter.objects.filter(company=waiting.company).count() == 1


def test_somebody_who_is_a_member_meanwhile_keeps_the_role(waiting: JoinRequest) -> None:
    MembershipFactory.create(company=waiting.company, user=waiting.user, role=Role.VIEWER)
    decide("let_in", waiting)
    assert waiting.company.memberships.get(user=waiting.user).role == Role.VIEWER


def test_it_takes_the_right_to_review(waiting: JoinRequest) -> None:
    answer = decide("let_in", waiting, user=colleague(*CORRESPONDENCE, "view_joinrequest"))
    assert said(answer) == ["Bunun için inceleme yetkisi gerekiyor."]
    assert not waiting.company.memberships.filter(user=waiting.user).exists()


def test_another_partners_staff_can_decide_nothing(waiting: JoinRequest) -> None:
    liman = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
    decide("let_in", waiting, user=colleague(*REVIEW, partner=liman))
    waiting.refresh_from_db()
    assert waiting.settled_at is None
    assert not waiting.company.memberships.filter(user=waiting.user).exists()
