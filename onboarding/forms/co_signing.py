from typing import Any, ClassVar

from django import forms

from documents.disclosure import Discloses
from documents.models import Place
from identifiers import passport, tckn
from tenancy.fields import SECRET, PersonNameField, cleaned


class CoSignatoryForm(Discloses):
    """Somebody who signs together. Only on paper a passport will do: an e-signature carries the TCKN."""

    place: ClassVar = Place.CO_SIGNATORIES

    name = PersonNameField(label="Ad soyad", max_length=150)
    identity = forms.CharField(
        label="T.C. kimlik numarası",
        help_text="Ekranlarda gizlenir, şifreli saklanır.",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", **SECRET}),
    )
    foreign = forms.BooleanField(label="Yabancı uyruklu; pasaport numarası yazdım", required=False)

    def __init__(self, *args: Any, on_paper: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not on_paper:
            del self.fields["foreign"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("identity"):
            try:
                found["identity"] = cleaned(
                    passport.clean if found.get("foreign") else tckn.clean, found["identity"]
                )
            except forms.ValidationError as error:
                self.add_error("identity", error)
        return found
