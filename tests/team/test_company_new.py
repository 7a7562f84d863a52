"""Founding a company, and what a tax number that is here already is answered."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from correspondence.models import Letter
from correspondence.outgoing.outbox import body_of
from partners.models import Partner
from team.joining import settle, tell_owners
from tenancy.models import Company, Invitation, JoinRequest, Membership, User
from tenancy.roles import Role
from tests.scenarios.browser import signed_in, words
from tests.scenarios.factories import CompanyFactory, MembershipFactory, PartnerFactory, UserFactory, vkn

pytestmark = pytest.mark.django_db
PAGE = reverse("team:company_new")


@pytest.fixture
def user() -> User:
    PartnerFactory.create()
    found: User = UserFactory.create()
    return found


def found_company(client: Client, tax_number: str, trade_name: str = "Kuzey Işığı Gıda A.Ş.", **extra: Any) -> Any:
    return client.post(PAGE, {"trade_name": trade_name, "tax_number": tax_number}, **extra)


def test_who_founds_it_owns_it_and_goes_on_with_the_route(user: User) -> None:
    client = signed_in(user)
    assert client.get(reverse("onboarding:board"))["Location"] == PAGE
    assert "Kaydınızı aldık" in words(found_company(client, vkn(1)))
    assert client.get(reverse("onboarding:board"))["Location"] == reverse("onboarding:route")
    membership = Membership.objects.get()
    assert (membership.user, membership.role) == (user, Role.OWNER)
    assert membership.company.partner == Partner.objects.get()
    assert "Kuzey Işığı Gıda A.Ş." in words(client.get(reverse("team:people")))


def test_the_host_name_decides_the_partner(user: User) -> None:
    liman = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.", host_name="localhost")
    found_company(signed_in(user), vkn(1), SERVER_NAME="localhost")
    assert Company.objects.get().partner == liman


def test_a_known_tax_number_goes_to_staff_and_its_company_stays_unsaid(user: User) -> None:
    known = CompanyFactory.create(trade_name="Gizli Ticaret A.Ş.")
    owner = MembershipFactory.create(company=known).user
    client = signed_in(user)
    answer = found_company(client, known.tax_number, "Kuzey Işığı")
    page = words(answer)
    assert answer.status_code == 200
    page += words(client.get(PAGE))
    assert "Başka bir firma ekleyin" in page, "the form is folded: there is nothing to be typed again"
    assert "Kaydınızı destek ekibimiz tamamlayacak" in page
    for secret in ("Gizli Ticaret", owner.email, owner.full_name, known.tax_number):
        assert secret not in page
    request = JoinRequest.objects.get()
    assert (request.user, request.company, request.trade_name, request.settled_at) == (
        user,
        known,
        "Kuzey Işığı",
        None,
    )
    assert not Membership.objects.filter(user=user).exists()
    assert client.get(reverse("onboarding:board"))["Location"] == PAGE
    known.refresh_from_db()
    assert known.trade_name == "Gizli Ticaret A.Ş."


def answered(number: str, *, chosen: Company | None = None) -> tuple[object, ...]:
    """All that somebody sees who types this number: the page, where it leads, which cookies it sets."""
    user = UserFactory.create(email="ada@kuzey.example", full_name="Ada Yalın")
    if chosen is not None:
        MembershipFactory.create(user=user, company=chosen)
    client = signed_in(user)
    answer = found_company(client, number)
    page = re.sub(r'((?:csrfmiddlewaretoken|shown_to)" value=)"[^"]+"', r"\1", answer.content.decode())
    page = page.replace(f'data-person="{user.pk}"', "")  # one's own number
    user.delete()
    del answer.headers["X-Request-ID"]  # every answer has its own
    return answer.status_code, answer.headers, sorted(answer.cookies), page


@pytest.mark.parametrize("elsewhere", [False, True], ids=["of the same partner", "of another partner"])
def test_who_types_numbers_learns_of_none_whether_it_is_a_customers(user: User, elsewhere: bool) -> None:
    partner = Partner.objects.create(name="Liman", legal_name="Liman A.Ş.") if elsewhere else Partner.objects.get()
    known = CompanyFactory.create(partner=partner)
    own = CompanyFactory.create()
    for chosen in (None, own):
        new = answered(vkn(900), chosen=chosen)
        Company.objects.filter(tax_number=vkn(900)).delete()
        assert answered(known.tax_number, chosen=chosen) == new


def test_a_letter_says_to_whom_founded_it_that_it_can_begin(user: User) -> None:
    found_company(signed_in(user), vkn(1))
    letter = Letter.objects.get()
    assert (letter.to, letter.subject) == ([user.email], "Firmanız portala eklendi")
    for part in (body_of(letter).text, body_of(letter).html):
        assert "Kuzey Işığı Gıda A.Ş. firmasını portala ekledik" in part
        assert reverse("onboarding:board") in part


def test_of_a_known_number_the_person_and_the_owners_are_told_and_the_subjects_tell_nothing(user: User) -> None:
    known = CompanyFactory.create(trade_name="Gizli Ticaret A.Ş.")
    owner = MembershipFactory.create(company=known).user
    MembershipFactory.create(company=known, role=Role.EDITOR)
    client = signed_in(user)
    for _time in range(2):
        found_company(client, known.tax_number, "Kuzey Işığı")
        tell_owners()
    to_owners = Letter.objects.get(company=known)
    assert to_owners.to == [owner.email]
    for part in (body_of(to_owners).text, body_of(to_owners).html):
        assert user.email in part
        assert user.full_name in part
        assert reverse("team:people") in part
    first, second = Letter.objects.filter(to=[user.email])
    assert first.subject == second.subject == "Firma ekleme isteğiniz hakkında"
    for part in (body_of(first).text, body_of(first).html):
        assert "Kuzey Işığı" in part
        for secret in ("Gizli", owner.email, owner.full_name):
            assert secret not in part


def test_the_answer_comes_from_the_portal_at_which_it_was_asked(user: User) -> None:
    liman = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
    known = CompanyFactory.create(partner=liman)
    found_company(signed_in(user), known.tax_number)
    request = JoinRequest.objects.get()
    settle(request=request, role=None, by=UserFactory.create(is_staff=True, partner=liman))
    letters = Letter.objects.filter(to=[user.email])
    assert len(letters) == 2
    for letter in letters:
        assert letter.from_name == Partner.objects.get(is_default=True).name
        assert "Liman" not in body_of(letter).text + body_of(letter).html


def test_the_same_tax_number_typed_otherwise_is_the_same_company(user: User) -> None:
    known = CompanyFactory.create()
    number = known.tax_number
    found_company(signed_in(user), f" {number[:3]} {number[3:6]} {number[6:]} ")
    assert Company.objects.count() == 1
    assert JoinRequest.objects.get().company == known


def test_asking_twice_is_one_request(user: User) -> None:
    known = CompanyFactory.create()
    client = signed_in(user)
    for _time in range(2):
        assert "Kaydınızı aldık" in words(found_company(client, known.tax_number))
    assert JoinRequest.objects.count() == 1


def test_asking_again_after_a_decision_is_put_before_staff_again(user: User) -> None:
    known = CompanyFactory.create()
    found_company(signed_in(user), known.tax_number, "Kuzey")
    JoinRequest.objects.update(settled_at=timezone.now(), told_at=timezone.now())
    found_company(signed_in(user), known.tax_number, "Kuzey Işığı")
    request = JoinRequest.objects.get()
    assert (request.settled_at, request.told_at, request.trade_name) == (None, None, "Kuzey Işığı")


@pytest.mark.parametrize("number", ["6140881535", "123", "", "abcdefghij"])
def test_a_wrong_tax_number_is_explained_and_the_name_is_kept(user: User, number: str) -> None:
    answer = found_company(signed_in(user), number)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_tax_number"' in page
    assert "Kuzey Işığı Gıda A.Ş.</textarea>" in page
    assert not Company.objects.exists()


def test_before_a_partner_is_set_up_it_says_so() -> None:
    client = signed_in(UserFactory.create())
    assert "Portal henüz kurulmadı" in words(client.get(PAGE))
    assert found_company(client, vkn(1)).status_code == 200
    assert not Company.objects.exists()


def test_invitations_that_wait_for_the_address_are_shown(user: User) -> None:
    membership = MembershipFactory.create()
    invitation = Invitation.objects.create(
        company=membership.company,
        email=user.email.upper(),
        role=Role.EDITOR,
        invited_by=membership.user,
        expires_at=timezone.now() + timedelta(days=1),
    )
    page = signed_in(user).get(PAGE)
    assert f"{membership.company} sizi ekibine davet etti ({membership.user})." in words(page)
    assert reverse("team:join", args=[invitation.pk]) in page.content.decode()
    assert str(membership.company) not in words(signed_in(UserFactory.create()).get(PAGE))


def test_of_two_companies_one_is_chosen(user: User) -> None:
    first, second = (MembershipFactory.create(user=user).company for _each in range(2))
    stranger = CompanyFactory.create()
    client = signed_in(user)
    choose = reverse("team:choose")
    page = words(client.get(choose))
    assert first.trade_name in page
    assert second.trade_name in page
    assert stranger.trade_name not in page
    for company in (second, first):
        assert client.post(choose, {"company": company.pk})["Location"] == reverse("onboarding:board")
        assert f"{company} için portala girebilen kişiler." in words(client.get(reverse("team:people")))
    for wrong in (stranger.pk, "yok", ""):
        assert client.post(choose, {"company": wrong}).status_code == 404
    assert f"{first} için portala girebilen kişiler." in words(client.get(reverse("team:people")))
