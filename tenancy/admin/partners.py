"""Partners, and İYS's addresses. Their pages stand above them, since the wall asks who looks."""

import base64
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.http import HttpRequest
from django.http.request import validate_host
from django.utils.html import format_html

from identifiers import Refused
from partners import colours, logos
from partners.models import IysContact, Logo, Partner
from tenancy.admin.base import TEXT_AS_SEEN, OperationsAdmin, WalledAdmin, WalledForm
from tenancy.walls import runs_the_portal


class PartnerForm(WalledForm[Partner]):
    colour = forms.CharField(
        label="Renk",
        required=False,
        help_text="Düğme ve bağlantıların rengi, #0b5cad gibi; okunmaz olduğu yerde koyulaştırılır ya da açılır",
    )
    logo_file = forms.FileField(
        label="Logo",
        required=False,
        help_text="PNG ya da JPEG, en çok 2 MB; ekranlarda, firmaya giden mektuplarda, atama formunda görünür",
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )
    remove_logo = forms.BooleanField(label="Logoyu kaldır", required=False)

    def clean_host_name(self) -> str:
        """Takes a whole address too, and says so when nobody would be answered under that name."""
        typed = str(self.cleaned_data["host_name"])
        try:
            name = urlsplit(typed if "//" in typed else f"//{typed}").hostname or ""
        except ValueError as error:
            raise forms.ValidationError("Bu bir alan adı değil; örneğin iys.firma.com.tr yazın.") from error
        if name and not validate_host(name, settings.ALLOWED_HOSTS):
            raise forms.ValidationError(
                "Portal bu alan adına yanıt vermiyor: işletim ekibi önce ALLOWED_HOSTS ayarına eklemeli."
            )
        return name

    def clean_colour(self) -> str:
        try:
            return colours.read(str(self.cleaned_data["colour"]))
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean_logo_file(self) -> bytes | None:
        upload: UploadedFile[bytes] | None = self.cleaned_data["logo_file"]
        if upload is None:
            return None
        payload = bytes(upload.read())
        try:
            logos.repainted(payload)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return payload


@admin.register(Partner)
class PartnerAdmin(WalledAdmin[Partner]):
    partner_path = "pk"
    form = PartnerForm
    list_display = ["name", "host_name", "copy_address", "is_default"]
    formfield_overrides = {**TEXT_AS_SEEN, models.URLField: {"assume_scheme": "https"}}
    readonly_fields = ["colour_now", "logo_now"]
    # Whose companies arrive under which name, and who is met by strangers, is decided between partners.
    between_partners = ("host_name", "is_default")

    def get_readonly_fields(self, request: HttpRequest, obj: Partner | None = None) -> list[str]:
        kept = () if runs_the_portal(request.user) else self.between_partners
        return [*self.readonly_fields, *kept]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return runs_the_portal(request.user) and super().has_add_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Partner | None = None) -> bool:
        return runs_the_portal(request.user) and super().has_delete_permission(request, obj)

    @admin.display(description="renk ekranlarda")
    def colour_now(self, partner: Partner) -> str:
        """What becomes of the colour: a yellow is a brand's right, and no word can be read on it."""
        # One that is not saved yet has its column's default, which is no text.
        chosen = "" if partner._state.adding else partner.colour  # noqa: SLF001 - Django's way to ask
        made = colours.palette(chosen or colours.DEFAULT)
        return format_html(
            '<img src="data:image/svg+xml;base64,{}" width="320" height="96" alt="">'
            "<br>Düğme {}, bağlantı {}; koyu görünümde düğme {}, bağlantı {}",
            base64.b64encode(colours.sample(made).encode()).decode(),
            *(made[name] for name in ("fill", "text", "dark_fill", "dark_text")),
        )

    @admin.display(description="şimdiki logo")
    def logo_now(self, partner: Partner) -> str:
        if partner.picture is None:
            return "–"
        return format_html('<img src="{}" alt="{}" height="48">', partner.picture.data_url, partner.name)

    def save_model(self, request: HttpRequest, obj: Partner, form: Any, change: Any) -> None:
        super().save_model(request, obj, form, change)
        payload = form.cleaned_data.get("logo_file")
        if payload:
            logos.keep(partner=obj, payload=payload)
        elif form.cleaned_data.get("remove_logo"):
            Logo.objects.filter(partner=obj).delete()


@admin.register(IysContact)
class IysContactAdmin(OperationsAdmin[IysContact]):
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not IysContact.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: IysContact | None = None) -> bool:
        return False
