from django import forms


class MessageForm(forms.Form):
    text = forms.CharField(
        label="Sorunuz",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Sorunuzu yazın."},
    )


class AnswerForm(forms.Form):
    text = forms.CharField(
        label="Yanıtınız",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Yanıtı yazın ya da “Yanıt gerekmiyor” düğmesine basın."},
    )
