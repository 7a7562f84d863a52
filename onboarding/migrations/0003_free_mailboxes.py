from django.db import migrations

DOMAINS = """
aol.com gmail.com gmx.com gmx.de googlemail.com hotmail.com hotmail.com.tr icloud.com live.com mail.com mail.ru
me.com msn.com mynet.com outlook.com outlook.com.tr proton.me protonmail.com windowslive.com yaani.com yahoo.com
yahoo.com.tr yandex.com yandex.com.tr yandex.ru zoho.com
"""


def fill(apps, schema_editor):
    """The list is staff's from now on; and whoever had begun before there were channels goes on by hand."""
    domain = apps.get_model("onboarding", "FreeMailDomain")
    domain.objects.bulk_create([domain(domain=each) for each in DOMAINS.split()], ignore_conflicts=True)
    form = apps.get_model("onboarding", "ApplicationForm")
    form.objects.filter(channel="").exclude(has_mersis=None).update(channel="manual")


class Migration(migrations.Migration):
    dependencies = [("onboarding", "0002_channels")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
