"""A database that is older than what went out: the portal notices, finds what went, and sends nothing twice."""

from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from correspondence.models import Audience, Letter, LetterStatus, SendingHold, SendingMark
from correspondence.outgoing import control, delivery, outbox, restored
from correspondence.outgoing.message import on_the_line
from journal.models import Entry, Event
from tenancy.models import Company
from tests.scenarios.factories import CompanyFactory
from tests.scenarios.mailbox import Maildir
from tests.scenarios.smtp_server import Server, running

pytestmark = pytest.mark.django_db
TO = "onkayit@iys.org.tr"


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as found:
        yield found


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[Maildir]:
    found = Maildir(tmp_path / "kutu")
    with found.watched():
        yield found


@pytest.fixture
def company() -> Company:
    found: Company = CompanyFactory.create()
    return found


def posted(company: Company, words: str = "Başvuru", key: str = "") -> Letter:
    return outbox.post(
        company=company,
        idempotency_key=key or words,
        body=outbox.Body(words, f"{words} ektedir.\n", f"<p>{words}</p>"),
        address=outbox.Address(Audience.IYS, [TO], cc=["iys@kiyi.example"]),
    )


def older_database() -> Any:
    """The rows of a moment ago, while the file store is as it was: that of the restored database."""
    rows: Sequence[Letter] = list(Letter.objects.all())
    mark = SendingMark.objects.filter(pk=1).first()

    def load() -> None:
        for row in rows:
            row.save()
        if mark is None:
            SendingMark.objects.all().delete()
        else:
            mark.save()

    return load


def command(name: str, *arguments: object) -> str:
    said = StringIO()
    call_command(name, *map(str, arguments), stdout=said, stderr=StringIO())
    return said.getvalue()


def test_what_went_after_the_backup_does_not_go_again(server: Server, company: Company) -> None:
    posted(company, "Daha önce")
    delivery.deliver()
    posted(company)
    load = older_database()
    assert delivery.deliver() == 1
    load()
    assert delivery.deliver() == 0
    assert len(server.mails) == 2
    assert SendingHold.objects.get().reason == restored.REASON
    assert "yedekten yüklenmiş" in restored.REASON


def test_an_installation_that_was_not_restored_goes_on(server: Server, company: Company) -> None:
    for number in range(3):
        posted(company, f"Mektup {number}")
        assert delivery.deliver() == 1
    assert not SendingHold.objects.exists()
    assert SendingMark.objects.get().turn == 3


def test_a_database_that_is_numbered_anew_was_restored(
    server: Server, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restored, "_place", lambda: "1/1/1")
    posted(company, "Daha önce")
    delivery.deliver()
    posted(company)
    monkeypatch.setattr(restored, "_place", lambda: "2/1/1")
    assert delivery.deliver() == 0
    assert SendingHold.objects.filter(lifted_at=None).count() == 1


def test_letters_wait_and_wear_out_nothing_while_the_store_is_away(
    server: Server, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = posted(company)

    def away(name: str, mode: str = "rb") -> None:
        raise ConnectionError(name)

    with monkeypatch.context() as patch:
        patch.setattr(storages["private"], "_open", away)
        assert delivery.deliver() == 0
    letter.refresh_from_db()
    assert (letter.status, letter.attempts) == (LetterStatus.QUEUED, 0)
    assert delivery.deliver() == 1


def test_resuming_is_refused_once_when_nobody_knew_of_the_restore(server: Server, company: Company) -> None:
    posted(company)
    load = older_database()
    delivery.deliver()
    load()
    hold = SendingHold.objects.create(reason="bakım", partner=None, target="")
    with pytest.raises(CommandError, match="yedekten yüklenmiş"):
        command("resume_sending")
    hold.refresh_from_db()
    assert hold.lifted_at is None
    assert hold.reason == restored.REASON, "and the banner says it"
    assert "1 letters go" in command("resume_sending")


def test_stopping_by_the_command_knows_of_the_restore_already(server: Server, company: Company) -> None:
    posted(company)
    load = older_database()
    delivery.deliver()
    load()
    assert "loaded from a backup" in command("stop_sending", "yedek yükleniyor")
    assert "stopped already" in command("stop_sending", "yedek yükleniyor")
    assert delivery.deliver() == 0
    assert "1 letters go" in command("resume_sending")
    assert "not stopped" in command("resume_sending")


def test_a_letter_is_found_by_its_copy(server: Server, company: Company, mailbox: Maildir) -> None:
    letter = posted(company)
    load = older_database()
    delivery.deliver()
    load()
    mailbox.put(server.mails[0])
    command("stop_sending", "yedek yükleniyor")
    said = command("replay_after_restore", "--dry-run")
    assert "1 would be counted as sent, 0 would be held" in said
    assert letter.message_id in said
    letter.refresh_from_db()
    assert letter.status == LetterStatus.QUEUED, "nothing is changed"
    assert "1 counted as sent, 0 held" in command("replay_after_restore")
    letter.refresh_from_db()
    assert (letter.status, letter.outcome_handled_at) == (LetterStatus.SENT, None)
    entry = Entry.objects.filter(event=Event.LETTER_SENT).latest("pk")
    assert "kopyası posta kutusunda bulundu" in entry.text
    assert "0 counted as sent" in command("replay_after_restore")


def test_what_was_written_anew_is_found_by_the_copy_of_the_first(
    server: Server, company: Company, mailbox: Maildir
) -> None:
    """The letter itself was made after the backup, so its row is gone and its step made it anew."""
    first = posted(company)
    delivery.deliver()
    Letter.objects.filter(pk=first.pk).delete()
    SendingMark.objects.update(turn=0)
    mailbox.put(server.mails[0])
    command("stop_sending", "yedek yükleniyor")
    anew = posted(company)
    assert anew.message_id != first.message_id
    assert "1 counted as sent" in command("replay_after_restore")
    anew.refresh_from_db()
    assert anew.status == LetterStatus.SENT


def test_a_mail_with_the_name_of_a_letter_alone_proves_nothing(
    server: Server, company: Company, mailbox: Maildir
) -> None:
    letter = posted(company)
    raw = on_the_line(letter).replace(b"\r\n\r\n", b"\r\n\r\nBaska bir soz.\r\n")
    mailbox.put(raw.replace(b"ektedir", b"yoktur").replace(b"ZWt0ZWRpci4", b"eW9rdHVy"))
    command("stop_sending", "yedek yükleniyor")
    assert "0 counted as sent, 1 held for a person" in command("replay_after_restore")
    letter.refresh_from_db()
    assert letter.status == LetterStatus.HELD


def test_a_letter_is_found_in_the_log_and_the_rest_waits_for_a_person(
    company: Company, mailbox: Maildir, tmp_path: Path
) -> None:
    went, not_known = posted(company, "Giden"), posted(company, "Bilinmeyen")
    code = outbox.post_account(to="deniz@mavideniz.example", from_name="Kıyı", body=outbox.Body("Kod", "1", "1"))
    log = tmp_path / "mail.log"
    stranger = "<00000000-0000-4000-8000-000000000000@" + went.message_id.partition("@")[2]
    log.write_text(f"{went.message_id}\n{stranger}\n<baska@baska.example>\n")
    command("stop_sending", "yedek yükleniyor")
    after = posted(company, "Sonradan yazılan")
    said = command("replay_after_restore", "--log", log)
    assert "1 counted as sent, 2 held for a person; 1 went of which this database knows nothing" in said
    assert stranger in said
    for letter, status in (
        (went, LetterStatus.SENT),
        (not_known, LetterStatus.HELD),
        (code, LetterStatus.CANCELLED),
        (after, LetterStatus.QUEUED),
    ):
        letter.refresh_from_db()
        assert letter.status == status, letter.subject
    assert "gitmiş olabilir" in not_known.smtp_answer
    assert "1 letters go, 1 wait for a person" in command("resume_sending")


def test_replay_refuses_while_letters_go_and_names_a_mailbox_that_is_away(company: Company) -> None:
    with pytest.raises(CommandError, match="stopped first"):
        command("replay_after_restore")
    command("stop_sending", "yedek yükleniyor")
    with pytest.raises(CommandError, match="No such file"):
        command("replay_after_restore", "--log", "yok.log")


def test_a_letter_counts_as_sent_for_its_step_when_somebody_says_so(company: Company) -> None:
    letter = posted(company)
    with pytest.raises(control.NotNow, match="neden"):
        control.mark_sent(letter=letter, reason=" ", by=None)
    control.mark_sent(letter=letter, reason="sunucunun kaydında var", by=None)
    letter.refresh_from_db()
    assert letter.status == LetterStatus.SENT
    assert letter.sent_at is not None
    with pytest.raises(control.NotNow):
        control.mark_sent(letter=letter, reason="bir daha", by=None)
