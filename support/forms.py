from django import forms
from django.utils.translation import gettext_lazy as _


class MessageForm(forms.Form):
    text = forms.CharField(
        label=_("Sorunuz"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Sorunuzu yazın.")},
    )


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=_("Yanıtınız"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Yanıtı yazın ya da “Yanıt gerekmiyor” düğmesine basın.")},
    )
