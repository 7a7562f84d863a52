"""Letters are looked at fifty at a time, which nobody notices: limits, caps and turns hold to the letter."""

from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils import timezone

from correspondence.models import Audience, Letter, LetterStatus
from correspondence.outgoing import control, delivery
from journal.models import Event
from tenancy.models import User
from tests.correspondence.outgoing.outbox_full import (
    Line,
    account_of,
    all_due,
    attempts,
    counted,
    counted_today,
    in_parts,
    many,
    now,
    outcomes,
    quotas,
    statuses,
)
from tests.scenarios.factories import CompanyFactory
from tests.scenarios.smtp_server import AccountServer, Server

pytestmark = pytest.mark.django_db
EDGES = (49, 50, 51)


def titles(letters: list[Letter]) -> list[str]:
    return [each.subject for each in letters]


@pytest.mark.parametrize("limit", [0, 1, 49, 50, 51, 100])
def test_as_many_go_as_were_asked_for_and_the_longest_waiting_first(server: Server, limit: int) -> None:
    letters = many(limit + 2)
    assert delivery.deliver(limit=limit) == limit
    assert server.titles == titles(letters)[:limit]
    assert Letter.objects.filter(status=LetterStatus.SENT).count() == limit
    assert Letter.objects.filter(status=LetterStatus.QUEUED, attempts=0).count() == 2
    assert (counted_today(), counted("letters.company.day")) == (limit, limit)


def test_a_hundred_and_one_go_in_one_run_over_one_line(server: Server) -> None:
    letters = many(101)
    assert delivery.deliver() == 101
    assert server.titles == titles(letters)
    assert len(server.sessions) == 1
    assert all(outcomes(letter) == [Event.LETTER_SENT] for letter in letters)


@pytest.mark.parametrize("limit", [0, 1, 2])
def test_the_limit_is_each_lines_own(server: Server, mailbox: AccountServer, limit: int) -> None:
    mine, other = CompanyFactory.create(), CompanyFactory.create()
    many(3, mine)
    many(3, mine, key="hesaptan", account=account_of(mine, mailbox))
    many(3, other, key="başka hesaptan", account=account_of(other, mailbox))
    assert delivery.deliver(limit=limit) == 3 * limit
    assert (len(server.mails), len(mailbox.mails)) == (limit, 2 * limit)


def test_the_portals_line_comes_before_companies_own(server: Server, mailbox: AccountServer, line: Line) -> None:
    company = CompanyFactory.create()
    own = many(2, company, key="hesaptan", account=account_of(company, mailbox), to=["once@liman.example"])
    Letter.objects.filter(pk__in=[each.pk for each in own]).update(due_at=timezone.now() - timedelta(days=1))
    many(2, company)
    assert delivery.deliver() == 4
    assert [each[0] == "once@liman.example" for each in line.recipients] == [False, False, True, True]


def test_a_letter_that_is_not_due_yet_waits(server: Server) -> None:
    letters = many(3)
    Letter.objects.filter(pk=letters[1].pk).update(due_at=timezone.now() + timedelta(minutes=1))
    assert delivery.deliver() == 2
    assert server.titles == [letters[0].subject, letters[2].subject]


@pytest.mark.parametrize(
    ("pot", "cap"),
    [*(("ordinary", edge) for edge in EDGES), *((pot, 50) for pot in ("account", "iys", "company", "partner"))],
)
def test_a_cap_holds_to_the_letter(server: Server, pot: str, cap: int) -> None:
    audience = {"account": Audience.ACCOUNT, "iys": Audience.IYS}.get(pot, Audience.COMPANY)
    letters = many(cap + 3, audience=audience)
    day = {
        "ordinary": {"LETTERS_PER_DAY": cap},
        "account": {"LETTERS_PER_DAY": cap - 20, "LETTERS_RESERVE": 20},
        "iys": {"LETTERS_TO_IYS_PER_DAY": cap},
    }.get(pot, {})
    of = {"company": {"letters__company__day": cap}, "partner": {"letters__partner__day": cap}}.get(pot, {})
    numbers = {"letters__company__day": 1000, "letters_to_iys__company__day": 1000, **of}
    with quotas(**numbers), override_settings(**day):
        assert delivery.deliver() == cap
        assert delivery.deliver() == 0
        all_due()
        assert delivery.deliver() == 0
    assert server.titles == titles(letters)[:cap]
    assert statuses(letters[cap:]) == ["queued"] * 3
    assert attempts(letters[cap:]) == [0] * 3
    assert counted_today() == cap
    assert counted("letters.company.day") == (cap if pot in {"ordinary", "company", "partner"} else 0)
    assert counted("letters_to_iys.company.day") == (cap if pot == "iys" else 0)


@pytest.mark.parametrize("loud", EDGES)
def test_a_company_that_used_up_its_quota_holds_up_nobody(server: Server, loud: int) -> None:
    noise, quiet = many(loud, key="gürültü"), many(2, key="sessiz")
    Letter.objects.filter(pk__in=[each.pk for each in noise]).update(due_at=timezone.now() - timedelta(days=1))
    with quotas(letters__company__day=2):
        assert delivery.deliver() == 4
    assert statuses(quiet) == ["sent"] * 2
    assert sorted(statuses(noise)) == ["queued"] * (loud - 2) + ["sent"] * 2
    assert counted_today() == 4
    assert counted("letters.company.day") == counted("letters.partner.day") == 4


def test_one_pot_that_is_used_up_holds_up_no_other(server: Server) -> None:
    ordinary = many(52, key="olağan")
    codes, to_iys = many(2, key="kod", audience=Audience.ACCOUNT), many(2, key="iys", audience=Audience.IYS)
    before = timezone.now() - timedelta(days=1)
    Letter.objects.filter(pk__in=[each.pk for each in ordinary]).update(due_at=before)
    with override_settings(LETTERS_PER_DAY=1, LETTERS_RESERVE=9, LETTERS_TO_IYS_PER_DAY=2):
        assert delivery.deliver() == 5
    assert statuses([*codes, *to_iys]) == ["sent"] * 4
    assert statuses(ordinary).count("sent") == 1
    assert counted("letters.company.day") == 1


def test_letters_that_rest_for_their_quota_are_not_counted_towards_the_limit(server: Server) -> None:
    noise, quiet = many(60, key="gürültü"), many(2, key="sessiz")
    before = timezone.now() - timedelta(days=1)
    Letter.objects.filter(pk__in=[each.pk for each in noise]).update(due_at=before)
    with quotas(letters__company__day=2):
        assert delivery.deliver(limit=4) == 4
    assert statuses(quiet) == ["sent"] * 2


def test_parts_go_in_order_whichever_is_due_first(server: Server) -> None:
    parts = in_parts(6)
    assert delivery.deliver() == 6
    assert server.titles == titles(parts)


@pytest.mark.parametrize("before", EDGES)
def test_parts_go_in_order_over_the_edge_of_a_batch(server: Server, before: int) -> None:
    many(before, key="önce")
    parts, others = in_parts(3), in_parts(3, key="öbür")
    assert delivery.deliver() == before + 6
    assert [title for title in server.titles if title.startswith("bölüm")] == titles(parts)
    assert [title for title in server.titles if title.startswith("öbür")] == titles(others)


@pytest.mark.parametrize(
    ("answer", "left"), [("451 later", "queued"), ("550 no", "failed"), ("hang up", "queued")]
)
@pytest.mark.parametrize("place", [1, 2, 3])
def test_no_part_follows_one_that_was_not_accepted(server: Server, answer: str, left: str, place: int) -> None:
    parts, other = in_parts(4), many(1, key="başka")
    server.answers[f"bölüm {place - 1}"] = answer
    delivery.deliver()
    delivery.deliver()
    taken = place if answer == "hang up" else place - 1
    assert [title for title in server.titles if title.startswith("bölüm")] == titles(parts)[:taken]
    assert statuses(parts) == ["sent"] * (place - 1) + [left] * (5 - place)
    assert attempts(parts) == [1] * place + [0] * (4 - place)
    assert statuses(other) == ["sent"]
    assert counted_today() == place + 1
    failed = [Event.LETTER_FAILED] if left == "failed" else []
    assert [outcomes(part) for part in parts[place - 1 :]] == [failed] + [[]] * (4 - place)
    server.answers.clear()
    all_due()
    delivery.deliver()
    assert statuses(parts)[-1] == ("sent" if left == "queued" else "failed")


@pytest.mark.parametrize("act", [control.hold, control.cancel])
def test_no_part_goes_past_one_that_staff_stopped_meanwhile(
    server: Server, line: Line, support: User, act: object
) -> None:
    parts = in_parts(4)
    line.once_handed_over(parts[0], lambda: act(letter=parts[1], reason="dur", by=support))  # type: ignore[operator]
    delivery.deliver()
    delivery.deliver()
    assert server.titles == titles(parts)[:1]
    stopped = {control.hold: ["held", "queued", "queued"], control.cancel: ["cancelled"] * 3}[act]  # type: ignore[index]
    assert statuses(parts) == ["sent", *stopped]
    assert counted_today() == 1


def test_a_part_that_staff_marked_as_sent_lets_the_next_go(server: Server, line: Line, support: User) -> None:
    parts = in_parts(3)
    line.once_handed_over(parts[0], lambda: control.mark_sent(letter=parts[1], reason="elden gitti", by=support))
    delivery.deliver()
    delivery.deliver()
    assert server.titles == [parts[0].subject, parts[2].subject]
    assert statuses(parts) == ["sent"] * 3
    assert now(parts[1]).attempts == 0
