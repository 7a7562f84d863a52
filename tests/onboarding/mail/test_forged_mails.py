"""The dangerous mails of the corpus, taken in and applied as they would be: nothing moves."""

from pathlib import Path

import pytest
from django.utils import timezone

from correspondence.models import Letter, Mail, MailStatus, TrackingAddress
from onboarding.actor import SYSTEM
from onboarding.mail import pipeline
from onboarding.models import Application, CodeReading, StepRecord
from onboarding.steps import PRE_APPLICATION
from tests.correspondence.reading.test_mail_corpus import NAMES, expected_of
from tests.mails import make
from tests.scenarios.cast import Cast
from tests.scenarios.factories import MembershipFactory, UserFactory
from tests.scenarios.mailbox import Maildir

pytestmark = pytest.mark.django_db
DANGEROUS = [name for name in NAMES if expected_of(name)["dangerous"]]


def at_iys(token: str, letter: str, number: str, code: str) -> Cast:
    """A company of the corpus's world, whose application İYS has."""
    cast = Cast()
    cast.submitted()
    cast.move(PRE_APPLICATION, "approve")
    cast.move(PRE_APPLICATION, "letter_sent", SYSTEM)
    TrackingAddress.objects.filter(company=cast.company).update(token=token)
    Letter.objects.filter(company=cast.company, audience="iys").update(message_id=letter)
    Application.objects.filter(pk=cast.application.pk).update(iys_application_number=number, iys_code=code)
    return cast


def test_no_dangerous_mail_moves_a_step(tmp_path: Path) -> None:
    ours = at_iys(make.TOKEN_A, make.LETTER_A, make.NUMBER_A, make.CODE_A)
    MembershipFactory.create(company=ours.company, user=UserFactory.create(email=make.MEMBER))
    TrackingAddress.objects.create(company=ours.company, token=make.OLD_TOKEN_A, retired_at=timezone.now())
    at_iys(make.TOKEN_B, make.LETTER_B, make.NUMBER_B, make.CODE_B)
    before = list(StepRecord.objects.order_by("pk").values_list("state", "turn", "version"))
    box = Maildir(tmp_path / "kutu")
    for name in DANGEROUS:
        box.put((make.FOLDER / f"{name}.eml").read_bytes(), name)
    with box.watched():
        pipeline.run()
    assert Mail.objects.count() == len(DANGEROUS)
    acted = Mail.objects.exclude(status__in=(MailStatus.PERSON, MailStatus.FILED))
    assert list(acted.values_list("uid", "status", "status_why", "match_why")) == []
    assert list(StepRecord.objects.order_by("pk").values_list("state", "turn", "version")) == before
    assert not CodeReading.objects.exists()
