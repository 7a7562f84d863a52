"""What is on the screen of a list of support's, as a file.

| what is done | what comes |
|---|---|
| the button on a list | its columns, as words, of all pages; UTF-8 with a mark, semicolons; never cached |
| filtered, searched, ordered | the same rows in the same order |
| a cell that a spreadsheet would work out | text |
| a sole trader's number | masked, as on the screen |
| another partner's rows · without the right · by a look (GET) | not in it · 403 · nothing is noted |
| taken | noted: who, which list, how many, how filtered |
| more rows than one file has | a sentence, and no file |
"""

import csv
import io
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from finding import renewing
from identifiers.csv_cells import streamed
from partners.models import Partner
from tenancy.admin import exports
from tenancy.models import Company
from tests.scenarios.browser import signed_in, words
from tests.scenarios.cast import Cast
from tests.scenarios.factories import CompanyFactory, UserFactory, tckn
from tests.scenarios.support import CORRESPONDENCE, REVIEW, colleague
from tests.tenancy import scenes

pytestmark = pytest.mark.django_db
COMPANIES = reverse("admin:tenancy_company_changelist")


@pytest.fixture
def partner() -> Partner:
    found: Partner = CompanyFactory.create(trade_name="Ardıç A.Ş.").partner
    return found


@pytest.fixture
def client(partner: Partner) -> Client:
    return signed_in(colleague("view_company", partner=partner))


def taken(client: Client, path: str = COMPANIES) -> list[list[str]]:
    answer = client.post(path, {"export": "csv"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert "no-store" in answer["Cache-Control"]
    text = content(answer)
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:]), delimiter=";"))


def content(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode()


def test_a_list_leaves_as_it_is_shown_with_all_its_pages(
    client: Client, partner: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "PAGE", 2)
    for name in ("Çınar A.Ş.", "Iğdır A.Ş.", "İnci A.Ş.", "Söğüt A.Ş."):
        CompanyFactory.create(trade_name=name, partner=partner)
    head, *rows = taken(client, f"{COMPANIES}?o=1")
    assert head == ["Ticaret unvanı", "Vergi kimlik numarası", "İş ortağı", "Kayıt tarihi"]
    shown = [str(each) for each in client.get(f"{COMPANIES}?o=1").context["cl"].result_list]
    assert [row[0] for row in rows] == shown
    assert len(rows) == 5
    assert {row[2] for row in rows} == {str(partner)}


def test_what_is_filtered_out_is_left_out(client: Client, partner: Partner) -> None:
    CompanyFactory.create(trade_name="Çınar A.Ş.", partner=partner)
    renewing.renew_marked()
    assert [row[0] for row in taken(client, f"{COMPANIES}?q=Ardıç")[1:]] == ["Ardıç A.Ş."]
    noted = LogEntry.objects.get()
    assert noted.object_repr == "firmalar: 1 kayıt"
    assert "q=" in noted.change_message
    assert noted.user == client.get(COMPANIES).wsgi_request.user


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "＝"])
def test_nothing_is_worked_out(start: str) -> None:
    [_mark, line] = streamed([[f"{start}cmd|' /C calc'!A0"]])
    assert line.decode().lstrip('"').startswith("'")


def test_a_number_of_a_person_stays_masked(client: Client, partner: Partner) -> None:
    number = tckn(7)
    CompanyFactory.create(trade_name="Şahıs", tax_number=number, mersis_number="", partner=partner)
    assert number not in str(taken(client))


def test_a_number_of_a_person_stands_nowhere_in_the_note(partner: Partner) -> None:
    number = tckn(8)
    user = colleague("view_company", partner=partner)
    exports.given([], by=user, model=Company, name="liste", said=f"Rapor: {number}.csv", how=f"q={number}")
    noted = LogEntry.objects.get()
    assert number not in noted.object_repr + noted.change_message
    assert noted.object_repr.startswith("Rapor: ")


def test_the_wall_stands_around_the_file_too(partner: Partner, client: Client) -> None:
    elsewhere = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
    CompanyFactory.create(trade_name="Gizli A.Ş.", partner=elsewhere)
    assert "Gizli" not in str(taken(client))
    other = signed_in(colleague("view_company", partner=elsewhere))
    assert [row[0] for row in taken(other)[1:]] == ["Gizli A.Ş."]
    assert signed_in(colleague(partner=partner)).post(COMPANIES, {"export": "csv"}).status_code == 403


def test_looking_takes_nothing(client: Client) -> None:
    page = client.get(f"{COMPANIES}?export=csv", follow=True)
    assert "Listeyi indir (CSV, 1 kayıt)" in words(client.get(COMPANIES))
    assert page["Content-Type"].startswith("text/html")
    assert not LogEntry.objects.exists()


def test_a_list_that_is_too_long_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "MOST", 0)
    answer = client.post(COMPANIES, {"export": "csv"}, follow=True)
    assert "en çok 0 olabilir" in words(answer)
    assert not LogEntry.objects.exists()


def test_every_list_that_support_has_can_be_taken() -> None:
    cast = Cast()
    scenes.written_to(cast)
    cast.submit()
    support = signed_in(colleague(*REVIEW, *CORRESPONDENCE, partner=cast.company.partner))
    runs = signed_in(UserFactory.create(is_staff=True, is_superuser=True))
    sizes = {}
    for model in admin.site._registry:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        if name in ("finding_word", "figures_figure"):
            continue  # Pages that list no rows of their own.
        path = reverse(f"admin:{name}_changelist")
        listed = runs.get(path).context["cl"].result_count
        assert len(taken(runs, path)) == listed + 1, name
        if support.get(path).status_code == 200:
            sizes[name] = len(taken(support, path)) - 1
    assert sizes["onboarding_queueitem"] > 0
    assert sizes["onboarding_application"] == 1
    assert len(sizes) > 10
