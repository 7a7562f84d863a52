"""When a company said that "Mutabakat Yönetimi" is on in İYS's panel, or that it wants to hear no more of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("onboarding", "0006_signing_links")]

    operations = [
        migrations.AddField(
            model_name="application",
            name="reconciliation_settled_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="mutabakat yönetimi bildirildi"),
        ),
    ]
