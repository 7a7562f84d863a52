"""The rule that stood in the code becomes a row that staff edit, with the others that a portal starts with."""

from django.db import migrations
from django.db.models import Min

RULES = (
    # name, waits_for, step, state, after, every, at_most, to, escalate_after
    ("Sıra firmada", "company", "", "", 3, 3, 5, "company", 20),
    ("Sıra destek ekibinde", "staff", "", "", 2, 3, 3, "staff", None),
    ("İYS yanıtlamadı", "iys", "", "", 5, 5, 2, "iys", 15),
    ("İYS teklif göndermedi", "iys", "package_contract", "requested", 3, 3, 2, "iys", 9),
    ("Taahhütnamenin kargosu", "cargo", "", "", 3, 5, 3, "company", 20),
)


def fill(apps, schema_editor):
    rule = apps.get_model("onboarding", "ReminderRule")
    names = ("name", "waits_for", "step", "state", "after", "every", "at_most", "to", "escalate_after")
    rule.objects.bulk_create(rule(**dict(zip(names, values, strict=True))) for values in RULES)


def carry_over(apps, schema_editor):
    """Who was reminded keeps the count; whose paper is not on its way is waited for since the first submission."""
    record = apps.get_model("onboarding", "StepRecord")
    for each in (
        apps.get_model("onboarding", "Reminder").objects.filter(slot__startswith="company_waits:").iterator()
    ):
        _rule, step, rest = each.slot.split(":", 2)
        since, _colon, number = rest.rpartition(":")
        waiting = record.objects.filter(onboarding=each.onboarding_id, step=step, since=since)
        waiting.filter(reminded__lt=int(number)).update(reminded=int(number))
    form = apps.get_model("onboarding", "ApplicationForm")
    submission = apps.get_model("onboarding", "Submission").objects.filter(step="pre_application")
    first = submission.values("onboarding").annotate(first=Min("submitted_at")).values_list("onboarding", "first")
    for onboarding, submitted_at in first.iterator():
        form.objects.filter(onboarding=onboarding, channel="manual", onboarding__cargo=None).update(
            cargo_awaited_since=submitted_at
        )


class Migration(migrations.Migration):
    dependencies = [("onboarding", "0007_reminder_rules_and_marks")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
    ]
