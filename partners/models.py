"""Partners (iş ortağı), who run the portal, and İYS's own contact data; both are data that staff edit."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Partner(models.Model):
    name = models.CharField(_("ad"), max_length=80, help_text=_("Ekranlarda ve mektuplarda görünen ad"))
    legal_name = models.CharField(_("ticaret unvanı"), max_length=250)
    host_name = models.CharField(
        _("alan adı"),
        max_length=253,
        blank=True,
        help_text=_("Bu alan adıyla gelen ziyaretçiler bu iş ortağını görür"),
    )
    copy_address = models.EmailField(
        _("bilgi (cc) adresi"),
        blank=True,
        help_text=_("İYS'ye giden her mektubun bilgi adresi; gerçek gönderim için zorunludur"),
    )
    console_url = models.URLField(_("panel adresi"), blank=True)
    support_email = models.EmailField(_("destek e-postası"), blank=True)
    support_phone = models.CharField(_("destek telefonu"), max_length=30, blank=True)
    integrator_code = models.CharField(_("entegratör kodu"), max_length=15, blank=True)
    is_default = models.BooleanField(_("varsayılan"), default=False)

    class Meta:
        verbose_name = _("iş ortağı")
        verbose_name_plural = _("iş ortakları")
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


class IysContact(models.Model):
    """Where İYS is reached: one row, created with İYS's published addresses, edited by staff."""

    pre_application_email = models.EmailField(_("ön başvuru adresi"), default="onkayit@iys.org.tr")
    sales_email = models.EmailField(_("satış adresi"), default="satis@iys.org.tr")
    assignment_email = models.EmailField(_("iş ortağı atama adresi"), default="isortagim@iys.org.tr")
    legal_name = models.CharField(_("unvan"), max_length=250, default="İLETİ YÖNETİM SİSTEMİ A.Ş.")
    cargo_address = models.CharField(
        _("kargo adresi"),
        max_length=250,
        default="Esentepe Mah. Harman 1 Sokak No: 10-5 TOBB Plaza Şişli / İstanbul",
    )
    phone = models.CharField(_("telefon"), max_length=30, default="0850 333 3338")

    class Meta:
        verbose_name = _("İYS iletişim bilgisi")
        verbose_name_plural = _("İYS iletişim bilgileri")
        constraints: ClassVar = [models.CheckConstraint(condition=Q(pk=1), name="iys_contact_is_one_row")]

    def __str__(self) -> str:
        return self.legal_name

    @property
    def emails(self) -> tuple[str, str, str]:
        return (self.pre_application_email, self.sales_email, self.assignment_email)

    @classmethod
    def current(cls) -> "IysContact":
        return cls.objects.get_or_create(pk=1)[0]
