"""From bytes in a mailbox to a moved step: real storage, real parsing, no stand-ins."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from correspondence.addresses import tracking_address
from correspondence.models import Letter, LetterStatus, Mail, MailStatus
from correspondence.outgoing.message import on_the_line
from jobs import tasks
from journal.parties import Party
from onboarding.actor import SYSTEM, Actor
from onboarding.mail import outcomes, pipeline
from onboarding.models import Application
from onboarding.steps import (
    CODE_RECEIPT,
    PACKAGE_CONTRACT,
    PRE_APPLICATION,
    STATUS_QUERY,
)
from onboarding.transitions import perform
from tenancy.roles import Role
from tests.documents import clamd
from tests.documents.clamd import EICAR
from tests.scenarios import mails
from tests.scenarios.cast import Cast
from tests.scenarios.factories import open_application
from tests.scenarios.mailbox import Maildir
from tests.scenarios.mails import mail
from tests.scenarios.papers import blank_pdf

pytestmark = pytest.mark.django_db
OWNER = Actor(Party.COMPANY, role=Role.OWNER)


class Box:
    """The tracking mailbox as a Maildir, and the application whose mail comes there."""

    def __init__(self, path: Path) -> None:
        self.files = Maildir(path)
        self.application = open_application()
        self.to = tracking_address(self.application.company).email
        self.count = 0

    def arrives(self, text: str, **more: object) -> Mail:
        """An answer to the company's last letter comes, is fetched and applied; returns what became of it."""
        self.count += 1
        usual = {
            "to": self.to,
            "message_id": f"<{self.count}@iys.org.tr>",
            "in_reply_to": mails.asked(self.application.company),
        }
        return self.files.brings(mail(**{**usual, "text": text, **more}))  # type: ignore[arg-type]

    def state(self, step: str) -> str:
        return self.application.records.get(step=step).state

    def at_iys(self) -> None:
        for move, actor in (("submit", OWNER), ("approve", Actor(Party.STAFF)), ("letter_sent", SYSTEM)):
            perform(application=self.application, step=PRE_APPLICATION, move=move, actor=actor)


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Box]:
    found = Box(tmp_path / "box")
    with found.files.watched():
        yield found


def test_received_moves_the_step_and_keeps_the_number(box: Box) -> None:
    box.at_iys()
    found = box.arrives(mails.RECEIVED)
    assert (found.status, box.state("status_query")) == (MailStatus.APPLIED, "received")
    assert Application.objects.get(pk=box.application.pk).iys_application_number == "MX3ZB5JA"


def test_an_approval_finishes_step_2_and_fills_step_3_at_once(box: Box) -> None:
    box.at_iys()
    box.arrives(mails.APPROVED)
    assert (box.state("status_query"), box.state("code_receipt")) == ("approved", "read")
    reading = box.application.code_readings.get()
    assert (reading.iys_code, [brand["code"] for brand in reading.brands]) == ("710482", ["710482", "710497"])


def test_an_answer_that_comes_too_soon_is_applied_when_its_step_opens(box: Box) -> None:
    found = box.arrives(f"Sayın {box.application.company.trade_name},\n\n{mails.RECEIVED}")
    assert (found.status, box.state("status_query")) == (MailStatus.EARLY, "waiting")
    box.at_iys()
    tasks.fetch()
    found.refresh_from_db()
    assert (found.status, box.state("status_query")) == (MailStatus.APPLIED, "received")


def test_an_offer_keeps_its_pdf_and_links(box: Box) -> None:
    offer_awaited(box)
    box.arrives(mails.OFFER, html=mails.OFFER_HTML, pdf=blank_pdf())
    offer = box.application.offers.get()
    assert offer.pdf is not None
    assert offer.pay_url == "https://teklif.example/ode/1"
    assert box.state("package_contract") == "offered"


def offer_awaited(box: Box) -> None:
    box.at_iys()
    box.arrives(mails.APPROVED)
    perform(application=box.application, step=CODE_RECEIPT, move="confirm", actor=OWNER)
    perform(application=box.application, step=PACKAGE_CONTRACT, move="use_own_mail", actor=OWNER)


def test_an_infected_attachment_is_not_kept_and_the_offer_still_counts(box: Box) -> None:
    offer_awaited(box)
    infected = blank_pdf().replace(b"%%EOF", b"%" + EICAR + b"\n%%EOF")
    with clamd.running() as scanner, override_settings(CLAMD_URL=scanner.url):
        box.arrives(mails.OFFER, html=mails.OFFER_HTML, pdf=infected)
    assert box.application.offers.get().pdf is None
    assert not box.application.company.documents.exists()


def test_an_offer_waits_until_the_virus_scanner_is_back(box: Box) -> None:
    offer_awaited(box)
    with override_settings(CLAMD_URL="tcp://127.0.0.1:9"):
        found = box.arrives(mails.OFFER, html=mails.OFFER_HTML, pdf=blank_pdf())
        assert (found.status, box.application.offers.count()) == (MailStatus.READ, 0)
    with clamd.running() as scanner, override_settings(CLAMD_URL=scanner.url):
        tasks.fetch()
    found.refresh_from_db()
    assert (found.status, box.state("package_contract")) == (MailStatus.APPLIED, "offered")
    assert box.application.offers.get().pdf is not None


def test_changes_asked_go_to_staff_with_iyss_words(box: Box) -> None:
    box.at_iys()
    box.arrives(mails.CHANGES)
    assert box.state("status_query") == "changes_asked"
    assert "web sitesi açılmıyor" in box.application.remarks.get().text


@pytest.mark.parametrize(
    "forged",
    [
        {"verdict": "fail"},
        {"verdict": None},
        {"authserv_id": "mx.saldirgan.example"},
        {"sender": "onkayit@iys.org.tr.example", "domain": "iys.org.tr.example"},
        {"sender": "ada@baska.example", "domain": "baska.example"},
    ],
)
def test_a_strangers_mail_changes_nothing(box: Box, forged: dict[str, object]) -> None:
    box.at_iys()
    before = list(box.application.records.values_list("state", "version"))
    found = box.arrives(mails.APPROVED, **forged)
    assert found.status == MailStatus.PERSON
    assert list(box.application.records.values_list("state", "version")) == before
    assert not box.application.code_readings.exists()


def test_a_member_may_move_the_companys_own_request_alone(box: Box) -> None:
    offer_awaited(box)
    member = {"sender": "bilgi@mavideniz.example", "domain": "mavideniz.example"}
    assert box.arrives(mails.PAID, **member).status == MailStatus.PERSON
    box.arrives(mails.REQUEST, **member)
    assert box.state("package_contract") == "requested"


def test_a_mail_for_another_company_crosses_no_wall(box: Box) -> None:
    box.at_iys()
    other = open_application()
    both = f"{box.to}, {tracking_address(other.company).email}"
    found = box.arrives(mails.APPROVED, to=both)
    assert (found.company, found.status) == (None, MailStatus.PERSON)
    assert box.state("status_query") == "waiting"


def test_the_same_file_again_is_one_mail(box: Box) -> None:
    box.at_iys()
    box.arrives(mails.RECEIVED)
    raw = next((box.files.path / "cur").iterdir())
    raw.rename(box.files.path / "new" / raw.name.partition(":")[0])
    pipeline.run()
    assert not any((box.files.path / "new").iterdir()), "it was looked at"
    assert Mail.objects.count() == 1


def test_our_own_letter_that_comes_back_by_cc_proves_delivery_and_nothing_more(box: Box) -> None:
    perform(application=box.application, step=PRE_APPLICATION, move="submit", actor=OWNER)
    perform(application=box.application, step=PRE_APPLICATION, move="approve", actor=Actor(Party.STAFF))
    letter = Letter.objects.get(audience="iys")
    found = box.files.brings(on_the_line(letter))
    letter.refresh_from_db()
    assert letter.delivered_at is not None
    assert (found.status, box.state("pre_application")) == (MailStatus.FILED, "sending")


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (b"In-Reply-To: <", b"In-Reply-To: <"),
        (b"Subject: ", b"Subject: Re: x\r\nX-Subject: "),
        (b"From: ", b"From: kim@saldirgan.example\r\nX-From: "),
        (b"Say=C4=B1n", b"Kodunuz iptal edildi. Say=C4=B1n"),
        (b"Say=C4=B1n", b""),
        (b"JVBER", b"JVBES"),
    ],
    ids=[
        "nothing but its name",
        "another subject",
        "another sender",
        "words above",
        "words gone",
        "another document",
    ],
)
def test_what_only_has_the_name_of_our_letter_proves_nothing_and_waits_for_people(
    cast: Cast, tmp_path: Path, ours: bytes, theirs: bytes
) -> None:
    cast.at_iys()
    letter = Letter.objects.get(company=cast.company, audience="iys")
    raw = on_the_line(letter)
    if ours == theirs:
        raw = mail(text=mails.APPROVED, message_id=letter.message_id, to=tracking_address(cast.company).email)
    else:
        assert ours in raw
        raw = raw.replace(ours, theirs, 1)
    found = Maildir(tmp_path / "kutu").brings(raw)
    letter.refresh_from_db()
    assert (letter.delivered_at, found.status, cast.state(STATUS_QUERY)) == (None, MailStatus.PERSON, "waiting")


def test_broken_mails_are_kept_and_the_next_one_goes_on(box: Box) -> None:
    box.at_iys()
    box.files.put(b"\xff\xfe\x00Content-Type: multipart/mixed; boundary=\r\n\r\n--\xff")
    box.arrives(mails.RECEIVED)
    assert Mail.objects.count() == 2
    assert box.state("status_query") == "received"


def test_a_refused_letter_gives_the_turn_to_staff(box: Box) -> None:
    perform(application=box.application, step=PRE_APPLICATION, move="submit", actor=OWNER)
    perform(application=box.application, step=PRE_APPLICATION, move="approve", actor=Actor(Party.STAFF))
    Letter.objects.filter(audience="iys").update(status=LetterStatus.FAILED, smtp_answer="550 no such user")
    outcomes.handle_outcomes()
    record = box.application.records.get(step="pre_application")
    assert (record.state, record.turn, record.reason) == ("send_failed", Party.STAFF, "550 no such user")


def test_an_answer_after_the_fact_is_filed(box: Box) -> None:
    box.at_iys()
    box.arrives(mails.APPROVED)
    assert box.arrives(mails.RECEIVED).status == MailStatus.FILED
    assert box.state(STATUS_QUERY.key) == "approved"


def test_a_payment_before_its_step_waits_for_it(box: Box) -> None:
    found = box.arrives(f"Sayın {box.application.company.trade_name},\n\n{mails.PAID}")
    assert (found.status, found.step_key) == (MailStatus.EARLY, "package_contract")
