"""A sole trader's tax and MERSİS number, which are made of a TCKN, go into columns that are encrypted.

In the columns that they stood in stays what they are found by and what may be shown of them. A version before this
one, while it still runs, shows that in their place, and writes new ones in clear: `manage.py rotate_keys` takes those
up once it has stopped.
"""

from typing import Any

from django.db import migrations

from identifiers.masking import is_persons
from tenancy.encryption import EncryptedTextField
from tenancy.identities import sealed

PAIRS = {"tax_number": "tax_identity", "mersis_number": "mersis_identity"}


def seal(apps: Any, schema_editor: Any) -> None:
    companies = apps.get_model("tenancy", "Company").objects.using(schema_editor.connection.alias)
    for pk, *numbers in companies.values_list("pk", *PAIRS).iterator(500):
        found = {name: number for name, number in zip(PAIRS, numbers, strict=True) if is_persons(number)}
        if found:
            in_full = {PAIRS[name]: number for name, number in found.items()}
            companies.filter(pk=pk).update(**in_full, **{name: sealed(number) for name, number in found.items()})


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0003_people")]

    operations = [
        migrations.AlterModelOptions(
            name="company",
            options={
                "permissions": [("reveal_identity", "Kimlik numarasını gerekçesiyle görür")],
                "verbose_name": "firma",
                "verbose_name_plural": "firmalar",
            },
        ),
        migrations.AddField(
            model_name="company",
            name="mersis_identity",
            field=EncryptedTextField(
                blank=True, db_default="", default="", editable=False, verbose_name="TCKN'li MERSİS numarası"
            ),
        ),
        migrations.AddField(
            model_name="company",
            name="tax_identity",
            field=EncryptedTextField(
                blank=True,
                db_default="",
                default="",
                editable=False,
                verbose_name="vergi kimlik numarası olarak TCKN",
            ),
        ),
        migrations.RunPython(seal, migrations.RunPython.noop, elidable=False),
    ]
