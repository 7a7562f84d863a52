from django.db import migrations

import tenancy.encryption


class Migration(migrations.Migration):
    dependencies = [("correspondence", "0004_secrets")]

    operations = [
        migrations.AddField(
            model_name="mail",
            name="kept_answer",
            field=tenancy.encryption.EncryptedTextField(
                blank=True, db_default="", default="", verbose_name="adımı açılınca uygulanacak karar"
            ),
        ),
    ]
