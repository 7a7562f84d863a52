"""The forms that take a code of an authenticator app or a recovery code, each built on django-allauth's."""

from typing import TYPE_CHECKING

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp

from accounts import guesses
from limits.table import Quota
from tenancy.models import User

if TYPE_CHECKING:
    from django.forms import Form
else:
    Form = object


class _Counted(Form):
    user: User
    authenticator: Authenticator

    def clean_code(self) -> str:
        guess = guesses.count(context.request, Quota.FACTOR_GUESSES, self.user)
        code: str = super().clean_code()  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP and not guesses.spend_code(self.user, code):
            raise get_adapter().validation_error("incorrect_code")
        guess.was_right()
        return code


class AuthenticateForm(_Counted, forms.AuthenticateForm):  # type: ignore[misc]
    pass


class ReauthenticateForm(_Counted, forms.ReauthenticateForm):  # type: ignore[misc]
    pass


class ActivateTOTPForm(totp.ActivateTOTPForm):  # type: ignore[misc]
    def clean_code(self) -> str:
        """The code that sets the app up is used with that."""
        code: str = super().clean_code()
        guesses.spend_code(self.user, code)
        return code
