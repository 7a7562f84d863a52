"""`manage.py remind`, as the people who run the portal see it."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from correspondence.models import Letter
from journal.parties import Party
from onboarding.actor import Actor
from onboarding.models import Application, ReminderRule
from onboarding.reminders import muting
from onboarding.steps import PRE_APPLICATION
from onboarding.transitions import perform
from tests.scenarios.factories import UserFactory, open_application
from tests.scenarios.ladder import submitted

pytestmark = pytest.mark.django_db
STAFF = Actor(Party.STAFF)


def run(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("remind", *arguments, stdout=out)
    return out.getvalue().splitlines()


def since_long(application: Application, days: int = 30) -> Application:
    application.records.update(since=timezone.now() - timedelta(days=days))
    return application


def test_the_dry_run_says_who_would_get_what_and_who_not_and_why() -> None:
    due, early, held, muted, enough = (since_long(open_application()) for _each in range(5))
    early.records.update(since=timezone.now())
    perform(application=held, step=PRE_APPLICATION, move="hold", actor=STAFF, reason="Telefonda görüşülecek")
    someone = Actor(Party.STAFF, UserFactory.create(is_staff=True))
    until = timezone.localdate() + timedelta(days=3)
    muting.mute(company=muted.company, reason="Genel müdür izinde", until=until, actor=someone)
    since_long(enough).records.update(reminded=5, escalated=True)
    ReminderRule.objects.filter(waits_for="staff").update(active=False)
    review = submitted()
    Letter.objects.all().delete()
    lines = run("--dry-run")
    verdicts = {line.split("] ")[1].split(":")[0]: line for line in lines if line.startswith("[")}
    for application, verdict, why in (
        (due, "gönderilir", "iş günüdür sıra firmada; 5/5. hatırlatma, Firmaya"),
        (early, "erken", "sıradaki 3. iş gününde"),
        (held, "beklemede", "Telefonda görüşülecek"),
        (muted, "mola", "Genel müdür izinde"),
        (enough, "hepsi yapıldı", "5 hatırlatma yapıldı, en çok 5"),
        (review, "kural yok", "kullanımda olan bir kural yok"),
    ):
        line = verdicts[application.company.trade_name]
        assert line.startswith(f"[{verdict}]"), line
        assert why in line
    assert "1 hatırlatma gönderilecekti (deneme: hiçbiri gönderilmedi)." in lines
    assert not Letter.objects.exists()


def test_it_keeps_office_hours_unless_told_not_to() -> None:
    since_long(open_application())
    midnight = timezone.localtime().time().min
    with override_settings(REMINDER_HOURS=(midnight, midnight)):
        assert run() == ["Mesai dışı: hatırlatma yapılmadı. Yine de yapmak için --now kullanın."]
        assert not Letter.objects.exists()
        assert "mesai dışı" in run("--dry-run")[-1]
        # The reminder, and the mark for support after twenty business days.
        assert run("--now") == ["2 hatırlatma yapıldı (mektuplar sıraya kondu)."]
    assert Letter.objects.count() == 1
