"""Django's rules for passwords, in the portal's own Turkish: its catalogue says “parola”, the portal “şifre”."""

from difflib import SequenceMatcher
from typing import Any

from django.contrib.auth import password_validation as rules
from django.core.exceptions import ValidationError

from identifiers import turkish

FEWEST = 4  # letters of a name that says who somebody is
COMPARED = 1000  # characters of a password; some letters are written in 18 others, and a name has 254 at most


class MinimumLength(rules.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return f"Şifre çok kısa. En az {self.min_length} karakter yazın."

    def get_help_text(self) -> str:
        return f"Şifreniz en az {self.min_length} karakter olmalı."


class CommonPassword(rules.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return "Bu şifreyi çok kişi kullanıyor; başka bir şifre seçin."

    def get_help_text(self) -> str:
        return "Şifreniz herkesin kullandığı bir şifre olmamalı."


class UserAttributeSimilarity(rules.UserAttributeSimilarityValidator):
    """Django compares letter by letter; names are typed without their marks and spaces, turned round, with digits
    behind them."""

    def validate(self, password: str, user: Any = None) -> None:
        super().validate(password, user)
        typed = _letters(password[:COMPARED])
        for name in self.user_attributes:
            known = _letters(str(getattr(user, name, "") or "").partition("@")[0])
            # In any order: the quick ratio counts the letters alone.
            if len(known) >= FEWEST and SequenceMatcher(a=typed, b=known).quick_ratio() >= self.max_similarity:
                raise ValidationError(self.get_error_message(), code="password_too_similar")

    def get_error_message(self) -> str:
        return "Şifre adınıza ya da e-posta adresinize çok benziyor."

    def get_help_text(self) -> str:
        return "Şifreniz adınıza ya da e-posta adresinize benzememeli."


class NumericPassword(rules.NumericPasswordValidator):
    def get_error_message(self) -> str:
        return "Şifre yalnızca rakamlardan oluşamaz."

    def get_help_text(self) -> str:
        return "Şifreniz yalnızca rakamlardan oluşmamalı."


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, turkish.skeleton(text)))
