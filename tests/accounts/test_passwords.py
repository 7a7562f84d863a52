"""What is said of a password is said in the product's own word: şifre."""

import pytest
from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tenancy.models import User
from tests.scenarios.factories import UserFactory

VALIDATORS = password_validation.get_password_validators(settings.AUTH_PASSWORD_VALIDATORS)
WEAK = {
    "MinimumLength": "k9x",
    "CommonPassword": "password123",
    "UserAttributeSimilarity": "defne.poyraz",
    "NumericPassword": "83619204756152",
}


def test_each_validator_is_tried_here() -> None:
    assert {type(each).__name__ for each in VALIDATORS} == set(WEAK)


@pytest.mark.django_db
@pytest.mark.parametrize("validator", VALIDATORS, ids=lambda each: type(each).__name__)
@pytest.mark.parametrize("language", ["tr", "en"])
def test_each_of_its_messages_says_sifre(validator: object, language: str) -> None:
    user = UserFactory.create(email="defne.poyraz@kuzey.example", full_name="Defne Poyraz")
    with translation.override(language):
        with pytest.raises(ValidationError) as refused:
            validator.validate(WEAK[type(validator).__name__], user)  # type: ignore[attr-defined]
        for message in (*refused.value.messages, validator.get_help_text()):  # type: ignore[attr-defined]
            assert "ifre" in message
            assert "parola" not in message.lower()
            assert "%" not in message
            assert "assword" not in message


OWN = ["ayseyildiz", "yildizayse", "ayseyildiz1", "AyşeYıldız2026", "Ayse_Yildiz.99", "1907ayse-yildiz"]


@pytest.mark.parametrize("password", OWN)
@pytest.mark.parametrize("known", ["full_name", "email"])
def test_ones_own_name_is_known_however_it_is_typed(password: str, known: str) -> None:
    name = {"full_name": "Ayşe Yıldız", "email": "ayse.yildiz@tekstil.example"}[known]
    with pytest.raises(ValidationError, match="çok benziyor"):
        password_validation.validate_password(password, User(**{known: name}))


@pytest.mark.parametrize("password", ["mavi-kalem-sandalye", "hGf83-kapı-ölçü", "yildirim-bahcesi-9"])
@pytest.mark.parametrize("name", ["Ayşe Yıldız", "Al Ak", "Ö. Ç.", ""])
def test_other_words_are_nobodys_name(password: str, name: str) -> None:
    password_validation.validate_password(password, User(full_name=name, email="ofis@tekstil.example"))


@pytest.mark.django_db
def test_at_sign_up_the_name_is_known_as_well(client: Client) -> None:
    typed = {"full_name": "Ayşe Yıldız", "email": "ofis@tekstil.example", "password1": "ayseyildiz1"}
    page = client.post(reverse("account_signup"), typed)
    assert "Şifre adınıza ya da e-posta adresinize çok benziyor." in page.content.decode()
    assert not User.objects.exists()
