from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0006_from_photos"),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="claimed_sha256",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
    ]
