"""Addresses and names that were copied out of a chat program, on the pages of accounts and teams."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from correspondence.models import Audience, Letter
from tenancy.models import Company, Invitation, User
from tests.scenarios.browser import signed_in
from tests.scenarios.factories import PASSWORD, CompanyFactory, MembershipFactory, PartnerFactory, UserFactory

pytestmark = pytest.mark.django_db
PASTED = "\u202a{}\u200b\u202c"


def test_who_signs_up_with_a_copied_address_gets_the_code_there() -> None:
    PartnerFactory.create()
    email = f"ada-{uuid4().hex[:8]}@yenifirma.example"
    typed = {"full_name": "\u200fAda\u00a0Yalın\u200e", "email": PASTED.format(email), "password1": PASSWORD}
    answer = Client().post(reverse("account_signup"), typed)
    assert answer.status_code == 302
    assert User.objects.get().email == email
    assert User.objects.get().full_name == "Ada Yalın"
    assert Letter.objects.filter(audience=Audience.ACCOUNT, to=[email]).exists()


def test_who_signs_in_or_forgot_the_password_may_copy_the_address_too() -> None:
    user = MembershipFactory.create().user
    signed = Client().post(reverse("account_login"), {"login": PASTED.format(user.email), "password": PASSWORD})
    assert signed.status_code == 302
    Client().post(reverse("account_reset_password"), {"email": PASTED.format(user.email)})
    assert Letter.objects.filter(audience=Audience.ACCOUNT, to=[user.email]).exists()


def test_another_address_of_an_account_may_be_copied() -> None:
    user = MembershipFactory.create().user
    email = f"ada-{uuid4().hex[:8]}@yenifirma.example"
    typed = {"action_add": "", "email": PASTED.format(email)}
    answer = signed_in(user).post(reverse("account_email"), typed)
    assert answer.status_code == 302


@pytest.mark.parametrize("email", ["ali..veli@firma.com", "ali.@firma.com", ".ali@firma.com", "ali@firma..com"])
def test_doubled_dots_are_refused_where_accounts_begin(email: str) -> None:
    PartnerFactory.create()
    typed = {"full_name": "Ada Yalın", "email": email, "password1": PASSWORD}
    assert Client().post(reverse("account_signup"), typed).status_code == 200
    owner = signed_in(MembershipFactory.create().user)
    answer = owner.post(reverse("team:people"), {"email": email, "role": "editor"})
    assert answer.status_code == 422
    assert not User.objects.filter(email=email).exists()
    assert not Invitation.objects.exists()


def test_an_invitation_goes_to_the_address_that_is_seen() -> None:
    owner = signed_in(MembershipFactory.create().user)
    owner.post(reverse("team:people"), {"email": PASTED.format("davetli@mavideniz.example"), "role": "editor"})
    assert Invitation.objects.get().email == "davetli@mavideniz.example"


def test_a_title_is_kept_as_it_is_seen() -> None:
    PartnerFactory.create()
    client = signed_in(UserFactory.create())
    typed = {"trade_name": "\u202eKuzey\u200b Işığı\u00a0Gıda\u00ad A.Ş.", "tax_number": "\u200e6140881534"}
    client.post(reverse("team:company_new"), typed)
    company = Company.objects.get()
    assert (company.trade_name, company.tax_number) == ("Kuzey Işığı Gıda A.Ş.", "6140881534")


def test_who_runs_the_portal_keeps_a_title_as_it_is_seen_too() -> None:
    company = CompanyFactory.create()
    chief = signed_in(UserFactory.create(is_staff=True, is_superuser=True))
    page = reverse("admin:tenancy_company_change", args=[company.pk])
    form = chief.get(page).context["adminform"].form
    typed = {name: form[name].value() or "" for name in form.fields}
    rows = {f"memberships-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    answer = chief.post(page, {**typed, **rows, "trade_name": "\u202eMavi\u2060 Deniz A.Ş."})
    assert answer.status_code == 302, answer.context["errors"]
    company.refresh_from_db()
    assert company.trade_name == "Mavi Deniz A.Ş."
