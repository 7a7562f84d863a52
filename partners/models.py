"""Partners (iş ortağı), who run the portal, and İYS's own contact data; both are data that staff edit."""

from base64 import b64encode
from collections.abc import Mapping
from typing import ClassVar
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from partners import colours


class Partner(models.Model):
    name = models.CharField("ad", max_length=80, help_text="Ekranlarda ve mektuplarda görünen ad")
    legal_name = models.CharField("ticaret unvanı", max_length=250)
    host_name = models.CharField(
        "alan adı",
        max_length=253,
        blank=True,
        validators=[
            RegexValidator(
                r"^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+$", "Yalnızca alan adı, küçük harfle: portal.firma.com.tr"
            )
        ],
        help_text="Bu alan adıyla gelen ziyaretçiler bu iş ortağını görür: portal.firma.com.tr",
    )
    copy_address = models.EmailField(
        "bilgi (cc) adresi",
        blank=True,
        help_text="İYS'ye giden her mektubun bilgi adresi; gerçek gönderim için zorunludur",
    )
    console_url = models.URLField("panel adresi", blank=True)
    support_email = models.EmailField("destek e-postası", blank=True)
    support_phone = models.CharField("destek telefonu", max_length=30, blank=True)
    integrator_code = models.CharField("entegratör kodu", max_length=15, blank=True)
    colour = models.CharField(
        "renk",
        max_length=7,
        blank=True,
        db_default="",
        validators=[RegexValidator(r"^#[0-9a-f]{6}$", "Renk #0b5cad gibi yazılır.")],
    )
    is_default = models.BooleanField("varsayılan", default=False)
    sends_sms_abroad = models.BooleanField(
        "yurt dışına SMS",
        default=False,
        db_default=False,
        help_text="Doğrulama kodları Türkiye dışındaki numaralara da gönderilir",
    )

    class Meta:
        verbose_name = "İş ortağı"
        verbose_name_plural = "İş ortakları"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["is_default"], condition=Q(is_default=True), name="only_one_partner_is_the_default"
            ),
            models.UniqueConstraint(
                fields=["host_name"], condition=~Q(host_name=""), name="a_host_name_belongs_to_one_partner"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        """One or two letters for the logo mark."""
        return "".join(word[0] for word in self.name.split()[:2])

    @property
    def portal_url(self) -> str:
        """Where this partner's companies reach the portal: under its own host name, if it has one."""
        base = urlsplit(str(settings.PORTAL_URL))
        port = f":{base.port}" if base.port else ""
        return urlunsplit(base._replace(netloc=f"{self.host_name}{port}")) if self.host_name else base.geturl()

    @property
    def palette(self) -> Mapping[str, str]:
        """The partner's colour as it can be read; the portal's own where there is none."""
        return colours.palette(self.colour or colours.DEFAULT)

    @property
    def stylesheet_url(self) -> str:
        """Of the partner's colour; empty for the portal's own, which portal.css has."""
        if not self.colour:
            return ""
        return reverse("colour", args=[self.colour.removeprefix("#"), colours.digest(self.colour)])

    @property
    def picture(self) -> "Logo | None":
        return getattr(self, "logo", None)


class Logo(models.Model):
    """A partner's picture: a PNG that the portal itself encoded (partners.logos), a few kilobytes."""

    partner = models.OneToOneField(Partner, models.CASCADE, related_name="logo")
    png = models.BinaryField()
    sha256 = models.CharField(max_length=64, db_index=True)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "logo"
        verbose_name_plural = "logolar"

    def __str__(self) -> str:
        return str(self.partner)

    @property
    def data_url(self) -> str:
        """For papers, which fetch nothing."""
        return f"data:image/png;base64,{b64encode(bytes(self.png)).decode()}"


class IysContact(models.Model):
    """Where İYS is reached: one row, made by `first_data` with İYS's published addresses, edited by staff."""

    pre_application_email = models.EmailField("ön başvuru adresi", default="onkayit@iys.org.tr")
    sales_email = models.EmailField("satış adresi", default="satis@iys.org.tr")
    assignment_email = models.EmailField("İş ortağı atama adresi", default="isortagim@iys.org.tr")
    legal_name = models.CharField("unvan", max_length=250, default="İLETİ YÖNETİM SİSTEMİ A.Ş.")
    cargo_address = models.CharField(
        "kargo adresi",
        max_length=250,
        default="Esentepe Mah. Harman 1 Sokak No: 10-5 TOBB Plaza Şişli / İstanbul",
    )
    phone = models.CharField("telefon", max_length=30, default="0850 333 3338")
    contract_name = models.CharField(
        "sözleşmedeki unvan", max_length=250, default="İleti Yönetim Sistemi Anonim Şirketi"
    )
    contract_address = models.CharField(
        "sözleşmedeki adres",
        max_length=250,
        default="Mustafa Kemal Mah. Dumlupınar Blv. Türkiye Odalar ve Borsalar Birliği No: 252 Çankaya, Ankara",
    )
    website = models.URLField("web sitesi", default="https://iys.org.tr")
    mersis_number = models.CharField("MERSİS numarası", max_length=16, default="0845052547000001")

    class Meta:
        verbose_name = "İYS iletişim bilgisi"
        verbose_name_plural = "İYS iletişim bilgileri"
        constraints: ClassVar = [models.CheckConstraint(condition=Q(pk=1), name="iys_contact_is_one_row")]

    def __str__(self) -> str:
        return self.legal_name

    @property
    def emails(self) -> tuple[str, str, str]:
        return (self.pre_application_email, self.sales_email, self.assignment_email)

    @classmethod
    def current(cls) -> "IysContact":
        """The row; İYS's published addresses, not saved, before there is one."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)
