from django import forms

from tenancy.models import User


class LeaveForm(forms.Form):
    """Asks once more, with the person's own address: nobody types that by mistake."""

    email = forms.CharField(
        label="Onaylamak için e-posta adresinizi yazın",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.user = user

    def clean_email(self) -> str:
        typed: str = self.cleaned_data["email"]
        if typed.strip().casefold() != self.user.email.casefold():
            raise forms.ValidationError("Bu, hesabınızın e-posta adresi değil.")
        return typed
