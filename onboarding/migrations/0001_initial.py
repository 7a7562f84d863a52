import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import identifiers.reference
import journal.parties
import onboarding.models.application
import onboarding.models.assignment
import onboarding.models.attention
import onboarding.models.codes
import onboarding.models.declaration
import onboarding.models.evidence_pack
import onboarding.models.online
import onboarding.models.pre_application
import onboarding.models.reminder
import onboarding.steps
import tenancy.encryption


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("correspondence", "0001_initial"),
        ("documents", "0001_initial"),
        ("tenancy", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FreeMailDomain",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("domain", models.CharField(max_length=100, unique=True, verbose_name="alan adı")),
            ],
            options={
                "verbose_name": "ücretsiz e-posta alan adı",
                "verbose_name_plural": "ücretsiz e-posta alan adları",
                "ordering": ["domain"],
            },
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "reference",
                    models.CharField(
                        default=identifiers.reference.make,
                        max_length=8,
                        unique=True,
                        verbose_name="portal başvuru no",
                    ),
                ),
                (
                    "route",
                    models.CharField(
                        choices=onboarding.models.application.RouteChoices.listed,
                        default="full",
                        max_length=12,
                        verbose_name="yol",
                    ),
                ),
                (
                    "iys_application_number",
                    models.CharField(blank=True, max_length=20, verbose_name="ön başvuru numarası"),
                ),
                ("iys_code", models.CharField(blank=True, max_length=15, verbose_name="İYSKod")),
                ("opened_at", models.DateTimeField(auto_now_add=True, verbose_name="açıldı")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="tamamlandı")),
                ("package_ends_on", models.DateField(blank=True, null=True, verbose_name="paketin son günü")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="kapandı")),
                (
                    "closing",
                    models.CharField(
                        blank=True,
                        choices=onboarding.models.application.Closing.listed,
                        max_length=10,
                        verbose_name="kapanma nedeni",
                    ),
                ),
                ("closing_reason", models.CharField(blank=True, max_length=1000)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="tenancy.company",
                    ),
                ),
            ],
            options={
                "verbose_name": "başvuru",
                "verbose_name_plural": "başvurular",
                "ordering": ["-opened_at"],
                "permissions": [
                    ("review_application", "Başvuruları inceleyebilir"),
                    ("record_answer", "İYS'nin yanıtlarını kaydedebilir"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApplicationForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=onboarding.models.pre_application.ChannelChoices.listed,
                        max_length=10,
                        verbose_name="kanal",
                    ),
                ),
                ("has_mersis", models.BooleanField(null=True, verbose_name="MERSİS numarası var")),
                ("signatory_foreign", models.BooleanField(default=False, verbose_name="yabancı imza yetkilisi")),
                (
                    "signatory_identity",
                    tenancy.encryption.EncryptedTextField(blank=True, verbose_name="TCKN / pasaport no"),
                ),
                (
                    "signatory_name",
                    models.CharField(blank=True, max_length=150, verbose_name="İmzaya yetkili kişi"),
                ),
                (
                    "signatory_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="yetkili kişi e-posta"),
                ),
                (
                    "signatory_mobile",
                    models.CharField(blank=True, max_length=20, verbose_name="yetkili kişi cep telefonu"),
                ),
                ("complete", models.BooleanField(default=False)),
                ("on_behalf", models.BooleanField(default=False, verbose_name="destek ekibi doldurdu")),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("cargo_awaited_since", models.DateTimeField(blank=True, null=True)),
                ("cargo_reminded", models.PositiveSmallIntegerField(default=0)),
                ("cargo_escalated", models.BooleanField(default=False)),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="application_form",
                        to="onboarding.application",
                    ),
                ),
                (
                    "filled_in_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "ön başvuru formu",
                "verbose_name_plural": "ön başvuru formları",
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "way",
                    models.CharField(
                        choices=onboarding.models.assignment.AssignmentWay.listed,
                        default="form",
                        max_length=10,
                        verbose_name="yol",
                    ),
                ),
                (
                    "channels",
                    models.JSONField(
                        default=onboarding.models.assignment.every_channel, verbose_name="yetki verilen kanallar"
                    ),
                ),
                ("ticks", models.JSONField(default=list)),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignment",
                        to="onboarding.application",
                    ),
                ),
                (
                    "signed_form",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
            ],
            options={
                "verbose_name": "İş ortağı ataması",
                "verbose_name_plural": "İş ortağı atamaları",
            },
        ),
        migrations.CreateModel(
            name="Cargo",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("carrier", models.CharField(max_length=60, verbose_name="kargo firması")),
                ("tracking_number", models.CharField(max_length=60, verbose_name="takip numarası")),
                ("sent_on", models.DateField(verbose_name="gönderildiği gün")),
                ("arrived_on", models.DateField(blank=True, null=True, verbose_name="ulaştığı gün")),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cargo",
                        to="onboarding.application",
                    ),
                ),
            ],
            options={
                "verbose_name": "kargo",
                "verbose_name_plural": "kargolar",
            },
        ),
        migrations.CreateModel(
            name="CodeReading",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "source",
                    models.CharField(
                        choices=onboarding.models.codes.CodeSource.listed, max_length=10, verbose_name="kaynak"
                    ),
                ),
                ("trade_name", models.CharField(blank=True, max_length=250, verbose_name="İYS'deki unvan")),
                ("iys_code", models.CharField(max_length=15, verbose_name="İYSKod")),
                ("brands", models.JSONField(default=list, verbose_name="markalar")),
                ("read_at", models.DateTimeField(auto_now_add=True, verbose_name="okundu")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="code_readings",
                        to="onboarding.application",
                    ),
                ),
                (
                    "mail",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="correspondence.mail",
                    ),
                ),
                (
                    "typed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "kod okuması",
                "verbose_name_plural": "kod okumaları",
                "ordering": ["-read_at", "-pk"],
                "get_latest_by": "read_at",
            },
        ),
        migrations.CreateModel(
            name="CodeDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("kind", models.CharField(max_length=10)),
                ("name", models.CharField(max_length=250)),
                ("answer", models.CharField(max_length=10)),
                ("same_as", models.CharField(blank=True, max_length=150)),
                ("decided_at", models.DateTimeField(auto_now=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reading",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="onboarding.codereading",
                    ),
                ),
            ],
            options={
                "verbose_name": "kod farkı kararı",
                "verbose_name_plural": "kod farkı kararları",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ContinueLink",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="gönderildi")),
                ("expires_at", models.DateTimeField(verbose_name="son geçerlilik")),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="açıldı")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="continue_links",
                        to="onboarding.application",
                    ),
                ),
            ],
            options={
                "verbose_name": "devam bağlantısı",
                "verbose_name_plural": "devam bağlantıları",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="ContractAcceptance",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("text", models.TextField(verbose_name="onaylanan metin")),
                ("text_sha256", models.CharField(max_length=64)),
                ("accepted_at", models.DateTimeField(auto_now_add=True, verbose_name="onaylandı")),
                ("ip_address", models.GenericIPAddressField(null=True, verbose_name="IP adresi")),
                (
                    "accepted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="acceptances",
                        to="onboarding.application",
                    ),
                ),
                (
                    "text_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.legaltext"
                    ),
                ),
            ],
            options={
                "verbose_name": "sözleşme onayı",
                "verbose_name_plural": "sözleşme onayları",
                "ordering": ["-accepted_at"],
            },
        ),
        migrations.CreateModel(
            name="CoSignatory",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("name", models.CharField(max_length=150, verbose_name="ad soyad")),
                ("identity", tenancy.encryption.EncryptedTextField(verbose_name="TCKN")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="co_signatories",
                        to="onboarding.application",
                    ),
                ),
            ],
            options={
                "verbose_name": "müşterek imza yetkilisi",
                "verbose_name_plural": "müşterek imza yetkilileri",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Declaration",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=onboarding.models.declaration.DeclarationKind.listed,
                        max_length=12,
                        verbose_name="beyan",
                    ),
                ),
                ("iys_code", models.CharField(blank=True, max_length=15, verbose_name="İYSKod")),
                ("brand_codes", models.JSONField(default=list, verbose_name="BrandKod")),
                (
                    "exemption_basis",
                    models.CharField(blank=True, max_length=500, verbose_name="muafiyetin dayanağı"),
                ),
                (
                    "change_reason",
                    models.CharField(blank=True, max_length=500, verbose_name="kod değişikliğinin nedeni"),
                ),
                ("text", models.TextField(verbose_name="beyan metni")),
                ("declared_at", models.DateTimeField(auto_now_add=True, verbose_name="beyan zamanı")),
                ("ip_address", models.GenericIPAddressField(null=True, verbose_name="IP adresi")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="declarations",
                        to="onboarding.application",
                    ),
                ),
                (
                    "declared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "text_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.legaltext"
                    ),
                ),
            ],
            options={
                "verbose_name": "beyan",
                "verbose_name_plural": "beyanlar",
                "ordering": ["-declared_at"],
                "get_latest_by": "declared_at",
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "iys_application_number",
                    models.CharField(blank=True, max_length=20, verbose_name="ön başvuru numarası"),
                ),
                ("iys_code", models.CharField(blank=True, max_length=15, verbose_name="İYSKod")),
                ("brands", models.JSONField(default=list, verbose_name="markalar")),
                ("note", models.CharField(blank=True, max_length=1000, verbose_name="açıklama")),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence",
                        to="onboarding.application",
                    ),
                ),
            ],
            options={
                "verbose_name": "başvuru bildirimi",
                "verbose_name_plural": "başvuru bildirimleri",
            },
        ),
        migrations.CreateModel(
            name="EvidencePack",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=onboarding.models.evidence_pack.PackState.listed,
                        default="waiting",
                        max_length=10,
                        verbose_name="durum",
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=500, verbose_name="neden")),
                ("fingerprint", models.CharField(blank=True, max_length=64)),
                ("build", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("asked_at", models.DateTimeField(verbose_name="İstendi")),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("made_at", models.DateTimeField(blank=True, null=True, verbose_name="hazırlandı")),
                ("pdf_stored_name", models.CharField(blank=True, max_length=200)),
                ("pdf_size", models.PositiveBigIntegerField(default=0)),
                ("pdf_sha256", models.CharField(blank=True, max_length=64)),
                ("zip_stored_name", models.CharField(blank=True, max_length=200)),
                ("zip_size", models.PositiveBigIntegerField(default=0)),
                ("zip_sha256", models.CharField(blank=True, max_length=64)),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence_pack",
                        to="onboarding.application",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "kanıt dosyası",
                "verbose_name_plural": "kanıt dosyaları",
            },
        ),
        migrations.CreateModel(
            name="HandOff",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("email", models.EmailField(max_length=254, verbose_name="İmzalayacak kişinin e-postası")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="gönderildi")),
                ("expires_at", models.DateTimeField(verbose_name="son geçerlilik")),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="kullanıldı")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="geri alındı")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hand_offs",
                        to="onboarding.application",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "İmza bağlantısı",
                "verbose_name_plural": "İmza bağlantıları",
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("view_url", models.URLField(blank=True, max_length=1000, verbose_name="teklif bağlantısı")),
                ("pay_url", models.URLField(blank=True, max_length=1000, verbose_name="ödeme bağlantısı")),
                ("arrived_at", models.DateTimeField(auto_now_add=True, verbose_name="geldi")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="offers",
                        to="onboarding.application",
                    ),
                ),
                (
                    "mail",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="correspondence.mail",
                    ),
                ),
                (
                    "pdf",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
            ],
            options={
                "verbose_name": "teklif",
                "verbose_name_plural": "teklifler",
                "ordering": ["-arrived_at", "-pk"],
                "get_latest_by": "arrived_at",
            },
        ),
        migrations.CreateModel(
            name="Package",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="“İLETİ” sözünden sonrası: 5, 25, +", max_length=20, verbose_name="ad"
                    ),
                ),
                (
                    "limit",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="En büyük kanalın onaylı adres sayısı; boş: sınırsız",
                        null=True,
                        verbose_name="üst sınır",
                    ),
                ),
                (
                    "price",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Yıllık, KDV hariç; boş bırakılırsa ekranda fiyat görünmez",
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="liste fiyatı (TL)",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="geçerlilik başlangıcı")),
                (
                    "valid_until",
                    models.DateField(
                        blank=True,
                        help_text="Son gün; boş: yenisi girilene kadar",
                        null=True,
                        verbose_name="geçerlilik bitişi",
                    ),
                ),
                (
                    "term_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Ödemenin doğrulanmasından sonra kaç ay geçerli olduğu; boş: bilinmiyor",
                        null=True,
                        verbose_name="kullanım süresi (ay)",
                    ),
                ),
            ],
            options={
                "verbose_name": "İLETİ paketi",
                "verbose_name_plural": "İLETİ paketleri",
                "constraints": [
                    models.UniqueConstraint(fields=("name", "valid_from"), name="a_package_starts_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="a_package_ends_after_it_begins",
                        violation_error_message="Geçerlilik bitişi başlangıçtan önce olamaz.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PackageChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("message_addresses", models.PositiveIntegerField(verbose_name="mesaj")),
                ("call_addresses", models.PositiveIntegerField(verbose_name="arama")),
                ("email_addresses", models.PositiveIntegerField(verbose_name="e-posta")),
                (
                    "offer_email",
                    models.EmailField(max_length=254, verbose_name="teklifin gönderileceği kurumsal e-posta"),
                ),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="package_choice",
                        to="onboarding.application",
                    ),
                ),
                (
                    "package",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="onboarding.package",
                        verbose_name="paket",
                    ),
                ),
            ],
            options={
                "verbose_name": "paket seçimi",
                "verbose_name_plural": "paket seçimleri",
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("reference", models.CharField(blank=True, max_length=100, verbose_name="ödeme referansı")),
                ("paid_on", models.DateField(verbose_name="ödeme günü")),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="payments",
                        to="onboarding.application",
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "ödeme",
                "verbose_name_plural": "ödemeler",
                "ordering": ["-recorded_at"],
            },
        ),
        migrations.CreateModel(
            name="RegistryAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("mersis_number", models.CharField(max_length=16, verbose_name="MERSİS numarası")),
                (
                    "outcome",
                    models.CharField(
                        choices=onboarding.models.online.RegistryOutcome.listed,
                        max_length=12,
                        verbose_name="sonuç",
                    ),
                ),
                ("details", models.JSONField(default=dict)),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="soruldu")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="registry_answers",
                        to="onboarding.application",
                    ),
                ),
            ],
            options={
                "verbose_name": "sicil sorgusu",
                "verbose_name_plural": "sicil sorguları",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("step", models.CharField(max_length=20)),
                ("field", models.CharField(blank=True, max_length=40, verbose_name="alan veya belge")),
                ("text", models.CharField(max_length=1000, verbose_name="açıklama")),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="tur")),
                ("by_iys", models.BooleanField(default=False, verbose_name="İYS'nin sözleri")),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remarks",
                        to="onboarding.application",
                    ),
                ),
            ],
            options={
                "verbose_name": "düzeltme isteği",
                "verbose_name_plural": "düzeltme istekleri",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("slot", models.CharField(max_length=200)),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="zaman")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="onboarding.application",
                    ),
                ),
            ],
            options={
                "verbose_name": "hatırlatma",
                "verbose_name_plural": "hatırlatmalar",
            },
        ),
        migrations.CreateModel(
            name="ReminderMute",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="neden")),
                ("until", models.DateField(verbose_name="şu güne kadar")),
                ("muted_at", models.DateTimeField(auto_now_add=True, verbose_name="zaman")),
                ("lifted_at", models.DateTimeField(blank=True, null=True, verbose_name="kaldırıldı")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminder_mutes",
                        to="tenancy.company",
                    ),
                ),
                (
                    "muted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "hatırlatma molası",
                "verbose_name_plural": "hatırlatma molaları",
                "ordering": ["-muted_at"],
            },
        ),
        migrations.CreateModel(
            name="ReminderRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("name", models.CharField(max_length=80, verbose_name="ad")),
                (
                    "waits_for",
                    models.CharField(
                        choices=onboarding.models.reminder.WaitsFor.listed,
                        max_length=10,
                        verbose_name="kim bekleniyor",
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        blank=True, choices=onboarding.steps.step_choices, max_length=20, verbose_name="adım"
                    ),
                ),
                ("state", models.CharField(blank=True, max_length=20, verbose_name="durum")),
                (
                    "after",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(250),
                        ],
                        verbose_name="İlk hatırlatma (iş günü sonra)",
                    ),
                ),
                (
                    "every",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(250),
                        ],
                        verbose_name="sonra kaç iş gününde bir",
                    ),
                ),
                (
                    "at_most",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MaxValueValidator(50)], verbose_name="en çok kaç kez"
                    ),
                ),
                (
                    "to",
                    models.CharField(
                        choices=onboarding.models.reminder.Recipient.listed, max_length=10, verbose_name="kime"
                    ),
                ),
                (
                    "escalate_after",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(250),
                        ],
                        verbose_name="kaç iş günü sonra üst kademeye",
                    ),
                ),
                (
                    "escalate_to",
                    models.CharField(
                        choices=onboarding.models.reminder.EscalateTo.listed,
                        default="staff",
                        max_length=10,
                        verbose_name="üst kademe",
                    ),
                ),
                ("active", models.BooleanField(default=True, verbose_name="kullanımda")),
            ],
            options={
                "verbose_name": "hatırlatma kuralı",
                "verbose_name_plural": "hatırlatma kuralları",
                "ordering": ["waits_for", "step", "state"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("active", True)),
                        fields=("waits_for", "step", "state"),
                        name="one_active_rule_for_each_wait",
                        violation_error_message="Bu bekleyiş için kullanımda olan bir kural zaten var.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", ""), models.Q(("step", ""), _negated=True), _connector="OR"),
                        name="a_state_of_a_rule_belongs_to_its_step",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to", "staff"),
                            models.Q(("to", "iys"), ("waits_for", "iys")),
                            models.Q(("to", "company"), ("waits_for__in", ("company", "cargo"))),
                            _connector="OR",
                        ),
                        name="who_is_reminded_is_waited_for_or_staff",
                        violation_error_message="Hatırlatma ya beklenen tarafa ya da destek ekibine gider.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignatureCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("lines", models.JSONField()),
                ("undecided", models.BooleanField()),
                ("checked_at", models.DateTimeField(auto_now_add=True, verbose_name="denetlendi")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="elle onaylandı")),
                (
                    "confirmation_note",
                    models.CharField(blank=True, max_length=500, verbose_name="nasıl denetlendi"),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signature_check",
                        to="documents.document",
                    ),
                ),
                (
                    "issued",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
                    ),
                ),
            ],
            options={
                "verbose_name": "e-imza denetimi",
                "verbose_name_plural": "e-imza denetimleri",
            },
        ),
        migrations.CreateModel(
            name="StepRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "step",
                    models.CharField(choices=onboarding.steps.step_choices, max_length=20, verbose_name="adım"),
                ),
                ("state", models.CharField(max_length=20, verbose_name="durum")),
                (
                    "turn",
                    models.CharField(
                        blank=True, choices=journal.parties.party_choices, max_length=10, verbose_name="sıra"
                    ),
                ),
                ("since", models.DateTimeField(verbose_name="beri")),
                ("held", models.BooleanField(default=False, verbose_name="beklemede")),
                ("stale", models.BooleanField(default=False, verbose_name="yeniden onay bekliyor")),
                (
                    "mark_reason",
                    models.CharField(blank=True, max_length=1000, verbose_name="bekletme / yeniden onay nedeni"),
                ),
                ("reason", models.CharField(blank=True, max_length=2000, verbose_name="son hareketin nedeni")),
                ("version", models.PositiveIntegerField(default=0)),
                ("reminded", models.PositiveSmallIntegerField(default=0)),
                ("escalated", models.BooleanField(default=False)),
                ("flagged_at", models.DateTimeField(blank=True, null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="records",
                        to="onboarding.application",
                    ),
                ),
            ],
            options={
                "verbose_name": "adım",
                "verbose_name_plural": "adımlar",
                "ordering": ["application", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Attention",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=onboarding.models.attention.AttentionKind.listed, max_length=20, verbose_name="tür"
                    ),
                ),
                ("idempotency_key", models.CharField(max_length=120)),
                ("text", models.CharField(max_length=500, verbose_name="açıklama")),
                ("raised_at", models.DateTimeField(auto_now_add=True, verbose_name="zaman")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="kapandı")),
                ("note", models.CharField(blank=True, max_length=1000, verbose_name="nasıl kapandı")),
                (
                    "raised_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attentions",
                        to="onboarding.steprecord",
                    ),
                ),
            ],
            options={
                "verbose_name": "dikkat işareti",
                "verbose_name_plural": "dikkat işaretleri",
                "ordering": ["-raised_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="QueueItem",
            fields=[],
            options={
                "verbose_name": "bekleyen iş",
                "verbose_name_plural": "İnceleme sırası",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("onboarding.steprecord",),
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("step", models.CharField(max_length=20)),
                ("number", models.PositiveSmallIntegerField(verbose_name="tur")),
                ("content", tenancy.encryption.EncryptedTextField()),
                ("sha256", models.CharField(max_length=64)),
                ("submitted_at", models.DateTimeField(auto_now_add=True, verbose_name="gönderildi")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="submissions",
                        to="onboarding.application",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "gönderim",
                "verbose_name_plural": "gönderimler",
            },
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                condition=models.Q(("iys_application_number", ""), _negated=True),
                fields=["iys_application_number"],
                name="attempts_by_iyss_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None)),
                fields=("company",),
                name="a_company_has_one_live_application",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None), models.Q(("iys_code", ""), _negated=True)),
                fields=("iys_code",),
                name="an_iys_code_belongs_to_one_live_application",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("closing", "")),
                    models.Q(("closed_at__isnull", False), models.Q(("closing", ""), _negated=True)),
                    _connector="OR",
                ),
                name="a_closed_application_says_why",
            ),
        ),
        migrations.AddIndex(
            model_name="applicationform",
            index=models.Index(
                condition=models.Q(("cargo_awaited_since__isnull", False)),
                fields=["cargo_reminded", "cargo_awaited_since", "id"],
                name="cargo_to_remind_of",
            ),
        ),
        migrations.AddConstraint(
            model_name="codedecision",
            constraint=models.UniqueConstraint(
                fields=("reading", "kind", "name"), name="a_difference_is_decided_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("brand_codes", []),
                        ("iys_code", ""),
                        ("kind", "exempt"),
                        models.Q(("exemption_basis", ""), _negated=True),
                    ),
                    models.Q(
                        ("exemption_basis", ""),
                        ("kind", "partner"),
                        models.Q(("iys_code", ""), _negated=True),
                        models.Q(("brand_codes", []), _negated=True),
                    ),
                    models.Q(
                        ("brand_codes", []), ("exemption_basis", ""), ("iys_code", ""), ("kind", "self_managed")
                    ),
                    _connector="OR",
                ),
                name="a_declaration_is_one_of_three",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidencepack",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "ready"), _negated=True),
                    models.Q(("pdf_stored_name", ""), ("zip_stored_name", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_ready_pack_has_its_files",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoff",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at", None), ("used_at", None)),
                fields=("application", "email"),
                name="an_address_has_one_open_signing_link",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                fields=("application", "slot"), name="a_reminder_slot_is_used_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="remindermute",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at", None)),
                fields=("company",),
                name="a_company_is_muted_once_at_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="steprecord",
            index=models.Index(
                condition=models.Q(("turn", ""), _negated=True),
                fields=["turn", "since"],
                name="steps_by_whose_turn",
            ),
        ),
        migrations.AddIndex(
            model_name="steprecord",
            index=models.Index(
                condition=models.Q(models.Q(("turn", ""), _negated=True), ("held", False)),
                fields=["turn", "reminded", "since", "id"],
                name="steps_to_remind_of",
            ),
        ),
        migrations.AddIndex(
            model_name="steprecord",
            index=models.Index(
                condition=models.Q(models.Q(("turn", ""), _negated=True), ("escalated", False), ("held", False)),
                fields=["turn", "since", "id"],
                name="steps_to_escalate",
            ),
        ),
        migrations.AddIndex(
            model_name="steprecord",
            index=models.Index(
                condition=models.Q(("flagged_at__isnull", False)), fields=["flagged_at"], name="steps_with_a_mark"
            ),
        ),
        migrations.AddConstraint(
            model_name="steprecord",
            constraint=models.UniqueConstraint(
                fields=("application", "step"), name="an_application_has_each_step_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="attention",
            constraint=models.UniqueConstraint(
                fields=("record", "idempotency_key"), name="a_mark_is_raised_once_for_its_cause"
            ),
        ),
        migrations.AddConstraint(
            model_name="attention",
            constraint=models.CheckConstraint(
                condition=models.Q(("settled_at", None), models.Q(("note", ""), _negated=True), _connector="OR"),
                name="a_settled_mark_says_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                fields=("application", "step", "number"), name="a_submission_has_its_own_number"
            ),
        ),
    ]
