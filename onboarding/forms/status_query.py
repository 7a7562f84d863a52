"""The public "Başvuru Sorgulama Formu" (guide, "2. Adım")."""

from django import forms

from identifiers import email, iys
from tenancy.fields import CleanField
from verification.forms import SecurityCheckField


class StatusForm(forms.Form):
    number = CleanField(
        label="Başvuru numarası",
        help_text="Portalın verdiği (P-7KQ4MX gibi) ya da İYS'nin verdiği (MX3ZB5JA gibi) numara",
        cleaner=iys.clean_application_number,
        max_length=30,
        attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
    email = CleanField(
        label="E-posta",
        help_text="Başvuruda belirttiğiniz imza yetkilisi e-postası ya da kurumsal e-posta",
        cleaner=email.clean,
        max_length=254,
        attrs={"type": "email", "inputmode": "email", "autocomplete": "email"},
    )
    check = SecurityCheckField(label="Güvenlik denetimi")
