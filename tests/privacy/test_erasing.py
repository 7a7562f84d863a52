"""What has come to the end of its time goes with every copy, what has not stays, and the log says what went."""

import json
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from correspondence.models import Audience, Letter, LetterStatus, Mail, MailboxCursor, TaughtSentence
from correspondence.outgoing import outbox
from documents.models import Document, Origin
from documents.storage import store
from finding import renewing
from journal import chain
from onboarding.evidence_pack import building
from onboarding.models import Application, EvidencePack
from onboarding.tasks import build_pack
from privacy import erasing
from privacy.forgetting import forget
from privacy.kinds import KINDS, check
from privacy.models import DataKind, Erasure, RetentionRule
from tenancy.memberships import invite
from tenancy.models import Company, Invitation, JoinRequest, User
from tests.scenarios.cast import Cast
from tests.scenarios.earlier import letter_in_a_file
from tests.scenarios.factories import CompanyFactory, MembershipFactory, UserFactory
from verification.models import OneTimeCode, Purpose

pytestmark = pytest.mark.django_db
LONG_AFTER = timedelta(days=11 * 365)


def everything() -> Iterator[tuple[str, str]]:
    """Each row of each table as text, as whoever holds the database reads it."""
    for model in apps.get_models():
        rows: QuerySet[Any] = QuerySet(model)
        for row in rows.values():
            yield model._meta.label, json.dumps(row, default=str, ensure_ascii=False)


def traces(*words: str) -> dict[str, list[str]]:
    return {word: found for word in words if (found := [table for table, row in everything() if word in row])}


def stored() -> set[str]:
    """The names of all files in the private store."""
    store_: Any = storages["private"]
    root = Path(store_.location)
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def only(kind: DataKind) -> None:
    RetentionRule.objects.exclude(kind=kind).update(active=False)


def age(kind: DataKind) -> timedelta:
    return RetentionRule.objects.get(kind=kind).age


@pytest.fixture
def finished(tmp_path: Path) -> Cast:
    """A company that went through all six steps, with answers of İYS, a pack, a question and a taught sentence."""
    cast = Cast(trade_name="Yeşil Vadi Gıda Anonim Şirketi")
    cast.finished()
    mail = cast.arrives(tmp_path, "Bir haber daha var, Yeşil Vadi.")
    TaughtSentence.objects.create(partner=cast.company.partner, text="Bir haber daha var", mail=mail)
    cast.browsers["owner"].post("/yardim/sor/", {"text": "Yeşil Vadi soruyor", "page": "/"})
    building.ask(application=cast.now(), actor=cast.owner)
    build_pack(str(cast.application.pk))
    return cast


class TestACompany:
    def test_it_goes_with_every_row_and_file_and_nobody_else_does(self, finished: Cast) -> None:
        other = Cast(code="998877", trade_name="Mor Dağ Turizm Anonim Şirketi")
        other.submitted()
        connection.check_constraints()  # the journal's links are written as at a commit
        renewing.renew_marked()  # as the worker does every few seconds, also below
        of_others = {table_row for table_row in everything() if str(other.company.pk) in table_row[1]}
        company = finished.company
        tracking = company.tracking_addresses.get().token
        sought = (str(company.pk), company.pk.hex, "Yeşil Vadi", company.tax_number, tracking)
        assert set(traces(*sought)) >= {"Yeşil Vadi", company.tax_number, tracking}
        assert any(str(company.pk) in name for name in stored())

        with connection.cursor():
            forget(Company.objects.filter(pk=company.pk))
        connection.check_constraints()
        renewing.renew_marked()

        assert traces(*sought) == {}
        assert TaughtSentence.objects.get().mail is None, "what was learned from it stays"
        assert {table_row for table_row in everything() if str(other.company.pk) in table_row[1]} == of_others
        assert User.objects.filter(pk=finished.people["editor"].pk).exists(), "its people are people still"
        assert list(chain.faults()) == []

    def test_its_files_go_when_the_transaction_has_ended(
        self, finished: Cast, django_capture_on_commit_callbacks: Any
    ) -> None:
        letter = finished.company.letters.first()
        assert letter is not None
        names = {
            *finished.company.documents.values_list("stored_name", flat=True),
            letter_in_a_file(letter).stored_name,
            *finished.company.mails.values_list("stored_name", flat=True),
            EvidencePack.objects.get().zip_stored_name,
        }
        assert names <= stored()
        with django_capture_on_commit_callbacks(execute=True):
            gone = forget(Company.objects.filter(pk=finished.company.pk))
        assert stored() & names == set()
        assert gone.files >= len(names)

    def test_a_file_that_another_row_names_stays(
        self, finished: Cast, tmp_path: Path, django_capture_on_commit_callbacks: Any
    ) -> None:
        mail = finished.company.mails.first()
        assert mail is not None
        Mail.objects.filter(pk=mail.pk).update(company=None)
        kept = Mail.objects.get(pk=mail.pk)
        kept.pk, kept.uid, kept.mailbox, kept.company = None, "anders", "upload:x", finished.company
        kept.save(force_insert=True)
        with django_capture_on_commit_callbacks(execute=True):
            forget(Company.objects.filter(pk=finished.company.pk))
        assert mail.stored_name in stored()

    def test_it_ends_ten_years_after_its_last_move_and_not_before(self, finished: Cast) -> None:
        only(DataKind.ENDED)
        now = timezone.now()
        assert [each.count for each in erasing.due(now + age(DataKind.ENDED) - timedelta(hours=1))] == [0]
        assert [each.count for each in erasing.due(now + age(DataKind.ENDED) + timedelta(hours=1))] == [1]

    def test_one_whose_application_goes_on_never_ends(self) -> None:
        cast = Cast()
        cast.submitted()
        erasing.run(timezone.now() + LONG_AFTER)
        assert Company.objects.filter(pk=cast.company.pk).exists()

    def test_one_that_never_submitted_is_abandoned_after_two_quiet_years(self) -> None:
        company = Cast().company
        only(DataKind.ABANDONED)
        erasing.run(timezone.now() + age(DataKind.ABANDONED) - timedelta(days=30))
        erasing.run(timezone.now() + age(DataKind.ABANDONED) - timedelta(days=1))
        assert Company.objects.filter(pk=company.pk).exists()
        erasing.run(timezone.now() + age(DataKind.ABANDONED) + timedelta(days=1))
        assert not Company.objects.filter(pk=company.pk).exists()
        entry = Erasure.objects.get()
        assert (entry.kind, entry.subject) == (DataKind.ABANDONED, str(company.pk))
        assert entry.rows["tenancy.Company"] == 1
        assert entry.rows["tenancy.Membership"] == 3
        assert "son hareketten 730 gün sonra" in entry.why.lower()

    def test_so_many_a_night_at_most(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(erasing, "A_NIGHT", 2)
        CompanyFactory.create_batch(3)
        only(DataKind.ABANDONED)
        then = timezone.now() + LONG_AFTER
        assert [(each.count, each.left) for each in erasing.due(then)] == [(2, 1)]
        assert len(erasing.run(then)) == 2
        assert len(erasing.run(then)) == 1


class TestByTime:
    """Each kind: one row that is old enough and one that is not."""

    def test_codes(self) -> None:
        company = CompanyFactory.create()
        for days in (6, 8):
            code = OneTimeCode.objects.create(
                company=company, application_id=company.pk, purpose=Purpose.EMAIL, target="a@b.example", code="1",
                expires_at=timezone.now(),
            )  # fmt: skip
            OneTimeCode.objects.filter(pk=code.pk).update(created_at=timezone.now() - timedelta(days=days))
        erasing.run()
        assert OneTimeCode.objects.count() == 1

    def test_account_letters_that_have_gone(self, django_capture_on_commit_callbacks: Any) -> None:
        body = outbox.Body("Konu", "Metin")
        _old, waiting, new = (
            letter_in_a_file(outbox.post_account(to="su@kuzey.example", from_name="Portal", body=body))
            for _ in range(3)
        )
        Letter.objects.exclude(pk=new.pk).update(created_at=timezone.now() - timedelta(days=91))
        Letter.objects.exclude(pk=waiting.pk).update(status=LetterStatus.SENT)
        with django_capture_on_commit_callbacks(execute=True):
            erasing.run()
        assert set(Letter.objects.values_list("pk", flat=True)) == {waiting.pk, new.pk}
        assert stored() == {waiting.stored_name, new.stored_name}

    def test_a_companys_letters_do_not_go_by_themselves(self) -> None:
        cast = Cast()
        cast.submitted()
        Letter.objects.update(created_at=timezone.now() - timedelta(days=3000), status=LetterStatus.SENT)
        before = Letter.objects.filter(company=cast.company).count()
        erasing.run()
        assert Letter.objects.filter(company=cast.company).exclude(audience=Audience.ACCOUNT).count() == before

    def test_invitations_and_requests(self) -> None:
        company = CompanyFactory.create()
        owner = MembershipFactory.create(company=company).user
        old = invite(company=company, email="eski@kuzey.example", role="viewer", by=owner)
        invite(company=company, email="yeni@kuzey.example", role="viewer", by=owner)
        Invitation.objects.filter(pk=old.pk).update(expires_at=timezone.now() - timedelta(days=181))
        open_request = JoinRequest.objects.create(user=UserFactory.create(), company=company, trade_name="x")
        JoinRequest.objects.create(
            user=UserFactory.create(),
            company=company,
            trade_name="y",
            settled_at=timezone.now() - timedelta(days=181),
        )
        erasing.run()
        assert [each.email for each in Invitation.objects.all()] == ["yeni@kuzey.example"]
        assert list(JoinRequest.objects.all()) == [open_request]

    def test_packs_can_be_asked_for_again(self, finished: Cast, django_capture_on_commit_callbacks: Any) -> None:
        EvidencePack.objects.update(made_at=timezone.now() - timedelta(days=31))
        zip_name = EvidencePack.objects.get().zip_stored_name
        with django_capture_on_commit_callbacks(execute=True):
            erasing.run()
        assert zip_name not in stored()
        building.ask(application=finished.now(), actor=finished.owner)
        build_pack(str(finished.application.pk))
        assert EvidencePack.objects.get().zip_stored_name in stored()

    def test_replaced_documents_leave_their_row(self, django_capture_on_commit_callbacks: Any) -> None:
        company = CompanyFactory.create()
        old, newer = (
            store(
                company=company, kind="tax_plate", payload=payload, filename="levha-su-kuzey.pdf",
                content_type="application/pdf", pages=1, origin=Origin.UPLOADED, by=None,
            )
            for payload in (b"%PDF-1 eski", b"%PDF-1 yeni")
        )  # fmt: skip
        Document.objects.update(created_at=timezone.now() - timedelta(days=731))
        with django_capture_on_commit_callbacks(execute=True):
            erasing.run()
        old.refresh_from_db()
        assert (old.erased_at is not None, old.name) == (True, "silinmiş belge")
        assert stored() == {newer.stored_name}
        assert Document.objects.get(pk=newer.pk).erased_at is None

    def test_what_was_sent_is_never_a_replaced_document(self) -> None:
        cast = Cast()
        cast.at_iys()
        Document.objects.update(created_at=timezone.now() - timedelta(days=9000))
        attached = Document.objects.filter(pk__in=Letter.objects.values("attachments__document"))
        assert attached.exists()
        last = cast.company.documents.latest("created_at")
        attached.exclude(pk=last.pk).update(replaced_by=last)
        only(DataKind.REPLACED_DOCUMENTS)
        erasing.run()
        assert not attached.exclude(erased_at=None).exists()

    def test_unused_accounts(self) -> None:
        gone, member, staff = (
            UserFactory.create(email="su@kuzey.example"),
            MembershipFactory.create().user,
            (UserFactory.create(is_staff=True)),
        )
        User.objects.update(date_joined=timezone.now() - timedelta(days=731))
        only(DataKind.ACCOUNTS)
        erasing.run()
        gone.refresh_from_db()
        assert gone.email.endswith("@silindi.invalid")
        for each in (member, staff):
            before = each.email
            each.refresh_from_db()
            assert each.email == before
        assert erasing.run() == [], "once"

    def test_cursors_of_mailboxes_that_are_read_no_more(self) -> None:
        MailboxCursor.objects.create(mailbox="imaps://eski@posta.example", folder="INBOX", uid_validity=1)
        erasing.run()
        assert not MailboxCursor.objects.exists()


class TestRules:
    def test_every_kind_that_ends_by_time_begins_with_a_row_that_it_allows(self) -> None:
        assert set(RetentionRule.objects.values_list("kind", flat=True)) == set(KINDS)
        for rule in RetentionRule.objects.all():
            check(rule)

    def test_nobody_goes_below_what_the_law_has_kept(self) -> None:
        rule = RetentionRule.objects.get(kind=DataKind.ENDED)
        rule.days = 3650
        with pytest.raises(ValidationError, match="en az 3653 gün"):
            check(rule)
        with pytest.raises(ValidationError, match="süreyle silinmez"):
            check(RetentionRule(kind=DataKind.PERSON, days=1, basis="x"))

    def test_one_out_of_use_keeps(self) -> None:
        company = CompanyFactory.create()
        RetentionRule.objects.update(active=False)
        assert erasing.run(timezone.now() + LONG_AFTER) == []
        assert Company.objects.filter(pk=company.pk).exists()


class TestTheCommand:
    def test_a_dry_run_says_what_would_go_and_changes_nothing(self) -> None:
        CompanyFactory.create()
        Company.objects.update(created_at=timezone.now() - timedelta(days=800))
        before, files, out = sorted(everything()), stored(), StringIO()
        call_command("erase_expired", dry_run=True, stdout=out)
        assert "Hiç gönderilmemiş başvurular ve firmaları (son hareketten 730 gün): 1" in out.getvalue()
        assert (sorted(everything()), stored()) == (before, files)

    def test_it_says_what_went(self) -> None:
        CompanyFactory.create()
        Company.objects.update(created_at=timezone.now() - timedelta(days=800))
        out = StringIO()
        call_command("erase_expired", stdout=out)
        assert "tenancy.Company 1" in out.getvalue()
        assert not Application.objects.exists()
