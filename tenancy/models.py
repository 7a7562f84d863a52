"""Users, companies and who belongs to which: the wall between tenants."""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenancy.choices import OpenChoices
from tenancy.roles import Role, role_choices


class CompanyNotices(OpenChoices):
    """How much of what happens to the application a person of the company is told by mail."""

    ALL = "all", _("Her gelişmede")
    TURN = "turn", _("Yalnızca sıra bizdeyken")
    NONE = "none", _("Hiçbir zaman")


class StaffNotices(OpenChoices):
    NOW = "now", _("Hemen, ayrıca her iş günü sabahı özet")
    DIGEST = "digest", _("Her iş günü sabahı özet")
    NONE = "none", _("Hiçbir zaman")


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractUser):
    """A person, known by the e-mail address; staff are people of the partner."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("e-posta"), unique=True)
    full_name = models.CharField(_("ad soyad"), max_length=150)
    partner = models.ForeignKey(
        "partners.Partner",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="staff",
        verbose_name=_("İş ortağı"),
        help_text=_("Destek ekibi yalnızca kendi iş ortağının firmalarını görür"),
    )
    staff_notices = models.CharField(
        _("destek ekibi bildirimleri"), max_length=10, choices=StaffNotices.listed, default=StaffNotices.DIGEST
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["full_name"]
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("kişi")
        verbose_name_plural = _("kişiler")

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.split(" ")[0]


class Company(models.Model):
    """The tenant: the company that sends commercial messages. Who it is lives here and nowhere else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey("partners.Partner", models.PROTECT, verbose_name=_("İş ortağı"))
    trade_name = models.CharField(_("ticaret unvanı"), max_length=250)
    tax_number = models.CharField(_("vergi kimlik numarası"), max_length=11)
    tax_office = models.CharField(_("vergi dairesi"), max_length=100, blank=True)
    mersis_number = models.CharField(_("MERSİS numarası"), max_length=16, blank=True)
    website = models.URLField(_("web sitesi"), blank=True)
    contact_phone = models.CharField(_("İletişim numarası"), max_length=20, blank=True)
    corporate_email = models.EmailField(_("kurumsal e-posta"), blank=True)
    kep_address = models.EmailField(_("KEP adresi"), blank=True)
    province = models.CharField(_("İl"), max_length=40, blank=True)
    district = models.CharField(_("İlçe"), max_length=60, blank=True)
    address = models.CharField(_("İletişim adresi"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("kayıt tarihi"), auto_now_add=True)
    members = models.ManyToManyField(User, through="Membership", related_name="companies")

    class Meta:
        verbose_name = _("firma")
        verbose_name_plural = _("firmalar")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tax_number"], name="a_tax_number_is_one_company"),
        ]

    def __str__(self) -> str:
        return self.trade_name


class Membership(models.Model):
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    company = models.ForeignKey(Company, models.CASCADE, related_name="memberships")
    role = models.CharField(_("rol"), max_length=10, choices=role_choices)
    notices = models.CharField(_("bildirimler"), max_length=10, choices=CompanyNotices.listed, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("üyelik")
        verbose_name_plural = _("üyelikler")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "company"], name="a_person_is_once_in_a_company"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"

    @property
    def wants(self) -> CompanyNotices:
        """What the person chose; before that, everything for who acts and nothing for who looks on."""
        if self.notices:
            return CompanyNotices(self.notices)
        return CompanyNotices.NONE if self.role == Role.VIEWER else CompanyNotices.ALL


class Invitation(models.Model):
    """A person asked to join; the link carries the id, and only who signs in with this address may use it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    company = models.ForeignKey(Company, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-posta"))
    role = models.CharField(_("rol"), max_length=10, choices=role_choices)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("son geçerlilik"))
    accepted_at = models.DateTimeField(_("kabul"), null=True, blank=True)

    class Meta:
        verbose_name = _("davet")
        verbose_name_plural = _("davetler")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["company", "email"],
                condition=Q(accepted_at=None),
                name="an_address_has_one_open_invitation_to_a_company",
            ),
        ]

    def __str__(self) -> str:
        return self.email


class JoinRequest(models.Model):
    """Somebody signed up with a tax number that is here already; staff decide, nobody is named."""

    user = models.ForeignKey(User, models.CASCADE, related_name="join_requests")
    company = models.ForeignKey(Company, models.CASCADE, related_name="join_requests")
    trade_name = models.CharField(_("yazılan unvan"), max_length=250)
    created_at = models.DateTimeField(_("İstek tarihi"), auto_now_add=True)
    settled_at = models.DateTimeField(_("karar"), null=True, blank=True)

    class Meta:
        verbose_name = _("katılma isteği")
        verbose_name_plural = _("katılma istekleri")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "company"], name="a_person_asks_once_to_join_a_company"),
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.company}"
