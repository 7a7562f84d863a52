from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from brands.models import Brand
from identifiers import iys
from identifiers.statements import says_something
from onboarding.actions.panel_settings import NEEDS_REGISTRATION, REASON_WANTED, may_declare
from onboarding.gate import Route
from onboarding.models import DeclarationKind
from tenancy.fields import CleanField, demanded
from tenancy.numbers import NUMERIC

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
# The same in a sentence that who has never heard of İYS understands.
MEANS = {
    DeclarationKind.EXEMPT: "Kuruluşunuz İYS'nin kapsamı dışındadır ve İYS'ye kaydolmaz; bunu beyan edersiniz.",
    DeclarationKind.PARTNER: "İYS'ye kayıtlısınız ve onaylı alıcılarınızı İYS'ye biz aktarırız.",
    DeclarationKind.SELF_MANAGED: (
        "İYS'ye kendiniz kaydolur, onaylı alıcılarınızı kendiniz aktarır ve güncel tutarsınız; biz sizin adınıza "
        "İYS'ye bir şey aktarmayız."
    ),
}

NO_BASIS = (
    "Dernek kütük numaranızı ya da neden muaf olduğunuzu yazın, örneğin “35-012-345” ya da hangi kanuna göre muaf "
    "olduğunuz."
)

# Which declaration each further field belongs to.
BELONGS = {
    "iys_code": DeclarationKind.PARTNER,
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
        label="İYSKod",
        cleaner=iys.clean_code,
        max_length=30,
        error_messages={"required": "İYSKod'unuzu yazın; 3. adımda onaylandı."},
    )
    change_reason = forms.CharField(
        label="Neden değiştirdiniz?", help_text="Bir kodu değiştirirseniz gerekir", required=False, max_length=500
    )
    exemption_basis = forms.CharField(
        label="Muafiyetin dayanağı",
        help_text="Örneğin dernek kütük numaranız; yoksa neden muaf olduğunuzu kısaca yazın",
        max_length=500,
        error_messages={"required": "Muafiyetin dayanağını yazın."},
    )
    # Of a declaration that was left without being sent nothing is agreed to.
    correct = forms.BooleanField(
        widget=forms.CheckboxInput(attrs={"data-anew": "", "autocomplete": "off"}),
        error_messages={"required": "Kaydetmek için bilgilerin doğruluğunu onaylamalısınız."},
    )

    def __init__(
        self, *args: Any, correctness: str, route: Route, iys_code: str, brands: Sequence[Brand], **kwargs: Any
    ) -> None:
        """`iys_code` and those of `brands` are in force; each brand has a field, which names it."""
        super().__init__(*args, **kwargs)
        self.route = route
        self.fields["correct"].label = correctness
        self.initial["iys_code"] = iys_code
        self.brands = {_code_of(brand): brand for brand in brands}
        for name, brand in self.brands.items():
            self.fields[name] = CleanField(
                label=f"BrandKod · {brand.name}",
                required=False,
                cleaner=iys.clean_code,
                max_length=30,
                attrs=NUMERIC,
            )
            self.initial[name] = brand.code
        demanded(self, "change_reason", *self.brands)
        for name in self._of_others():
            self.fields[name].required = False

    def _of_others(self) -> list[str]:
        """The fields of the declarations that were not chosen: neither asked for nor kept."""
        if not self.is_bound:
            return []
        chosen = self.data.get("kind")
        belongs = {**BELONGS, **dict.fromkeys(self.brands, DeclarationKind.PARTNER)}
        return [name for name, kind in belongs.items() if kind != chosen]

    @property
    def changes_codes(self) -> bool:
        """Whether another code was typed than step 3 confirmed, or one was refused."""
        codes = {name for name, kind in BELONGS.items() if kind is DeclarationKind.PARTNER} | self.brands.keys()
        return self.is_bound and not codes.isdisjoint({*self.changed_data, *self.errors})

    @property
    def code_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.brands]

    @property
    def brand_codes(self) -> dict[UUID, str]:
        """By the brand's key; of nobody where no partner is declared."""
        return {brand.pk: self.cleaned_data[name] for name, brand in self.brands.items() if self._is_partner}

    @property
    def _is_partner(self) -> bool:
        return self.cleaned_data.get("kind") == DeclarationKind.PARTNER

    def _clean_codes(self, values: dict[str, Any]) -> None:
        seen: dict[str, str] = {}
        for name, brand in self.brands.items():
            code = values.get(name)
            if code in seen:
                self.add_error(name, f"Bu BrandKod'u “{seen[code]}” için de yazdınız; her markanın kodu ayrıdır.")
            elif code:
                seen[code] = brand.name
        if self.brands and not self.errors.keys() & self.brands.keys() and not seen:
            self.add_error(next(iter(self.brands)), "En az bir BrandKod yazın; 3. adımda onaylandı.")
        changed = [name for name in ("iys_code", *self.brands) if values.get(name) != self.initial[name]]
        if changed and not values.get("change_reason") and not self.errors.keys() & {"iys_code", *self.brands}:
            self.add_error("change_reason", REASON_WANTED)

    def clean_exemption_basis(self) -> str:
        """It is a legal statement of the firm's, and support and İYS read no more than what stands there."""
        basis: str = self.cleaned_data["exemption_basis"]
        if basis and not says_something(basis):
            raise forms.ValidationError(NO_BASIS)
        return basis

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for name in self._of_others():
            self.errors.pop(name, None)
            values[name] = ""
        kind = values.get("kind")
        if kind and not may_declare(DeclarationKind(kind), self.route):
            for name in (*BELONGS, *self.brands):
                self.errors.pop(name, None)
            self.add_error("kind", NEEDS_REGISTRATION)
        elif self._is_partner:
            self._clean_codes(values)
        return values


def _code_of(brand: Brand) -> str:
    return f"code_{brand.pk}"
