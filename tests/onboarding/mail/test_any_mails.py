"""Whatever mails come in whatever order, forged, crossing, doubled: no step of a company moves without a mail that
is believed, tied and understood, or a person. The model is written apart from the code: of each mail it keeps who
wrote it, what it answers and what it names."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from correspondence.addresses import signed_address, tracking_address
from correspondence.incoming.authentication import SenderAuthentication
from correspondence.models import Letter, LetterStatus, Mail, MailStatus
from jobs import tasks
from journal.models import Entry, Event
from onboarding.actor import IYS, NotAllowed
from onboarding.machine import LETTER_BOUNCED
from onboarding.models import Application
from onboarding.steps import STATUS_QUERY
from tests.mails.machines import HEADERS, REPORT, report
from tests.mails.make import LETTER_A
from tests.scenarios import mails
from tests.scenarios.cast import Cast
from tests.scenarios.factories import MembershipFactory, UserFactory
from tests.scenarios.mailbox import Maildir

pytestmark = pytest.mark.django_db
OURS = "mx.portal.example"
NUMBERS = ("MX3ZB5JA", "QT7KD2WP")
CODES = ("710482", "820593")
TEXTS = {
    "received": "{number} no'lu başvurunuz alınmıştır.",
    "approved": "Başvurunuz onaylanmıştır.\n\nİYS Numaranız: {code}\n\nMarkalarınız:\n\nAda\nİYS Numarası: {code}",
    "changes": mails.CHANGES,
    "paid": mails.PAID,
    "assigned": mails.ASSIGNED,
    "refused": "Başvurunuz reddedilmiştir.",
    "question": "Merhaba, imza yetkilisinin cep telefonunu teyit eder misiniz?",
}
SENDERS = {
    "iys": ("onkayit@iys.org.tr", f"{OURS}; dmarc=pass header.from=iys.org.tr"),
    "iys, oddly": (
        "onkayit@iys.org.tr",
        f"{OURS}; spf=none smtp.helo=::1; dmarc=pass header.from=iys.org.tr;",
    ),
    "forged": ("onkayit@iys.org.tr", f"{OURS}; dmarc=fail header.from=iys.org.tr"),
    "forged twice": ("onkayit@iys.org.tr", f"{OURS}; dmarc=fail; dmarc=pass header.from=iys.org.tr"),
    "by another server": ("onkayit@iys.org.tr", "mx.saldirgan.example; dmarc=pass header.from=iys.org.tr"),
    "look-alike": ("onkayit@iys.org.tr.example", f"{OURS}; dmarc=pass header.from=iys.org.tr.example"),
    "member": ("ada@mavideniz.example", f"{OURS}; dmarc=pass header.from=mavideniz.example"),
}
BELIEVED = ("iys", "iys, oddly")
# Half of all comes from İYS, and most leads to one company or none: else hardly a mail would get as far as a step.
Sender = st.sampled_from([*BELIEVED * 3, *sorted(SENDERS)])
Lead = st.tuples(st.sampled_from(["answers", "titled", "returned"]), st.sampled_from([0, 0, 1]))


@dataclass(frozen=True)
class Written:
    """What a mail is, by its writer. `names` are the companies that anything in it leads to, `ties` those to which
    it leads by what only they have."""

    sender: str
    names: frozenset[int]
    ties: frozenset[int]

    def may_move(self, company: int) -> bool:
        return self.sender in BELIEVED and company in self.ties and self.names == {company}


class AnyMails(RuleBasedStateMachine):
    casts: tuple[Cast, Cast]

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.folder = tempfile.TemporaryDirectory()
        self.boxes = [Maildir(Path(self.folder.name) / name) for name in ("bir", "iki")]
        self.written: dict[str, Written] = {}
        self.reported: set[str] = set()  # letters of which a true report came
        self.seen = Entry.objects.count()
        self.by_people: set[int] = set()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)
        self.folder.cleanup()

    def letter(self, company: int) -> Letter:
        return Letter.objects.filter(company=self.casts[company].company, audience="iys").latest("created_at")

    @rule(
        kind=st.sampled_from(sorted(TEXTS)),
        sender=Sender,
        leads=st.lists(Lead, max_size=2),
        tracked=st.sampled_from([None, 0, 0, 1]),
        number=st.sampled_from([0, 0, 1]),
        html=st.booleans(),
        twice=st.booleans(),
    )
    def a_mail_comes(
        self,
        kind: str,
        sender: str,
        leads: list[tuple[str, int]],
        tracked: int | None,
        number: int,
        *,
        html: bool,
        twice: bool,
    ) -> None:
        led = dict(leads)
        answers, titled, returned = (led.get(each) for each in ("answers", "titled", "returned"))
        text = TEXTS[kind].format(number=NUMBERS[number], code=CODES[number])
        if titled is not None:
            text = f"Sayın {self.casts[titled].company.trade_name},\n\n{text}"
        address, results = SENDERS[sender]
        to = ["portal@kiyi.example"]
        to += [tracking_address(self.casts[tracked].company).email] if tracked is not None else []
        to += [signed_address(self.letter(returned).pk)] if returned is not None else []
        key = f"<{uuid4()}@iys.org.tr>"
        raw = mails.mail(
            sender=address,
            to=", ".join(to),
            text=text,
            html=f"<p>{text}</p>" if html else "",
            message_id=key,
            in_reply_to=self.letter(answers).message_id if answers is not None else "",
            verdict=None,
        )
        raw = f"Authentication-Results: {results}\r\n".encode() + raw
        owners = self.owners({"received": NUMBERS[number], "approved": CODES[number]}.get(kind, ""))
        given = {each for each in (answers, returned) if each is not None}
        tied = given | owners | ({titled} if titled == tracked and titled is not None else set())
        names = {each for each in (answers, titled, tracked, returned) if each is not None} | owners
        self.written[key] = Written(sender, frozenset(names), frozenset(tied))
        for box in self.boxes[: 2 if twice else 1]:
            box.brings(raw)

    def owners(self, number: str) -> set[int]:
        """Whose number or code it is already."""
        found = Application.objects.exclude(iys_application_number="", iys_code="")
        mine = [found.filter(company=cast.company) for cast in self.casts]
        return {
            place
            for place, rows in enumerate(mine)
            if number and any(number in (row.iys_application_number, row.iys_code) for row in rows)
        }

    @rule(
        company=st.sampled_from([0, 1]),
        address=st.sampled_from(["its own", "tracking", "of the other", "wrong"]),
        action=st.sampled_from(["failed", "delayed", "relayed"]),
        recipient=st.sampled_from(["onkayit@iys.org.tr", "iys@kiyi.example"]),
        path=st.sampled_from(["<>", "<MAILER-DAEMON>", "<izleyen@mavideniz.example>"]),
    )
    def a_report_comes(self, company: int, address: str, action: str, recipient: str, path: str) -> None:
        letter = self.letter(company)
        to = {
            "its own": signed_address(letter.pk),
            "tracking": tracking_address(self.casts[company].company).email,
            "of the other": signed_address(self.letter(1 - company).pk),
            "wrong": signed_address(letter.pk)[:-30] + signed_address(uuid4())[-30:],
        }[address]
        body = (
            report(action, HEADERS).replace(LETTER_A, letter.message_id).replace("onkayit@iys.org.tr", recipient)
        )
        head = f"Return-Path: {path}\nFrom: mailer-daemon@{OURS}\nTo: {to}\nMessage-ID: <{uuid4()}@mx>\n{REPORT}\n"
        if (address, action, recipient in letter.to, "@" in path) == ("its own", "failed", True, False):
            self.reported.add(str(letter.pk))
        self.boxes[0].brings((head + body).encode())

    @rule(company=st.sampled_from([0, 1]), what=st.sampled_from(["received", "ask_changes"]))
    def a_person_records_what_iys_said(self, company: int, what: str) -> None:
        before = set(Entry.objects.values_list("pk", flat=True))
        try:
            self.casts[company].move(STATUS_QUERY, what, IYS, reason="Telefonla söylediler.")
        except NotAllowed:
            return
        self.by_people |= set(Entry.objects.values_list("pk", flat=True)) - before
        with self.boxes[0].watched():
            tasks.fetch()

    @invariant()
    def every_move_has_its_reason(self) -> None:
        companies = {cast.company.pk: place for place, cast in enumerate(self.casts)}
        moves = Entry.objects.filter(event=Event.MOVED).order_by("pk")[self.first :]
        for entry in moves:
            if entry.pk in self.by_people:
                continue
            if entry.data["move"] == LETTER_BOUNCED:
                assert entry.data["letter"] in self.reported, entry
                continue
            mail = Mail.objects.get(pk=entry.data["mail"])
            assert mail.status == MailStatus.APPLIED
            assert mail.company_id == entry.company_id
            assert mail.sender_authentication == SenderAuthentication.VERIFIED
            assert mail.tied_why
            assert mail.understood
            assert self.written[mail.message_id].may_move(companies[entry.company_id]), (entry, mail.tied_why)

    first = 0


def at_iys(title: str) -> Cast:
    cast = Cast(trade_name=title)
    cast.at_iys()
    Letter.objects.filter(company=cast.company, audience="iys").update(status=LetterStatus.SENT)
    return cast


def assigning(title: str) -> Cast:
    """A company that waits for İYS in more than one step."""
    cast = at_iys(title)
    cast.move(STATUS_QUERY, "received", IYS)
    return cast


@pytest.mark.parametrize("stands", [at_iys, assigning])
def test_no_step_moves_without_its_reason(stands: Callable[[str], Cast]) -> None:
    AnyMails.casts = stands("Mavi Deniz Turizm Anonim Şirketi"), stands("Kırmızı Kaya Gıda Limited Şirketi")
    member = UserFactory.create(email="ada@mavideniz.example")
    MembershipFactory.create(company=AnyMails.casts[0].company, user=member)
    AnyMails.first = Entry.objects.filter(event=Event.MOVED).count()
    run_state_machine_as_test(
        AnyMails,
        settings=settings(
            max_examples=25, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
