import re
from typing import Any

from django import forms

from identifiers import iys
from onboarding.actions.panel_settings import NEEDS_REGISTRATION, may_declare
from onboarding.gate import Route
from onboarding.models import DeclarationKind
from tenancy.fields import CleanField, cleaned

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


# Which declaration each further field belongs to.
BELONGS = {
    "iys_code": DeclarationKind.PARTNER,
    "brand_codes": DeclarationKind.PARTNER,
    "change_reason": DeclarationKind.PARTNER,
    "exemption_basis": DeclarationKind.EXEMPT,
}


class DeclarationForm(forms.Form):
    """Three exclusive declarations (guide, "6. Adım"); the codes come from step 3."""

    kind = forms.ChoiceField(
        label="Beyanınız",
        choices=DeclarationKind.choices,
        error_messages={"required": "Üç beyandan birini seçin."},
    )
    iys_code = CleanField(
        label="İYS Kod",
        cleaner=iys.clean_code,
        max_length=30,
        error_messages={"required": "İYSKod'unuzu yazın; 3. adımda onaylandı."},
    )
    brand_codes = forms.CharField(
        label="Brand Kod",
        help_text="Birden çok marka varsa kodları virgülle ayırın",
        max_length=500,
        error_messages={"required": "En az bir BrandKod yazın; 3. adımda onaylandı."},
    )
    change_reason = forms.CharField(label="Kodları değiştirdiyseniz nedeni", required=False, max_length=500)
    exemption_basis = forms.CharField(
        label="Muafiyetin dayanağı",
        help_text="Örneğin dernek kütük numarası ya da ilgili mevzuat maddesi",
        max_length=500,
        error_messages={"required": "Muafiyetin dayanağını yazın."},
    )
    correct = forms.BooleanField(
        error_messages={"required": "Kaydetmek için bilgilerin doğruluğunu onaylamalısınız."}
    )

    def __init__(self, *args: Any, correctness: str, route: Route, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.route = route
        self.fields["correct"].label = correctness
        for name in self._of_others():
            self.fields[name].required = False

    def _of_others(self) -> list[str]:
        """The fields of the declarations that were not chosen: neither asked for nor kept."""
        chosen = self.data.get("kind") if self.is_bound else None
        return [name for name, kind in BELONGS.items() if self.is_bound and kind != chosen]

    @property
    def changes_codes(self) -> bool:
        """Whether another code was typed than step 3 confirmed, or one was refused."""
        codes = {name for name, kind in BELONGS.items() if kind is DeclarationKind.PARTNER}
        return self.is_bound and not codes.isdisjoint({*self.changed_data, *self.errors})

    def clean_brand_codes(self) -> list[str]:
        found = [code for code in re.split(r"[,;\s]+", self.cleaned_data["brand_codes"]) if code]
        return [cleaned(iys.clean_code, code) for code in found]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for name in self._of_others():
            self.errors.pop(name, None)
            values[name] = [] if name == "brand_codes" else ""
        kind = values.get("kind")
        if kind and not may_declare(DeclarationKind(kind), self.route):
            for name in BELONGS:
                self.errors.pop(name, None)
            self.add_error("kind", NEEDS_REGISTRATION)
        return values
