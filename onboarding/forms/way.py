"""The three questions that find the way (onboarding/ways.py)."""

from typing import Any

from django import forms
from django.http import QueryDict

from identifiers import turkish
from onboarding.forms.fields import MersisField
from onboarding.overview.proposed_way import TITLES
from onboarding.ways import Found, Signing, Situation, Way, find
from tenancy.fields import PICK_ONE


class WayForm(forms.Form):
    """The second and the third question are for whoever is new to İYS alone."""

    situation = forms.TypedChoiceField(
        label="Firmanızın durumu hangisi?",
        choices=[
            (Situation.NEW, "İYS'ye ilk kez kaydolacağız"),
            (Situation.APPLIED, TITLES[Way.APPLIED]),
            (Situation.EXEMPT, TITLES[Way.EXEMPT]),
            (Situation.SELF_MANAGED, TITLES[Way.SELF_MANAGED]),
        ],
        help_text="Emin değilseniz ya da başvurunuz reddedildiyse ilkini seçin.",
        coerce=Situation,
        widget=forms.RadioSelect,
        error_messages=PICK_ONE,
    )
    has_mersis = MersisField(
        help_text="Ticaret siciline kayıtlı firmaların 16 haneli numarasıdır; sicil gazetenizde yazar.",
        required=False,
    )
    signing = forms.TypedChoiceField(
        label="İmza yetkilinizin e-imzası var mı?",
        choices=[
            (Signing.ELECTRONIC, "Evet, imzalayacak herkesin e-imzası var"),
            (Signing.PAPER, "Hayır, kaşe ve ıslak imza kullanacağız"),
            (Signing.FOREIGN, "İmza yetkilimiz yabancı uyruklu"),
        ],
        help_text="Birlikte (müşterek) imzada hepsinin e-imzası gerekir.",
        coerce=Signing,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages=PICK_ONE,
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        trade_name: str,
        way: Way | None = None,
        has_mersis: bool | None = None,
    ) -> None:
        """`way`, the one that is gone already, answers the first question; the second what was said before, else
        `trade_name` where it says what the company is in law."""
        is_exempt = way is None and turkish.says_association(trade_name)
        if data is None and is_exempt:
            # Answered, and not only ticked: pressing what is ticked changes nothing, so no way would be shown.
            data = QueryDict(f"situation={Situation.EXEMPT}")
        super().__init__(data, initial={"situation": way.situation if way else Situation.NEW})
        if is_exempt:
            self.fields["situation"].help_text = "Unvanınıza göre dernek ya da vakıfsınız; değilseniz değiştirin."
        elif turkish.says_associations_business(trade_name):
            self.fields["situation"].help_text += " Dernek ve vakıfların iktisadi işletmeleri de ilkini seçer."
        if has_mersis is not None:
            self.initial["has_mersis"] = MersisField.word(answer=has_mersis)
        elif turkish.says_its_kind(trade_name):
            self.initial["has_mersis"] = MersisField.YES
            self.fields["has_mersis"].help_text = "Unvanınıza bakıp işaretledik; yoksa “Hayır”ı seçin."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("situation") is Situation.NEW:
            for name in ("has_mersis", "signing"):
                if cleaned.get(name) is None and name not in self.errors:
                    self.add_error(name, PICK_ONE["required"])
        return cleaned

    @property
    def found(self) -> Found | None:
        """The way that the answers lead to; None as long as they lead to none."""
        if not self.is_bound or not self.is_valid():
            return None
        return find(**self.cleaned_data)
