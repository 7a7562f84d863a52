import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import tenancy.models
import tenancy.roles


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("partners", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined"),
                ),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-posta")),
                ("full_name", models.CharField(max_length=150, verbose_name="ad soyad")),
                (
                    "staff_notices",
                    models.CharField(
                        choices=tenancy.models.StaffNotices.listed,
                        default="digest",
                        max_length=10,
                        verbose_name="destek ekibi bildirimleri",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        help_text="Destek ekibi yalnızca kendi iş ortağının firmalarını görür",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="staff",
                        to="partners.partner",
                        verbose_name="İş ortağı",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "kişi",
                "verbose_name_plural": "kişiler",
            },
        ),
        migrations.CreateModel(
            name="Company",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("trade_name", models.CharField(max_length=250, verbose_name="ticaret unvanı")),
                ("tax_number", models.CharField(max_length=11, verbose_name="vergi kimlik numarası")),
                ("tax_office", models.CharField(blank=True, max_length=100, verbose_name="vergi dairesi")),
                ("mersis_number", models.CharField(blank=True, max_length=16, verbose_name="MERSİS numarası")),
                ("website", models.URLField(blank=True, verbose_name="web sitesi")),
                ("contact_phone", models.CharField(blank=True, max_length=20, verbose_name="İletişim numarası")),
                (
                    "corporate_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="kurumsal e-posta"),
                ),
                ("kep_address", models.EmailField(blank=True, max_length=254, verbose_name="KEP adresi")),
                ("province", models.CharField(blank=True, max_length=40, verbose_name="İl")),
                ("district", models.CharField(blank=True, max_length=60, verbose_name="İlçe")),
                ("address", models.CharField(blank=True, max_length=500, verbose_name="İletişim adresi")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="kayıt tarihi")),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="partners.partner",
                        verbose_name="İş ortağı",
                    ),
                ),
            ],
            options={
                "verbose_name": "firma",
                "verbose_name_plural": "firmalar",
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("role", models.CharField(choices=tenancy.roles.role_choices, max_length=10, verbose_name="rol")),
                (
                    "notices",
                    models.CharField(
                        blank=True,
                        choices=tenancy.models.CompanyNotices.listed,
                        max_length=10,
                        verbose_name="bildirimler",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="tenancy.company",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "üyelik",
                "verbose_name_plural": "üyelikler",
            },
        ),
        migrations.AddField(
            model_name="company",
            name="members",
            field=models.ManyToManyField(
                related_name="companies", through="tenancy.Membership", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("email", models.EmailField(max_length=254, verbose_name="e-posta")),
                ("role", models.CharField(choices=tenancy.roles.role_choices, max_length=10, verbose_name="rol")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField(verbose_name="son geçerlilik")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="kabul")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="tenancy.company",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "davet",
                "verbose_name_plural": "davetler",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("accepted_at", None)),
                        fields=("company", "email"),
                        name="an_address_has_one_open_invitation_to_a_company",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="JoinRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("trade_name", models.CharField(max_length=250, verbose_name="yazılan unvan")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="İstek tarihi")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="karar")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="join_requests",
                        to="tenancy.company",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="join_requests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "katılma isteği",
                "verbose_name_plural": "katılma istekleri",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "company"), name="a_person_asks_once_to_join_a_company"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(fields=("user", "company"), name="a_person_is_once_in_a_company"),
        ),
        migrations.AddConstraint(
            model_name="company",
            constraint=models.UniqueConstraint(fields=("tax_number",), name="a_tax_number_is_one_company"),
        ),
    ]
