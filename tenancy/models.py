"""Users, companies and who belongs to which: the wall between tenants."""

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Q
from django.db.models.functions import Now

from tenancy.identities import IdentityNumberField, SealedNumberField, WordsField, stored_as
from tenancy.notice_choices import CompanyNotices, StaffNotices
from tenancy.roles import Role, role_choices


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
    email = models.EmailField("e-posta", unique=True)
    full_name = models.CharField("ad soyad", max_length=150)
    partner = models.ForeignKey(
        "partners.Partner",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="staff",
        verbose_name="İş ortağı",
        help_text="Destek ekibi yalnızca kendi iş ortağının firmalarını görür",
    )
    staff_notices = models.CharField(
        "destek ekibi bildirimleri", max_length=10, choices=StaffNotices.listed, default=StaffNotices.DIGEST
    )
    # From when the days count within which staff set up a second factor: made, or made staff.
    second_factor_from = models.DateTimeField("İkinci adım süresinin başlangıcı", db_default=Now(), editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["full_name"]
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "kişi"
        verbose_name_plural = "kişiler"

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.split(" ")[0]


class CompanyQuerySet(models.QuerySet["Company"]):
    def numbered(self, tax_number: str) -> "CompanyQuerySet":
        """Those with this tax number in canonical form; a sole trader's is found by its blind index."""
        return self.filter(tax_number__in=stored_as(tax_number))

    def in_use(self) -> "CompanyQuerySet":
        """Without the shells of those that were merged into another one."""
        return self.filter(merged_into=None)


class Company(models.Model):
    """The tenant: the company that sends commercial messages. Who it is lives here and nowhere else.

    `tax_number` and `mersis_number` may be shown to anybody: a sole trader's are masked. Who has to have them in
    full asks for `full_tax_number` and `full_mersis_number`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey("partners.Partner", models.PROTECT, verbose_name="İş ortağı")
    trade_name = models.CharField("ticaret unvanı", max_length=250)
    tax_identity = IdentityNumberField(
        "vergi kimlik numarası olarak TCKN", of_company="pk", blank=True, default="", db_default="", editable=False
    )
    mersis_identity = IdentityNumberField(
        "TCKN'li MERSİS numarası", of_company="pk", blank=True, default="", db_default="", editable=False
    )
    tax_number = SealedNumberField("vergi kimlik numarası", max_length=11, sealed_in="tax_identity")
    tax_office = models.CharField("vergi dairesi", max_length=100, blank=True)
    mersis_number = SealedNumberField("MERSİS numarası", max_length=16, blank=True, sealed_in="mersis_identity")
    website = models.URLField("web sitesi", blank=True)
    contact_phone = models.CharField("İletişim numarası", max_length=20, blank=True)
    corporate_email = models.EmailField("kurumsal e-posta", blank=True)
    kep_address = models.EmailField("KEP adresi", blank=True)
    province = models.CharField("İl", max_length=40, blank=True)
    district = models.CharField("İlçe", max_length=60, blank=True)
    address = models.CharField("İletişim adresi", max_length=500, blank=True)
    created_at = models.DateTimeField("kayıt tarihi", auto_now_add=True)
    members = models.ManyToManyField(User, through="Membership", related_name="companies")
    # A shell: what it had is the other's now, and never that of a further one (onboarding/merging).
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="absorbed",
        verbose_name="birleştirildiği firma",
    )

    objects = CompanyQuerySet.as_manager()

    class Meta:
        verbose_name = "firma"
        verbose_name_plural = "firmalar"
        permissions: ClassVar = [("reveal_identity", "Kimlik numarasını gerekçesiyle görür")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tax_number"], name="a_tax_number_is_one_company"),
        ]

    def __str__(self) -> str:
        return self.trade_name

    @property
    def full_tax_number(self) -> str:
        return self.tax_identity or self.tax_number

    @property
    def full_mersis_number(self) -> str:
        return self.mersis_identity or self.mersis_number

    @property
    def today(self) -> "Company":
        """The one into which it was merged, else itself."""
        return self.merged_into or self


class Membership(models.Model):
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name="kişi")
    company = models.ForeignKey(Company, models.CASCADE, related_name="memberships", verbose_name="firma")
    role = models.CharField("rol", max_length=10, choices=role_choices)
    notices = models.CharField("bildirimler", max_length=10, choices=CompanyNotices.listed, blank=True)
    created_at = models.DateTimeField("katıldı", auto_now_add=True)

    class Meta:
        verbose_name = "üyelik"
        verbose_name_plural = "üyelikler"
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


class PastMembership(models.Model):
    """Who belonged to a company once: such a person never decides on it as support."""

    user = models.ForeignKey(User, models.CASCADE, related_name="past_memberships")
    company = models.ForeignKey(Company, models.CASCADE, related_name="past_memberships")
    role = models.CharField("rol", max_length=10, choices=role_choices)
    ended_at = models.DateTimeField("ayrıldı", auto_now_add=True)

    class Meta:
        verbose_name = "eski üyelik"
        verbose_name_plural = "eski üyelikler"

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


class InvitationState(models.TextChoices):
    OPEN = "open", "Yanıt bekleniyor"
    EXPIRED = "expired", "Süresi doldu"
    REVOKED = "revoked", "Geri alındı"
    VOID = "void", "Geçersiz: davet eden artık sahip değil"
    ACCEPTED = "accepted", "Kabul edildi"


def inviter_owns() -> Q:
    """Whether who sent an invitation is an owner of its company today; support, which brought the company in,
    while nobody has come into it yet."""
    people = Membership.objects.filter(company=OuterRef("company"))
    owner = people.filter(role=Role.OWNER, user__is_active=True, user=OuterRef("invited_by"))
    of_support = Q(by_support=True, invited_by__is_active=True, invited_by__is_staff=True)
    return Q(Exists(owner)) | of_support & ~Q(Exists(people))


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def unanswered(self) -> Self:
        """Neither accepted nor taken back."""
        return self.filter(accepted_at=None, revoked_at=None)

    def open(self, now: datetime) -> Self:
        """Those that let somebody in: an owner of today stands behind each."""
        return self.unanswered().filter(inviter_owns(), expires_at__gt=now)

    def with_inviter(self) -> Self:
        """For `Invitation.state`."""
        return self.select_related("company__partner", "invited_by", "accepted_by").annotate(
            inviter_owns=ExpressionWrapper(inviter_owns(), models.BooleanField())
        )


class Invitation(models.Model):
    """A person asked to join; the link carries the id, and only who signs in with this address may use it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    company = models.ForeignKey(Company, models.CASCADE, related_name="invitations", verbose_name="firma")
    email = models.EmailField("e-posta")
    role = models.CharField("rol", max_length=10, choices=role_choices)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_support = models.BooleanField("destek ekibi davet etti", default=False, db_default=False)
    created_at = models.DateTimeField("davet edildi", auto_now_add=True)
    expires_at = models.DateTimeField("son geçerlilik")
    revoked_at = models.DateTimeField("geri alındı", null=True, blank=True)
    accepted_at = models.DateTimeField("kabul", null=True, blank=True)
    accepted_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    objects: ClassVar = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "davet"
        verbose_name_plural = "davetler"
        indexes: ClassVar = [
            models.Index(fields=["created_at", "id"], name="invitations_by_time"),
            models.Index(fields=["email"], name="invitations_to_an_address"),
            models.Index(
                fields=["created_at", "id"],
                condition=Q(by_support=True, accepted_at=None, revoked_at=None),
                name="invitations_support_waits_for",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["company", "email"],
                condition=Q(accepted_at=None, revoked_at=None),
                name="an_address_has_one_waiting_invitation_to_a_company",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    def state(self, now: datetime) -> InvitationState:
        """How it stands; of rows that come from `with_inviter`."""
        if self.accepted_at is not None:
            return InvitationState.ACCEPTED
        if self.revoked_at is not None:
            return InvitationState.REVOKED
        if not getattr(self, "inviter_owns", False):
            return InvitationState.VOID
        return InvitationState.OPEN if self.expires_at > now else InvitationState.EXPIRED


class JoinRequest(models.Model):
    """Somebody signed up with a tax number that is here already; staff decide, nobody is named."""

    user = models.ForeignKey(User, models.CASCADE, related_name="join_requests", verbose_name="kişi")
    company = models.ForeignKey(Company, models.CASCADE, related_name="join_requests", verbose_name="firma")
    # At whose portal it was asked: the answer comes from there and names no other partner.
    partner = models.ForeignKey(
        "partners.Partner", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="İş ortağı"
    )
    trade_name = models.CharField("yazılan unvan", max_length=250)
    created_at = models.DateTimeField("İstek tarihi", auto_now_add=True)
    told_at = models.DateTimeField("sahiplere bildirildi", null=True, blank=True)
    settled_at = models.DateTimeField("karar", null=True, blank=True)

    class Meta:
        verbose_name = "katılma isteği"
        verbose_name_plural = "katılma istekleri"
        indexes: ClassVar = [
            models.Index(fields=["created_at"], condition=Q(settled_at=None), name="join_requests_that_wait"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "company"], name="a_person_asks_once_to_join_a_company"),
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.company}"


class CompanyLook(models.Model):
    """A member of staff looks at a company's pages as its people see them: read-only, for a while
    (`tenancy.looking`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    company = models.ForeignKey(Company, models.CASCADE, related_name="looks", verbose_name="firma")
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="bakan")
    role = models.CharField("kimin gözünden", max_length=10, choices=role_choices)
    reason = WordsField("neden", max_length=400)
    application_id = models.UUIDField("başvuru", null=True, blank=True)
    began_at = models.DateTimeField("başladı")
    ends_at = models.DateTimeField("en geç")
    ended_at = models.DateTimeField("bitti", null=True, blank=True)

    class Meta:
        verbose_name = "firmanın gözünden bakış"
        verbose_name_plural = "firmanın gözünden bakışlar"
        indexes: ClassVar = [
            models.Index(fields=["ends_at"], condition=Q(ended_at=None), name="looks_that_go_on"),
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.company}"
