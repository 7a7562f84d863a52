"""The forms of the second factor, each built on django-allauth's."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn

from accounts import guesses
from accounts.wording import Worded
from limits.table import Quota
from tenancy.fields import VisibleField
from tenancy.models import User

NAME_MAX = 60  # characters


class _Counted(Worded):
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


class ActivateTOTPForm(Worded, totp.ActivateTOTPForm):  # type: ignore[misc]
    def clean_code(self) -> str:
        """The code that sets the app up is used with that."""
        code: str = super().clean_code()
        guesses.spend_code(self.user, code)
        return code


class AddWebAuthnForm(Worded, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    name = VisibleField(max_length=NAME_MAX, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True


class SignupWebAuthnForm(Worded, webauthn.SignupWebAuthnForm):  # type: ignore[misc]
    name = VisibleField(max_length=NAME_MAX, required=False)


class EditWebAuthnForm(Worded, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    name = VisibleField(max_length=NAME_MAX)
