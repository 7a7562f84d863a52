"""Rows that an installation begins with and that staff edit from then on; those that must always be there are in
`first_data`."""

from django.db import migrations

DOMAINS = """
aol.com gmail.com gmx.com gmx.de googlemail.com hotmail.com hotmail.com.tr icloud.com live.com mail.com mail.ru
me.com msn.com mynet.com outlook.com outlook.com.tr proton.me protonmail.com windowslive.com yaani.com yahoo.com
yahoo.com.tr yandex.com yandex.com.tr yandex.ru zoho.com
"""
RULES = (
    # name, waits_for, step, state, after, every, at_most, to, escalate_after
    ("Sıra firmada", "company", "", "", 3, 3, 5, "company", 20),
    ("Sıra destek ekibinde", "staff", "", "", 2, 3, 3, "staff", None),
    ("İYS yanıtlamadı", "iys", "", "", 5, 5, 2, "iys", 15),
    ("İYS teklif göndermedi", "iys", "package_contract", "requested", 3, 3, 2, "iys", 9),
    ("Taahhütnamenin kargosu", "cargo", "", "", 3, 5, 3, "company", 20),
)


def fill(apps, schema_editor):
    domain = apps.get_model("onboarding", "FreeMailDomain")
    domain.objects.bulk_create(domain(domain=each) for each in DOMAINS.split())
    rule = apps.get_model("onboarding", "ReminderRule")
    names = ("name", "waits_for", "step", "state", "after", "every", "at_most", "to", "escalate_after")
    rule.objects.bulk_create(rule(**dict(zip(names, values, strict=True))) for values in RULES)


class Migration(migrations.Migration):
    dependencies = [("onboarding", "0001_initial")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
