"""The forms of the second factor, each built on django-allauth's."""

from typing import Any, ClassVar

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.core.exceptions import ValidationError
from django.forms import HiddenInput, JSONField
from django.forms.fields import InvalidJSONInput
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

from accounts import guesses
from accounts.wording import Worded
from limits.table import Quota
from tenancy.fields import VisibleField
from tenancy.models import User
from verification.forms import CODE_ATTRS, CODE_HINT

NAME_MAX = 60  # characters
RECOVERY = "kurtarma"  # in the address of the page that takes a recovery code


class _Counted(Worded):
    user: User
    authenticator: Authenticator

    def clean_code(self) -> str:
        with guesses.counted(context.request, Quota.FACTOR_GUESSES, self.user) as guess:
            code: str = super().clean_code()  # type: ignore[misc]
            if self.authenticator.type == Authenticator.Type.TOTP and not guesses.spend_code(self.user, code):
                raise get_adapter().validation_error("incorrect_code")
            guess.was_right()
        return code


class AuthenticateForm(_Counted, forms.AuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A recovery code is longer: it would be sent before it is whole.
        if RECOVERY not in context.request.GET:
            self.fields["code"].widget.attrs |= CODE_ATTRS
            self.fields["code"].help_text = CODE_HINT


class ReauthenticateForm(_Counted, forms.ReauthenticateForm):  # type: ignore[misc]
    pass


class ActivateTOTPForm(Worded, totp.ActivateTOTPForm):  # type: ignore[misc]
    def clean_code(self) -> str:
        """The code that sets the app up is used with that."""
        code: str = super().clean_code()
        guesses.spend_code(self.user, code)
        return code


class CredentialField(JSONField):
    def to_python(self, value: Any) -> Any:
        """Refuses also what Django's own field fails on: numbers of thousands of digits, brackets without end."""
        try:
            return super().to_python(value)
        except (ValidationError, ValueError, RecursionError):
            raise get_adapter().validation_error("incorrect_code") from None

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Nothing of it is shown again: the device answers once to each challenge."""
        return InvalidJSONInput("")


class _FromADevice(Worded):
    """What a device says of a passkey comes through the browser, so anything may stand there: it is refused."""

    credential = CredentialField(widget=HiddenInput)
    kind: ClassVar[type[AuthenticationResponse] | type[RegistrationResponse]] = AuthenticationResponse

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"].validators.append(self._whole)

    def _whole(self, credential: Any) -> None:
        try:
            self.kind.from_dict(credential)
        except (KeyError, TypeError, ValueError):
            raise get_adapter().validation_error("incorrect_code") from None


class _NewKey(_FromADevice):
    kind = RegistrationResponse
    name = VisibleField(max_length=NAME_MAX, required=False)


class AddWebAuthnForm(_NewKey, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True


class SignupWebAuthnForm(_NewKey, webauthn.SignupWebAuthnForm):  # type: ignore[misc]
    pass


class AuthenticateWebAuthnForm(_FromADevice, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class LoginWebAuthnForm(_FromADevice, webauthn.LoginWebAuthnForm):  # type: ignore[misc]
    pass


class ReauthenticateWebAuthnForm(_FromADevice, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class EditWebAuthnForm(Worded, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    name = VisibleField(max_length=NAME_MAX)
