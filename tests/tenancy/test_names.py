"""Every field that takes a name refuses addresses and control characters; no letter to a stranger carries one."""

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django import forms
from django.contrib import admin
from django.forms.models import BaseModelForm
from django.test import Client, RequestFactory
from django.urls import reverse

from correspondence.models import Letter
from correspondence.outgoing.outbox import body_of
from onboarding.actions import signing_links
from onboarding.dossier import e_signed
from onboarding.forms.code_receipt import CodesForm
from onboarding.forms.fields import SecretField
from onboarding.letters import signing
from onboarding.models import HandOff
from team import letters
from team.models import ForwardTest
from tenancy.admin.base import NAMES
from tenancy.fields import CleanField, MessageField, NameField, VisibleField
from tenancy.models import Company, User
from tests.scenarios.browser import Screen, signed_in
from tests.scenarios.cast import Cast
from tests.scenarios.factories import UserFactory
from tests.scenarios.work import keeps_busy
from tests.test_house import PACKAGES

pytestmark = pytest.mark.django_db
# Fields for text that are no names, and what they are instead.
TEXTS = {
    "team.forms.SendingAccountForm.host": "a host, checked by its form",
    "team.forms.SendingAccountForm.user_name": "for the company's own mail server alone",
    "team.forms.SendingAccountForm.password": "for the company's own mail server alone",
    "team.forms.PartnerMailboxForm.url": "an address of a mailbox",
    "correspondence.forms.HoldForm.target": "a mail address, or the domain of one",
    "correspondence.forms.HoldForm.reason": "words of staff to staff",
    "support.forms.MessageForm.text": "words to support",
    "support.forms.AnswerForm.text": "words of staff",
    "onboarding.forms.co_signing.CoSignatoryForm.identity": "a number, checked by its digits",
    "onboarding.forms.online.EvidenceForm.iys_application_number": "a number, checked by its form",
    "onboarding.forms.online.EvidenceForm.iys_code": "a number, checked by its form",
    "onboarding.forms.online.EvidenceForm.brands": "lines; the name in each is cleaned by `brand_lines`",
    "onboarding.forms.online.EvidenceForm.note": "words to support",
    "onboarding.forms.package_contract.PaymentForm.reference": "a reference, for staff",
    "onboarding.forms.pre_application.RemarkAnswerForm.answer": "words to support",
    "onboarding.forms.panel_settings.DeclarationForm.change_reason": "words to support",
    "onboarding.forms.panel_settings.DeclarationForm.exemption_basis": "words to support",
    **dict.fromkeys(
        (
            f"onboarding.forms.{form}.address"
            for form in ("dossier.DossierForm", "dossier.OwnDossierForm", "paper_data.PaperDataForm")
        ),
        "an address in lines; in no letter to a stranger",
    ),
    "onboarding.forms.package_contract.OwnPackageForm.name": "what a package is called, for support",
    "onboarding.forms.pre_application.CargoForm.tracking_number": "a number of the courier's",
    "onboarding.forms.identities.RevealForm.words": "a reason, for the journal",
    "privacy.forms.LeaveForm.email": "the own address, compared",
    "team.forms.ReasonForm.reason": "words of staff",
    "team.forms.RoleWithReasonForm.reason": "words of staff",
    "team.forms.AddingForm.reason": "words of staff",
    "accounts.forms.ConfirmEmailVerificationCodeForm.code": "digits",
    "accounts.forms.SignupForm.username": "django-allauth's own, which is not asked",
    **dict.fromkeys(
        (
            f"accounts.factor_forms.{form}.code"
            for form in ("ActivateTOTPForm", "AuthenticateForm", "ReauthenticateForm")
        ),
        "digits, or a recovery code",
    ),
    **dict.fromkeys(
        (
            f"accounts.factor_forms.{form}.name"
            for form in ("AddWebAuthnForm", "EditWebAuthnForm", "SignupWebAuthnForm", "_NewKey")
        ),
        "what a person calls the own key; nobody else sees it",
    ),
}


def forms_of_companies() -> Iterator[tuple[str, type[forms.BaseForm]]]:
    """Every form of ours that people of a company fill in; those of the admin stand in admin modules."""
    for package in PACKAGES:
        for found in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
            if re.search(r"forms?(\.|$)", found.name) and ".admin" not in found.name:
                module = importlib.import_module(found.name)
                for name, each in vars(module).items():
                    if (
                        isinstance(each, type)
                        and issubclass(each, forms.BaseForm)
                        and each.__module__ == found.name
                    ):
                        yield f"{found.name}.{name}", each


def test_every_field_for_text_takes_a_name_or_says_what_it_takes() -> None:
    plain = {
        f"{name}.{field_name}"
        for name, form in forms_of_companies()
        for field_name, field in form.base_fields.items()  # type: ignore[attr-defined]
        if type(field) in (forms.CharField, MessageField, VisibleField)
        and not isinstance(field, CleanField | SecretField)
    }
    assert plain == set(TEXTS)


@pytest.mark.parametrize("shape", ["a", "a.", " ", "9", "\ufdfa"])
def test_no_field_is_kept_busy_by_a_long_text(shape: str) -> None:
    """Fields clean what was typed before they ask for its length."""

    def answer(field: forms.Field) -> None:
        with suppress(forms.ValidationError, TypeError):
            field.clean(shape * (100_000 // len(shape)))

    assert not [
        f"{name}.{field_name}"
        for name, form in forms_of_companies()
        for field_name, field in form.base_fields.items()  # type: ignore[attr-defined]
        if keeps_busy(partial(answer, field))
    ]


def test_the_fields_of_brands_in_rows_take_names() -> None:
    form = CodesForm()
    assert all(isinstance(form.fields[f"name_{row}"], NameField) for row in form.numbers)


def test_names_that_staff_type_in_the_admin_are_names_too() -> None:
    request = RequestFactory().get("/")
    request.user = UserFactory.create(is_staff=True, is_superuser=True)
    found = set()
    for model in (Company, User, Company._meta.get_field("partner").related_model):
        form: type[BaseModelForm[Any]] = admin.site._registry[model].get_form(request)
        for name, field in form.base_fields.items():  # type: ignore[attr-defined]
            if name in NAMES:
                assert isinstance(field, NameField), f"{model}.{name}"
                found.add(name)
    assert found == set(NAMES)


BAD = (
    "Mavi https://evil.example/x",
    "Mavi www.evil.example",
    "Mavi evil[.]com",
    "Mavi\x07Deniz",
    "Mavi a@evil.example",
)


@pytest.mark.parametrize("bad", BAD)
def test_a_company_is_not_founded_or_named_so(bad: str) -> None:
    cast = Cast()
    client, path = signed_in(UserFactory.create()), reverse("team:company_new")
    shown = Screen(client.get(path)).fields
    founding = client.post(path, {**shown, "trade_name": bad, "tax_number": "6140881534"})
    assert founding.status_code == 422
    assert Screen(founding).fields["trade_name"] == bad
    before = cast.company.trade_name
    page = cast.write(trade_name=bad)
    assert page.status == 422
    assert Company.objects.get(pk=cast.company.pk).trade_name == before


def test_a_person_does_not_sign_up_so() -> None:
    Cast()
    for bad in (*BAD, "Ada evil.com"):
        data = {"full_name": bad, "email": "ada@baska.example", "password1": "kuzey-isigi-2026"}
        page = Screen(Client().post(reverse("account_signup"), data))
        assert page.fields["full_name"] == bad
    assert not User.objects.filter(email="ada@baska.example").exists()


NAME = "Acil: hesabınız kapanıyor evil.com A.Ş."


def invitation(cast: Cast) -> Letter:
    cast.browsers["owner"].post(reverse("team:people"), {"email": "ada@baska.example", "role": "viewer"})
    return Letter.objects.get(to=["ada@baska.example"])


def signing_link(cast: Cast) -> Letter:
    link = HandOff.objects.create(
        application=cast.now(),
        email="ada@baska.example",
        created_by=cast.people["owner"],
        expires_at="2099-01-01T00:00Z",
    )
    link.refresh_from_db()
    assert not signing_links.usable(link)
    return signing.post_signing_link(link, e_signed.UNDERTAKING)


def forward_test(cast: Cast) -> Letter:
    return letters.post_forward_test(ForwardTest(company=cast.company, sent_to="ada@baska.example", pk=uuid4()))


@pytest.mark.parametrize("post", [invitation, signing_link, forward_test])
def test_a_stranger_reads_the_name_as_plain_words_and_never_in_the_subject(post: Callable[[Cast], Letter]) -> None:
    cast = Cast()
    cast.company.trade_name = NAME
    cast.company.save()
    letter = post(cast)
    body = body_of(letter)
    assert not set(re.findall(r"\w{4,}", NAME)) & set(re.findall(r"\w{4,}", letter.subject))
    for form in (body.text, body.html):
        assert "hesabınız kapanıyor evil .com A.Ş." in form
        assert "evil.com" not in form
    assert NAME not in f"{letter.from_name}"
