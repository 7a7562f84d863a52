from typing import Any

from django import forms

from tenancy.fields import MessageField


class MessageForm(forms.Form):
    text = MessageField(
        label="Sorunuz",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Sorunuzu yazın."},
    )

    def __init__(self, *args: Any, begun: str = "", **kwargs: Any) -> None:
        """`begun` is the sentence that the page has begun: one that ends in a colon says nothing alone."""
        super().__init__(*args, **kwargs)
        self.begun = begun.strip()

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if text == self.begun and self.begun.endswith(":"):
            raise forms.ValidationError("Cümleyi tamamlayın: iki noktadan sonra yazın.")
        return text


class AnswerForm(forms.Form):
    text = MessageField(
        label="Yanıtınız",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Yanıtı yazın ya da “Yanıt gerekmiyor” düğmesine basın."},
    )
