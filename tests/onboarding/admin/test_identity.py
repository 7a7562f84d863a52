"""Whoever looks at a signatory's identity number is in the journal (KVKK)."""

from pathlib import Path

import pytest

from correspondence.models import Letter, Mail
from correspondence.outgoing.outbox import body_of
from journal.models import Entry, Event
from journal.parties import Party
from onboarding.models import Application
from tests.scenarios import mails
from tests.scenarios.browser import said, words
from tests.scenarios.factories import CompanyFactory, open_application, tckn
from tests.scenarios.ladder import IDENTITY, at_iys, filled_in
from tests.scenarios.mailbox import Maildir
from tests.scenarios.support import CORRESPONDENCE, REVIEW, Support
from tests.tenancy.identity_hunt import carried, found, sessions

pytestmark = pytest.mark.django_db
WHY = {"number": "signatory_identity", "why": "compare"}


def fetched(folder: Path, *, to: str, text: str) -> Mail:
    """A mail of İYS that came into the tracking mailbox."""
    return Maildir(folder).brings(mails.mail(to=to, text=text))


def shown(application: Application) -> int:
    return Entry.objects.filter(event=Event.IDENTITY_SHOWN, application_id=application.pk).count()


def test_it_is_shown_once_for_a_reason_and_written_down() -> None:
    application = filled_in()
    support = Support(application, *REVIEW)
    assert "Numarayı göster…" in support.page()
    answer = support.send("identity", **WHY, words="vergi levhası")
    assert IDENTITY in words(answer)
    assert "no-store" in answer["Cache-Control"]
    entry = Entry.objects.get(event=Event.IDENTITY_SHOWN)
    assert (entry.company, entry.application_id, entry.actor, entry.party) == (
        application.company,
        application.pk,
        support.user,
        Party.STAFF,
    )
    assert entry.text.endswith("TCKN. Neden: Belge ya da sicille karşılaştırma, vergi levhası")
    assert IDENTITY not in entry.text + str(entry.data)
    again = support.page()
    assert IDENTITY not in again
    assert "Kimlik numarası görüntülendi" in again


def test_it_stays_in_no_cookie_message_or_session() -> None:
    """The messages of Django lie in a cookie or the session, and a page that comes next shows them."""
    support = Support(filled_in(), *REVIEW)
    answer = support.send("identity", **WHY)
    assert said(answer) == []
    assert not found((IDENTITY,), *carried(support.client), *sessions(), repr(answer.headers))
    assert IDENTITY not in words(support.open("identity"))


@pytest.mark.parametrize(
    "typed",
    [{}, {"number": "signatory_identity"}, {"number": "signatory_identity", "why": "other"},
     {"number": "trade_name", "why": "compare"}, {"number": "signatory_identity", "why": "merak"}],
)  # fmt: skip
def test_without_a_reason_nothing_is_shown(typed: dict[str, str]) -> None:
    support = Support(filled_in(), *REVIEW)
    answer = support.send("identity", **typed)
    assert answer.status_code == 422
    assert IDENTITY not in answer.content.decode()
    assert shown(support.application) == 0


def test_a_number_in_the_reason_is_not_kept() -> None:
    support = Support(filled_in(), *REVIEW)
    support.send("identity", **{**WHY, "words": f"{IDENTITY} doğru mu"})
    assert IDENTITY not in Entry.objects.get(event=Event.IDENTITY_SHOWN).text


def test_each_look_is_an_entry() -> None:
    support = Support(filled_in(), *REVIEW)
    for _look in range(3):
        support.send("identity", **WHY)
    assert shown(support.application) == 3


def test_a_sole_traders_tax_number_is_one_of_them() -> None:
    number = tckn(30)
    company = CompanyFactory.create(tax_number=number, mersis_number=f"{number}00018")
    support = Support(filled_in(company), *REVIEW)
    assert f"Vergi Kimlik Numarası *******{number[-4:]}" in support.page()
    assert number in words(support.send("identity", number="tax_number", why="asked_by_iys"))
    assert f"{number}00018" in words(support.send("identity", number="mersis_number", why="asked_by_iys"))


def test_following_a_link_shows_nothing() -> None:
    support = Support(filled_in(), *REVIEW)
    page = support.client.get(support.url("identity"), follow=True)
    assert IDENTITY not in page.content.decode()
    assert shown(support.application) == 0


def test_it_takes_the_right_to_it() -> None:
    for rights in (CORRESPONDENCE, [each for each in REVIEW if each != "reveal_identity"]):
        support = Support(filled_in(), *rights)
        assert "Numarayı göster" not in support.page()
        assert support.send("identity", **WHY).status_code == 403
    assert shown(support.application) == 0


def test_without_a_number_there_is_nothing_to_show() -> None:
    support = Support(open_application(), *REVIEW)
    assert "Numarayı göster" not in support.page()
    support.send("identity", **WHY)
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
