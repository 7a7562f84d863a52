from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("correspondence", "0002_taught_sentences")]

    operations = [
        migrations.AddField(
            model_name="mail",
            name="tied_why",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=500, verbose_name="neye bağlı"
            ),
        ),
    ]
