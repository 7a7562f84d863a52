"""The form of step 1's data, whole or a page of it."""

from collections.abc import Collection, Mapping
from functools import partial
from typing import Any, ClassVar

from django import forms

from accounts.addresses import verified_address
from documents.disclosure import Discloses
from documents.models import Place
from identifiers import Refused, email, kep, mersis, passport, phone, places, tckn, turkish, vkn, web
from limits import quotas
from limits.quotas import Quota
from onboarding.actions.pre_application.online import free_mailbox_note, is_free_mailbox, likely_address, why_fixed
from onboarding.actions.pre_application.submission import COMPANY_FIELDS, FORM_FIELDS
from onboarding.dossier import pages
from onboarding.forms.aged import Aged
from onboarding.forms.fields import DistrictField, ProvinceField, SecretField
from onboarding.models import ApplicationForm
from tenancy.fields import SECRET, SECRET_IF_PERSONS, CleanField, NameField, PersonNameField, VisibleField
from tenancy.memberships import company_with
from tenancy.models import Company, User
from tenancy.numbers import NUMERIC
from tenancy.widgets import TitleInput
from verification import sms

NATIONAL, FOREIGN = "T.C. kimlik numarası", "Pasaport numarası"


class DossierForm(Aged):
    """The guide's 13 fields (12 without MERSİS), the corporate e-mail, where İYS's later answers go, and KEP."""

    signatory_foreign = forms.BooleanField(
        label="Yabancı uyruklu (pasaport numarası)",
        required=False,
    )
    signatory_identity = SecretField(
        label=f"{NATIONAL} (yabancıysa pasaport numarası)",
        help_text="Ekranlarda gizlenir, şifreli saklanır.",
        max_length=30,
        # The script names the one that is asked for, as soon as the box is ticked.
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "data-label-by": "signatory_foreign",
                "data-label-on": FOREIGN,
                "data-label-off": NATIONAL,
                **SECRET,
            }
        ),
    )
    signatory_name = PersonNameField(
        label="İmza yetkilisinin adı soyadı",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    signatory_email = CleanField(
        label="İmza yetkilisinin e-postası",
        cleaner=email.clean,
        max_length=254,
        attrs={"type": "email", "inputmode": "email", "autocomplete": "email"},
    )
    signatory_mobile = CleanField(
        label="İmza yetkilisinin cep telefonu",
        help_text="Örneğin 0555 010 20 30",
        cleaner=partial(phone.clean, mobile=True),
        max_length=25,
        attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"},
    )
    trade_name = NameField(label="Ticaret unvanı", max_length=250, widget=TitleInput)
    mersis_number = CleanField(
        label="MERSİS numarası",
        help_text="16 haneli; ticaret sicil gazetenizde yazar",
        cleaner=mersis.clean,
        max_length=25,
        attrs=NUMERIC | SECRET_IF_PERSONS,
    )
    tax_number = CleanField(
        label="Vergi kimlik numarası",
        help_text="10 haneli; şahıs işletmesi 11 haneli TCKN yazabilir",
        cleaner=vkn.clean,
        max_length=20,
        attrs=NUMERIC | SECRET,
    )
    tax_office = NameField(
        label="Vergi dairesi",
        max_length=100,
        widget=forms.TextInput(attrs={"list": "tax-offices", "autocomplete": "off"}),
    )
    website = CleanField(
        label="Web sitesi",
        help_text="Örneğin https://firmaniz.com.tr; yoksa firmanızın çevrim içi mağaza ya da sosyal medya sayfası",
        cleaner=web.clean,
        max_length=200,
        error_messages={"required": f"Web sitenizi yazın. {web.WITHOUT}"},
        attrs={"inputmode": "url", "autocomplete": "url"},
    )
    contact_phone = CleanField(
        label="İletişim numarası",
        help_text="Boş bırakırsanız imza yetkilisinin cep telefonu yazılır",
        cleaner=phone.clean,
        required=False,
        max_length=25,
        attrs={"type": "tel", "inputmode": "tel"},
    )
    corporate_email = CleanField(
        label="Kurumsal e-posta",
        help_text="İYS'nin yanıtları bu adrese de gelebilir",
        cleaner=email.clean,
        max_length=254,
        attrs={"type": "email", "inputmode": "email"},
    )
    kep_address = CleanField(
        label="KEP adresi",
        help_text=f"Örneğin {kep.EXAMPLE}",
        cleaner=kep.clean,
        required=False,
        max_length=254,
        attrs={"type": "email", "inputmode": "email"},
    )
    province = ProvinceField(label="İl", choices=[("", "Seçin")] + [(each, each) for each in places.PROVINCES])
    district = DistrictField(label="İlçe", max_length=60)
    address = VisibleField(
        label="İletişim adresi",
        help_text="İl ve ilçeyi yazmayın; portal ekler.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
    )

    def __init__(
        self,
        data: Any,
        *,
        company: Company,
        form: ApplicationForm,
        only: frozenset[str] | None,
        fixed: Collection[str] = (),
        gets_code: bool = False,
        founded_with: str = "",
    ) -> None:
        """`only` names the fields that are open while corrections are asked for; None opens all. `founded_with` is
        the tax number that has to stay.

        `fixed` fields are shown and cannot be changed: the registry was asked about them or gave them, or a
        code proved them. An identity number that is fixed is not asked for at all. `gets_code`: the signatory's
        telephone will be asked for a code by SMS.
        """
        known: dict[str, Any] = {name: getattr(company, name) for name in COMPANY_FIELDS}
        known |= {name: getattr(form, name) for name in FORM_FIELDS if name in self.base_fields}
        # The identity number never goes back into a page; leaving the field empty keeps the one that is there.
        self.kept_identity, self.was_foreign = form.signatory_identity, form.signatory_foreign
        known["signatory_identity"] = ""
        known |= {name: phone.pretty(known[name]) for name in ("signatory_mobile", "contact_phone") if known[name]}
        super().__init__(data, initial=known)
        self.take_what_is_now()
        self.company, self.gets_code, self.founded_with = company, gets_code, founded_with
        # The field with another firm's number, and that firm's tax number; known once the form is validated.
        self.of_another = ("", "")
        self._arrange(has_mersis=bool(form.has_mersis), only=only)
        if gets_code and "signatory_mobile" in self.fields:
            self.fields["signatory_mobile"].help_text += "; kaydedince bu numaraya SMS ile bir kod göndeririz"
        # As they stand on the page, so that what is wrong is listed in that order.
        self.order_fields(pages.ORDER)
        if isinstance(district := self.fields.get("district"), DistrictField):
            district.list_those_of(str(self.data.get("province") or company.province))
        if "signatory_identity" in fixed:
            for name in {"signatory_identity", "signatory_foreign"} & set(self.fields):
                del self.fields[name]
        for name in fixed:
            if name in self.fields and known.get(name):
                # Django takes a disabled field's value from `initial`, whatever a browser sends.
                self.fields[name].disabled = True
                self.fields[name].help_text = why_fixed(name)

    def _arrange(self, *, has_mersis: bool, only: frozenset[str] | None) -> None:
        if not has_mersis:
            del self.fields["mersis_number"]
        identity = self.fields["signatory_identity"]
        if self["signatory_foreign"].value():
            identity.label = FOREIGN
        if self.kept_identity and isinstance(identity, SecretField):
            identity.keeps(self.kept_identity)
        for name in {"tax_number", "mersis_number"} & set(self.fields):
            self._keeps(name)
        if only is not None:
            for name in [name for name in self.fields if name not in only]:
                del self.fields[name]

    def _keeps(self, name: str) -> None:
        """A person's number is shown masked in its field; left so, it is the one that is there."""
        field, shown, number = (
            self.fields[name],
            getattr(self.company, name),
            getattr(self.company, f"full_{name}"),
        )
        if isinstance(field, CleanField) and shown != number:
            cleaner = field.cleaner
            field.cleaner = lambda text: number if text == shown else cleaner(text)

    def clean_signatory_mobile(self) -> str:
        """A number that gets a code has to be one to which codes are sent."""
        mobile: str = self.cleaned_data["signatory_mobile"]
        if self.gets_code:
            try:
                sms.refuse_foreign(mobile, self.company.partner)
            except Refused as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return mobile

    def clean_tax_number(self) -> str:
        number: str = self.cleaned_data["tax_number"]
        if number != self.company.full_tax_number:
            try:
                quotas.take(Quota.TAX_NUMBERS, company=self.company)
            except Refused as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        if self.founded_with and number != self.founded_with:
            self.of_another = ("tax_number", number)
            # The same sentence for every number: who tries some learns of none whether it is a customer's.
            raise forms.ValidationError(
                "Bu, firmanızı eklerken yazdığınız vergi numarası değil. Numara değişecekse kaydı destek ekibimiz "
                "tamamlayacak; lütfen bize yazın."
            )
        known = company_with(number)
        if known is not None and known.pk != self.company.pk:
            self.of_another = ("tax_number", number)
            raise forms.ValidationError(
                "Bu vergi numarasıyla ilgili kaydı destek ekibimiz tamamlayacak; lütfen bize yazın."
            )
        return number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._clean_identity(cleaned)
        self._clean_place(cleaned)
        tax_number = cleaned.get("tax_number") or self.company.full_tax_number
        if cleaned.get("mersis_number") and "tax_number" not in self.errors:
            self._keep(cleaned, "mersis_number", lambda text: mersis.clean(text, tax_number))
        return cleaned

    def _clean_identity(self, cleaned: dict[str, Any]) -> None:
        if "signatory_identity" not in self.fields or "signatory_identity" in self.errors:
            return
        foreign = cleaned.get("signatory_foreign", self.was_foreign)
        if cleaned.get("signatory_identity"):
            self._keep(cleaned, "signatory_identity", passport.clean if foreign else tckn.clean)
        elif foreign == self.was_foreign:
            cleaned["signatory_identity"] = self.kept_identity
        else:
            number = "pasaport numarasını" if foreign else "T.C. kimlik numarasını"
            self.add_error("signatory_identity", f"İmza yetkilisinin {number} da yazın.")
        if "signatory_identity" in self.errors and self.kept_identity:
            # Kept without its number it would say of the old number that it is the other kind.
            cleaned.pop("signatory_foreign", None)

    def _clean_place(self, cleaned: dict[str, Any]) -> None:
        moved = bool(self.company.province) and cleaned.get("province", "") not in ("", self.company.province)
        if moved:
            self.gone["district"] = ""
        if cleaned.get("province") and cleaned.get("district"):
            try:
                cleaned["province"], cleaned["district"] = places.clean(cleaned["province"], cleaned["district"])
            except Refused as refusal:
                self.add_error("district", str(refusal))
            else:
                # Another province may have one of the same name: Edremit.
                if moved and "district" in self.untouched:
                    self.add_error("district", "İl değişti; ilçeyi yeniden seçin.")

    def _keep(self, cleaned: dict[str, Any], name: str, cleaner: Any) -> None:
        try:
            cleaned[name] = cleaner(cleaned[name])
        except Refused as refusal:
            if isinstance(refusal, mersis.OfAnother):
                self.of_another = (name, refusal.owner)
            self.add_error(name, str(refusal))

    @property
    def field_of_another(self) -> forms.BoundField | None:
        name, _number = self.of_another
        return self[name] if name else None


class OwnDossierForm(Discloses, DossierForm):
    """As the company fills it in. What support types for it came by other ways, from nobody who sits there."""

    place: ClassVar = Place.DOSSIER

    def __init__(self, data: Any, *, user: User, read: Mapping[str, str], **about: Any) -> None:
        """`read` is what a paper says that was handed in to be spared the typing; nothing for what is sent."""
        super().__init__(data, **about)
        self.partner = self.company.partner
        self._fill_in(read)
        self._fill_in_my_address(user)
        if not {"corporate_email", "website"} & self.fields.keys():
            return
        # Offered in empty fields, not kept before she sends them: her own address at work is mostly the company's
        # too, and the site mostly stands at the address's domain.
        address = self.initial["corporate_email"] or likely_address(user, self.company)
        self.initial["corporate_email"] = address
        if "corporate_email" in self.fields and (note := free_mailbox_note(address)):
            self.fields["corporate_email"].help_text = note
        if address and not self.initial["website"] and not is_free_mailbox(email.domain(address)):
            self.initial["website"] = f"https://{email.domain(address)}"
            if "website" in self.fields and not self.is_bound:
                self.fields["website"].help_text = "E-posta adresinizden tahmin ettik; yanlışsa düzeltin."

    def notes(self) -> dict[str, str]:
        """Once, when it is kept; afterwards it stands beside the field."""
        address = self.cleaned_data.get("corporate_email", "")
        note = free_mailbox_note(address) if address != self.initial.get("corporate_email") else ""
        return super().notes() | ({"corporate_email": note} if note else {})

    def _fill_in_my_address(self, user: User) -> None:
        """Where the registry has named the very person who sits here."""
        name, address = self.fields.get("signatory_name"), self.fields.get("signatory_email")
        if name is None or address is None or not name.disabled or address.disabled:
            return
        signatory, me = (turkish.skeleton(each) for each in (self.initial["signatory_name"], user.full_name))
        if not self.initial["signatory_email"] and signatory == me:
            self.initial["signatory_email"] = verified_address(user)

    def _fill_in(self, read: Mapping[str, str]) -> None:
        """Into empty fields, as what follows below: offered, and not kept before she sends it."""
        self.filled_in = {name for name in read if name in self.fields and not self.initial.get(name)}
        self.initial.update({name: read[name] for name in self.filled_in})
        if "district" in self.filled_in and isinstance(district := self.fields["district"], DistrictField):
            district.list_those_of(self.initial["province"])
