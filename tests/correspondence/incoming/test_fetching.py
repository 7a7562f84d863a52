"""Fetched, stored and processed: folders, numbering anew, batches, two mailboxes, what is too large or breaks."""

import re
import uuid
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.db import OperationalError
from django.test import override_settings

from correspondence import mailbox
from correspondence.addresses import tracking_address
from correspondence.incoming import fetching, processing
from correspondence.mailbox import Mailbox, open_mailbox
from correspondence.models import Letter, Mail, MailboxCursor, MailStatus
from correspondence.outgoing.message import on_the_line
from correspondence.reading import parsing
from documents.encrypted import StoreAway
from onboarding.mail import answers, pipeline
from tests.scenarios.cast import Cast
from tests.scenarios.factories import CompanyFactory, PartnerFactory
from tests.scenarios.mailbox import ImapBox, Maildir
from tests.scenarios.mails import PAID, RECEIVED, mail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dovecot")]


class Box(ImapBox):
    def open(self) -> Mailbox:
        return open_mailbox(self.url)


def numbered(count: int, **more: str) -> list[bytes]:
    return [mail(text=RECEIVED, message_id=f"<{number}@iys.org.tr>", **more) for number in range(count)]  # type: ignore[arg-type]


def test_every_folder_of_a_mailbox_is_read() -> None:
    box = Box(query="folder=Spam")
    first, second = numbered(2)
    box.put(first)
    box.put(second, "Spam")
    assert fetching.fetch(mailbox=box.open()) == 2
    assert set(Mail.objects.values_list("folder", flat=True)) == {"INBOX", "Spam"}
    assert fetching.fetch(mailbox=box.open()) == 0


def test_a_folder_that_is_not_there_is_trouble_with_the_mailbox_alone() -> None:
    box = Box(query="folder=Yok")
    box.put(mail(text=RECEIVED))
    with pytest.raises(mailbox.OutOfReach):
        fetching.fetch(mailbox=box.open())
    assert Mail.objects.count() == 1


def test_a_mail_that_people_move_to_another_folder_stays_one_mail() -> None:
    box = Box(query="folder=Spam")
    (raw,) = numbered(1)
    box.put(raw, "Spam")
    box.put(mail(text=PAID))
    fetching.fetch(mailbox=box.open())
    box.put(raw)
    assert fetching.fetch(mailbox=box.open()) == 0
    assert Mail.objects.count() == 2


def test_a_folder_that_was_numbered_anew_brings_nothing_twice() -> None:
    box = Box()
    for raw in numbered(3):
        box.put(raw)
    fetching.fetch(mailbox=box.open())
    MailboxCursor.objects.update(uid_validity=1)
    box.put(mail(text=PAID, message_id="<new@iys.org.tr>"))
    assert fetching.fetch(mailbox=box.open()) == 1
    assert Mail.objects.count() == 4


def test_many_mails_come_in_batches_and_none_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "MAX_BATCH", 4)
    monkeypatch.setattr(mailbox, "MAX_BATCH_BYTES", 3_000)
    box = Box()
    for raw in numbered(11):
        box.put(raw)
    box.put(mail(text="x" * 9_000, message_id="<large@iys.org.tr>"))
    batches = list(box.open().waiting(lambda _folder: mailbox.Position()))
    assert max(len(batch) for batch in batches) <= 4
    assert all(len(batch) == 1 or sum(len(each.raw) for each in batch) <= 3_000 for batch in batches)
    assert fetching.fetch(mailbox=box.open()) == 12


def test_a_copy_mailbox_is_its_partners() -> None:
    # A mailbox of this run's own: the servers may stay up between runs, and their mails with them.
    address = f"iys-{uuid.uuid4().hex[:8]}@kiyi.example"
    partner = PartnerFactory.create(copy_address=address)
    box = Box(address)
    box.put(mail(text=PAID, message_id=f"<{uuid.uuid4()}@iys.org.tr>"))
    fetching.fetch(mailbox=box.open())
    assert Mail.objects.get().partner == partner


def test_a_wrong_password_is_told_without_the_password() -> None:
    url = re.sub(r":[^:@/]+@", ":gizli-parola@", Box().url)
    with pytest.raises(mailbox.OutOfReach) as told:
        fetching.fetch(mailbox=open_mailbox(url))
    assert "gizli-parola" not in str(told.value)


def test_a_file_cut_short_by_a_crash_is_written_anew() -> None:
    box = Box()
    (raw,) = numbered(1)
    box.put(raw)
    fetching.fetch(mailbox=box.open())
    kept = Mail.objects.get()
    Mail.objects.all().delete()
    MailboxCursor.objects.all().delete()
    path = Path(storages["private"].path(kept.stored_name))
    path.write_bytes(raw[:100])
    fetching.fetch(mailbox=box.open())
    assert fetching.raw_of(Mail.objects.get()) == raw


def test_the_same_mail_in_two_mailboxes_acts_once(tmp_path: Path) -> None:
    cast = Cast()
    cast.at_iys()
    first = cast.arrives(tmp_path, RECEIVED, message_id="<once@iys.org.tr>")
    second = cast.arrives(tmp_path, RECEIVED, message_id="<once@iys.org.tr>", subject="[kopya] Ynt: Başvurunuz")
    assert (first.status, second.status) == (MailStatus.APPLIED, MailStatus.FILED)
    assert "başka bir posta kutusuna da" in second.status_why


def test_a_strangers_mail_with_a_stolen_message_id_does_not_hide_the_true_one(tmp_path: Path) -> None:
    cast = Cast()
    cast.at_iys()
    forged = cast.arrives(tmp_path, RECEIVED, message_id="<once@iys.org.tr>", verdict="fail")
    true = cast.arrives(tmp_path, RECEIVED, message_id="<once@iys.org.tr>", subject="Ynt: Başvuru")
    forged.refresh_from_db()
    assert (forged.status, true.status) == (MailStatus.FILED, MailStatus.APPLIED)


def test_our_own_letter_that_a_list_server_wrote_anew_proves_delivery_and_nothing_more(tmp_path: Path) -> None:
    cast = Cast()
    cast.at_iys()
    letter = Letter.objects.filter(audience="iys").latest("created_at")
    raw = on_the_line(letter).replace(letter.message_id.encode(), b"<1@liste.kiyi.example>")
    marked = raw.replace(b"Subject: ", b"List-Id: <iys.kiyi.example>\r\nSubject: [iys] ")
    closing = marked.index(b"\r\n--", marked.index(b"text/plain"))
    footer = b"\r\n____\r\niys mailing list\r\nhttps://liste.kiyi.example/iys"
    found = Maildir(tmp_path / "kutu").brings(marked[:closing] + footer + marked[closing:])
    letter.refresh_from_db()
    assert letter.delivered_at is not None
    assert (found.status, found.kind) == (MailStatus.FILED, "")


def test_a_mail_that_is_too_large_is_kept_and_shown_but_not_read(tmp_path: Path) -> None:
    cast = Cast()
    cast.at_iys()
    with override_settings(MAIL_MAX_BYTES=2_000):
        found = cast.arrives(tmp_path, RECEIVED + "x" * 3_000)
    assert (found.status, found.company, found.kind) == (MailStatus.PERSON, cast.company, "")
    assert "içine bakılmadı" in found.status_why
    assert len(fetching.raw_of(found)) == found.size


def test_whatever_goes_wrong_with_one_mail_stands_on_it_and_the_next_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = Cast()
    cast.at_iys()
    plain = parsing.content

    def bites(raw: bytes) -> object:
        if b"zehir" in raw:
            raise ZeroDivisionError
        return plain(raw)

    monkeypatch.setattr(processing, "content", bites)
    box = Box()
    to = tracking_address(cast.company).email
    box.put(mail(text="zehir", to=to, message_id="<0@iys.org.tr>"))
    box.put(mail(text=RECEIVED, to=to, message_id="<1@iys.org.tr>"))
    fetching.fetch(mailbox=box.open())
    pipeline.process_new()
    broken, read = Mail.objects.order_by("status")
    assert (broken.status, broken.status_why) == (MailStatus.BROKEN, "İşlenemedi: ZeroDivisionError")
    assert read.status == MailStatus.READ


def test_what_goes_wrong_while_a_mail_is_applied_stands_on_it_and_moves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = Cast()
    cast.at_iys()

    def bites(**_given: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(answers, "take", bites)
    found = cast.arrives(tmp_path, RECEIVED)
    assert (found.status, found.status_why) == (MailStatus.BROKEN, "İşlenemedi: KeyError")


def test_trouble_of_the_database_is_not_blamed_on_the_mail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = Cast()
    cast.at_iys()

    def away(**_given: object) -> None:
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(answers, "take", away)
    with pytest.raises(OperationalError):
        cast.arrives(tmp_path, RECEIVED)
    assert Mail.objects.get().status == MailStatus.READ


def test_a_mail_whose_file_is_gone_is_broken_and_one_whose_store_is_away_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    CompanyFactory.create()
    box = Box()
    for raw in numbered(2):
        box.put(raw)
    fetching.fetch(mailbox=box.open())
    gone, kept = Mail.objects.order_by("uid")
    storages["private"].delete(gone.stored_name)
    plain = fetching.raw_of

    def away(found: Mail, *, head_only: bool = False) -> bytes:
        if found.pk == kept.pk:
            raise StoreAway("S3")
        return plain(found, head_only=head_only)

    monkeypatch.setattr(processing, "raw_of", away)
    pipeline.process_new()
    gone.refresh_from_db()
    kept.refresh_from_db()
    assert (gone.status, kept.status) == (MailStatus.BROKEN, MailStatus.NEW)
    monkeypatch.undo()
    pipeline.process_new()
    kept.refresh_from_db()
    assert kept.status == MailStatus.READ


def test_a_batch_is_matched_with_a_handful_of_queries(django_assert_max_num_queries: object) -> None:
    cast = Cast()
    cast.at_iys()
    box = Box()
    to = tracking_address(cast.company).email
    for raw in numbered(30, to=to):
        box.put(raw)
    fetching.fetch(mailbox=box.open())
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        pipeline.process_new()
    assert Mail.objects.filter(company=cast.company, status=MailStatus.READ).count() == 30
