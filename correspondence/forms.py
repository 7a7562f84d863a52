import re

from django import forms
from django.core.validators import validate_email

from identifiers.invisible import plain

DOMAIN = re.compile(r"@[a-z0-9-]+(\.[a-z0-9-]+)+")


class HoldForm(forms.Form):
    """A hold on sending; without a target it means every letter."""

    target = forms.CharField(
        label="Alıcı adresi ya da @alan adı",
        help_text="Boş bırakırsanız bütün gönderim durur. Örnek: ad@firma.com.tr ya da @firma.com.tr",
        required=False,
        max_length=320,
    )
    reason = forms.CharField(label="Neden", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_target(self) -> str:
        target: str = plain(self.cleaned_data["target"]).casefold()
        if target.startswith("@") and not DOMAIN.fullmatch(target):
            raise forms.ValidationError("Alan adını @firma.com.tr biçiminde yazın.")
        if target and not target.startswith("@"):
            validate_email(target)
        return target
