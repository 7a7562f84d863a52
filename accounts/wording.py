"""The words of django-allauth's forms, in the portal's own Turkish. Its messages: templates/account/messages."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.conf import settings

ERRORS: Mapping[str, str] = {
    "account_inactive": "Bu hesap kapatılmış.",
    "cannot_remove_primary_email": "Ana adresiniz kaldırılamaz. Önce başka bir adresi ana adres yapın.",
    "duplicate_email": "Bu adres hesabınızda zaten var.",
    "email_password_mismatch": "E-posta adresi ya da şifre doğru değil.",
    "email_taken": "Bu e-posta adresiyle zaten bir hesap var.",
    "enter_current_password": "Şimdiki şifreniz doğru değil.",
    "incorrect_code": "Kod doğru değil. En son gelen iletideki kodu yazın.",
    "incorrect_password": "Şifre doğru değil.",
    "max_email_addresses": "En çok %d e-posta adresi ekleyebilirsiniz.",
    "too_many_login_attempts": "Çok fazla yanlış deneme oldu. Biraz bekleyip baştan başlayın.",
    "rate_limited": "Çok sık denediniz. Birkaç dakika bekleyip yeniden deneyin.",
}
FACTOR_ERRORS: Mapping[str, str] = {
    "add_email_blocked": "İki adımlı giriş açıkken bu adres eklenemez.",
    "cannot_delete_authenticator": "Bu doğrulama yöntemi kaldırılamaz.",
    "cannot_generate_recovery_codes": "Önce bir doğrulama uygulaması ya da geçiş anahtarı kurun.",
    # Of codes and of keys alike.
    "incorrect_code": "Doğrulanamadı. Kod yazdıysanız kontrol edin; uygulamanın kodu 30 saniyede bir değişir.",
    "unverified_email": "Önce e-posta adresinizi doğrulayın.",
}

LABELS: Mapping[str, str] = {
    "code": "Kod",
    "credential": "Geçiş anahtarı",
    "name": "Anahtarın adı",
    "oldpassword": "Şimdiki şifreniz",
    "password1": "Yeni şifre",
    "password2": "Yeni şifre (bir kez daha)",
    "remember": "Bu cihazda oturumum açık kalsın",
    "passwordless": "Bu anahtarla şifre yazmadan gireyim",
}
HINTS: Mapping[str, str] = {
    "name": "Hangi cihaz olduğunu sonradan tanımanız için.",
    "password1": f"En az {settings.PASSWORD_MIN_LENGTH} karakter; birkaç sözcük yan yana iyi bir şifredir.",
    "passwordless": "Telefon ve bilgisayarlarda işaretli bırakın. "
    "PIN'i olmayan bir USB anahtarı ekliyorsanız işareti kaldırın.",
}


class Worded(forms.Form):
    """Put before a form of django-allauth: our words, no placeholders, digits where a code is typed."""

    labels: ClassVar[Mapping[str, str]] = LABELS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = HINTS.get(name, field.help_text)
            field.widget.attrs.pop("placeholder", None)
            if name == "code":
                field.widget.attrs |= {"inputmode": "numeric", "class": "code-input"}
