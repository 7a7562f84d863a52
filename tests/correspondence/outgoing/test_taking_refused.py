"""What cannot be put together, is refused, or breaks the line: counted once, tried again, in nobody's way."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import override_settings
from django.utils import timezone

from correspondence.models import Letter, LetterAttachment, LetterStatus
from correspondence.outgoing import delivery, message
from correspondence.outgoing.retry import DELAYS, Answer
from documents.models import Document, Origin
from documents.storage import store
from journal.models import Event
from onboarding.models import DocumentKind
from tests.correspondence.outgoing.outbox_full import (
    account_of,
    all_due,
    attempts,
    composers,
    counted,
    counted_today,
    many,
    now,
    outcomes,
    statuses,
)
from tests.scenarios.factories import CompanyFactory
from tests.scenarios.smtp_server import AccountServer, Server

pytestmark = pytest.mark.django_db


def attached(letter: Letter) -> Document:
    assert letter.company
    document = store(
        company=letter.company,
        kind=DocumentKind.UNDERTAKING,
        payload=b"%PDF-1.7 ek",
        filename="ek.pdf",
        content_type="application/pdf",
        pages=1,
        origin=Origin.UPLOADED,
        by=None,
    )
    LetterAttachment.objects.create(letter=letter, document=document, filename="ek.pdf", sha256=document.sha256)
    return document


def changed_attachment(letter: Letter) -> None:
    attached(letter)
    LetterAttachment.objects.update(sha256="0" * 64)


def missing_attachment(letter: Letter) -> None:
    storages["private"].delete(attached(letter).stored_name)


def broken_words(letter: Letter) -> None:
    Letter.objects.filter(pk=letter.pk).update(words="{bozuk")


def missing_body(letter: Letter) -> None:
    Letter.objects.filter(pk=letter.pk).update(stored_name="letters/yok.json")


def broken_body(letter: Letter) -> None:
    name = storages["private"].save("letters/bozuk.json", ContentFile(b"{bozuk"))
    Letter.objects.filter(pk=letter.pk).update(stored_name=name)


def damaged_file(letter: Letter) -> None:
    name = storages["private"].save("letters/yanik.json", ContentFile(b"{}"))
    Path(storages["private"].path(name)).write_bytes(b"yanik")
    Letter.objects.filter(pk=letter.pk).update(stored_name=name)


TROUBLES = [changed_attachment, missing_attachment, broken_words, missing_body, broken_body, damaged_file]


@pytest.mark.parametrize(
    ("trouble", "place"), [*((trouble, 1) for trouble in TROUBLES), (broken_body, 0), (broken_body, 50)]
)
def test_a_letter_that_cannot_be_put_together_stops_no_other(
    server: Server, trouble: Callable[[Letter], None], place: int
) -> None:
    letters = many(place + 2)
    broken = letters.pop(place)
    trouble(broken)
    assert delivery.deliver() == len(letters)
    assert server.titles == [each.subject for each in letters]
    assert now(broken).status in {"queued", "failed"}
    assert outcomes(broken) == ([Event.LETTER_FAILED] if broken.status == "failed" else [])
    if broken.status == "queued":
        assert (broken.attempts, broken.due_at > timezone.now()) == (1, True)
    tried = broken.attempts
    assert delivery.deliver() == 0
    assert now(broken).attempts == tried
    assert len(server.sessions) == 1


def test_a_letter_that_is_not_as_it_was_approved_fails_with_its_first_attempt(server: Server) -> None:
    (letter,) = many(1)
    changed_attachment(letter)
    delivery.deliver()
    assert (now(letter).status, letter.attempts) == (LetterStatus.FAILED, 1)
    assert (counted_today(), counted("letters.company.day")) == (0, 0)


def test_what_is_wrong_in_any_way_stops_no_other(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    letters = many(3)
    compose = message.on_the_line

    def stumbles(letter: Letter) -> bytes:
        if letter.pk == letters[1].pk:
            raise LookupError("unknown encoding")
        return compose(letter)

    for module in composers():
        monkeypatch.setattr(module, "on_the_line", stumbles)
    assert delivery.deliver() == 2
    assert attempts(letters) == [1, 1, 1]
    assert server.titles == [letters[0].subject, letters[2].subject]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [("451 later", Answer.SOON), ("452 full", Answer.LATER), ("550 no", Answer.NEVER), ("hang up", Answer.SOON)],
)
def test_what_is_refused_is_tried_again_in_the_rows_time_and_ends_with_it(
    server: Server, answer: str, kind: Answer
) -> None:
    letter, *others = many(3)
    server.answers[letter.subject] = answer
    for number, delay in enumerate(DELAYS[kind], start=1):
        before = timezone.now()
        delivery.deliver()
        after = timezone.now()
        assert (now(letter).status, letter.attempts) == (LetterStatus.QUEUED, number)
        assert before + delay <= letter.due_at <= after + delay
        assert delivery.deliver() == (2 if answer == "hang up" and number == 1 else 0)
        assert outcomes(letter) == []
        all_due()
    delivery.deliver()
    assert (now(letter).status, letter.attempts) == (LetterStatus.FAILED, len(DELAYS[kind]) + 1)
    assert outcomes(letter) == [Event.LETTER_FAILED]
    assert statuses(others) == ["sent", "sent"]
    assert counted_today() == len(DELAYS[kind]) + 1 + 2
    assert counted("letters.company.day") == len(DELAYS[kind]) + 1 + 2


def breaks(server: Server, monkeypatch: pytest.MonkeyPatch, where: str, title: str) -> None:
    """The server hangs up at this point of a letter, or says that it is leaving."""
    if where == "after data":
        server.answers[title] = "hang up"
    elif where == "421 to data":
        server.answers[title] = "421 leaving"
    else:
        step, says = where.split()
        address = f"{title.replace(' ', '-')}@liman.example"
        Letter.objects.filter(subject=title).update(to=[address])

        async def hangs_up(smtp: Any, session: Any, envelope: Any, email: str, options: Any) -> str:
            if email == address:
                if says == "hangs":
                    smtp.transport.abort()
                return "421 leaving"
            envelope.rcpt_tos.append(email)
            return "250 OK"

        assert step == "rcpt"
        monkeypatch.setattr(server, "handle_RCPT", hangs_up)


@pytest.mark.parametrize("where", ["rcpt hangs", "after data"])
@pytest.mark.parametrize("place", [0, 1, 49, 50])
def test_after_the_line_broke_no_letter_is_touched_in_that_run(
    server: Server, monkeypatch: pytest.MonkeyPatch, where: str, place: int
) -> None:
    letters = many(place + 3)
    due = {each.pk: each.due_at for each in letters}
    breaks(server, monkeypatch, where, letters[place].subject)
    before = timezone.now()
    assert delivery.deliver() == place
    assert statuses(letters) == ["sent"] * place + ["queued"] * 3
    assert attempts(letters) == [1] * (place + 1) + [0, 0]
    assert now(letters[place]).due_at >= before + DELAYS[Answer.SOON][0]
    assert [now(each).due_at for each in letters[place + 1 :]] == [due[each.pk] for each in letters[place + 1 :]]
    assert (letters[place].doubted_at is not None) == (where == "after data")
    assert (counted_today(), counted("letters.company.day")) == (place + 1, place + 1)
    assert delivery.deliver() == 2
    assert statuses(letters[place + 1 :]) == ["sent", "sent"]
    assert attempts(letters[place + 1 :]) == [1, 1]


@pytest.mark.parametrize("where", ["rcpt says", "421 to data"])
def test_a_server_that_says_it_is_leaving_has_refused_one_letter(
    server: Server, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    letters = many(4)
    breaks(server, monkeypatch, where, letters[1].subject)
    assert delivery.deliver() == 3
    assert (statuses(letters), attempts(letters)) == (["sent", "queued", "sent", "sent"], [1] * 4)
    assert (counted_today(), counted("letters.company.day")) == (4, 4)


@pytest.mark.parametrize("to", ["", "adres değil", "ada@", "a@b.example\nBcc: x@y.example", "a@" + "b" * 300])
def test_an_address_that_is_none_stops_no_other(server: Server, to: str) -> None:
    letters = many(3)
    Letter.objects.filter(pk=letters[1].pk).update(to=[to])
    delivery.deliver()
    assert server.titles in (
        [letters[0].subject, letters[2].subject],
        [each.subject for each in letters],  # a server may take what it is given
    )
    assert now(letters[1]).attempts == 1
    assert letters[1].status != LetterStatus.SENDING


def test_while_there_is_no_line_nothing_is_counted() -> None:
    letters = many(52)
    due = [each.due_at for each in letters]
    with override_settings(EMAIL_HOST="127.0.0.1", EMAIL_PORT=9):
        for _turn in range(3):
            assert delivery.deliver() == 0
    assert (set(statuses(letters)), set(attempts(letters))) == ({"queued"}, {0})
    assert [now(each).due_at for each in letters] == due
    assert (counted_today(), counted("letters.company.day")) == (0, 0)


@pytest.mark.parametrize("answer", ["hang up", "451 later", "550 no"])
def test_one_companys_own_line_is_in_no_others_way(server: Server, mailbox: AccountServer, answer: str) -> None:
    loud, quiet = CompanyFactory.create(), CompanyFactory.create()
    bad = many(3, loud, key="kötü", account=account_of(loud, mailbox))
    good = many(3, quiet, key="iyi", account=account_of(quiet, mailbox))
    mailbox.answers["kötü 0"] = answer
    delivery.deliver()
    assert statuses(good) == ["sent"] * 3
    assert attempts(bad) == ([1, 0, 0] if answer == "hang up" else [1, 1, 1])


def test_an_account_whose_server_is_away_is_in_no_others_way(server: Server, mailbox: AccountServer) -> None:
    away, here = CompanyFactory.create(), CompanyFactory.create()
    account = account_of(away, mailbox)
    account.port = 9
    account.save()
    waiting = many(2, away, key="kapalı", account=account)
    ours = many(2, away, key="portaldan")
    theirs = many(2, here, key="açık", account=account_of(here, mailbox))
    delivery.deliver()
    assert statuses([*ours, *theirs]) == ["sent"] * 4
    assert "sent" not in statuses(waiting)
    assert sum(attempts(waiting)) <= 1
