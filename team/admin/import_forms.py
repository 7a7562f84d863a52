"""The forms of lists of companies: the file, and which column of it is what."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from identifiers import Refused
from partners.models import Partner
from team.importing import opening
from team.importing.columns import NEEDED, Field, guessed
from team.importing.limits import MOST_BYTES


class UploadForm(forms.Form):
    lead = (
        "CSV ya da XLSX; en çok 5.000 satır, 5 MB. Her satır bir firma: unvan, VKN (şahıs işletmesinde TCKN), "
        "davet edilecek kişinin e-postası; isterseniz telefon ve vergi dairesi. Yükleyince hiçbir şey "
        "gönderilmez: önce sütunları seçer, sonra her satıra ne olacağını görürsünüz."
    )
    partner = forms.ModelChoiceField(label="İş ortağı", queryset=Partner.objects.none())
    file = forms.FileField(
        label="Liste",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        error_messages={"required": "Bir dosya seçin.", "empty": "Dosya boş."},
    )

    def __init__(self, *args: Any, partners: QuerySet[Partner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["partner"]
        field.queryset, field.initial = partners, partners.first()
        self.rows: Sequence[Sequence[str]] = ()

    def clean_file(self) -> UploadedFile[bytes]:
        upload: UploadedFile[bytes] = self.cleaned_data["file"]
        try:
            self.rows = opening.rows_of(upload.read(MOST_BYTES + 1))
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return upload


class MappingForm(forms.Form):
    """A choice for each column; a field is taken once, and those that are needed at all."""

    has_headings = forms.BooleanField(label="İlk satır başlıktır, firma değildir", required=False, label_suffix="")

    def __init__(self, *args: Any, headings: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Alınmasın"), *((field.value, field.label) for field in Field)]
        guess = guessed(headings)
        self.width = len(headings)
        for number in range(self.width):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=f"{number + 1}. sütun", choices=choices, required=False, initial=guess.get(number, "")
            )
        self.initial.setdefault("has_headings", bool(guess))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = [each for number in range(self.width) if (each := cleaned.get(f"column_{number}"))]
        twice = [Field(each).label for each, count in Counter(chosen).items() if count > 1]
        if twice:
            self.add_error(None, f"Bu bilgi iki sütunda seçilmiş: {', '.join(twice)}.")
        lacking = [field.label for field in NEEDED if field not in chosen]
        if lacking:
            self.add_error(None, f"Hangi sütunda olduğunu seçin: {', '.join(lacking)}.")
        return cleaned

    @property
    def columns(self) -> Mapping[Field, int]:
        named = {number: self.cleaned_data[f"column_{number}"] for number in range(self.width)}
        return {Field(field): number for number, field in named.items() if field}
