"""Long lists of the admin: counted to a bound, and read on by the key of the last row."""

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from onboarding.models import DayException
from partners.models import Partner
from tenancy.admin import paging
from tenancy.admin.lists import ListedAdmin
from tenancy.models import Company
from tests.scenarios.browser import Screen, signed_in, words
from tests.scenarios.factories import CompanyFactory, PartnerFactory, UserFactory
from tests.scenarios.support import colleague

pytestmark = pytest.mark.django_db
DAYS = reverse("admin:onboarding_dayexception_changelist")
COMPANIES = reverse("admin:tenancy_company_changelist")


@pytest.fixture
def partner() -> Partner:
    return PartnerFactory.create()


@pytest.fixture
def client(partner: Partner, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Of support, whose lists have pages of two rows and are counted to four."""
    monkeypatch.setattr(paging.BoundedPaginator, "most", 4)
    monkeypatch.setattr(admin.site.get_model_admin(Company), "list_per_page", 2)
    monkeypatch.setattr(admin.site.get_model_admin(Company), "ordering", ["-created_at"], raising=False)
    return signed_in(colleague("view_company", partner=partner))


@pytest.fixture
def names(partner: Partner) -> list[str]:
    """The newest first; three were made at one moment."""
    now = timezone.now()
    return [company(partner, name, now - timedelta(days=max(0, day - 2))) for day, name in enumerate("ABCDEFGHI")]


def company(partner: Partner, name: str, at: datetime) -> str:
    made = CompanyFactory.create(trade_name=f"{name} Firması", partner=partner)
    Company.objects.filter(pk=made.pk).update(created_at=at)
    return made.trade_name


def listed(client: Client, query: str = "") -> list[str]:
    return re.findall(r">([A-Z] Firması)</a>", client.get(f"{COMPANIES}{query}").content.decode())


def test_every_list_is_counted_to_a_bound() -> None:
    boundless = [page for page in admin.site._registry.values() if not isinstance(page, ListedAdmin)]
    assert boundless == []
    assert not [page for page in admin.site._registry.values() if page.show_full_result_count]


def test_more_than_is_counted_is_said_so_wherever_a_count_stands(client: Client, names: list[str]) -> None:
    page = words(client.get(COMPANIES))
    assert "4'den fazla firma" in page
    assert "Listeyi indir (CSV, 4'den fazla kayıt)" in page
    assert "4'den fazla" not in words(client.get(f"{COMPANIES}?trade_name=x", follow=True))
    Company.objects.filter(trade_name__in=names[4:]).delete()
    assert "fazla" not in words(client.get(COMPANIES))


@pytest.fixture
def days(client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Who runs the portal, before a list of seven days in three years, with pages of two rows."""
    monkeypatch.setattr(admin.site.get_model_admin(DayException), "list_per_page", 2)
    for day in ("2024-11-05", "2025-01-01", "2025-03-02", "2025-03-09", "2025-03-10", "2025-05-20", "2026-02-02"):
        DayException.objects.create(day=day, reason="İdari izin")
    return signed_in(UserFactory.create(is_staff=True, is_superuser=True))


def test_all_that_is_chosen_by_one_press_is_said_to_be_more_than_was_counted(days: Client) -> None:
    assert "Listedekilerin hepsini seç (4'den fazla kayıt)" in words(days.get(DAYS))
    assert "Listedekilerin hepsini seç (3 kayıt)" in words(days.get(f"{DAYS}?day__year=2025&day__month=3"))


@pytest.mark.parametrize(
    ("query", "links"),
    [
        ("", ["2024", "2025", "2026"]),
        ("?day__year=2024", ["‹ Bütün tarihler", "5 Kasım"]),
        (
            "?day__year=2025",
            ["‹ Bütün tarihler", "Ocak 2025", "Şubat 2025", "Mart 2025", "Nisan 2025", "Mayıs 2025"],
        ),
        ("?day__year=2025&day__month=3", ["‹ 2025", *(f"{day} Mart" for day in range(2, 11))]),
        ("?day__year=2025&day__month=3&day__day=9", ["‹ Mart 2025"]),
        ("?day__year=2023", ["‹ Bütün tarihler"]),
    ],
)
def test_dates_above_a_list_go_from_its_first_to_its_last(days: Client, query: str, links: list[str]) -> None:
    with CaptureQueriesContext(connection) as asked:
        page = days.get(f"{DAYS}{query}").content.decode()
    shown = re.findall(r"<a href=[^>]*>([^<]*)</a>", page.partition('class="toplinks"')[2].partition("</nav>")[0])
    assert [unescape(each) for each in shown] == links
    # Not by a reading of all rows, to leave out months that have none.
    assert not [each["sql"] for each in asked if "DISTINCT" in each["sql"] and "dayexception" in each["sql"]]


def test_no_count_reads_further_than_its_bound(client: Client, names: list[str]) -> None:
    with CaptureQueriesContext(connection) as asked:
        client.get(COMPANIES)
    counts = [each["sql"] for each in asked if "COUNT(" in each["sql"] and '"tenancy_company"' in each["sql"]]
    assert counts
    assert not [sql for sql in counts if "LIMIT" not in sql]


def test_the_last_page_leads_on_until_all_rows_were_there_once(client: Client, names: list[str]) -> None:
    met, query = [], ""
    for _turn in range(5):
        met += listed(client, query)
        screen = Screen(client.get(f"{COMPANIES}{query}"))
        query = screen.links.get("2", "") if "p=2" not in query else screen.links.get("Sonraki kayıtlar", "")
        if not query:
            break
    assert sorted(met) == sorted(names)
    assert met[3:] == names[3:]


def test_what_comes_after_is_read_from_the_row_on_and_not_skipped(client: Client, names: list[str]) -> None:
    row = Company.objects.get(trade_name=names[5])
    with CaptureQueriesContext(connection) as asked:
        assert listed(client, f"?sonra={row.pk}") == names[6:8]
    assert not [each["sql"] for each in asked if "OFFSET" in each["sql"]]
    assert "Baştan" in Screen(client.get(f"{COMPANIES}?sonra={row.pk}")).links


def test_another_order_begins_from_the_start(client: Client, names: list[str]) -> None:
    row = Company.objects.get(trade_name=names[5])
    page = client.get(f"{COMPANIES}?sonra={row.pk}").content.decode()
    sorting = re.findall(r'href="(\?[^"]*\bo=[^"]*)"', page)
    assert sorting
    assert not [link for link in sorting if "sonra" in link]


def test_an_order_by_what_is_another_tables_offers_no_next_rows(client: Client, names: list[str]) -> None:
    column = admin.site.get_model_admin(Company).list_display.index("partner")
    last = client.get(f"{COMPANIES}?o={column}&p=2")
    assert "4'den fazla" in words(last)
    assert "Sonraki kayıtlar" not in words(last)


def test_a_row_of_another_partner_is_no_place_to_begin_from(client: Client, names: list[str]) -> None:
    """Nor does it tell when the row was made."""
    elsewhere = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
    company(elsewhere, "Z", timezone.now() - timedelta(days=4))
    foreign = Company.objects.get(trade_name="Z Firması")
    assert listed(client, f"?sonra={foreign.pk}") == listed(client)
    assert client.get(f"{COMPANIES}?sonra=x").status_code == 302
