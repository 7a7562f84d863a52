import django.db.models.deletion
from django.db import migrations, models


def warn(apps, schema_editor):
    apps.get_model("privacy", "RetentionRule").objects.filter(kind="abandoned").update(warn_days=30)


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0003_disclosures"),
        ("tenancy", "0004_identities"),
    ]

    operations = [
        migrations.AddField(
            model_name="retentionrule",
            name="warn_days",
            field=models.PositiveIntegerField(
                db_default=0,
                default=0,
                help_text="Firmanın sahiplerine e-postayla; 0 ise haber verilmez. Haber gitmeden bu tür silinmez.",
                verbose_name="kaç gün önce haber verilir",
            ),
        ),
        migrations.CreateModel(
            name="ErasureWarning",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("sent_at", models.DateTimeField(verbose_name="haber verildi")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.company",
                        verbose_name="firma",
                    ),
                ),
            ],
            options={"verbose_name": "silme haberi", "verbose_name_plural": "silme haberleri"},
        ),
        migrations.RunPython(warn, migrations.RunPython.noop),
    ]
