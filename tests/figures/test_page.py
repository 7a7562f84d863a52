"""The page of figures: who sees what of which days, as drawing, table and file."""

import csv
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from figures import gathering
from figures.models import Figure, Gathered, Measure
from onboarding.first_data import GROUPS
from partners.models import Partner
from tests.figures.history import ONE, History, letter, mail, partner
from tests.scenarios.browser import signed_in, words
from tests.scenarios.factories import CompanyFactory, PartnerFactory, UserFactory
from tests.scenarios.support import colleague

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:figures_figure_changelist")
ALL = ("huni", "sure", "bekleme", "bekleyen", "e-posta", "mektup", "kisiler")


def file_of(name: str) -> str:
    return reverse("admin:figures_figure_csv", args=[name])


class Office:
    """Two partners with a history of this and the last month, and who steers each."""

    def __init__(self) -> None:
        self.ours, self.theirs = PartnerFactory.create(), partner("Liman Mesaj")
        self.person = colleague(partner=self.ours)
        now = timezone.localtime()
        self.today = now.date()
        self.last_month = (now.replace(day=1) - timedelta(days=1)).replace(day=5, hour=9)
        self.had(self.ours, 3)
        self.had(self.theirs, 7)
        gathering.run()
        self.client = signed_in(colleague("view_figure", partner=self.ours))

    def had(self, whose: Partner, count: int) -> None:
        for _each in range(count):
            one = History(self.last_month, company=CompanyFactory.create(partner=whose))
            at = self.last_month
            one.first_step(at + timedelta(hours=6), at + timedelta(hours=30), by=self.person)
            mail(at, company=one.company)
            letter(at, company=one.company)

    def see(self, client: Client | None = None, **asked: str) -> Any:
        return (client or self.client).get(PAGE, asked)

    def take(self, name: str, client: Client | None = None, **asked: str) -> Any:
        month = self.last_month.date().replace(day=1)
        data = {"ilk": month.isoformat(), "son": self.today.isoformat(), **asked}
        return (client or self.client).post(file_of(name), data)


def cells(answer: Any) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:]), delimiter=";"))


@pytest.fixture
def office() -> Office:
    return Office()


def test_each_figure_is_drawn_with_its_table_beneath_and_its_file(office: Office) -> None:
    answer = office.see()
    page = answer.content.decode()
    told = words(answer)
    for title in (
        "Altı adımda ilerleme",
        "Adımların süresi",
        "Kim kimi bekledi",
        "Gelen e-postalar",
        "Giden mektuplar",
    ):
        assert f"CSV indir ({title})" in told
    assert "Açılan başvuru 3" in told
    assert "1. Ön başvuru 3 %100" in told
    assert re.findall(r'<svg class="drawn"\s+role="img"', page)
    for each in re.findall(r'aria-labelledby="(\S+-title)"\s+aria-describedby="(\S+-desc)"', page):
        assert all(page.count(f'id="{name}"') == 1 for name in each)
    assert "style=" not in page
    assert "son toplama" in told


def test_the_time_of_a_step_stands_by_month_in_days(office: Office) -> None:
    [head, *rows] = cells(office.take("sure"))
    assert head == ["Adım", "Ay", "Biten", "Ortanca (gün)", "%90'ı (gün)"]
    assert [row[0] for row in rows] == ["1. Ön başvuru"]
    assert rows[0][2:] == ["3", "1,25", "1,25"]


def test_who_waited_for_whom(office: Office) -> None:
    [head, *rows] = cells(office.take("bekleme"))
    assert head[1:] == ["Firma (gün)", "Destek ekibi (gün)", "İYS (gün)", "Portal (gün)", "Toplam (gün)"]
    assert rows == [["1. Ön başvuru", "0,75", "3,00", "0,00", "0,00", "3,75"]]


def test_one_partners_people_see_its_own_figures_alone(office: Office) -> None:
    other = signed_in(colleague("view_figure", partner=office.theirs))
    assert "Açılan başvuru 7" in words(office.see(other))
    for asked in ("", str(office.theirs.pk)):
        assert "Açılan başvuru 3" in words(office.see(ortak=asked))
        assert cells(office.take("huni", ortak=asked))[1][1] == "3"
    assert "Liman" not in words(office.see())


def test_who_runs_the_portal_chooses_a_partner_or_all(office: Office) -> None:
    runs = signed_in(UserFactory.create(is_staff=True, is_superuser=True))
    assert "Açılan başvuru 10" in words(office.see(runs))
    assert "Açılan başvuru 7" in words(office.see(runs, ortak=str(office.theirs.pk)))
    assert cells(office.take("sure", runs))[1][2] == "10"
    assert cells(office.take("sure", runs, ortak=str(office.ours.pk)))[1][2] == "3"
    refused = office.see(runs, ortak="99999")
    assert refused.status_code == 422
    assert "Bu iş ortağı seçilemez." in words(refused)


def test_it_is_for_who_may_see_figures(office: Office) -> None:
    client = signed_in(colleague("view_application", partner=office.ours))
    assert client.get(PAGE).status_code == 403
    assert client.post(file_of("huni")).status_code == 403
    assert "Rakamlar" not in words(client.get(reverse("admin:index")))
    assert "Rakamlar" in words(office.client.get(reverse("admin:index")))


def test_cases_of_colleagues_are_for_fewer(office: Office) -> None:
    assert "Kişi başına başvuru" not in words(office.see())
    assert office.take("kisiler").status_code == 403
    lead = signed_in(colleague("view_figure", "view_work", partner=office.ours))
    assert "Kişi başına başvuru" in words(office.see(lead))
    assert cells(office.take("kisiler", lead))[1][0] == str(office.person)
    assert set(GROUPS["Rakamlar"]) < set(GROUPS["Kişi başına rakamlar"])


def test_what_is_taken_is_noted_and_looking_takes_nothing(office: Office) -> None:
    assert office.client.get(file_of("huni"))["Location"] == PAGE
    assert not LogEntry.objects.exists()
    office.take("huni")
    noted = LogEntry.objects.get()
    assert noted.object_repr == "Rakamlar: Altı adımda ilerleme"
    assert str(office.ours) in noted.change_message
    assert office.client.post(file_of("yok")).status_code == 404


def test_the_days_are_chosen_by_a_link_or_by_hand(office: Office) -> None:
    assert "Bu dönemde başvuru açılmadı." in words(office.see(donem="bu-ay"))
    assert "Açılan başvuru 3" in words(office.see(donem="gecen-ay"))
    day = office.last_month.date().isoformat()
    assert "Açılan başvuru 3" in words(office.see(ilk=day, son=day))
    later = (office.last_month.date() + timedelta(days=1)).isoformat()
    assert "Bu dönemde başvuru açılmadı." in words(office.see(ilk=later, son=later))


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-02-30", "2026-03-01", "Geçerli bir tarih girin."),
        ("2026-03-02", "2026-03-01", "Son gün ilk günden önce olamaz."),
        ("2026-03-02", "", "Bir gün seçin."),
        ("2019-01-01", "2026-03-01", "En çok 36 aya bakılabilir"),
        ("2026-03-02", "2999-01-01", "Bugünden sonraki bir gün olamaz."),
    ],
)
def test_days_that_make_no_sense_are_refused_in_words_and_stay(
    office: Office, first: str, last: str, said: str
) -> None:
    answer = office.see(ilk=first, son=last)
    assert answer.status_code == 422
    assert said in words(answer)
    assert f'value="{first}"' in answer.content.decode()
    assert office.client.post(file_of("huni"), {"ilk": first, "son": last})["Location"] == PAGE


def test_before_the_first_night_a_sentence_says_so() -> None:
    client = signed_in(colleague("view_figure"))
    assert "Rakamlar henüz toplanmadı." in words(client.get(PAGE))
    gathering.run()
    assert "Rakamlar henüz toplanmadı." in words(client.get(PAGE))


def test_a_night_that_was_missed_is_said(office: Office) -> None:
    assert "Dünkü rakamlar" not in words(office.see())
    Gathered.objects.update(until=office.today - timedelta(days=1))
    assert "Dünkü rakamlar henüz toplanmadı." in words(office.see())


def test_nothing_is_said_in_a_sentence_for_each_figure(office: Office) -> None:
    Figure.objects.all().delete()
    page = words(office.see())
    for sentence in (
        "başvuru açılmadı",
        "biten adım yok",
        "biten bekleme yok",
        "e-posta gelmedi",
        "mektup gitmedi",
    ):
        assert f"Bu dönemde {sentence}." in page
    assert "CSV" not in page


@pytest.mark.parametrize("name", ALL)
def test_a_name_that_a_spreadsheet_would_work_out_is_words(office: Office, name: str) -> None:
    office.person.full_name = "=cmd|calc"
    office.person.save()
    runs = signed_in(UserFactory.create(is_staff=True, is_superuser=True))
    assert all(not cell.startswith("=") for row in cells(office.take(name, runs)) for cell in row)


def test_it_asks_no_more_for_many_than_for_few(office: Office) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert office.see(donem="12-ay").status_code == 200
        return len(queries)

    asked()
    before = asked()
    rows = [
        Figure(partner=office.ours, measure=measure, day=office.today - n * timedelta(days=1), key=key, count=n)
        for n in range(70, 300)
        for measure, key in ((Measure.FUNNEL, ONE), (Measure.LETTER, "iys"), (Measure.MAIL, "received"))
    ]
    Figure.objects.bulk_create(rows)
    assert asked() == before


def test_a_long_time_is_drawn_by_weeks(office: Office) -> None:
    rows = cells(office.take("mektup", ilk=(office.today - timedelta(days=300)).isoformat()))
    assert rows[0][0] == "Hafta"
    assert sum(int(row[-1]) for row in rows[1:]) == 3


def test_an_address_with_something_else_in_it_is_refused(office: Office) -> None:
    assert office.see(measure="funnel").status_code == 400
