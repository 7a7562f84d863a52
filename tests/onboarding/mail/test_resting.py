"""Mails that move nothing are settled together, as each would be by itself; none that may move is among them."""

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection

from correspondence.addresses import tracking_address
from correspondence.incoming import decisions
from correspondence.models import Mail, MailStatus, TaughtSentence
from journal import chain
from journal.models import Entry, Event
from onboarding.gate import Route
from onboarding.mail import applying, pipeline, resting
from onboarding.models import CoSignatory
from onboarding.steps import STATUS_QUERY
from tests.scenarios import mails
from tests.scenarios.cast import Cast
from tests.scenarios.mailbox import Maildir
from tests.scenarios.support import CORRESPONDENCE, colleague

pytestmark = pytest.mark.django_db
NOTHING = "Başvurunuzla ilgili görüşmek üzere yarın sizi arayacağız."
APPLIED, FILED, PERSON, READ = MailStatus.APPLIED, MailStatus.FILED, MailStatus.PERSON, MailStatus.READ


class Box:
    """The mailbox in which the mails of several companies come together."""

    def __init__(self, path: Path) -> None:
        self.files, self._numbers = Maildir(path), count()

    def put(self, cast: Cast | None, text: str = NOTHING, **more: Any) -> str:
        """A mail falls in, as an answer to the company's last letter; returns its Message-ID."""
        number = next(self._numbers)
        usual: dict[str, Any] = {"message_id": f"<{number}@iys.org.tr>", "subject": f"Konu {number}"}
        if cast is not None:
            usual |= {
                "to": tracking_address(cast.company).email,
                "in_reply_to": mails.asked(cast.company),
            }
        said = {**usual, "text": text, **more}
        self.files.put(mails.mail(**said), f"{number:03}.host")
        return str(said["message_id"])

    def read(self) -> None:
        """The mails are fetched, and processed as far as no step is concerned."""
        with self.files.watched():
            for name in pipeline.names_of_mailboxes():
                pipeline.fetch(name)
        pipeline.process_new()


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path / "box")


def at_iys(code: str = "710482") -> Cast:
    cast = Cast(Route.FULL, code=code)
    cast.at_iys()
    return cast


def now(message_id: str) -> Mail:
    return Mail.objects.get(message_id=message_id)


def test_a_batch_is_settled_with_a_handful_of_queries(
    box: Box, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    casts = [at_iys("710482"), at_iys("710499"), at_iys("710500")]
    for number in range(30):
        box.put(casts[number % 3])
    box.read()
    with django_assert_max_num_queries(12):
        pipeline.apply_due()
    assert Mail.objects.filter(status=PERSON, application_id__isnull=False).count() == 30
    for cast in casts:
        entries = Entry.objects.filter(company=cast.company, event=Event.MAIL_READ).order_by("pk")
        subjects = [entry.text.partition("”")[0].removeprefix("“Konu ") for entry in entries]
        assert len(subjects) == 10
        assert subjects == sorted(subjects, key=int), "in the order in which they came"
        assert {entry.step_key for entry in entries} == {Mail.objects.filter(company=cast.company)[0].step_key}
    connection.check_constraints()  # what PostgreSQL does when it commits
    assert list(chain.faults()) == []


def test_together_and_alone_they_become_the_same(box: Box) -> None:
    cast = at_iys()
    kinds: tuple[dict[str, Any], ...] = (
        {"text": NOTHING},
        {"text": mails.RECEIVED, "verdict": "fail"},
        {"text": f"{mails.RECEIVED}\n{NOTHING}"},
        {"text": NOTHING, "verdict": None, "sender": "a@b.example"},
        {"text": "Dışarıdayım.", "Auto_Submitted": "auto-replied"},
        {"text": mails.ASSIGNMENT_REFUSED, "sender": "isortagim@iys.org.tr", "verdict": "fail"},
    )
    pairs = [(box.put(cast, **kind), box.put(cast, **kind)) for kind in kinds]
    pairs.append((box.put(None), box.put(None)))
    box.read()
    assert resting.settle([now(together).pk for together, _alone in pairs]) == []
    for together, alone in pairs:
        applying.apply(mail=now(alone))
        first, second = now(together), now(alone)
        shown = [
            {name: value for name, value in vars(each).items() if name in resting.FIELDS and name != "subject"}
            for each in (first, second)
        ]
        assert shown[0] == shown[1]
        assert first.status != READ
        entries = Entry.objects.filter(event=Event.MAIL_READ, data__mail__in=[str(first.pk), str(second.pk)])
        said = [
            (each.company_id, each.application_id, each.step_key, each.party, each.text.partition("”")[2])
            for each in entries
        ]
        assert len(said) == (2 if first.company_id else 0)
        assert len(set(said)) <= 1


def test_what_moves_a_step_has_its_own_turn_and_what_came_after_it_waits_for_it(box: Box) -> None:
    cast, other = at_iys(), at_iys("710499")
    before, moving, after, apart = (
        box.put(cast),
        box.put(cast, mails.RECEIVED),
        box.put(cast),
        box.put(other),
    )
    box.read()
    left = resting.settle([now(each).pk for each in (before, moving, after, apart)])
    assert [each.message_id for each in left] == [moving, after]
    assert [now(each).status for each in (before, moving, after, apart)] == [PERSON, READ, READ, PERSON]
    assert cast.state(STATUS_QUERY) == "waiting"
    pipeline.apply_due()
    assert (now(moving).status, now(after).status, cast.state(STATUS_QUERY)) == (APPLIED, PERSON, "received")
    entries = Entry.objects.filter(company=cast.company, event=Event.MAIL_READ).order_by("pk")
    assert [each.data["mail"] for each in entries] == [str(now(each).pk) for each in (before, moving, after)]


def test_what_a_person_decided_meanwhile_stays(box: Box) -> None:
    cast = at_iys()
    mine, theirs = box.put(cast), box.put(cast)
    box.read()
    keys = [now(mine).pk, now(theirs).pk]
    Mail.objects.filter(message_id=theirs).update(status=MailStatus.BROKEN)
    decisions.file_away(mail=now(theirs), note="Reklam", by=colleague(*CORRESPONDENCE))
    assert resting.settle(keys) == []
    assert (now(mine).status, now(theirs).status) == (PERSON, FILED)
    assert resting.settle(keys) == []
    assert Entry.objects.filter(event=Event.MAIL_READ).count() == 1, "and nothing is settled twice"


def test_a_copy_of_what_may_have_acted_is_looked_at_by_itself(box: Box) -> None:
    cast = at_iys()
    name = "<the-same@iys.org.tr>"
    box.put(cast, mails.RECEIVED, message_id=name)
    box.put(cast, NOTHING, message_id=name)
    apart = box.put(cast)
    box.read()
    copies = list(Mail.objects.filter(message_id=name).order_by("received_at"))
    assert resting.settle([copies[1].pk, now(apart).pk]) == [copies[1], now(apart)]
    pipeline.apply_due()
    assert [each.status for each in Mail.objects.filter(message_id=name).order_by("received_at")] == [
        APPLIED,
        PERSON,
    ]


def test_a_sentence_that_was_put_out_of_use_meanwhile_is_not_relied_on(box: Box) -> None:
    cast = at_iys()
    taught = TaughtSentence.objects.create(
        text="Yarın sizi arayacağız", kind="", partner=cast.company.partner, taught_by=colleague(*CORRESPONDENCE)
    )
    name = box.put(cast, "Yarın sizi arayacağız.")
    box.read()
    assert now(name).doubt
    TaughtSentence.objects.filter(pk=taught.pk).update(active=False)
    assert resting.settle([now(name).pk]) == [now(name)]
    pipeline.apply_due()
    assert (now(name).status, now(name).wording != "") == (PERSON, True)


def test_of_each_company_its_own_numbers_are_masked(box: Box) -> None:
    cast, other = at_iys(), at_iys("710499")
    CoSignatory.objects.create(application=cast.application, name="John", identity="TR5551234")
    mine, theirs = (box.put(each, subject="TR5551234 hakkında") for each in (cast, other))
    box.read()
    pipeline.apply_due()
    assert now(mine).subject == "*****1234 hakkında"
    assert now(theirs).subject == "TR5551234 hakkında"
    assert "TR5551234" not in Entry.objects.get(company=cast.company, event=Event.MAIL_READ).text


def test_a_mail_that_makes_the_batch_stumble_keeps_nobody_waiting(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = at_iys()
    plain = resting.outcome

    def stumbles(mail: Mail, facts: resting.Facts) -> resting.Outcome | None:
        if mail.subject == "zehir":
            raise RecursionError("zehir")
        return plain(mail, facts)

    first, strange, last = box.put(cast), box.put(cast, subject="zehir"), box.put(cast)
    box.read()
    monkeypatch.setattr(resting, "outcome", stumbles)
    pipeline.apply_due()
    assert [now(each).status for each in (first, strange, last)] == [PERSON, MailStatus.BROKEN, PERSON]
    assert now(strange).status_why == "İşlenemedi: RecursionError"
    assert Entry.objects.filter(event=Event.MAIL_READ).count() == 2


def test_trouble_of_the_database_leaves_the_whole_batch_for_the_next_run(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = at_iys()
    names = [box.put(cast), box.put(cast)]
    box.read()

    def away(_entries: object) -> None:
        raise OperationalError("server closed the connection")

    with monkeypatch.context() as patched:
        patched.setattr(resting, "write_all", away)
        with pytest.raises(OperationalError):
            pipeline.apply_due()
    assert {now(each).status for each in names} == {READ}
    pipeline.apply_due()
    assert {now(each).status for each in names} == {PERSON}
    assert Entry.objects.filter(event=Event.MAIL_READ).count() == 2
