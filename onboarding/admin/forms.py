from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from identifiers import iys
from onboarding.dossier import remarkable
from onboarding.forms.fields import brand_lines, cleaned
from onboarding.models import ApplicationForm


class RemarksForm(forms.Form):
    """A remark for each field and document; what is left empty stays closed to the company."""

    def __init__(self, *args: Any, form: ApplicationForm, state: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, label in remarkable(form, state):
            self.fields[key] = forms.CharField(
                label=label,
                required=False,
                max_length=1000,
                widget=forms.TextInput(attrs={"placeholder": "Ne düzeltilmeli?"}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(cleaned.values()):
            raise forms.ValidationError(_("En az bir alan ya da belge için ne düzeltileceğini yazın."))
        return cleaned

    @property
    def remarks(self) -> list[tuple[str, str]]:
        """(field, sentence) pairs, in the dossier's order."""
        return [(key, text) for key, text in self.cleaned_data.items() if text]


class AnswerForm(forms.Form):
    """What İYS said by telephone or on paper. Which facts are asked for follows from the move."""

    note = forms.CharField(
        label=_("İYS ne söyledi, kim, ne zaman?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    application_number = forms.CharField(label=_("Ön başvuru numarası"), required=False, max_length=20)
    iys_code = forms.CharField(label=_("İYSKod"), required=False, max_length=20)
    brands = forms.CharField(
        label=_("Markalar"),
        help_text=_("Her satıra bir marka: marka adı, virgül, BrandKod"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    view_url = forms.URLField(label=_("Teklif bağlantısı"), required=False, assume_scheme="https")
    pay_url = forms.URLField(label=_("Ödeme bağlantısı"), required=False, assume_scheme="https")

    FACTS = ("application_number", "iys_code", "brands", "view_url", "pay_url")
    ASKED = {
        "received": ("application_number",),
        "approve": ("iys_code", "brands"),
        "read": ("iys_code", "brands"),
        "offer": ("view_url", "pay_url"),
    }

    def __init__(self, *args: Any, move: str, step: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.move = move
        asked = self.ASKED.get(move, ())
        for name in list(self.fields):
            if name in self.FACTS and name not in asked:
                del self.fields[name]
        if (step, move) == ("code_receipt", "read"):
            self.fields["iys_code"].required = True

    def clean_application_number(self) -> str:
        return cleaned(iys.clean_application_number, self.cleaned_data["application_number"])

    def clean_iys_code(self) -> str:
        return cleaned(iys.clean_code, self.cleaned_data["iys_code"])

    def clean_brands(self) -> list[dict[str, str]]:
        return brand_lines(self.cleaned_data["brands"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("brands") and "iys_code" not in self.errors and not cleaned.get("iys_code"):
            self.add_error("iys_code", _("Markaların kodları İYSKod ile birlikte kaydedilir; İYSKod'u da yazın."))
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        asked = (*self.ASKED.get(self.move, ()), "brands")
        return {"brands": [], **{key: value for key, value in self.cleaned_data.items() if key in asked}}


class MailAnswerForm(AnswerForm):
    """What a mail says, prefilled from its reading; who sent it is vouched for when no server did."""

    vouched = forms.BooleanField(label=_("Göndereni ayrıca doğruladım"))
    vouched_how = forms.CharField(
        label=_("Nasıl doğruladınız?"),
        help_text=_("Örneğin: “İYS'yi 0850 333 3338'den aradım, Ayşe Hanım e-postayı doğruladı.”"),
        max_length=500,
    )

    def __init__(self, *args: Any, verified: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("E-posta ne diyor? (günlüğe ve firmanın gördüğü nota yazılır)")
        if verified:
            del self.fields["vouched"], self.fields["vouched_how"]

    @classmethod
    def read_from(cls, facts: Mapping[str, Any], words: str) -> dict[str, Any]:
        """The reading as what stands in the fields before anybody types."""
        brands = "\n".join(f"{brand['name']}, {brand['code']}" for brand in facts.get("brands", ()))
        return {**facts, "brands": brands, "note": facts.get("remarks") or words}


class NoteForm(forms.Form):
    """Why; every decision about a mail keeps a reason."""

    note = forms.CharField(label=_("Neden"), max_length=400)
