"""A vergi levhası handed in while a company is founded: what it says is offered, nothing is kept before."""

import io
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from documents.models import Document, DraftUpload, PaperReading
from documents.reading.papers import Outcome
from journal.models import Entry, Event
from limits.table import DEFAULTS
from onboarding.dossier import content
from onboarding.models import Application, DocumentKind
from team import tax_plate
from team.tax_plate import ANEW, BY_HAND
from tenancy.models import Company, JoinRequest, User
from tests.documents.reading.samples import (
    OURS,
    PERSON,
    STREET,
    TITLE,
    Announcement,
    TaxPlate,
    circular,
    gazette,
    scan,
)
from tests.scenarios.browser import Screen, signed_in
from tests.scenarios.factories import CompanyFactory, MembershipFactory, PartnerFactory, UserFactory, vkn
from tests.scenarios.papers import blank_pdf

pytestmark = pytest.mark.django_db
PAGE = reverse("team:company_new")
FIRM = reverse("onboarding:dossier_page", args=["firma"])


@pytest.fixture
def user() -> User:
    PartnerFactory.create()
    found: User = UserFactory.create()
    return found


def posts(client: Client, payload: bytes | None = None, name: str = "levha.pdf", **typed: str) -> Screen:
    files = {"tax_plate": SimpleUploadedFile(name, payload)} if payload is not None else {}
    return Screen(client.post(PAGE, {"trade_name": "", "tax_number": "", **typed, **files}))


def sends(client: Client, page: Screen, **typed: str) -> Screen:
    """The page's own form, as it stands or with what is typed over it."""
    return Screen(client.post(PAGE, {**page.fields, **typed}))


def nothing_kept() -> bool:
    return not (Document.objects.exists() or DraftUpload.objects.exists() or PaperReading.objects.exists())


def test_the_title_and_the_number_are_filled_in_and_nothing_is_founded_or_kept_yet(user: User) -> None:
    page = posts(signed_in(user), TaxPlate().pdf())
    assert (page.status, page.fields["trade_name"], page.fields["tax_number"]) == (200, TITLE, OURS)
    assert "Vergi levhanızdan okuduk: levha.pdf" in page
    assert page.words.count("Belgenizden okuduk") == 2
    assert nothing_kept()
    assert not Company.objects.exists()


def test_with_the_company_the_paper_is_kept_and_fills_in_the_page_of_its_data(user: User) -> None:
    """The file is not asked for a second time, and what it says stands in the fields of the first page."""
    client = signed_in(user)
    assert "Kaydınızı aldık" in sends(client, posts(client, TaxPlate().pdf()))
    company = Company.objects.get()
    assert (company.trade_name, company.tax_number) == (TITLE, OURS)
    document = company.documents.get()
    assert (document.kind, document.created_by, document.name) == (DocumentKind.TAX_PLATE, user, "levha.pdf")
    assert document.reading.outcome == Outcome.READ
    assert Entry.objects.get(company=company, event=Event.DOCUMENT_ADDED).text == "Vergi levhası: levha.pdf"
    page = first_page(client)
    assert (page.fields["tax_office"], page.fields["trade_name"]) == ("ŞİŞLİ", TITLE)
    assert "Belgenizden okuduklarımızı yazdık." in page
    assert STREET in page
    assert not Company.objects.get().tax_office, "nothing is kept before the page is sent"
    kept = {**page.fields, "mersis_number": f"0{OURS}00015", "province": "İstanbul", "address": STREET}
    client.post(FIRM, kept)
    company.refresh_from_db()
    assert (company.tax_office, company.district, company.address) == ("ŞİŞLİ", "Şişli", STREET)


def first_page(client: Client) -> Screen:
    """Of the data, by the manual channel."""
    client.post(reverse("onboarding:route"), {"route": "full", "channel": "manual", "has_mersis": "evet"})
    return Screen(client.get(FIRM))


def test_it_counts_as_the_document_where_one_is_asked_for(user: User) -> None:
    client = signed_in(user)
    sends(client, posts(client, TaxPlate(number="", identity=PERSON, title="", name="AYŞE YILDIZ").pdf()))
    client.post(reverse("onboarding:route"), {"route": "full", "channel": "manual", "has_mersis": "hayir"})
    form = Application.objects.get().application_form
    needs = {str(need.kind): need.document for need in content.needs(form)}
    assert needs[str(DocumentKind.TAX_PLATE)] == Document.objects.get()


def test_a_persons_number_is_never_on_the_page_and_is_the_companys(user: User) -> None:
    client = signed_in(user)
    paper = TaxPlate(number="", identity=PERSON, title="", name="AYŞE YILDIZ").pdf()
    answer = client.post(PAGE, {"tax_plate": SimpleUploadedFile("levha.pdf", paper), "trade_name": ""})
    page = Screen(answer)
    assert PERSON not in answer.content.decode()
    assert page.fields["tax_number"] == f"*******{PERSON[-4:]}"
    assert "Kaydınızı aldık" in sends(client, page)
    assert Company.objects.get().full_tax_number == PERSON


def test_of_a_sole_traders_two_numbers_the_tax_number_is_offered_and_the_other_kept_nowhere(user: User) -> None:
    client = signed_in(user)
    paper = TaxPlate(identity=PERSON, title="", name="AYŞE YILDIZ").pdf()
    answer = client.post(PAGE, {"tax_plate": SimpleUploadedFile("levha.pdf", paper), "trade_name": ""})
    page = Screen(answer)
    assert page.fields["tax_number"] == OURS
    assert PERSON not in answer.content.decode()
    assert PERSON[-4:] not in page.words
    sends(client, page)
    assert Company.objects.get().full_tax_number == OURS
    assert all(PERSON not in str(each.content) for each in PaperReading.objects.all())


def test_who_registers_with_the_identity_number_may(user: User) -> None:
    """The paper that has both is hers either way."""
    client = signed_in(user)
    page = posts(client, TaxPlate(identity=PERSON, title="", name="AYŞE YILDIZ").pdf())
    sends(client, Screen(client.post(PAGE, {**page.fields, "tax_number": PERSON})))
    assert Company.objects.get().full_tax_number == PERSON
    assert Document.objects.get().kind == DocumentKind.TAX_PLATE


def test_the_same_number_in_groups_is_no_difference(user: User) -> None:
    grouped = f"{OURS[:3]} {OURS[3:6]} {OURS[6:]}"
    page = posts(signed_in(user), TaxPlate().pdf(), tax_number=grouped)
    assert page.fields["tax_number"] == grouped
    assert page.words.count("Belgenizden okuduk") == 2


@pytest.mark.parametrize("scripted", [True, False])
def test_what_was_typed_stays_and_the_difference_is_said(user: User, scripted: bool) -> None:
    """Whoever has typed before choosing, and whoever changes what was filled in."""
    client = signed_in(user)
    typed = {"trade_name": "Kuzey Işığı Gıda A.Ş.", "tax_number": vkn(7)}
    page = posts(client, TaxPlate().pdf(), **typed, **({} if scripted else {"read_plate": "1"}))
    assert {name: page.fields[name] for name in typed} == typed
    assert f"Belgenizde: {TITLE}" in page
    assert f"Belgenizde: {OURS}" in page
    sends(client, page)
    assert (Company.objects.get().trade_name, Company.objects.get().tax_number) == tuple(typed.values())
    assert nothing_kept(), "the paper of another company"


def test_what_was_typed_gives_way_to_the_papers_at_a_press(user: User) -> None:
    client = signed_in(user)
    page = posts(client, TaxPlate().pdf(), trade_name="Mavi", tax_number=vkn(7))
    page = sends(client, page, use="trade_name")
    assert (page.status, page.fields["trade_name"], page.fields["tax_number"]) == (200, TITLE, vkn(7))
    page = sends(client, page, use="tax_number")
    assert (page.status, page.fields["trade_name"], page.fields["tax_number"]) == (200, TITLE, OURS)
    assert not Company.objects.exists()
    assert "Kaydınızı aldık" in sends(client, page)
    assert Company.objects.get().documents.exists()


def test_a_title_that_was_typed_otherwise_is_the_companys_and_the_paper_is_kept(user: User) -> None:
    client = signed_in(user)
    page = sends(client, posts(client, TaxPlate().pdf()), trade_name="Mavi Deniz ve Ortakları A.Ş.")
    assert "Kaydınızı aldık" in page
    assert Company.objects.get().trade_name == "Mavi Deniz ve Ortakları A.Ş."
    assert "Belgenizle yazdıklarınız farklı" in first_page(client)


def locked() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(TaxPlate().pdf())) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    return out.getvalue()


UNREADABLE = {
    "a scan": (scan(TaxPlate().pdf()), "taranmış, fotoğraflanmış ya da başka bir belge okunamaz."),
    "another paper": (circular(), "Bu bir vergi levhası gibi görünmüyor."),
    "a gazette": (gazette(Announcement()), "Bu bir vergi levhası gibi görünmüyor."),
    "an empty page": (blank_pdf(), "taranmış, fotoğraflanmış ya da başka bir belge okunamaz."),
    "two companies": (TaxPlate(below=f"<p>VERGİ KİMLİK NO: {vkn(9)}</p>").pdf(), "birden çok vergi numarası"),
    "no number": (TaxPlate(number="").pdf(), "Bu vergi levhasında vergi numarası bulamadık."),
    "a locked PDF": (locked(), "PDF şifreli. Parolasını kaldırıp yeniden kaydedin"),
    "a locked PDF, how it goes on": (locked(), f"{ANEW} {BY_HAND}"),
    "a broken PDF": (b"%PDF-1.7 nothing %%EOF", f"{ANEW} {BY_HAND}"),
    "half a PDF": (TaxPlate().pdf()[:900], f"{ANEW} {BY_HAND}"),
    "no PDF": (b"vergi levhasi", "PDF"),
    "nothing": (b"", ""),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_cannot_be_read_is_said_and_costs_nothing(user: User, what: str) -> None:
    """What was typed stays, and one goes on without it."""
    client = signed_in(user)
    payload, sentence = UNREADABLE[what]
    page = posts(client, payload, trade_name="Kuzey Işığı Gıda A.Ş.", tax_number=vkn(7), read_plate="1")
    assert page.status == 422
    assert sentence in page
    assert (page.fields["trade_name"], page.fields["tax_number"]) == ("Kuzey Işığı Gıda A.Ş.", vkn(7))
    assert "Kaydınızı aldık" in sends(client, page)
    assert nothing_kept()


def test_one_that_is_too_large_or_too_many_is_refused_before_it_is_opened(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(user)
    monkeypatch.setattr(tax_plate, "examine", lambda *_args: pytest.fail("it was opened"))
    assert "2 MB'tan büyük" in posts(client, b"%PDF-1.7" + bytes(tax_plate.MOST_BYTES))
    for _time in range(DEFAULTS["founding_papers.person.hour"]):
        page = posts(client, b"%PDF-1.7" + bytes(tax_plate.MOST_BYTES))
    assert "Kısa sürede çok sayıda belge seçildi." in page


def test_it_can_be_taken_away_and_nothing_that_stands_there_goes_with_it(user: User) -> None:
    client = signed_in(user)
    page = sends(client, posts(client, TaxPlate().pdf()), drop_plate="1")
    assert "Vergi levhası (isteğe bağlı)" in page
    assert page.fields["trade_name"] == TITLE
    sends(client, page)
    assert Company.objects.exists()
    assert nothing_kept()


def test_reading_without_a_file_says_what_to_choose(user: User) -> None:
    assert "Önce vergi levhanızın PDF dosyasını seçin." in posts(signed_in(user), read_plate="1")


@pytest.mark.parametrize("whose", ["another person's", "changed", "too old"])
def test_what_the_page_brings_back_has_to_be_its_own(
    user: User, whose: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The person is told, and founds the company without it."""
    client = signed_in(user)
    page = posts(signed_in(UserFactory.create()) if whose == "another person's" else client, TaxPlate().pdf())
    if whose == "changed":
        page.fields["tax_plate_carried"] = page.fields["tax_plate_carried"][:-9] + "A" * 8 + "="
    if whose == "too old":
        monkeypatch.setattr(tax_plate, "CARRIED_FOR", timedelta(seconds=-1))
    again = sends(client, page)
    assert "artık bu sayfada değil" in again
    assert not Company.objects.exists()
    sends(client, again)
    assert Company.objects.exists()
    assert nothing_kept()


def answered(number: str, own: Company | None) -> tuple[object, ...]:
    """All that somebody sees who founds a company of this number with its vergi levhası."""
    someone = UserFactory.create(email="ada@kuzey.example", full_name="Ada Yalın")
    if own is not None:
        MembershipFactory.create(user=someone, company=own)
    client = signed_in(someone)
    seen = []
    page = posts(client, TaxPlate(number=number).pdf())
    for data in ({}, {**page.fields}):
        files = {} if data else {"tax_plate": SimpleUploadedFile("levha.pdf", TaxPlate(number=number).pdf())}
        answer = client.post(PAGE, {**data, **files})
        text = re.sub(
            r'((?:csrfmiddlewaretoken|shown_to|tax_plate_carried)" value=)"[^"]+"', r"\1", answer.content.decode()
        )
        text = re.sub(r'data-person="\d+"', "", text).replace(number, "number")
        seen.append((answer.status_code, sorted(answer.cookies), text))
    return tuple(seen)


@pytest.mark.parametrize("has_one", [False, True])
def test_a_number_that_is_here_already_is_answered_as_any_other_and_nothing_is_kept(
    user: User, has_one: bool, settings: Any
) -> None:
    """Neither on the page nor in what is kept; the file store is as it was."""
    known, own = CompanyFactory.create(), CompanyFactory.create() if has_one else None
    files = Path(settings.STORAGES["private"]["OPTIONS"]["location"])
    theirs = answered(known.tax_number, own)
    assert JoinRequest.objects.get().company == known
    assert nothing_kept()
    assert not list(files.rglob("founding/*"))
    User.objects.filter(email="ada@kuzey.example").update(email="eski@kuzey.example")
    assert answered(vkn(900), own) == theirs
