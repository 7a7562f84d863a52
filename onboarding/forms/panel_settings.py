import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from identifiers import Refused, iys
from onboarding.declaring import NEEDS_REGISTRATION, may_declare
from onboarding.gate import Route
from onboarding.models import DeclarationKind

# What the guide says under each of the three declarations.
HELP = {
    DeclarationKind.EXEMPT: (
        "STK, dernek ve İYS'den muaf kurum/kuruluşların sistemi mevcut yapı ile kullanabilmesi için işaretlemesi "
        "gerekli alan."
    ),
    DeclarationKind.PARTNER: (
        "İYS'ye kayıt yaptırıp, kaydı onaylandıktan sonra İYSKodunu ve BrandKodunu alan kullanıcıların, bizi iş "
        "ortağı olarak ataması sonrasında firma adına İYS'ye verileri aktarıp, aktarılan verilerin güncel "
        "tutulabilmesi için girilmesi gereken bilgiler."
    ),
    DeclarationKind.SELF_MANAGED: (
        "İYS sürecini farklı kanallar ile yürüteceğini beyan ettikten sonra, sistemi mevcut yapı ile "
        "kullanabilmesi için işaretlemesi gerekli alan."
    ),
}


class DeclarationForm(forms.Form):
    """Three exclusive declarations (guide, "6. Adım"); the codes come from step 3."""

    kind = forms.ChoiceField(
        label=_("Beyanınız"),
        choices=DeclarationKind.choices,
        error_messages={"required": _("Üç beyandan birini seçin.")},
    )
    iys_code = forms.CharField(label=_("İYS Kod"), required=False, max_length=30)
    brand_codes = forms.CharField(
        label=_("Brand Kod"),
        help_text=_("Birden çok marka varsa kodları virgülle ayırın"),
        required=False,
        max_length=500,
    )
    change_reason = forms.CharField(label=_("Kodları değiştirdiyseniz nedeni"), required=False, max_length=500)
    exemption_basis = forms.CharField(
        label=_("Muafiyetin dayanağı"),
        help_text=_("Örneğin dernek kütük numarası ya da ilgili mevzuat maddesi"),
        required=False,
        max_length=500,
    )
    correct = forms.BooleanField(
        error_messages={"required": _("Kaydetmek için bilgilerin doğruluğunu onaylamalısınız.")}
    )

    def __init__(self, *args: Any, correctness: str, route: Route, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.route = route
        self.fields["correct"].label = correctness

    def clean_brand_codes(self) -> list[str]:
        found = [code for code in re.split(r"[,;\s]+", self.cleaned_data["brand_codes"]) if code]
        return [_code(code) for code in found]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind = cleaned.get("kind")
        if kind and not may_declare(DeclarationKind(kind), self.route):
            self.add_error("kind", NEEDS_REGISTRATION)
            return cleaned
        if kind == DeclarationKind.PARTNER:
            if cleaned.get("iys_code"):
                try:
                    cleaned["iys_code"] = iys.clean_code(cleaned["iys_code"])
                except Refused as refusal:
                    self.add_error("iys_code", str(refusal))
            else:
                self.add_error("iys_code", _("İYSKod'unuzu yazın; 3. adımda onaylandı."))
            if not cleaned.get("brand_codes") and "brand_codes" not in self.errors:
                self.add_error("brand_codes", _("En az bir BrandKod yazın; 3. adımda onaylandı."))
        else:
            cleaned["iys_code"], cleaned["brand_codes"], cleaned["change_reason"] = "", [], ""
        if kind != DeclarationKind.EXEMPT:
            cleaned["exemption_basis"] = ""
        elif not cleaned.get("exemption_basis"):
            self.add_error("exemption_basis", _("Muafiyetin dayanağını yazın."))
        return cleaned


def _code(text: str) -> str:
    try:
        return iys.clean_code(text)
    except Refused as refusal:
        raise forms.ValidationError(str(refusal)) from refusal
