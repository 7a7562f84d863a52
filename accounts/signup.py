"""What sign-up asks of a person. A module of its own: django-allauth imports it while its own forms are made."""

from typing import Any, ClassVar

from allauth.core import context
from django import forms
from django.http import HttpRequest

from accounts import invited
from accounts.invited import MaskedAddress
from accounts.passwords import UserAttributeSimilarity
from documents.disclosure import Discloses, note
from documents.models import Place
from limits.forms import taking
from limits.table import Quota
from tenancy.fields import AddressInput, PersonNameField
from tenancy.models import User

TYPED = "typed_at_sign_up"  # session key: what is offered to who starts anew with another address


class NameForm(forms.Form):
    full_name = PersonNameField(
        label="Adınız soyadınız",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class SignupForm(Discloses, NameForm):
    """What sign-up asks beside the e-mail and the password; django-allauth builds its form on this one."""

    place: ClassVar = Place.SIGN_UP
    field_order = ("full_name", "email", "password1")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email = self.fields["email"]
        self.invited = invited.of(context.request)
        (MaskedAddress if self.invited else AddressInput).into(email)
        if self.invited is not None:
            email.disabled, email.help_text = True, "Davet bu adrese gönderildi; hesabınız aynı adresle açılır."
            self.initial["email"] = self.invited.email
        else:
            self.initial = {**context.request.session.get(TYPED, {}), **self.initial}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._refuse_own_name(cleaned)
        if not self.errors:
            taking(Quota.SIGN_UPS)
            # The invited address is read masked, and by nobody else.
            kept = ("full_name",) if self.invited else ("full_name", "email")
            context.request.session[TYPED] = {name: cleaned[name] for name in kept}
        return cleaned

    def _refuse_own_name(self, cleaned: dict[str, Any]) -> None:
        """django-allauth asks the rules for passwords of somebody who has an address, and no name yet."""
        rule = UserAttributeSimilarity(user_attributes=("full_name",))
        try:
            rule.validate(cleaned.get("password1", ""), User(full_name=cleaned.get("full_name", "")))
        except forms.ValidationError as error:
            self.add_error("password1", error)

    def signup(self, request: HttpRequest, user: User) -> None:
        user.full_name = self.cleaned_data["full_name"]
        user.save(update_fields=["full_name"])
        note(self, user=user)
