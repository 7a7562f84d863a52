import re
from functools import partial
from socket import gaierror
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.html import format_html

from correspondence.incoming.sources import ForeignMailbox, opened
from correspondence.models import PartnerMailbox
from correspondence.models.sending import Security, SendingAccount
from correspondence.outgoing import sending_accounts
from documents.disclosure import Discloses
from documents.models import Place
from fetcher.places import ForbiddenHost, public_address
from identifiers import masking, phone, vkn
from identifiers.hosts import is_loopback
from team.tax_plate import Plate
from tenancy.fields import PICK_ONE, SECRET, CleanField, EmailField, NameField, VisibleField
from tenancy.models import Membership, User
from tenancy.notice_choices import CompanyNotices, StaffNotices
from tenancy.numbers import CountField
from tenancy.roles import Role
from tenancy.widgets import TitleInput
from verification.forms import CodeField
from wall.crossings import Crossing
from wall.standing import crossing

HOST = re.compile(r"[a-z0-9:]([a-z0-9.:-]*[a-z0-9])?")


class MemberField(forms.ModelChoiceField[Membership]):
    """Somebody of the team, by name, address and role."""

    widget = forms.RadioSelect
    default_error_messages = dict(PICK_ONE)

    def label_from_instance(self, membership: Membership) -> str:
        return f"{membership.user} · {membership.user.email} · {Role(membership.role).label}"


class CompanyForm(Discloses):
    place: ClassVar = Place.COMPANY

    trade_name = NameField(
        label="Ticaret unvanı",
        help_text="Ticaret sicilindeki tam unvan",
        max_length=250,
        widget=TitleInput,
    )
    tax_number = CleanField(
        label="Vergi kimlik numarası",
        help_text="10 haneli; şahıs işletmesinde yoksa 11 haneli TCKN",
        cleaner=vkn.clean,
        max_length=20,
        attrs={"inputmode": "numeric", "autocomplete": "off", **SECRET},
    )

    def takes_from(self, plate: Plate) -> None:
        """A person's number that was read stands masked in its field; left so, it is the one of the paper."""
        number, field = plate.says.get("tax_number", ""), self.fields["tax_number"]
        if isinstance(field, CleanField):
            field.cleaner = lambda text: number if text == masking.shown(number) else vkn.clean(text)


def explained_roles() -> list[tuple[str, str]]:
    """The roles as somebody chooses them: each with what it allows."""
    said = "<span><strong>{}</strong><br><small>{}</small></span>"
    return [(role.value, format_html(said, role.label, role.means)) for role in reversed(Role)]


class RoleForm(forms.Form):
    role = forms.ChoiceField(
        label="Yetkisi",
        choices=explained_roles,
        widget=forms.RadioSelect,
        error_messages=PICK_ONE,
    )


class ReasonForm(forms.Form):
    """What support does to a company's people is told them with its reason."""

    reason = VisibleField(label="Neden", help_text="Kişi ve firmanın sahipleri bunu okur", max_length=400)


class RoleWithReasonForm(RoleForm, ReasonForm):
    pass


class AddingForm(RoleForm, ReasonForm):
    """By the address of an account that is here; whoever has none is invited by an owner."""

    email = EmailField(label="Hesabın e-posta adresi")
    field_order = ("email", "role", "reason")

    def clean_email(self) -> User:
        with crossing(Crossing.PERSON):
            user = User.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True).first()
        if user is None:
            raise forms.ValidationError("Bu adresle hesap yok. Firmanın sahibi kişiyi davet etmeli.")
        return user


class HandOverForm(forms.Form):
    LEAVES = "leaves"

    to = MemberField(label="Firmanın sahibi kim olsun?", queryset=Membership.objects.none(), empty_label=None)
    stays = forms.ChoiceField(
        label="Siz ne yapacaksınız?",
        choices=[
            (Role.EDITOR, "Düzenleyen olarak ekipte kalacağım"),
            (Role.VIEWER, "Görüntüleyen olarak ekipte kalacağım"),
            (LEAVES, "Ekipten ayrılacağım"),
        ],
        widget=forms.RadioSelect,
        error_messages=PICK_ONE,
    )

    def __init__(self, data: QueryDict | None, *, others: QuerySet[Membership]) -> None:
        super().__init__(data)
        self.fields["to"].queryset = others  # type: ignore[attr-defined]

    @property
    def stays_as(self) -> Role | None:
        stays: str = self.cleaned_data["stays"]
        return None if stays == self.LEAVES else Role(stays)


class JoinForm(Discloses):
    """The page that an invitation leads to: nothing is typed, and the person is met for the first time."""

    place: ClassVar = Place.INVITATION


class InvitationForm(forms.Form):
    email = EmailField(
        label="E-posta adresi",
        help_text="Davet bu adrese gider; kişi bu adresle giriş yapar",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label="Yetkisi",
        choices=explained_roles,
        initial=Role.EDITOR,
        widget=forms.RadioSelect,
        error_messages=PICK_ONE,
    )

    def __init__(self, *args: Any, members: frozenset[str] = frozenset(), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = members

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if email in self.members:
            raise forms.ValidationError("Bu kişi zaten ekibinizde.")
        return email


class SendingAccountForm(forms.Form):
    """A mail account as mail programs ask for it; an empty password keeps the one that is known."""

    host = forms.CharField(
        label="Giden posta (SMTP) sunucusu",
        help_text="Örneğin smtp.office365.com",
        max_length=253,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url"}),
    )
    port = CountField(label="Port", min_value=1, max_value=65535, initial=587)
    security = forms.TypedChoiceField(
        label="Güvenlik",
        choices=Security.choices,
        initial=Security.STARTTLS,
        widget=forms.RadioSelect,
        error_messages=PICK_ONE,
    )
    user_name = forms.CharField(
        label="Kullanıcı adı",
        help_text="Çoğunlukla e-posta adresinizin kendisi",
        max_length=320,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    password = forms.CharField(
        label="Parola ya da uygulama parolası",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, data: QueryDict | None, *, account: SendingAccount | None) -> None:
        known = ("host", "port", "security", "user_name") if account else ()
        super().__init__(data, initial={name: getattr(account, name) for name in known})
        self.fields["security"].widget.choices = [
            (each.value, each.label) for each in sending_accounts.securities()
        ]
        self.account = account
        if account is not None and account.password:
            self.fields["password"].required = False
            self.fields["password"].help_text = "Değiştirmeyecekseniz boş bırakın"

    def clean_host(self) -> str:
        host: str = self.cleaned_data["host"].strip().lower()
        if not HOST.fullmatch(host):
            raise forms.ValidationError("Yalnızca sunucunun adını yazın, smtp.firma.com.tr gibi.")
        if settings.MAIL_MODE == "sandbox" and not is_loopback(host):
            raise forms.ValidationError(
                "Deneme kipinde yalnızca bu makinedeki posta sunucusu (127.0.0.1) kullanılabilir."
            )
        return host

    def clean_security(self) -> str:
        security: str = self.cleaned_data["security"]
        if security not in sending_accounts.securities():
            raise forms.ValidationError("Parola yalnızca şifreli bir bağlantıdan gönderilir.")
        return security

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        elsewhere = self.account is not None and "host" in cleaned and cleaned["host"] != self.account.host
        if elsewhere and not cleaned.get("password") and "password" not in self.errors:
            # Else who may change the server could have the known password sent to one of their own.
            self.add_error("password", "Sunucu değiştiği için parolayı yeniden yazın.")
        return cleaned


class CompanyNoticesForm(forms.Form):
    notices = forms.ChoiceField(
        label="Firmanızın başvurusu",
        choices=CompanyNotices.choices,
        widget=forms.RadioSelect,
        error_messages=PICK_ONE,
    )


class StaffNoticesForm(forms.Form):
    staff_notices = forms.ChoiceField(
        label="Destek ekibinin işleri",
        choices=StaffNotices.choices,
        widget=forms.RadioSelect,
        error_messages=PICK_ONE,
    )


class PartnerMailboxForm(forms.ModelForm[PartnerMailbox]):
    """The address holds a password: it is never shown again, and left empty it stays what it is."""

    url = forms.CharField(
        label="Posta kutusu",
        help_text="imaps://kullanıcı:parola@sunucu:993/INBOX. Kayıtlısı gösterilmez; boş bırakılırsa değişmez.",
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "class": "vLargeTextField"}),
    )

    class Meta:
        model = PartnerMailbox
        fields = ("partner", "url")

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"].strip() or self.instance.url
        try:
            opened(url)
            public_address(urlsplit(url).hostname or "")
        except ForbiddenHost as error:
            raise forms.ValidationError(
                "Yalnızca internetten ulaşılan bir posta sunucusu kullanılabilir. Kendi ağınızdaki bir sunucuya "
                "işletim ekibi izin verebilir (OUTGOING_PRIVATE_NETWORKS)."
            ) from error
        except gaierror as error:
            raise forms.ValidationError("Bu adda bir sunucu bulunamadı; adı denetleyin.") from error
        except ForeignMailbox as error:
            raise forms.ValidationError(
                "Deneme kipinde yalnızca bu makinedeki posta kutusu (127.0.0.1) okunur."
            ) from error
        except ValueError as error:
            raise forms.ValidationError(
                "imap:// ya da imaps:// ile başlayan, kullanıcı adı ve sunucusu olan bir adres yazın."
            ) from error
        return url


class SmsNumberForm(forms.Form):
    number = CleanField(
        label="Cep telefonu",
        help_text="05 ile başlayan numaranız; yalnızca sizden bir şey beklenirken SMS göndeririz",
        cleaner=partial(phone.clean, mobile=True),
        max_length=30,
        attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"},
    )


class SmsCodeForm(forms.Form):
    """`wanted`: not while another code is asked for."""

    code = CodeField(label="SMS ile gelen kod", max_length=20)

    def __init__(self, *args: Any, wanted: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].required = wanted
