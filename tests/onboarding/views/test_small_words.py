"""What forms and pages say where somebody is easily left alone: radios, optional fields, the order of errors, a
foreign telephone, a log-in in the middle, a missing link for the payment, one's own numbers."""

import re

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from brands.forms import BrandForm
from identifiers import Refused, phone
from onboarding.dossier.pages import BY_KEY
from onboarding.forms.online import EvidenceForm
from onboarding.forms.package_contract import PaymentForm
from onboarding.models import Offer
from tests.scenarios.browser import words
from tests.scenarios.cast import Cast
from tests.scenarios.factories import CompanyFactory
from tests.scenarios.papers import blank_pdf, upload
from tests.tenancy.test_names import forms_of_companies

pytestmark = pytest.mark.django_db


class NoFile:
    refusal = ""

    def __bool__(self) -> bool:
        return False


def test_radios_ask_to_choose_one() -> None:
    found = [
        f"{name}.{field_name}"
        for name, form in forms_of_companies()
        for field_name, field in form.base_fields.items()  # type: ignore[attr-defined]
        if isinstance(field.widget, forms.RadioSelect) and "seçenek" not in str(field.error_messages["required"])
    ]
    assert not found


def test_what_is_asked_for_is_not_called_optional() -> None:
    for form, names in (
        (PaymentForm(receipt=NoFile()), ("reference", "receipt")),
        (EvidenceForm(), ("iys_application_number", "iys_code")),
        (
            BrandForm(certificate=NoFile(), company=CompanyFactory.create()),
            ("email_recipients", "email_identifiers"),
        ),
    ):
        for name in names:
            assert "isteğe bağlı" not in form[name].as_field_group()


@pytest.mark.parametrize("key", BY_KEY)
def test_errors_stand_in_the_order_of_the_page(key: str) -> None:
    cast = Cast()
    cast.send("mersis_question", has_mersis="evet")
    answer = cast.answer("dossier_page", key, contact_phone="12")
    page = answer.content.decode()
    listed = re.findall(r'<li><a href="#(id_\w+)">', page)
    fields = re.findall(r'<(?:label for|fieldset[^>]*id)="(id_\w+)"', page)
    shown = [name for name in fields if name in listed]
    assert len(listed) > 2
    assert listed == list(dict.fromkeys(shown))


@pytest.mark.parametrize(
    ("written", "advice"),
    [("+49 151", "Yabancı numara"), ("+49 30 901820", "yabancı numara"), ("0232 555 01 01", "05 ile başlayan")],
)
def test_a_foreign_telephone_gets_advice_of_its_own(written: str, advice: str) -> None:
    with pytest.raises(Refused) as refusal:
        phone.clean(written, mobile=True)
    assert advice in str(refusal.value)
    assert ("0232" in str(refusal.value)) is False


def test_the_log_in_says_why_one_is_there() -> None:
    Cast()
    page = Client().get(reverse("onboarding:board"), follow=True)
    assert "bu sayfa için giriş yapmanız gerekiyor" in words(page).casefold()
    assert "giriş yapmanız gerekiyor" not in words(Client().get(reverse("account_login")))


def test_without_a_link_for_the_payment_nobody_stands_before_a_wall() -> None:
    cast = Cast()
    cast.accepted()
    assert "Ödemeye git" in cast.open("package_contract").links
    Offer.objects.update(pay_url="")
    page = cast.open("package_contract")
    assert "Ödeme bağlantısı bizde yok" in page
    assert "E-postayı ya da teklifi yükle" in page.buttons
    assert "bize yazın" in page.links


def test_who_applied_elsewhere_sees_the_own_numbers_and_no_empty_rows() -> None:
    cast = Cast()
    cast.send("channel", channel="applied")
    shown = {**cast.open("evidence").fields, "iys_code": "711157", "brands": "Mavi Deniz, 711157"}
    cast.send("evidence", **shown, file=upload(blank_pdf(), "onay.pdf"))
    page = cast.open("pre_application")
    assert "İYSKod 711157" in page
    assert "BrandKod: Mavi Deniz 711157" in page
    assert " – " not in page.words.partition("Başvuru bilgileri")[2].partition("Belgeler")[0]
