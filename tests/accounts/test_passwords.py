"""What is said of a password is said in the product's own word: şifre."""

import pytest
from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils import translation

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
