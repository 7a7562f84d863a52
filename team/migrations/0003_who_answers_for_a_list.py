"""Of a list of companies, `by` is who answers for it: who brought it, later who started it. A label alone."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("team", "0002_company_imports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    # A name on screens alone: the column stays as it is.
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="companyimport",
                    name="by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sorumlu",
                    ),
                ),
            ]
        ),
    ]
