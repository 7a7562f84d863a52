"""0.1.0 gave a company its address when it was first needed; from now on each has one from its beginning."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def give(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    addresses = apps.get_model("correspondence", "TrackingAddress").objects
    known = addresses.filter(retired_at=None).values("company")
    without = apps.get_model("tenancy", "Company").objects.exclude(pk__in=known).values_list("pk", flat=True)
    addresses.bulk_create([addresses.model(company_id=key) for key in without])


class Migration(migrations.Migration):
    dependencies = [("correspondence", "0001_initial")]
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
