import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import correspondence.models.letters
import correspondence.models.mails
import correspondence.models.sending
import correspondence.models.tracking_address
import correspondence.reading.kinds
import tenancy.encryption


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0001_initial"),
        ("partners", "0001_initial"),
        ("tenancy", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SendingDay",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("letters", models.PositiveIntegerField(default=0)),
                ("to_iys", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="MailboxCursor",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("mailbox", models.CharField(max_length=200)),
                ("folder", models.CharField(max_length=100)),
                ("uid_validity", models.BigIntegerField()),
                ("last_uid", models.BigIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("mailbox", "folder"), name="a_folder_has_one_cursor")
                ],
            },
        ),
        migrations.CreateModel(
            name="PartnerMailbox",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("url", tenancy.encryption.EncryptedTextField(verbose_name="posta kutusu")),
                (
                    "partner",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mailbox",
                        to="partners.partner",
                        verbose_name="İş ortağı",
                    ),
                ),
            ],
            options={
                "verbose_name": "İş ortağının posta kutusu",
                "verbose_name_plural": "İş ortaklarının posta kutuları",
                "ordering": ["partner"],
            },
        ),
        migrations.CreateModel(
            name="ReadingRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="ad")),
                (
                    "kind",
                    models.CharField(
                        choices=correspondence.reading.kinds.staff_rule_choices,
                        max_length=30,
                        verbose_name="ne diyor",
                    ),
                ),
                (
                    "any_of",
                    models.TextField(
                        help_text="Her satıra bir söz. Büyük/küçük harf, aksan ve kesme işareti fark etmez. Sözcüğün sonundaki yıldız ekleri (“onaylan*”), tek başına yıldız en çok beş sözcüğü (“ileti * paketi”) karşılar.",
                        verbose_name="şu sözlerden biri geçerse",
                    ),
                ),
                (
                    "none_of",
                    models.TextField(
                        blank=True,
                        help_text="Her satıra bir söz; boş kalabilir.",
                        verbose_name="şu sözlerden hiçbiri geçmezse",
                    ),
                ),
                (
                    "example",
                    models.TextField(
                        help_text="Kuralın yakalaması gereken bir e-postanın metni; kural bununla sınanır.",
                        verbose_name="örnek e-posta metni",
                    ),
                ),
                ("active", models.BooleanField(default=True, verbose_name="kullanımda")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="eklendi")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="değişti")),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ekleyen",
                    ),
                ),
            ],
            options={
                "verbose_name": "okuma kuralı",
                "verbose_name_plural": "okuma kuralları",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="SendingAccount",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="kurumsal adres")),
                ("host", models.CharField(max_length=253, verbose_name="giden posta sunucusu (SMTP)")),
                ("port", models.PositiveIntegerField(default=587, verbose_name="port")),
                (
                    "security",
                    models.CharField(
                        choices=correspondence.models.sending.Security.listed,
                        default="starttls",
                        max_length=10,
                        verbose_name="güvenlik",
                    ),
                ),
                ("user_name", models.CharField(max_length=320, verbose_name="kullanıcı adı")),
                ("password", tenancy.encryption.EncryptedTextField(blank=True, verbose_name="parola")),
                (
                    "state",
                    models.CharField(
                        choices=correspondence.models.sending.AccountState.listed, default="off", max_length=10
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=500)),
                ("asked_at", models.DateTimeField(null=True)),
                ("tested_at", models.DateTimeField(null=True)),
                (
                    "company",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sending_account",
                        to="tenancy.company",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SendingHold",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("target", models.CharField(blank=True, max_length=320, verbose_name="adres ya da @alan adı")),
                ("reason", models.CharField(max_length=300, verbose_name="neden")),
                ("held_at", models.DateTimeField(auto_now_add=True, verbose_name="durduruldu")),
                ("lifted_at", models.DateTimeField(null=True, verbose_name="kaldırıldı")),
                (
                    "held_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="durduran",
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="kaldıran",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.partner",
                        verbose_name="İş ortağı",
                    ),
                ),
            ],
            options={
                "verbose_name": "gönderim durdurma",
                "verbose_name_plural": "gönderim durdurmaları",
                "ordering": ["-held_at"],
                "permissions": [("hold_sending", "Gönderimi durdurabilir ve yeniden başlatabilir")],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("application_id", models.UUIDField(blank=True, null=True)),
                ("step_key", models.CharField(blank=True, max_length=40)),
                (
                    "audience",
                    models.CharField(
                        choices=correspondence.models.letters.Audience.listed, max_length=10, verbose_name="kime"
                    ),
                ),
                ("idempotency_key", models.CharField(max_length=200, unique=True)),
                ("message_group", models.CharField(max_length=200)),
                ("part", models.PositiveSmallIntegerField(default=1, verbose_name="parça")),
                (
                    "status",
                    models.CharField(
                        choices=correspondence.models.letters.LetterStatus.listed,
                        default="queued",
                        max_length=10,
                        verbose_name="durum",
                    ),
                ),
                ("from_name", models.CharField(max_length=250, verbose_name="gönderen")),
                ("from_email", models.EmailField(max_length=254, verbose_name="gönderen adres")),
                ("reply_to", models.EmailField(blank=True, max_length=254)),
                ("to", models.JSONField(default=list, verbose_name="alıcı")),
                ("cc", models.JSONField(default=list, verbose_name="bilgi")),
                ("subject", models.CharField(max_length=250, verbose_name="konu")),
                ("stored_name", models.CharField(max_length=200)),
                ("message_id", models.CharField(max_length=250, unique=True)),
                ("in_reply_to", models.CharField(blank=True, max_length=998)),
                ("references", models.TextField(blank=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="deneme")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="hazırlandı")),
                ("due_at", models.DateTimeField(verbose_name="gönderim zamanı")),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="gönderildi")),
                ("delivered_at", models.DateTimeField(blank=True, null=True, verbose_name="kopyası geldi")),
                ("smtp_answer", models.CharField(blank=True, max_length=500, verbose_name="sunucu yanıtı")),
                ("outcome_handled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "doubted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="İki kez gitmiş olabilir"),
                ),
                ("doubt_seen_at", models.DateTimeField(blank=True, null=True)),
                ("bounced_at", models.DateTimeField(blank=True, null=True, verbose_name="geri döndü")),
                ("bounce_why", models.CharField(blank=True, max_length=500, verbose_name="neden geri döndü")),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="tenancy.company",
                        verbose_name="firma",
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="correspondence.sendingaccount",
                    ),
                ),
                (
                    "sending_hold",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="correspondence.sendinghold",
                    ),
                ),
            ],
            options={
                "verbose_name": "mektup",
                "verbose_name_plural": "mektuplar",
                "ordering": ["-created_at"],
                "permissions": [("control_letter", "Mektubu bekletebilir, yeniden deneyebilir, iptal edebilir")],
            },
        ),
        migrations.CreateModel(
            name="TrackingAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "token",
                    models.CharField(
                        default=correspondence.models.tracking_address.make_token, max_length=20, unique=True
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tracking_addresses",
                        to="tenancy.company",
                    ),
                ),
            ],
            options={
                "verbose_name": "takip adresi",
                "verbose_name_plural": "takip adresleri",
            },
        ),
        migrations.CreateModel(
            name="LetterAttachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("filename", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="correspondence.letter",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("letter", "document"), name="a_document_is_attached_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Mail",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("mailbox", models.CharField(max_length=200)),
                ("folder", models.CharField(max_length=100)),
                ("uid_validity", models.BigIntegerField()),
                ("uid", models.CharField(max_length=200)),
                ("stored_name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField(verbose_name="boyut (bayt)")),
                ("received_at", models.DateTimeField(auto_now_add=True, verbose_name="alındı")),
                (
                    "status",
                    models.CharField(
                        choices=correspondence.models.mails.MailStatus.listed,
                        default="new",
                        max_length=10,
                        verbose_name="durum",
                    ),
                ),
                ("status_why", models.CharField(blank=True, max_length=500, verbose_name="durumun nedeni")),
                ("application_id", models.UUIDField(blank=True, null=True)),
                ("step_key", models.CharField(blank=True, max_length=40)),
                ("message_id", models.CharField(blank=True, max_length=998)),
                ("from_name", models.CharField(blank=True, max_length=250, verbose_name="gönderen")),
                ("from_email", models.CharField(blank=True, max_length=320, verbose_name="gönderen adres")),
                ("subject", models.CharField(blank=True, max_length=500, verbose_name="konu")),
                ("date_header", models.DateTimeField(blank=True, null=True, verbose_name="tarih")),
                ("sender_authentication", models.CharField(blank=True, max_length=12, verbose_name="güven")),
                (
                    "sender_authentication_why",
                    models.CharField(blank=True, max_length=500, verbose_name="güvenin nedeni"),
                ),
                ("match_why", models.CharField(blank=True, max_length=500, verbose_name="eşleşmenin nedeni")),
                ("kind", models.CharField(blank=True, max_length=30, verbose_name="anlamı")),
                ("rule", models.CharField(blank=True, max_length=80, verbose_name="kural")),
                ("words", models.CharField(blank=True, max_length=500, verbose_name="kuralı tetikleyen sözler")),
                ("extracted", models.JSONField(default=dict, verbose_name="okunanlar")),
                ("forwarded", models.BooleanField(default=False, verbose_name="İletilen bir e-postadan okundu")),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mails",
                        to="tenancy.company",
                        verbose_name="firma",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.partner",
                        verbose_name="kimin kutusuna geldi",
                    ),
                ),
            ],
            options={
                "verbose_name": "gelen e-posta",
                "verbose_name_plural": "gelen e-postalar",
                "ordering": ["-received_at"],
                "indexes": [
                    models.Index(fields=["status", "received_at"], name="mails_by_what_is_to_do"),
                    models.Index(fields=["message_id"], name="mails_by_message_id"),
                    models.Index(fields=["application_id", "step_key"], name="mails_of_a_step"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("mailbox", "folder", "uid_validity", "uid"), name="a_mail_is_stored_once"
                    ),
                    models.UniqueConstraint(fields=("mailbox", "sha256"), name="a_mailbox_has_the_same_mail_once"),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="sendinghold",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at", None)),
                fields=("partner", "target"),
                name="a_partner_holds_a_target_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="sendinghold",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at", None), ("partner", None)),
                fields=("target",),
                name="the_installation_holds_a_target_once",
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("doubt_seen_at", None), ("doubted_at__isnull", False)),
                fields=["doubted_at"],
                name="letters_in_doubt",
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("status", "queued")), fields=["due_at"], name="letters_that_are_due"
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("audience", "iys"), ("outcome_handled_at", None)),
                fields=["created_at"],
                name="letters_steps_wait_for",
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["application_id", "step_key"], name="letters_of_a_step"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                fields=("message_group", "part"), name="a_letter_has_each_part_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("audience__in", ("account", "staff")), ("company", None)),
                    ("company__isnull", False),
                    _connector="OR",
                ),
                name="a_letter_belongs_to_a_company_an_account_or_staff",
            ),
        ),
        migrations.AddConstraint(
            model_name="trackingaddress",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retired_at", None)),
                fields=("company",),
                name="a_company_has_one_tracking_address",
            ),
        ),
    ]
