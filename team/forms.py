from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from identifiers import Refused, vkn
from tenancy.models import RoleChoices, User


class SignupForm(forms.Form):
    """What sign-up asks beside the e-mail and the password; django-allauth builds its form on this one."""

    full_name = forms.CharField(
        label=_("Adınız soyadınız"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("full_name", "email", "password1")

    def signup(self, request: HttpRequest, user: User) -> None:
        user.full_name = self.cleaned_data["full_name"]
        user.save(update_fields=["full_name"])


class CompanyForm(forms.Form):
    trade_name = forms.CharField(
        label=_("Ticaret unvanı"),
        help_text=_("Ticaret sicilindeki tam unvan, örneğin Mavi Deniz Turizm Anonim Şirketi"),
        max_length=250,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    tax_number = forms.CharField(
        label=_("Vergi kimlik numarası"),
        help_text=_("10 haneli; vergi levhasında yazar"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_tax_number(self) -> str:
        try:
            return vkn.clean(self.cleaned_data["tax_number"])
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class InvitationForm(forms.Form):
    email = forms.EmailField(
        label=_("E-posta adresi"),
        help_text=_("Davet bu adrese gider; kişi bu adresle giriş yapar"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=_("Yetkisi"),
        choices=RoleChoices.choices,
        initial=RoleChoices.EDITOR,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, members: frozenset[str] = frozenset(), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = members

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if email in self.members:
            raise forms.ValidationError(_("Bu kişi zaten ekibinizde."))
        return email
