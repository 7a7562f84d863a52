"""Handing in and looking at documents in a real Chromium, also without script and without a PDF viewer."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from django.test import override_settings
from django.urls import reverse
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from documents import samples
from documents.inspection import JPEG, PDF
from documents.models import Document, Origin
from documents.rendering import html_to_pdf
from documents.storage import store
from launch.pictures import FLAGS, browser
from onboarding.models import Application, Package, PackageChoice
from tenancy.models import Company
from tests.documents import clamd
from tests.documents.reading.samples import gazette
from tests.journeys.seat import seat, session_of
from tests.journeys.stage import PATIENCE, Watched
from tests.scenarios.browser import signed_in
from tests.scenarios.cast import Cast
from tests.scenarios.factories import CompanyFactory, UserFactory, open_application
from tests.scenarios.ladder import Ladder
from tests.scenarios.papers import blank_pdf, picture

pytestmark = pytest.mark.django_db(transaction=True)
RED = (200, 10, 20)
DONE = {
    "pre_application": "sent",
    "status_query": "approved",
    "code_receipt": "confirmed",
    "package_contract": "confirmed",
}
STEP_5 = "/basvuru/adim/5/"


@pytest.fixture
def application() -> Application:
    """A company that is about to hand in its assignment form."""
    samples.load()
    found = open_application(CompanyFactory.create())
    # What the form of the assignment names.
    Ladder(found).fill_in()
    for step, state in DONE.items():
        found.records.filter(step=step).update(state=state, turn="")
    found.records.filter(step="partner_assignment").update(turn="company")
    PackageChoice.objects.create(
        application=found,
        message_addresses=10,
        call_addresses=0,
        email_addresses=4000,
        package=Package.objects.create(name="5", limit=5000, valid_from=date(2026, 1, 1)),
        offer_email="bilgi@mavideniz.example",
    )
    return found


def keep(company: Company, kind: str, payload: bytes, content_type: str) -> Document:
    return store(
        company=company,
        kind=kind,
        payload=payload,
        filename=f"{kind}.x",
        content_type=content_type,
        pages=None,
        origin=Origin.UPLOADED,
        by=None,
    )


@pytest.fixture
def papers(application: Application, tmp_path: Path) -> tuple[Document, Document]:
    """A PDF and a picture, both red all over."""
    pdf = html_to_pdf(f"<style>@page {{ size: A4; background: rgb{RED} }}</style><p>Sirküler</p>")
    picture(RED, (600, 800)).save(tmp_path / "levha.jpg", quality=95)
    return (
        keep(application.company, "signature_circular", pdf, PDF),
        keep(application.company, "tax_plate", (tmp_path / "levha.jpg").read_bytes(), JPEG),
    )


@pytest.fixture
def owner(application: Application, site: LiveServer) -> Iterator[Watched]:
    with seat(site, session_of(application.company.memberships.get().user)) as person:
        yield person


def pdf_file(folder: Path) -> Path:
    path = folder / "form.pdf"
    path.write_bytes(blank_pdf())
    return path


def test_a_form_is_handed_in_as_it_is_chosen_and_the_page_goes_on(owner: Watched, tmp_path: Path) -> None:
    owner.open(STEP_5)
    owner.page.locator("#file-assignment").set_input_files(pdf_file(tmp_path))
    expect(owner.page.get_by_role("heading", name="Gözden geçirin")).to_be_visible()
    assert owner.page.url.endswith("/5/gozden-gecir/")
    owner.accessible()
    owner.page.go_back()
    expect(owner.page.get_by_text("Yüklendi", exact=True)).to_be_visible()
    assert owner.complaints == []


def test_an_infected_file_is_refused_on_the_page(owner: Watched, tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(blank_pdf().replace(b"%%EOF", b"%" + clamd.EICAR + b"\n%%EOF"))
    with clamd.running() as scanner, override_settings(CLAMD_URL=scanner.url):
        owner.open(STEP_5)
        owner.page.locator("#file-assignment").set_input_files(path)
        expect(owner.page.get_by_role("alert")).to_contain_text("zararlı yazılım bulundu")


def redness(page: Page, place: str, folder: Path) -> float:
    """How much of the element's picture, from 0 to 1, has the papers' red."""
    shot = folder / "shot.png"
    page.locator(place).screenshot(path=shot)
    with Image.open(shot) as picture:
        raw = picture.convert("RGB").tobytes()
    pixels = zip(raw[0::3], raw[1::3], raw[2::3], strict=True)
    near = sum(max(abs(one - other) for one, other in zip(pixel, RED, strict=True)) < 12 for pixel in pixels)
    return near / (len(raw) // 3)


def until_red(page: Page, place: str, folder: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if redness(page, place, folder) > 0.2:
            return
        page.wait_for_timeout(200)
    pytest.fail(f"{place} never showed the paper")


def test_documents_are_fetched_when_looked_at_and_then_really_seen(
    papers: tuple[Document, Document], owner: Watched, tmp_path: Path
) -> None:
    fetched: list[str] = []
    owner.page.on("request", lambda request: fetched.append(request.url))
    owner.open("/basvuru/belgeler/")
    for document in papers:
        assert not [url for url in fetched if str(document.pk) in url]
    for document, place in zip(papers, ("object", "img"), strict=True):
        owner.page.locator("details.preview", has_text=document.name).locator("summary").click()
        until_red(owner.page, f"details[open] {place}", tmp_path)
        assert [url for url in fetched if str(document.pk) in url]
    assert owner.complaints == []


def test_staff_see_the_documents_beside_the_data(
    papers: tuple[Document, Document], application: Application, site: LiveServer, tmp_path: Path
) -> None:
    staff = UserFactory.create(is_staff=True, partner=application.company.partner)
    codes = ("review_application", "view_application")
    staff.user_permissions.set(Permission.objects.filter(codename__in=codes))
    path = reverse("admin:onboarding_application_change", args=[application.pk])
    session = session_of(staff)
    for width, beside in ((1400, True), (1000, False)):
        with seat(site, session, width=width) as person:
            person.page.goto(site.url + path)
            data = person.page.locator(".beside > .module").nth(0).bounding_box()
            papers_box = person.page.locator(".beside > .module").nth(1).bounding_box()
            assert data is not None
            assert papers_box is not None
            assert (papers_box["x"] > data["x"] + data["width"] - 1) == beside
            summary = person.page.locator("details.preview", has_text=papers[0].name).locator("summary")
            summary.click()
            until_red(person.page, "details[open] .sheet", tmp_path)
            assert person.complaints == []


def test_the_document_of_another_partners_company_stays_behind_the_wall(papers: tuple[Document, Document]) -> None:
    document = papers[0]
    application = document.company.applications.get()
    stranger = UserFactory.create(is_staff=True)
    stranger.user_permissions.set(Permission.objects.filter(codename="review_application"))
    client = signed_in(stranger)
    path = reverse("admin:onboarding_application_document", args=[application.pk, document.pk])
    assert client.get(path).status_code == 404
    assert client.get(f"{path}?indir").status_code == 404


@contextmanager
def without_viewer(folder: Path) -> Iterator[BrowserContext]:
    """Chromium as many companies set it up: PDFs are downloaded, never shown."""
    (folder / "Default").mkdir(parents=True)
    wishes = {"plugins": {"always_open_pdf_externally": True}}
    (folder / "Default" / "Preferences").write_text(json.dumps(wishes))
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            str(folder), executable_path=browser(), args=FLAGS, accept_downloads=True
        )
        yield context
        context.close()


def test_where_no_pdf_can_be_shown_there_is_a_link_instead(
    papers: tuple[Document, Document], site: LiveServer, tmp_path: Path
) -> None:
    session = session_of(papers[0].company.memberships.get().user)
    with without_viewer(tmp_path / "chromium") as context:
        context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
        page = context.new_page()
        page.goto(f"{site.url}/basvuru/belgeler/")
        page.locator("details.preview", has_text=papers[0].name).locator("summary").click()
        link = page.get_by_role("link", name=f"Belgeyi indirin: {papers[0].name}")
        expect(link).to_be_visible()
        with page.expect_download() as download:
            link.click()
        assert download.value.suggested_filename == papers[0].name


def test_a_file_that_is_doubted_says_one_thing_in_place(site: LiveServer) -> None:
    cast = Cast()
    cast.ready()
    with seat(site, session_of(cast.people["owner"]), width=390) as person:
        page = person.page
        page.goto(site.url + reverse("onboarding:pre_application"))
        mine = page.locator("#belge-undertaking")

        def choose(name: str, payload: bytes) -> None:
            mine.locator("input[type=file]").first.set_input_files(
                {"name": name, "mimeType": "application/pdf", "buffer": payload}
            )

        choose("gazete.pdf", gazette())
        expect(mine.get_by_text("Kontrol edin", exact=True)).to_be_visible()
        expect(mine.get_by_text("Bu bir taahhütname değil")).to_be_visible()
        expect(mine.locator(".files__file, .badge--success")).to_have_count(0)
        choose("imzali.pdf", blank_pdf(3))
        page.wait_for_url(f"**{reverse('onboarding:review')}")
        assert person.complaints == []
