"""The owners of a company in which nothing goes on are told before it is erased, once, and in time to keep it."""

from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from correspondence.models import Letter
from correspondence.outgoing.bodies import to_send
from journal.models import Entry
from onboarding.models import DocumentKind
from privacy import erasing
from privacy.kinds import check
from privacy.models import DataKind, ErasureWarning, RetentionRule
from tenancy.models import Company, User
from tenancy.roles import Role
from tests.scenarios.browser import signed_in
from tests.scenarios.cast import Cast
from tests.scenarios.factories import CompanyFactory, MembershipFactory

pytestmark = pytest.mark.django_db
SUBJECT = "İYS kayıt portalındaki firma kaydınız silinecek"


@pytest.fixture
def rule() -> RetentionRule:
    RetentionRule.objects.exclude(kind=DataKind.ABANDONED).update(active=False)
    return RetentionRule.objects.get(kind=DataKind.ABANDONED)


@pytest.fixture
def cast() -> Cast:
    return Cast()


def told() -> list[Letter]:
    return list(Letter.objects.filter(subject=SUBJECT))


def day(rule: RetentionRule, before: int) -> datetime:
    """So many days before the rule takes what is made now."""
    return timezone.now() + rule.age - timedelta(days=before)


def there(cast: Cast) -> bool:
    return Company.objects.filter(pk=cast.company.pk).exists()


def test_it_begins_with_thirty_days(rule: RetentionRule) -> None:
    assert rule.warn_days == 30


def test_each_owner_is_told_once_what_will_happen_and_how_to_keep_it(rule: RetentionRule, cast: Cast) -> None:
    second = MembershipFactory.create(company=cast.company, role=Role.OWNER).user
    MembershipFactory.create(company=cast.company, role=Role.OWNER, user__is_active=False)
    MembershipFactory.create(user=cast.people["viewer"], company=CompanyFactory.create(), role=Role.OWNER)
    company = Company.objects.exclude(pk=cast.company.pk).get()
    MembershipFactory.create(company=company, role=Role.OWNER)
    erasing.run(day(rule, 31))
    assert told() == []
    erasing.run(day(rule, 29))
    owners = {cast.people["owner"].email, second.email}
    letters = [letter for letter in told() if cast.company.trade_name in to_send(letter).text]
    assert {address for letter in letters for address in letter.to} >= owners
    assert cast.people["editor"].email not in {address for letter in told() for address in letter.to}
    for number in range(28, 0, -7):
        erasing.run(day(rule, number))
    mine = [letter for letter in told() if letter.to == [cast.people["owner"].email]]
    assert len(mine) == 1
    body, goes_on = to_send(mine[0]), timezone.localtime(day(rule, 29) + timedelta(days=30))
    for part in (body.text, body.html):
        assert f"{goes_on.year} gününden sonra silinecek" in part.replace("<strong>", "").replace("</strong>", "")
        assert "geri getirilemez" in part
        assert "bir belge yüklemeniz" in part
        assert f"{cast.company.partner.portal_url}/basvuru/" in part
    assert cast.company.trade_name not in mine[0].subject
    assert there(cast)


def test_nothing_goes_before_its_owners_had_all_those_days(rule: RetentionRule, cast: Cast) -> None:
    """However late the first night comes that tells them: a rule made shorter, a job that stood still."""
    late = day(rule, -400)
    erasing.run(late)
    assert there(cast)
    assert len(told()) == 1
    erasing.run(late + timedelta(days=29))
    assert there(cast)
    erasing.run(late + timedelta(days=30))
    assert not there(cast)
    assert len(told()) == 1
    assert not ErasureWarning.objects.exists()


def standing_still(days: int) -> User:
    """The owner of a company in which nothing happened since."""
    owner: User = MembershipFactory.create(role=Role.OWNER).user
    Company.objects.update(created_at=timezone.now() - timedelta(days=days))
    assert not Entry.objects.exists()
    return owner


@pytest.mark.parametrize(
    ("url", "data"),
    [
        ("onboarding:route", {"route": "full"}),
        ("team:people", {"email": "su@kuzey.example", "role": "viewer"}),
    ],
)
def test_whoever_goes_on_keeps_it_and_is_told_anew_when_it_stands_still_again(
    rule: RetentionRule, url: str, data: dict[str, str]
) -> None:
    owner = standing_still(days=710)
    erasing.run()
    assert len(told()) == 1
    signed_in(owner).post(reverse(url), data)
    assert Entry.objects.exists()
    erasing.run(timezone.now() + timedelta(days=40))
    assert Company.objects.exists()
    assert len(told()) == 1
    erasing.run(day(rule, 10))
    assert len(told()) == 2
    erasing.run(day(rule, -15))
    assert Company.objects.exists()
    erasing.run(day(rule, -21))
    assert not Company.objects.exists()


@pytest.mark.parametrize("act", ["paper", "form"])
def test_what_the_letter_names_is_written_down_and_so_keeps_it(cast: Cast, act: str) -> None:
    before = cast.company.journal.count()
    if act == "paper":
        cast.hand_in(DocumentKind.SIGNATURE_CIRCULAR)
    else:
        cast.fill_in()
    assert cast.company.journal.count() > before


def test_a_company_whose_owners_are_gone_has_nobody_to_tell(rule: RetentionRule, cast: Cast) -> None:
    User.objects.filter(pk=cast.people["owner"].pk).update(is_active=False)
    erasing.run(day(rule, 20))
    erasing.run(day(rule, -1))
    assert told() == []
    assert not there(cast)


def test_one_who_submitted_is_told_nothing(rule: RetentionRule, cast: Cast) -> None:
    cast.submitted()
    erasing.run(day(rule, -400))
    assert told() == []


def test_a_rule_without_days_tells_nobody_and_takes_at_once(rule: RetentionRule, cast: Cast) -> None:
    RetentionRule.objects.update(warn_days=0)
    erasing.run(day(rule, -1))
    assert told() == []
    assert not there(cast)


def test_so_many_a_night_at_most(rule: RetentionRule, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasing, "A_NIGHT", 2)
    for _ in range(3):
        MembershipFactory.create(role=Role.OWNER)
    found = [(each.count, each.told) for each in erasing.due(day(rule, 10))]
    assert found == [(0, 2)]
    erasing.run(day(rule, 10))
    assert len(told()) == 2
    erasing.run(day(rule, 9))
    assert len(told()) == 3


def test_a_dry_run_says_how_many_would_be_told(rule: RetentionRule) -> None:
    standing_still(days=730)
    out = StringIO()
    call_command("erase_expired", dry_run=True, stdout=out)
    assert "(son hareketten 730 gün): 0, 1 to be told of" in out.getvalue()
    assert not Letter.objects.filter(subject=SUBJECT).exists()


@pytest.mark.parametrize(
    ("kind", "warn_days", "refused"),
    [
        (DataKind.ABANDONED, 729, False),
        (DataKind.ABANDONED, 730, True),
        (DataKind.CODES, 0, False),
        (DataKind.CODES, 1, True),
    ],
)
def test_a_warning_is_for_companies_and_lies_within_the_time(kind: str, warn_days: int, refused: bool) -> None:
    row = RetentionRule.objects.get(kind=kind)
    row.warn_days = warn_days
    if refused:
        with pytest.raises(ValidationError):
            check(row)
    else:
        check(row)
