"""Blind indexes of the signatories' numbers; what the registry said of sole traders is kept masked."""

from typing import Any

from django.db import migrations, models

from identifiers.masking import is_persons, masked, shown
from tenancy.encryption import EncryptedTextField
from tenancy.identities import BlindIndexField, blind_index


def fill(apps: Any, schema_editor: Any) -> None:
    def rows(name: str) -> Any:
        return apps.get_model("onboarding", name).objects.using(schema_editor.connection.alias)

    for name, column in (("ApplicationForm", "signatory_identity"), ("CoSignatory", "identity")):
        for pk, number in rows(name).values_list("pk", column).iterator(500):
            if number:
                rows(name).filter(pk=pk).update(**{f"{column}_index": blind_index(number)})
    for pk, number, details in rows("RegistryAnswer").values_list("pk", "mersis_number", "details").iterator(500):
        kept = {each: shown(value) if isinstance(value, str) else value for each, value in details.items()}
        if kept != details or is_persons(number):
            rows("RegistryAnswer").filter(pk=pk).update(mersis_number=shown(number), details=kept)
    for pk, text in rows("ContractAcceptance").values_list("pk", "text").iterator(100):
        if masked(text) != text:
            rows("ContractAcceptance").filter(pk=pk).update(sealed_text=text, text=masked(text))


class Migration(migrations.Migration):
    dependencies = [("onboarding", "0003_day_exceptions")]

    operations = [
        migrations.AddField(
            model_name="applicationform",
            name="signatory_identity_index",
            field=BlindIndexField(of="signatory_identity"),
        ),
        migrations.AddField(
            model_name="cosignatory",
            name="identity_index",
            field=BlindIndexField(of="identity"),
        ),
        migrations.AddField(
            model_name="contractacceptance",
            name="sealed_text",
            field=EncryptedTextField(blank=True, db_default="", default="", editable=False),
        ),
        migrations.AddIndex(
            model_name="applicationform",
            index=models.Index(fields=["signatory_identity_index"], name="forms_by_identity"),
        ),
        migrations.AddIndex(
            model_name="cosignatory",
            index=models.Index(fields=["identity_index"], name="co_signatories_by_identity"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=False),
    ]
