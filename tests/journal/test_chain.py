"""The journal's chain: written by the database, whole after whatever happens, broken by whatever changes it."""

import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from journal import chain, triggers
from journal.entries import write
from journal.models import Entry, Event, Head, Link
from journal.parties import Party
from tenancy.models import Company
from tests.scenarios.factories import CompanyFactory

VERIFY = "verify_journal"

# What the column keeps otherwise than it was said: identity numbers, passports, keys of links, what is too long.
TEXTS = (
    "10000000146 için bakıldı",
    "TCKN 1000 000 0146, pasaport no: U1234567",
    "https://portal.example/firma/davet/0f8f1c3a4b5d4e6f8a9b0c1d2e3f4a5b-99rzVCPEm8nqo476iM5r7kjXGXGZKc0aczK/",
    "x" * 1990 + "10000000146",
    "x" * 1989 + "100000001467",
    "a " * 3000,
    "1000000014610000000146",
    "İı\u2028\U0001f600 \u202e",
)


def say(company: Company, text: str = "Bilgiler kaydedildi") -> Entry:
    return write(
        company=company,
        event=Event.FILLED_IN,
        text=text,
        party=Party.COMPANY,
        step_key="pre_application",
        data={"tutar": 1.0, "ş": ["ğ", None, True], "b": {"2": 1, "1": 2}},
    )


def verify(*arguments: str) -> tuple[str, str]:
    """What the command says, and what it complains of."""
    out, err = StringIO(), StringIO()
    try:
        call_command(VERIFY, *arguments, stdout=out, stderr=err)
    except CommandError as error:
        return "", f"{err.getvalue()}{error}"
    return out.getvalue(), err.getvalue()


def raw(sql: str, *values: str | int) -> None:
    """As somebody who is at the database itself."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.django_db
class TestChainOfEntries:
    """On what the tests run on: SQLite without servers, PostgreSQL with them."""

    def test_the_entries_of_each_company_are_chained(self) -> None:
        companies = CompanyFactory.create_batch(2)
        for number in range(3):
            for company in companies:
                say(company, f"{number}. söz")
        assert verify() == ("The journal is whole: 6 entries, 2 companies.\n", "")
        for company in companies:
            links = list(Link.objects.filter(company=company).order_by("number").select_related("entry"))
            assert [link.number for link in links] == [1, 2, 3]
            assert [link.entry.text for link in links] == ["0. söz", "1. söz", "2. söz"]
            assert Head.objects.get(company=company).hash == links[-1].hash
            assert links[1].hash == chain.following(links[0].hash, chain.digest(links[1].entry))

    @pytest.mark.parametrize(
        "change",
        [
            "text = 'Başka bir söz'",
            "event = 'moved'",
            "party = 'iys'",
            "step_key = ''",
            "data = '{}'",
            "at = '2020-01-01 00:00:00+00:00'",
        ],
    )
    def test_a_changed_entry_is_found(self, change: str) -> None:
        company = CompanyFactory.create()
        first, second, _third = (say(company) for _ in range(3))
        verify()
        raw(f"UPDATE journal_entry SET {change} WHERE id = %s", second.pk)  # noqa: S608 - written here
        said = verify()[1]
        assert f"entry {second.pk}, number 2 of its chain, was changed" in said
        assert f"entry {first.pk}," not in said

    @pytest.mark.parametrize("text", TEXTS)
    def test_whatever_words_are_written_the_chain_is_whole(self, text: str) -> None:
        company = CompanyFactory.create()
        said = say(company, text)
        assert chain.digest(Entry.objects.get(pk=said.pk)) == said.digest
        assert verify()[1] == ""

    def test_an_entry_that_is_taken_away_is_found(self) -> None:
        company = CompanyFactory.create()
        entries = [say(company) for _ in range(4)]
        verify()
        for gone in entries[1:3]:
            raw("DELETE FROM journal_link WHERE entry_id = %s", gone.pk)
            raw("DELETE FROM journal_entry WHERE id = %s", gone.pk)
        assert "entries 2 to 3 of its chain are gone" in verify()[1]

    def test_the_last_entries_taken_away_are_found_by_the_head_and_by_a_pack(self) -> None:
        company = CompanyFactory.create()
        _first, last = say(company), say(company)
        verify()
        known = Head.objects.get().hash
        raw("DELETE FROM journal_link WHERE entry_id = %s", last.pk)
        raw("DELETE FROM journal_entry WHERE id = %s", last.pk)
        assert "its chain ends with number 1, and its head says something else" in verify()[1]
        head = Link.objects.get()
        raw("UPDATE journal_head SET number = 1, hash = %s", head.hash)
        assert verify()[1] == "", "whoever rewrites the head too leaves no gap inside"
        assert f"No chain has the head {known}." in verify("--known", known)[1]
        assert verify("--known", head.hash)[1] == ""

    def test_an_entry_that_is_added_past_the_portal_is_found(self) -> None:
        company = CompanyFactory.create()
        entry = say(company)
        verify()
        Entry(company=company, event=Event.MOVED, text="Hiç olmadı", party=Party.IYS, digest=entry.digest).save()
        assert "number 2 of its chain, was changed" in verify()[1]

    def test_what_a_version_without_a_chain_writes_is_named_and_linked_on_demand(self) -> None:
        company = CompanyFactory.create()
        say(company)
        old = Entry.objects.create(company=company, event=Event.MOVED, text="Eski sürüm", party=Party.SYSTEM)
        assert f"Entry {old.pk} has no link: it was written by a version without a chain." in verify()[1]
        assert verify("--seal")[1] == ""
        assert Link.objects.get(entry=old).number == 2
        say(company)
        assert verify() == ("The journal is whole: 3 entries, 1 companies.\n", "")

    def test_what_is_rolled_back_leaves_no_trace(self) -> None:
        company = CompanyFactory.create()
        say(company)
        with transaction.atomic():
            say(company)
            transaction.set_rollback(True)
        say(company)
        assert verify() == ("The journal is whole: 2 entries, 1 companies.\n", "")

    def test_triggers_may_be_installed_again(self) -> None:
        triggers.install("default")
        say(CompanyFactory.create())
        assert verify() == ("The journal is whole: 1 entries, 1 companies.\n", "")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("postgresql")
def test_writers_at_the_same_time_take_turns() -> None:
    company = CompanyFactory.create()

    def write_some() -> None:
        try:
            for _ in range(10):
                with transaction.atomic():
                    say(company)
                    say(company)
        finally:
            connection.close()

    writers = [threading.Thread(target=write_some) for _ in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert verify() == ("The journal is whole: 120 entries, 1 companies.\n", "")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_entry_that_is_taken_from_under_its_link_is_told_in_a_sentence(place: int) -> None:
    """By an owner of the database who switches its constraints off."""
    company = CompanyFactory.create()
    gone = [say(company) for _ in range(3)][place]
    off, on = {
        "sqlite": ("PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON"),
        "postgresql": ("SET session_replication_role = replica", "SET session_replication_role = DEFAULT"),
    }[connection.vendor]
    raw(off)
    raw("DELETE FROM journal_entry WHERE id = %s", gone.pk)
    raw(on)
    assert "1 places" in verify()[1]
    raw("DELETE FROM journal_link WHERE entry_id = %s", gone.pk)
