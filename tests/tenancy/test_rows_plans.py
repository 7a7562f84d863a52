"""What the wall costs among thousands of companies and people: no more than among few."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from bench import incoming, seeds
from brands.models import Brand
from documents.models import DisclosureShown, LegalText, Place
from finding import lists, renewing
from support.models import Message, Question
from tenancy.models import Company, Invitation, User
from tenancy.roles import Role
from tenancy.walls import standing_of
from tests.scenarios.browser import signed_in
from tests.scenarios.camp import Camp
from tests.scenarios.ladder import at_iys
from tests.scenarios.support import CORRESPONDENCE, REVIEW, colleague
from wall.crossings import Crossing
from wall.standing import Standing, behind, crossing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("postgresql")]
CASES = 2_000
VIEWS = tuple(
    f"view_{name}"
    for name in (
        *("entry", "company", "membership", "trackingaddress", "queueitem"),
        *("invitation", "question", "brand", "disclosureshown"),
    )
)
# A function that reads nothing is not told of.
CALLS = "SELECT coalesce(sum(calls), 0) FROM pg_stat_xact_user_functions WHERE funcname = %s"


@pytest.fixture(scope="module")
def world(camp: Camp) -> Callable[[], User]:
    """Support of a partner with thousands of companies, each with somebody who has an account."""

    def climb() -> User:
        first = at_iys()
        incoming.one(first.company)
        written(first.company)
        while renewing.renew_marked():
            pass
        seeds.copy(first, 1, CASES)
        with connection.cursor() as cursor:
            # Rather many that wait.
            cursor.execute(
                "UPDATE onboarding_steprecord SET turn = 'staff' WHERE step = 'pre_application' AND id % 4 > 0"
            )
            cursor.execute("ANALYZE")
        return colleague(*REVIEW, *CORRESPONDENCE, *VIEWS, partner=first.company.partner)

    return camp.reached(climb)


def written(company: Company) -> None:
    """A row of each list that has one of somebody's own hand; and so for each copy."""
    now, owner = timezone.now(), company.memberships.get().user
    Brand.objects.filter(company=company).delete()
    Brand.objects.create(company=company, name="Mavi Marka")
    Invitation.objects.create(
        company=company, email="davetli@mavideniz.example", role=Role.OWNER, invited_by=owner, expires_at=now
    )
    question = Question.objects.create(company=company, asked_by=owner, asked_at=now)
    Message.objects.create(question=question, by=owner, from_staff=False, text="Nerede?", at=now)
    text = LegalText.objects.get_or_create(kind="disclosure", version=1, valid_from=now.date())[0]
    DisclosureShown.objects.create(text=text, place=Place.DOSSIER, partner=company.partner, company=company)


@pytest.fixture
def staff(world: Callable[[], User]) -> User:
    return world()


def calls(function: str, question: Callable[[], object]) -> int:
    """How often the question made PostgreSQL ask this function."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL track_functions = 'pl'")
        cursor.execute(CALLS, [function])
        ((before,),) = cursor.fetchall()
        question()
        cursor.execute("RESET ROLE")
        cursor.execute(CALLS, [function])
        ((after,),) = cursor.fetchall()
    return int(after - before)


def test_what_somebody_may_asks_for_no_other_person(staff: User) -> None:
    def asks() -> None:
        with behind(lambda: standing_of(staff)):
            found = Permission.objects.filter(user=staff).values_list("codename", flat=True)
            assert set(REVIEW) <= set(found)

    assert calls("wall_knows", asks) == 0


def test_a_person_who_is_the_partners_own_is_seen_without_asking_who_knows_it(staff: User) -> None:
    def asks() -> None:
        with behind(lambda: standing_of(staff)):
            assert list(User.objects.filter(partner=staff.partner_id)) == [staff]

    assert calls("wall_knows", asks) == 0


def test_whose_a_session_is_comes_with_its_row_alone(staff: User) -> None:
    def asks() -> None:
        with behind(lambda: Standing("web")), crossing(Crossing.SESSION):
            assert User.objects.get(pk=staff.pk) == staff

    assert calls("wall_knows", asks) == 0


@pytest.mark.usefixtures("staff")
def test_a_company_meets_itself_without_asking_for_members() -> None:
    company = Company.objects.order_by("created_at").first()
    assert company is not None

    def asks() -> None:
        with behind(lambda: Standing("web", None, company.pk)):
            assert Company.objects.filter(pk=company.pk).exists()

    assert calls("wall_is_member", asks) == 0


READ = """SELECT coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0) FROM pg_stat_xact_user_tables
    WHERE relname = 'journal_entry'"""


def test_a_company_knows_who_of_support_was_there_from_its_own_rows(staff: User) -> None:
    """And not from the thousands of others in which the same person stands."""
    company = Company.objects.order_by("pk").first()
    assert company is not None
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE journal_entry SET actor_id = %s WHERE company_id <> %s", [staff.pk, company.pk])
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute(READ)
        ((before,),) = cursor.fetchall()
    standing = Standing("web", company.memberships.get().user_id, company.pk, company.partner_id)
    with behind(lambda: standing):
        assert not User.objects.filter(pk=staff.pk).exists()
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(READ)
        ((after,),) = cursor.fetchall()
    assert after - before <= 2 * company.journal.count() < 100 < CASES


class Asked:
    """Every question of a page, as it is handed to the database."""

    def __init__(self) -> None:
        self.queries: list[tuple[str, Any]] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        begin = sql.find("WITH read" if "WITH read" in sql else "SELECT ")
        if begin >= 0 and not sql.lstrip().startswith(("INSERT", "UPDATE", "DELETE")):
            self.queries.append((sql[begin:], params))
        return execute(sql, params, many, context)


def plans(staff: User, path: str, **query: str) -> list[tuple[str, str]]:
    """Of each question that the page asks: its words, and how PostgreSQL goes about it."""
    client, asked = signed_in(staff), Asked()
    with connection.execute_wrapper(asked):
        assert client.get(path, query, follow=True).status_code == 200
    found = []
    with behind(lambda: standing_of(staff)), connection.cursor() as cursor:
        for sql, params in asked.queries:
            cursor.execute(f"EXPLAIN {sql}", params)
            found.append((sql, "\n".join(row for (row,) in cursor.fetchall())))
    return found


LISTS: Sequence[tuple[str, dict[str, str]]] = (
    ("onboarding_application", {}),
    ("onboarding_application", {"q": "1000000146"}),
    ("onboarding_application", {"adim": "pre_application", "kimin_sirasi": "staff"}),
    ("onboarding_application", {"adim": "panel_settings"}),
    ("onboarding_application", {"kimin_sirasi": "iys"}),
    ("onboarding_queueitem", {"step__exact": "pre_application"}),
    ("correspondence_letter", {}),
    ("correspondence_mail", {}),
    ("correspondence_mail", {"is": "hepsi"}),
    ("correspondence_trackingaddress", {}),
    ("journal_entry", {}),
    ("tenancy_company", {}),
    ("tenancy_membership", {}),
    ("onboarding_queueitem", {}),
    ("tenancy_invitation", {}),
    ("support_question", {}),
    ("brands_brand", {}),
    ("documents_disclosureshown", {}),
)
SEARCHED = (
    *("onboarding_application", "onboarding_queueitem", "correspondence_letter", "correspondence_mail"),
    *("correspondence_trackingaddress", "journal_entry", "tenancy_company", "tenancy_membership"),
    *("tenancy_invitation", "support_question", "brands_brand", "documents_disclosureshown"),
)
BIG = re.compile(
    r"Seq Scan on (tenancy_(company|user|membership|invitation)|onboarding_(application|steprecord)|journal_entry"
    r"|correspondence_(letter|mail|trackingaddress)|support_(question|message)|brands_brand"
    r"|documents_disclosureshown|finding_word)\b"
)


@pytest.mark.parametrize(("name", "query"), LISTS, ids=[f"{name}{query or ''}" for name, query in LISTS])
def test_a_list_reads_no_table_from_end_to_end(staff: User, name: str, query: dict[str, str]) -> None:
    asked = plans(staff, reverse(f"admin:{name}_changelist"), **query)
    assert not read_whole(asked), "\n\n".join(read_whole(asked))


@pytest.mark.parametrize("name", SEARCHED)
@pytest.mark.parametrize("text", ["deniz", "bulunmayan", "2000000146", "davetli7@mavideniz.example"])
def test_a_search_reads_no_table_from_end_to_end(
    staff: User, name: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither for a word that all companies have, nor for one that nobody has."""
    monkeypatch.setattr(lists, "MOST_KNOWN", 10)
    monkeypatch.setattr(lists, "MOST_READ", 10)  # few among those that there are
    asked = plans(staff, reverse(f"admin:{name}_changelist"), q=text)
    assert [sql for sql, _plan in asked if "finding_word" in sql]
    assert not read_whole(asked), "\n\n".join(read_whole(asked))


def read_whole(asked: list[tuple[str, str]]) -> list[str]:
    """A count that is bounded may read rows as they lie."""
    return [
        f"{sql}\n{plan}"
        for sql, plan in asked
        if BIG.search(plan) and not (sql.startswith("SELECT COUNT") and "LIMIT" in sql)
    ]


def test_the_start_page_reads_no_table_from_end_to_end_to_say_how_much_waits(staff: User) -> None:
    asked = plans(staff, reverse("admin:index"))
    assert [sql for sql, _plan in asked if "correspondence_mail" in sql]
    assert not read_whole(asked), "\n\n".join(read_whole(asked))
