"""Whatever stands in one mail, and whichever stage it makes stumble: the mails of others are read meanwhile."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from correspondence.addresses import tracking_address
from correspondence.models import Mail, MailStatus
from onboarding.mail import pipeline
from tests.scenarios import mails
from tests.scenarios.browser import signed_in
from tests.scenarios.cast import Cast
from tests.scenarios.mailbox import Maildir
from tests.scenarios.mails import RECEIVED, mail
from tests.scenarios.support import CORRESPONDENCE, colleague

pytestmark = pytest.mark.django_db
DATES = (
    "Fri, 31 Dec 9999 23:59:59 -2359",
    "Fri, 31 Dec 9999 23:59:59 +0000",
    "Fri, 31 Dec 9999 22:00:00 +0000",
    "Wed, 01 Jan 1000 00:00:00 +2359",
    "Wed, 01 Jan 1000 00:00:00 +0000",
    "Thu, 01 Jan 1970 00:00:00 +2359",
    "Fri, 99 Zzz 99999 99:99:99 +9999",
)
STAGES = ("file_own_letters", "authenticate_senders", "match_owners", "recognise_members", "file_duplicates")
ERRORS = (OverflowError, RecursionError)


def _arrive(path: Path, cast: Cast, head: str) -> tuple[Mail, Mail]:
    """A stranger's mail and one of İYS's come together; what became of both."""
    box, to = Maildir(path), tracking_address(cast.company).email
    box.put(f"From: a@b.example\r\nTo: {to}\r\n{head}\r\n\r\nMerhaba\r\n".encode())
    answered = mails.asked(cast.company)
    box.brings(mail(text=RECEIVED, to=to, in_reply_to=answered, message_id="<ordinary@iys.org.tr>"))
    ordinary = Mail.objects.get(message_id="<ordinary@iys.org.tr>")
    return Mail.objects.exclude(pk=ordinary.pk).get(), ordinary


@pytest.mark.parametrize("date", DATES)
def test_a_date_that_no_database_takes_keeps_nobody_waiting(tmp_path: Path, date: str) -> None:
    cast = Cast()
    cast.at_iys()
    strange, ordinary = _arrive(tmp_path, cast, f"Date: {date}")
    assert (strange.status, strange.date_header) == (MailStatus.PERSON, None)
    assert ordinary.status == MailStatus.APPLIED
    page = reverse("admin:correspondence_mail_change", args=[strange.pk])
    shown = signed_in(colleague(*CORRESPONDENCE, partner=cast.company.partner)).get(page)
    assert shown.status_code == 200


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("error", ERRORS)
def test_a_mail_that_makes_any_stage_stumble_keeps_nobody_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str, error: type[Exception]
) -> None:
    cast = Cast()
    cast.at_iys()
    plain = getattr(pipeline, stage)

    def stumbles(given: Sequence[Any], **more: Any) -> object:
        if any(getattr(each, "mail", each).subject == "zehir" for each in given):
            raise error("zehir")
        return plain(given, **more)

    monkeypatch.setattr(pipeline, stage, stumbles)
    strange, ordinary = _arrive(tmp_path, cast, "Subject: zehir")
    assert (strange.status, strange.status_why) == (MailStatus.BROKEN, f"İşlenemedi: {error.__name__}")
    assert ordinary.status == MailStatus.APPLIED
