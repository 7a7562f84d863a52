"""A list goes on by itself, for days: what may come between its start and its end.

| what happens | what comes |
|---|---|
| who started it leaves, loses the right, changes partner | it stops: no company, no letter; the page says why |
| a colleague starts it again | it goes on in that person's name |
| a line fails each time | the next ones are done, and the other lists; nothing stays counted |
| nothing but such lines is left | it stops, so that people see it and its time to be erased comes |
| a cell was right when it was checked, and is wrong by now's rules | the line is wrong; nothing is counted |
| stopped, or another worker at it, between counting and doing | nothing stays counted |
| the company is there by now · has a number that is elsewhere | nothing stays counted · the number alone |
| checked anew after it was started (from a second tab) | nothing changes |
"""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from correspondence.models import Letter
from identifiers import masking
from jobs.tasks import bring_companies_in
from limits.models import Counter
from team import people
from team.importing import checking, running
from team.importing.columns import Field
from team.importing.rights import may_bring
from team.models import CompanyImport, ImportRow, ImportState, RowOutcome
from tenancy.models import Company, Invitation, User
from tests.scenarios.browser import words
from tests.scenarios.factories import CompanyFactory, MembershipFactory, tckn, vkn
from tests.scenarios.support import colleague
from tests.team.importing.desk import RIGHTS, Desk, elsewhere, listed

pytestmark = pytest.mark.django_db
COLUMNS = {Field.TRADE_NAME: 0, Field.TAX_NUMBER: 1, Field.EMAIL: 2}


def counted() -> list[tuple[str, int]]:
    """What quotas have counted and not been given back."""
    return sorted(Counter.objects.exclude(used=0).values_list("measure", "used"))


def leaves(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def loses_the_right(user: User) -> None:
    user.user_permissions.clear()


def goes_to_another_partner(user: User) -> None:
    User.objects.filter(pk=user.pk).update(partner=elsewhere())


@pytest.mark.parametrize("happens", [leaves, loses_the_right, goes_to_another_partner])
def test_a_list_stops_with_who_started_it_and_goes_on_with_a_colleague(happens: Callable[[User], None]) -> None:
    desk = Desk().begun(listed(2))
    happens(desk.user)
    bring_companies_in()
    assert not Company.objects.exists()
    assert not Letter.objects.exists()
    assert desk.batch.state == ImportState.STOPPED
    other = Desk(desk.partner)
    assert "artık bu iş ortağının listelerini yürütemiyor" in words(other.open())
    assert desk.batch.name in words(other.client.get(reverse("admin:team_companyimport_changelist")))
    other.press("start")
    bring_companies_in()
    assert desk.outcomes() == [RowOutcome.FOUNDED] * 2
    assert set(Invitation.objects.values_list("invited_by", flat=True)) == {other.user.pk}


def test_a_list_that_somebody_brought_is_a_colleagues_once_it_is_started() -> None:
    desk = Desk().checked(listed(1))
    leaves(desk.user)
    Desk(desk.partner).press("start")
    bring_companies_in()
    assert desk.outcomes() == [RowOutcome.FOUNDED]


def failing(monkeypatch: pytest.MonkeyPatch, fails: Callable[[CompanyImport, ImportRow], bool]) -> None:
    found = running._found

    def sometimes(batch: CompanyImport, row: ImportRow, clean: Mapping[Field, str]) -> None:
        if fails(batch, row):
            raise RuntimeError("a fault of the portal's")
        found(batch, row, clean)

    monkeypatch.setattr(running, "_found", sometimes)


def test_a_line_that_fails_holds_no_other_up(monkeypatch: pytest.MonkeyPatch) -> None:
    desk, other = Desk().begun(listed(3)), Desk(elsewhere()).begun(listed(1, first=5))
    failing(monkeypatch, lambda batch, row: batch.partner_id == desk.partner.pk and row.number == 2)
    bring_companies_in()
    rows = ImportRow.objects.filter(company_import__partner=desk.partner).order_by("number")
    assert [row.outcome for row in rows][1:] == [RowOutcome.WAITING, RowOutcome.FOUNDED, RowOutcome.FOUNDED]
    assert other.outcomes() == [RowOutcome.FOUNDED]
    before = counted()
    bring_companies_in()
    bring_companies_in()
    assert counted() == before
    batch = CompanyImport.objects.get(partner=desk.partner)
    assert batch.state == ImportState.STOPPED
    assert batch.rows.get(number=2).problems == {"tax_number": running.FAILED}


def test_a_list_that_fails_holds_no_other_up(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk().begun(listed(1))
    other = Desk(elsewhere()).begun(listed(1, first=5))
    wave = running._wave

    def fails(batch: CompanyImport) -> int:
        if batch.partner_id == desk.partner.pk:
            raise RuntimeError("a fault of the portal's")
        return wave(batch)

    monkeypatch.setattr(running, "_wave", fails)
    assert running.run_waves() == 1
    assert other.outcomes() == [RowOutcome.FOUNDED]


def test_a_line_that_failed_is_done_once_it_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk().begun(listed(1))
    with monkeypatch.context() as broken:
        failing(broken, lambda batch, row: True)
        bring_companies_in()
    assert "hiçbir şey yapılmadı" in words(desk.open())
    desk.press("start")
    bring_companies_in()
    assert desk.outcomes() == [RowOutcome.FOUNDED]
    assert desk.problems(2) == {}


def test_a_line_that_newer_rules_refuse_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk().begun(listed(2))
    row = desk.batch.rows.get(number=2)
    row.cells = row.cells.replace("kisi1@", "kisi1")
    row.save()
    bring_companies_in()
    assert desk.outcomes() == [RowOutcome.WRONG, RowOutcome.FOUNDED]
    assert set(desk.problems(2)) == {"email"}
    assert {used for _measure, used in counted()} == {1}


def test_what_a_stopped_list_had_counted_is_given_back() -> None:
    desk = Desk().begun(listed(1))
    row, batch = desk.batch.rows.get(number=2), desk.batch
    running.stop(batch)
    assert not running._do(batch, row)
    assert not counted()


def test_what_founds_nothing_sends_nothing_and_counts_for_no_mailbox(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk().begun(listed(2))
    CompanyFactory.create(partner=desk.partner, tax_number=vkn(1))
    CompanyFactory.create(partner=elsewhere(), tax_number=vkn(2))
    bring_companies_in()
    assert desk.outcomes() == [RowOutcome.THERE, RowOutcome.REFUSED]
    assert counted() == [("listed_companies.partner.day", 1)]


def test_a_quota_that_is_full_is_asked_once_a_turn(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.QUOTAS = {"listed_companies.partner.day": 1}
    desk = Desk().begun(listed(4))
    tried: list[int] = []
    do = running._do

    def noted(batch: CompanyImport, row: ImportRow) -> bool:
        tried.append(row.number)
        return do(batch, row)

    monkeypatch.setattr(running, "_do", noted)
    bring_companies_in()
    bring_companies_in()
    assert tried == [2, 3, 3]
    assert desk.batch.waits_until is not None


def test_a_list_that_goes_on_is_not_checked_anew() -> None:
    desk = Desk().checked(listed(2))
    before = desk.batch
    desk.press("start")
    assert not checking.check(before, COLUMNS, has_headings=False)
    assert desk.batch.state == ImportState.RUNNING
    bring_companies_in()
    assert not checking.check(before, COLUMNS, has_headings=True)
    assert desk.outcomes() == [RowOutcome.FOUNDED] * 2
    assert desk.batch.has_headings


def test_a_check_that_fails_leaves_the_list_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk().checked(listed(2))

    def fails(*_args: object) -> None:
        raise RuntimeError("in the middle")

    monkeypatch.setattr(checking, "_there", fails)
    with pytest.raises(RuntimeError):
        checking.check(desk.batch, {**COLUMNS, Field.EMAIL: 3}, has_headings=True)
    assert desk.batch.mapping["2"] == "email"


def test_the_line_that_was_done_last_stands_first() -> None:
    desk = Desk().begun(f"Firma;{vkn(9)};yok;\n{listed(1)}")
    bring_companies_in()
    [first, second] = desk.open().context["lines"]
    assert (first["row"].number, second["row"].number) == (3, 2)


def test_who_may_bring_lists_acts_on_those_of_the_own_partner_alone() -> None:
    desk = Desk().checked(listed(1))
    assert may_bring(User.objects.get(pk=desk.user.pk), desk.partner)
    stranger = colleague(*RIGHTS, partner=elsewhere())
    assert not may_bring(stranger, desk.partner)


def test_a_corrected_address_is_invited_once_the_first_was_taken_back() -> None:
    desk = Desk().begun(listed(1))
    bring_companies_in()
    corrected = f"Firma 1 A.Ş.;{vkn(1)};dogru@firma1.example;"
    assert desk.checked(corrected).outcomes() == [RowOutcome.THERE], "its invitation is open"
    assert people.revoke_supports(invitation=Invitation.objects.get(), by=desk.user)
    assert desk.checked(corrected).outcomes() == [RowOutcome.WAITING]
    assert "Firma kayıtlı, geri alınan davet yerine bu adrese davet gider" in words(desk.open())
    desk.press("start")
    bring_companies_in()
    assert desk.outcomes() == [RowOutcome.INVITED]
    [invitation] = Invitation.objects.open(timezone.now())
    assert invitation.email == "dogru@firma1.example"
    assert Company.objects.count() == 1
    assert sum(used for measure, used in counted() if measure == "invitations.partner.day") == 2
    assert desk.checked(corrected).outcomes() == [RowOutcome.THERE]


def test_an_invitation_of_a_company_with_people_is_not_replaced() -> None:
    desk = Desk().begun(listed(1))
    bring_companies_in()
    people.revoke_supports(invitation=Invitation.objects.get(), by=desk.user)
    MembershipFactory.create(company=Company.objects.get())
    assert desk.checked(listed(1)).outcomes() == [RowOutcome.THERE]


def test_staff_of_another_partner_is_told_of_by_nothing_and_invited_by_nobody() -> None:
    desk, stranger = Desk(), colleague(partner=elsewhere())
    desk.begun(f"Firma;{vkn(1)};{stranger.email.upper()};")
    bring_companies_in()
    assert desk.outcomes() == [RowOutcome.REFUSED]
    assert desk.problems(2) == {"email": running.NOT_INVITED}
    assert not Company.objects.exists()


def test_a_persons_number_with_a_wrong_digit_is_hidden_too() -> None:
    person = tckn(6)
    wrong = f"{person[:10]}{(int(person[10]) + 1) % 10}"
    desk = Desk()
    desk.bring(f"Unvan;VKN;E-posta\nKarakaş;{wrong};a@b.example\nDoğru;{person};a@b.example")
    assert wrong not in desk.open("columns").content.decode()
    desk.columns("trade_name", "tax_number", "email")
    assert desk.outcomes() == [RowOutcome.WRONG, RowOutcome.WAITING]
    page, report = desk.open().content.decode(), b"".join(desk.press("report").streaming_content).decode()
    for number in (person, wrong):
        assert number not in page + report
    assert "05550102030" in masking.masked_as_typed("05550102030 ve +905550102030"), "a telephone is none"
