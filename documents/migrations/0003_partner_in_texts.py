from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_about"),
    ]

    operations = [
        migrations.AlterField(
            model_name="legaltext",
            name="body",
            field=models.TextField(
                help_text="Paragrafları boş satırla ayırın. “{iş ortağı}” yerine firmanın iş ortağının unvanı yazılır.",
                verbose_name="metin",
            ),
        ),
    ]
