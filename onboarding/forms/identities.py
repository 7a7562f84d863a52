"""The form before an identity number is shown: which one, and why."""

from collections.abc import Sequence
from typing import Any

from django import forms

from onboarding.dossier.content import Line
from tenancy.fields import PICK_ONE, VisibleField, demanded

OTHER = "other"
REASONS = (
    ("compare", "Belge ya da sicille karşılaştırma"),
    ("asked_by_iys", "İYS sordu"),
    ("asked_by_person", "Numaranın sahibi istedi"),
    (OTHER, "Başka bir neden"),
)


class RevealForm(forms.Form):
    number = forms.ChoiceField(
        label="Hangi numara?",
        widget=forms.RadioSelect,
        error_messages=PICK_ONE,
    )
    why = forms.ChoiceField(
        label="Neden görmeniz gerekiyor?",
        choices=REASONS,
        widget=forms.RadioSelect,
        error_messages=PICK_ONE,
    )
    words = VisibleField(
        label="Açıklama",
        help_text="“Başka bir neden” seçtiyseniz yazın. Neden ve adınız günlüğe yazılır.",
        required=False,
        max_length=300,
    )

    def __init__(self, data: Any, *, lines: Sequence[Line], about: str = "") -> None:
        """`about`: beside which of them the form was asked for; another word chooses none."""
        super().__init__(data, initial={"number": lines[0].key if len(lines) == 1 else about})
        demanded(self, "words")
        choices = [(line.key, f"{line.label}: {line.shown}") for line in lines]
        self.fields["number"].widget.choices = self.fields["number"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("why") == OTHER and not cleaned.get("words") and "words" not in self.errors:
            self.add_error("words", "Nedenini yazın.")
        return cleaned

    @property
    def reason(self) -> str:
        """In a sentence of the journal."""
        return ", ".join(filter(None, (dict(REASONS)[self.cleaned_data["why"]], self.cleaned_data["words"])))
