"""Whoever looks at a signatory's identity number is in the journal (KVKK)."""

from pathlib import Path

import pytest

from correspondence.models import Letter, Mail
from correspondence.outgoing.outbox import body_of
from journal.models import Entry, Event
from journal.parties import Party
from onboarding.models import Application
from tests.scenarios import mails
from tests.scenarios.browser import words
from tests.scenarios.factories import open_application
from tests.scenarios.ladder import IDENTITY, at_iys, filled_in
from tests.scenarios.mailbox import Maildir
from tests.scenarios.support import CORRESPONDENCE, REVIEW, Support

pytestmark = pytest.mark.django_db


def fetched(folder: Path, *, to: str, text: str) -> Mail:
    """A mail of İYS that came into the tracking mailbox."""
    return Maildir(folder).brings(mails.mail(to=to, text=text))


def shown(application: Application) -> int:
    return Entry.objects.filter(event=Event.IDENTITY_SHOWN, application_id=application.pk).count()


def test_it_is_shown_once_and_written_down() -> None:
    application = filled_in()
    support = Support(application, *REVIEW)
    assert "Kimlik numarasını göster (kayda geçer)" in support.page()
    page = support.client.post(support.url("identity"), follow=True)
    assert f"Kimlik numarası: {IDENTITY}" in words(page)
    entry = Entry.objects.get(event=Event.IDENTITY_SHOWN)
    assert (entry.company, entry.application_id, entry.actor, entry.party) == (
        application.company,
        application.pk,
        support.user,
        Party.STAFF,
    )
    assert IDENTITY not in entry.text + str(entry.data)
    again = support.page()
    assert IDENTITY not in again
    assert "İmza yetkilisinin kimlik numarası görüntülendi" in again


def test_each_look_is_an_entry() -> None:
    support = Support(filled_in(), *REVIEW)
    for _look in range(3):
        support.send("identity")
    assert shown(support.application) == 3


def test_following_a_link_shows_nothing() -> None:
    support = Support(filled_in(), *REVIEW)
    page = support.client.get(support.url("identity"), follow=True)
    assert IDENTITY not in page.content.decode()
    assert shown(support.application) == 0


def test_it_takes_the_right_to_review() -> None:
    support = Support(filled_in(), *CORRESPONDENCE)
    assert "Kimlik numarasını göster" not in support.page()
    assert support.send("identity").status_code == 403
    assert shown(support.application) == 0


def test_without_a_number_there_is_nothing_to_show() -> None:
    support = Support(open_application(), *REVIEW)
    assert "Kimlik numarasını göster" not in support.page()
    support.send("identity")
    assert shown(support.application) == 0


def test_no_page_of_support_has_it_otherwise(tmp_path: Path) -> None:
    """The letter to İYS carries the number and İYS quotes it back; support reads its last digits alone."""
    application = at_iys()
    support = Support(application)
    letter = Letter.objects.get(audience="iys")
    assert IDENTITY in body_of(letter).text
    quoting = fetched(tmp_path, to=letter.reply_to, text=f"{mails.RECEIVED}\nTCKN: {IDENTITY}\n")
    read = support.client.get(f"/destek/correspondence/mail/{quoting.pk}/change/")
    assert f"TCKN: *******{IDENTITY[-4:]}" in words(read)
    for path in (
        support.url("change"),
        support.url("fill_in"),
        support.url("ask_changes", "pre_application"),
        f"/destek/correspondence/letter/{letter.pk}/change/",
        f"/destek/correspondence/mail/{quoting.pk}/change/",
        "/destek/journal/entry/",
        "/destek/onboarding/application/",
    ):
        assert IDENTITY not in support.client.get(path, follow=True).content.decode(), path
