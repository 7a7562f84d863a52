import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tenancy.encryption


class Migration(migrations.Migration):
    dependencies = [
        ("correspondence", "0003_whose_mailbox"),
        ("partners", "0001_partners"),
        ("tenancy", "0001_users_and_companies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                        choices=[
                            ("starttls", "STARTTLS (çoğunlukla 587)"),
                            ("tls", "SSL/TLS (çoğunlukla 465)"),
                            ("none", "Şifresiz (yalnızca deneme kipinde)"),
                        ],
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
                        choices=[
                            ("off", "Kurulmadı"),
                            ("testing", "Deneniyor"),
                            ("ready", "Kullanıma hazır"),
                            ("refused", "Çalışmadı"),
                        ],
                        default="off",
                        max_length=10,
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=500)),
                ("asked_at", models.DateTimeField(null=True)),
                ("tested_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="SendingDay",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("letters", models.PositiveIntegerField(default=0)),
                ("to_iys", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="SendingStop",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("target", models.CharField(blank=True, max_length=320, verbose_name="adres ya da @alan adı")),
                ("reason", models.CharField(max_length=300, verbose_name="neden")),
                ("ordered_at", models.DateTimeField(auto_now_add=True, verbose_name="durduruldu")),
                ("lifted_at", models.DateTimeField(null=True, verbose_name="kaldırıldı")),
            ],
            options={
                "verbose_name": "gönderim durdurma",
                "verbose_name_plural": "gönderim durdurmaları",
                "ordering": ["-ordered_at"],
                "permissions": [("stop_sending", "Gönderimi durdurabilir ve yeniden başlatabilir")],
            },
        ),
        migrations.AlterModelOptions(
            name="letter",
            options={
                "ordering": ["-created_at"],
                "permissions": [("steer_letter", "Mektubu bekletebilir, yeniden deneyebilir, iptal edebilir")],
                "verbose_name": "mektup",
                "verbose_name_plural": "mektuplar",
            },
        ),
        migrations.RemoveConstraint(
            model_name="letter",
            name="a_letter_belongs_to_a_company_or_an_account",
        ),
        migrations.AddField(
            model_name="letter",
            name="doubt_seen_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="letter",
            name="doubted_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="iki kez gitmiş olabilir"),
        ),
        migrations.AlterField(
            model_name="letter",
            name="status",
            field=models.CharField(
                choices=[
                    ("queued", "Sırada"),
                    ("sending", "Gönderiliyor"),
                    ("sent", "Gönderildi"),
                    ("failed", "Gönderilemedi"),
                    ("held", "Beklemede"),
                    ("cancelled", "İptal edildi"),
                ],
                default="queued",
                max_length=10,
                verbose_name="durum",
            ),
        ),
        migrations.AddField(
            model_name="sendingaccount",
            name="company",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="sending_account", to="tenancy.company"
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="account",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letters",
                to="correspondence.sendingaccount",
            ),
        ),
        migrations.AddField(
            model_name="sendingstop",
            name="lifted_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="kaldıran",
            ),
        ),
        migrations.AddField(
            model_name="sendingstop",
            name="ordered_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="durduran",
            ),
        ),
        migrations.AddField(
            model_name="sendingstop",
            name="partner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.partner",
                verbose_name="iş ortağı",
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="stop",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letters",
                to="correspondence.sendingstop",
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
            model_name="sendingstop",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at", None)),
                fields=("partner", "target"),
                name="a_partner_stops_a_target_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="sendingstop",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at", None), ("partner", None)),
                fields=("target",),
                name="the_installation_stops_a_target_once",
            ),
        ),
    ]
