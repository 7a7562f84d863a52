"""Support sends invitations again, many at once: what each row gets, who is left out, and how often."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from correspondence.models import Letter
from journal.models import Entry, Event
from team import people
from tenancy import memberships
from tenancy.models import Company, Invitation, User
from tests.scenarios.browser import signed_in, words
from tests.scenarios.bulk import bulk, look, press
from tests.scenarios.factories import CompanyFactory, MembershipFactory, UserFactory
from tests.scenarios.support import colleague

pytestmark = pytest.mark.django_db
LIST = reverse("admin:tenancy_invitation_changelist")


@pytest.fixture
def company() -> Company:
    found: Company = CompanyFactory.create()
    return found


@pytest.fixture
def user(company: Company) -> User:
    return colleague("view_invitation", "add_companyimport", partner=company.partner)


@pytest.fixture
def client(user: User) -> Client:
    return signed_in(user)


@pytest.fixture
def invitations(company: Company, user: User) -> list[Invitation]:
    """Of nobody's company, of one into which somebody came, and one that an owner sent."""
    inhabited = CompanyFactory.create(partner=company.partner)
    second = memberships.invite_first(company=inhabited, email="iki@firma.example", by=user)
    owner = MembershipFactory.create(company=inhabited).user
    found = [
        memberships.invite_first(company=company, email="bir@firma.example", by=user),
        second,
        memberships.invite(company=inhabited, email="uc@firma.example", role="viewer", by=owner),
    ]
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    return found


def test_who_has_not_answered_is_invited_again(client: Client, invitations: list[Invitation]) -> None:
    page = words(look(client, LIST, "yeniden", invitations))
    assert "3 kayıttan 1 tanesine yapılacak" in page
    assert "Yeniden davet et: bir@firma.example (son davet " in page
    assert not Letter.objects.exists()
    done = words(bulk(client, LIST, "yeniden", invitations))
    assert ": 1 kayıt. Günlüğe yazıldı" in done
    assert "2 kayıtta yapılmadı" in done
    assert [letter.to for letter in Letter.objects.all()] == [["bir@firma.example"]]
    invitations[0].refresh_from_db()
    assert invitations[0].expires_at > timezone.now()
    waiting = client.get(f"{LIST}?yanit=yok").context["cl"].result_list
    assert list(waiting) == [invitations[0]]


def test_the_quota_says_of_each_why_it_was_not_sent(
    client: Client, invitations: list[Invitation], settings: Any
) -> None:
    settings.QUOTAS = {"invitations.partner.day": 1}
    bulk(client, LIST, "yeniden", invitations[:1])
    done = words(bulk(client, LIST, "yeniden", invitations[:1]))
    assert "Yapılmadı: Kısa sürede çok sayıda davet gönderildi." in done
    assert Letter.objects.count() == 1


def test_only_who_brings_companies_in_sends_again(invitations: list[Invitation], company: Company) -> None:
    looking = signed_in(colleague("view_invitation", partner=company.partner))
    assert "Yeniden davet et…" not in words(looking.get(LIST))
    bulk(looking, LIST, "yeniden", invitations)
    assert not Letter.objects.exists()


def test_pressed_twice_a_page_sends_one_letter_and_a_second_page_none(
    client: Client, invitations: list[Invitation]
) -> None:
    page, other = (look(client, LIST, "yeniden", invitations) for _tab in range(2))
    for _twice in range(2):
        assert ": 1 kayıt. Günlüğe yazıldı" in words(press(client, LIST, page, "yeniden", invitations))
    assert "siz bakarken değişti: bir@" in words(press(client, LIST, other, "yeniden", invitations))
    assert Letter.objects.count() == 1
    bulk(client, LIST, "yeniden", invitations)
    assert Letter.objects.count() == 2, "after another look it is meant"


def test_one_that_went_to_a_wrong_address_is_taken_back(client: Client, invitations: list[Invitation]) -> None:
    page = words(look(client, LIST, "geri-al", invitations))
    assert "3 kayıttan 1 tanesine yapılacak" in page
    assert ": 1 kayıt. Günlüğe yazıldı" in words(bulk(client, LIST, "geri-al", invitations))
    taken = Invitation.objects.exclude(revoked_at=None)
    assert list(taken) == [invitations[0]]
    assert memberships.join(invitation=taken[0], user=UserFactory.create(email="bir@firma.example")) is None
    told = Entry.objects.filter(company=invitations[0].company, event=Event.MEMBER_CHANGED).latest("pk")
    assert told.text.startswith("Destek ekibi daveti geri aldı: bir@firma.example")
    assert "Hiçbir kayıtta yapılmadı." in words(bulk(client, LIST, "yeniden", invitations))


def test_nobody_is_invited_to_a_company_into_which_somebody_came_meanwhile(
    client: Client, user: User, invitations: list[Invitation], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(memberships.Inhabited):
        people.invite_first(company=invitations[1].company, email="iki@firma.example", by=user)
    inhabited = invitations[1].company
    invite = people.invite_first
    monkeypatch.setattr(people, "invite_first", lambda **who: invite(**{**who, "company": inhabited}))
    done = words(bulk(client, LIST, "yeniden", invitations))
    assert "Yapılmadı: Firmada artık biri var; davet gönderilmedi." in done
    assert not Letter.objects.exists()
