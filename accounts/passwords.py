"""Django's rules for passwords, in the portal's own Turkish: its catalogue says “parola”, the portal “şifre”."""

from django.contrib.auth import password_validation as rules


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
    def get_error_message(self) -> str:
        return "Şifre adınıza ya da e-posta adresinize çok benziyor."

    def get_help_text(self) -> str:
        return "Şifreniz adınıza ya da e-posta adresinize benzememeli."


class NumericPassword(rules.NumericPasswordValidator):
    def get_error_message(self) -> str:
        return "Şifre yalnızca rakamlardan oluşamaz."

    def get_help_text(self) -> str:
        return "Şifreniz yalnızca rakamlardan oluşmamalı."
