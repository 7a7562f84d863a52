"""Files go as they are chosen, in place: by mouse, keyboard or camera, dropped, cut off, and without script."""

import io
import os
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from math import inf
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
from django.test import override_settings
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from documents.inspection import PDF
from documents.models import Document, DraftUpload
from documents.storage import read
from onboarding.models import Payment
from sandbox.authority import Authority
from tests.documents.test_made_small import painted
from tests.journeys.seat import apart, seat, session_of
from tests.journeys.stage import Watched, chromium
from tests.scenarios.cast import Cast
from tests.scenarios.online import Online
from tests.scenarios.papers import blank_pdf, picture

pytestmark = pytest.mark.django_db(transaction=True)
RED, GREEN, BLUE = (200, 10, 10), (10, 160, 10), (10, 10, 200)
# A folder that the pictures of the screens go to, for who looks at them.
PICTURES = os.environ.get("UPLOAD_PICTURES")


@pytest.fixture
def cast() -> Cast:
    """Whose documents are asked for."""
    found = Cast()
    found.fill_in()
    return found


@pytest.fixture(params=[1280, 390])
def owner(cast: Cast, site: LiveServer, request: pytest.FixtureRequest) -> Iterator[Watched]:
    with seat(site, session_of(cast.people["owner"]), request.param) as person:
        yield person
        assert person.complaints == []


@pytest.fixture
def one(cast: Cast, site: LiveServer) -> Iterator[Watched]:
    with seat(site, session_of(cast.people["owner"])) as person:
        yield person


def shot(person: Watched, name: str) -> None:
    if PICTURES:
        width = person.page.viewport_size["width"] if person.page.viewport_size else 0
        person.page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)


def photo(folder: Path, name: str, colour: tuple[int, int, int], size: tuple[int, int] = (600, 800)) -> Path:
    picture(colour, size).save(folder / name, "JPEG", quality=95)
    return folder / name


def paper(folder: Path, name: str = "sirkuler.pdf", kilobytes: int = 1) -> Path:
    """Another content each time: the same content again is the same document."""
    ballast = b"%" + os.urandom(kilobytes * 512).hex().encode() + b"\n"
    (folder / name).write_bytes(blank_pdf().replace(b"%%EOF", ballast + b"%%EOF"))
    return folder / name


def place(page: Page, kind: str = "signature_circular") -> Locator:
    return page.locator(f"#belge-{kind}")


def field(page: Page, kind: str = "signature_circular") -> Locator:
    return page.locator(f"#file-{kind}")


def open_documents(person: Watched) -> None:
    person.open(reverse("onboarding:pre_application"))


def current(cast: Cast, kind: str = "signature_circular") -> Document:
    return apart(lambda: cast.company.documents.current().of_kind(kind).get())


def count(cast: Cast, kind: str = "signature_circular") -> int:
    return apart(lambda: cast.company.documents.of_kind(kind).count())


def receipt(cast: Cast) -> Document:
    found = apart(cast.now().payments.select_related("receipt").get).receipt
    assert found is not None
    return found


def drafts() -> int:
    return apart(DraftUpload.objects.count)


def colours(document: Document) -> list[str]:
    """Of its pages, by name."""
    named = {"red": RED, "green": GREEN, "blue": BLUE}

    def nearest(got: tuple[int, ...]) -> str:
        return min(named, key=lambda name: sum(abs(a - b) for a, b in zip(named[name], got, strict=True)))

    return [nearest(each.getpixel((each.width // 2, each.height // 2))) for each in painted(read(document))]  # type: ignore[arg-type]


def test_a_file_is_handed_in_as_it_is_chosen_and_the_page_does_not_move(
    owner: Watched, cast: Cast, tmp_path: Path
) -> None:
    open_documents(owner)
    shot(owner, "empty")
    missing = owner.page.locator("#gozden-gecirme")
    expect(missing).to_contain_text("İmza sirküleri")
    field(owner.page).scroll_into_view_if_needed()
    before = owner.page.evaluate("scrollY")
    assert before > 0
    field(owner.page).set_input_files(paper(tmp_path))
    expect(place(owner.page).get_by_text("Yüklendi", exact=True)).to_be_visible()
    expect(place(owner.page).locator(".files__file--done")).to_contain_text("İmza sirküleri yüklendi.")
    expect(owner.page.locator("main > [role=status]")).to_contain_text("İmza sirküleri yüklendi.")
    expect(place(owner.page).get_by_role("link", name="sirkuler.pdf", exact=True)).to_be_visible()
    expect(missing).not_to_contain_text("İmza sirküleri")
    assert abs(owner.page.evaluate("scrollY") - before) < 150
    owner.accessible()
    shot(owner, "done")
    # Another one takes its place.
    field(owner.page).set_input_files(paper(tmp_path, "yeni.pdf"))
    expect(place(owner.page).get_by_role("link", name="yeni.pdf", exact=True)).to_be_visible()
    assert count(cast) == 2
    assert current(cast).name == "yeni.pdf"


def test_photos_become_one_pdf_in_the_order_in_which_they_were_put(
    owner: Watched, cast: Cast, tmp_path: Path
) -> None:
    open_documents(owner)
    files = [photo(tmp_path, f"{number}.jpg", colour) for number, colour in enumerate((RED, GREEN, BLUE), 1)]
    field(owner.page).set_input_files(files)
    rows = place(owner.page).locator("[data-draft]")
    expect(rows).to_have_count(3)
    expect(rows.locator(".files__name")).to_have_text(["1.jpg", "2.jpg", "3.jpg"])
    assert rows.locator("img").first.evaluate("each => each.decode().then(() => each.naturalWidth)") > 0
    owner.page.get_by_role("button", name="Yukarı al: 3.jpg").click()
    owner.page.get_by_role("button", name="Yukarı al: 3.jpg").click()
    owner.page.get_by_role("button", name="Aşağı al: 1.jpg").click()
    expect(rows.locator(".files__name")).to_have_text(["3.jpg", "2.jpg", "1.jpg"])
    owner.accessible()
    shot(owner, "pages")
    owner.page.get_by_role("button", name="3 sayfayı tek PDF yap ve yükle").click()
    expect(place(owner.page).locator(".files__file--done")).to_contain_text("3 sayfalık tek PDF yapıldı")
    found = current(cast)
    assert (found.content_type, found.pages, found.name) == (PDF, 3, "3.pdf")
    assert colours(found) == ["blue", "green", "red"]
    assert drafts() == 0


def test_a_page_is_taken_away_and_what_is_left_goes(one: Watched, cast: Cast, tmp_path: Path) -> None:
    open_documents(one)
    field(one.page).set_input_files([photo(tmp_path, "1.jpg", RED), photo(tmp_path, "2.jpg", GREEN)])
    expect(place(one.page).locator("[data-draft]")).to_have_count(2)
    one.page.get_by_role("button", name="Kaldır: 1.jpg").click()
    expect(place(one.page).locator("[data-draft]")).to_have_count(1)
    expect(one.page.locator("main > [role=status]")).to_have_text("1.jpg kaldırıldı.")
    expect(field(one.page)).to_be_focused()
    # Another page behind it.
    field(one.page).set_input_files(photo(tmp_path, "3.jpg", BLUE))
    expect(place(one.page).locator("[data-draft]")).to_have_count(2)
    one.page.get_by_role("button", name="2 sayfayı tek PDF yap ve yükle").click()
    expect(place(one.page).locator(".files__file--done")).to_be_visible()
    assert colours(current(cast)) == ["green", "blue"]


def test_chosen_pages_are_there_when_the_page_is_opened_again(one: Watched, tmp_path: Path) -> None:
    open_documents(one)
    field(one.page).set_input_files([photo(tmp_path, "1.jpg", RED), photo(tmp_path, "2.jpg", GREEN)])
    expect(place(one.page).locator("[data-draft]")).to_have_count(2)
    one.open(reverse("onboarding:documents"))
    one.page.go_back()
    expect(place(one.page).locator("[data-draft] .files__name")).to_have_text(["1.jpg", "2.jpg"])
    one.page.reload()
    expect(place(one.page).locator("[data-draft] .files__name")).to_have_text(["1.jpg", "2.jpg"])
    expect(one.page.get_by_role("button", name="2 sayfayı tek PDF yap ve yükle")).to_be_visible()


def test_what_the_server_refuses_is_said_beside_the_file(owner: Watched, tmp_path: Path) -> None:
    open_documents(owner)
    broken = tmp_path / "sirküler 😀.pdf"
    broken.write_bytes(b"merhaba")
    field(owner.page).set_input_files(broken)
    row = place(owner.page).locator(".files__file")
    expect(row.get_by_role("alert")).to_contain_text("PDF, JPEG, PNG ya da HEIC değil")
    expect(row.locator(".files__name")).to_have_text("sirküler 😀.pdf")
    owner.accessible()
    shot(owner, "refused")
    # The next choice takes the place of what was refused.
    field(owner.page).set_input_files(paper(tmp_path))
    expect(place(owner.page).locator(".files__file--done")).to_be_visible()
    expect(row).to_have_count(1)


def test_what_is_too_large_or_empty_is_not_even_sent(one: Watched, tmp_path: Path) -> None:
    open_documents(one)
    sent: list[str] = []
    one.page.on("request", lambda request: sent.append(request.method))
    (tmp_path / "dev.pdf").write_bytes(b"%PDF" + bytes(26 * 1024 * 1024))
    (tmp_path / "bos.pdf").write_bytes(b"")
    field(one.page).set_input_files([tmp_path / "dev.pdf", tmp_path / "bos.pdf"])
    told = place(one.page).get_by_role("alert")
    expect(told.first).to_contain_text("Dosya 26,1 MB; en çok 25 MB olabilir.")
    expect(told.last).to_contain_text("Dosya boş.")
    assert "POST" not in sent
    one.page.get_by_role("button", name="Kaldır: bos.pdf").click()
    expect(told).to_have_count(1)


class Line:
    """To the portal, as slow as a telephone's, or cut."""

    def __init__(self, person: Watched) -> None:
        self.session = person.context.new_cdp_session(person.page)
        self.session.send("Network.enable")

    def carries(self, bytes_per_second: int) -> None:
        self.session.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": bytes_per_second},
        )


def test_a_slow_upload_shows_how_far_it_is_and_can_be_given_up(owner: Watched, cast: Cast, tmp_path: Path) -> None:
    open_documents(owner)
    Line(owner).carries(200_000)
    field(owner.page).set_input_files(paper(tmp_path, kilobytes=2000))
    expect(owner.page.get_by_role("progressbar", name="Yükleniyor: sirkuler.pdf")).to_be_visible()
    expect(owner.page.locator(".files__percent")).to_have_text(re.compile(r"%[1-9]\d?$"))
    owner.accessible()
    shot(owner, "progress")
    owner.page.get_by_role("button", name="Yüklemeyi iptal et: sirkuler.pdf").click()
    expect(owner.page.locator("main > [role=status]")).to_have_text("Yükleme iptal edildi.")
    expect(place(owner.page).locator(".files__file")).to_have_count(0)
    expect(field(owner.page)).to_be_focused()
    assert count(cast) == 0


def test_a_file_that_waits_behind_another_can_be_given_up_too(one: Watched, tmp_path: Path) -> None:
    open_documents(one)
    line = Line(one)
    line.carries(100_000)
    field(one.page).set_input_files([paper(tmp_path, "1.pdf", kilobytes=300), photo(tmp_path, "2.jpg", RED)])
    one.page.get_by_role("button", name="Yüklemeyi iptal et: 2.jpg").click()
    line.carries(-1)
    expect(place(one.page).locator("[data-draft] .files__name")).to_have_text(["1.pdf"])
    expect(place(one.page).locator(".files__file")).to_have_count(1)


def test_a_cut_line_is_said_and_the_file_goes_when_it_is_back(owner: Watched, cast: Cast, tmp_path: Path) -> None:
    open_documents(owner)
    owner.context.set_offline(True)
    field(owner.page).set_input_files(paper(tmp_path))
    row = place(owner.page).locator(".files__file")
    expect(row.get_by_role("alert")).to_contain_text("Bağlantı koptu")
    owner.accessible()
    shot(owner, "cut")
    # What it says from before says nothing of this attempt.
    with owner.page.expect_event("requestfailed"):
        owner.page.get_by_role("button", name="Yeniden dene: sirkuler.pdf").click()
    expect(row.get_by_role("alert")).to_contain_text("Bağlantı koptu")
    owner.context.set_offline(False)
    owner.page.get_by_role("button", name="Yeniden dene: sirkuler.pdf").click()
    expect(place(owner.page).locator(".files__file--done")).to_be_visible()
    assert current(cast).name == "sirkuler.pdf"
    owner.complaints[:] = [each for each in owner.complaints if "ERR_INTERNET_DISCONNECTED" not in each]


@contextmanager
def cut_after(size: int, port: int) -> Iterator[int]:
    """A line to that port which breaks once so many bytes went through one connection; its own port."""
    door = socket.create_server(("localhost", 0))

    def carry(source: socket.socket, target: socket.socket, most: float) -> None:
        with suppress(OSError):
            while (some := source.recv(65_536)) and (most := most - len(some)) > 0:
                target.sendall(some)
        # Shut alone, it would go on taking what a browser sends until its window is full, and say nothing.
        for each in (source, target):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def serve() -> None:
        with suppress(OSError):
            while True:
                near, far = door.accept()[0], socket.create_connection(("localhost", port))
                for way in ((near, far, size), (far, near, inf)):
                    Thread(target=carry, args=way, daemon=True).start()

    Thread(target=serve, daemon=True).start()
    yield int(door.getsockname()[1])
    door.close()


def test_a_line_that_is_cut_half_way_leaves_nothing_behind(site: LiveServer, cast: Cast, tmp_path: Path) -> None:
    session, there = session_of(cast.people["owner"]), urlsplit(site.url)
    with cut_after(4_000_000, there.port or 80) as port, chromium() as launched:
        one = Watched(launched, f"http://localhost:{port}")
        one.context.add_cookies([{"name": "sessionid", "value": session, "url": one.base}])
        open_documents(one)
        field(one.page).set_input_files(paper(tmp_path, kilobytes=8000))
        expect(place(one.page).get_by_role("alert")).to_contain_text("Bağlantı koptu")
        assert count(cast) == 0
        assert drafts() == 0
        one.page.get_by_role("button", name="Kaldır: sirkuler.pdf").click()
        field(one.page).set_input_files(paper(tmp_path, "kucuk.pdf"))
        expect(place(one.page).locator(".files__file--done")).to_be_visible()
    assert current(cast).name == "kucuk.pdf"


def test_a_session_that_ended_is_said_and_the_file_goes_after_the_log_in(
    owner: Watched, cast: Cast, tmp_path: Path
) -> None:
    open_documents(owner)
    cookies = owner.context.cookies()
    owner.context.clear_cookies(name="sessionid")
    field(owner.page).set_input_files(paper(tmp_path))
    row = place(owner.page).locator(".files__file")
    expect(row.get_by_role("alert")).to_contain_text("Oturumunuz kapanmış")
    assert "/hesap/login/" in str(row.get_by_role("link").get_attribute("href"))
    owner.accessible()
    owner.context.add_cookies([each for each in cookies if each.get("name") == "sessionid"])  # type: ignore[misc]
    # A log-in also gives out another token.
    owner.context.clear_cookies(name="csrftoken")
    owner.page.get_by_role("button", name="Yeniden dene: sirkuler.pdf").click()
    expect(place(owner.page).locator(".files__file--done")).to_be_visible()
    assert current(cast).name == "sirkuler.pdf"


def test_a_file_is_dropped(one: Watched, cast: Cast) -> None:
    open_documents(one)
    prompt = place(one.page).locator(".files__prompt").first
    expect(prompt).to_contain_text("ya da buraya bırakın")
    content = blank_pdf().decode("latin-1")
    # As a browser does when a file is let go over a file field.
    field(one.page).evaluate(
        """(input, content) => {
          const dropped = new DataTransfer();
          const bytes = Uint8Array.from(content, (each) => each.charCodeAt(0));
          dropped.items.add(new File([bytes], "birakilan.pdf"));
          input.dispatchEvent(new DragEvent("dragover", { dataTransfer: dropped, bubbles: true }));
          if (!input.closest(".files--over")) throw new Error("the zone does not show it");
          input.dispatchEvent(new DragEvent("drop", { dataTransfer: dropped, bubbles: true }));
          input.files = dropped.files;
          input.dispatchEvent(new Event("change", { bubbles: true }));
        }""",
        content,
    )
    expect(place(one.page).locator(".files__file--done")).to_be_visible()
    assert current(cast).name == "birakilan.pdf"


def test_the_whole_zone_takes_the_file(one: Watched) -> None:
    """What is let go anywhere on the zone, or clicked, meets the real field."""
    open_documents(one)
    zone = place(one.page).locator(".files__zone").first
    zone.scroll_into_view_if_needed()
    box = zone.bounding_box()
    assert box is not None
    for across in (0.03, 0.5, 0.97):
        x, y = box["x"] + box["width"] * across, box["y"] + box["height"] / 2
        found = one.page.evaluate("([x, y]) => document.elementFromPoint(x, y).id", [x, y])
        assert found == "file-signature_circular"
    assert box["height"] >= 44


def test_a_telephone_offers_its_camera_and_pages_come_one_by_one(
    site: LiveServer, cast: Cast, tmp_path: Path
) -> None:
    session = session_of(cast.people["owner"])
    with chromium() as launched:
        person = Watched(launched, site.url, width=390)
        person.context.close()
        person.context = launched.new_context(
            viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="tr-TR"
        )
        person.page = person.context.new_page()
        person.context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
        open_documents(person)
        camera = person.page.get_by_label("Fotoğrafını çekin: İmza sirküleri")
        assert camera.get_attribute("capture") == "environment"
        expect(place(person.page).locator(".files__drop").first).to_be_hidden()
        for number, colour in enumerate((RED, BLUE), 1):
            # Every photo of a camera has the same name.
            camera.set_input_files(photo(tmp_path, "image.jpg", colour))
            expect(place(person.page).locator("[data-draft]")).to_have_count(number)
        person.accessible()
        shot(person, "camera")
        person.page.get_by_role("button", name="2 sayfayı tek PDF yap ve yükle").tap()
        expect(place(person.page).locator(".files__file--done")).to_be_visible()
        assert person.complaints == []
    assert colours(current(cast)) == ["red", "blue"]


CHOOSE_IN_THE_FORMER = """([bytes, name]) => {
  const chosen = new DataTransfer();
  chosen.items.add(new File([new Uint8Array(bytes)], name, { type: "image/jpeg" }));
  window.former.files = chosen.files;
  window.former.dispatchEvent(new Event("change"));
}"""


def test_what_is_photographed_while_the_page_comes_anew_is_shown(one: Watched, cast: Cast, tmp_path: Path) -> None:
    """The camera of a telephone was opened before, and closes behind it."""
    open_documents(one)
    one.page.evaluate("(window.former = document.querySelector('#file-signature_circular')).dataset.former = ''")
    field(one.page, "trade_registry_gazette").set_input_files(paper(tmp_path))
    expect(one.page.locator("[data-former]")).to_have_count(0)
    page = photo(tmp_path, "sirkuler.jpg", RED)
    one.page.evaluate(CHOOSE_IN_THE_FORMER, [list(page.read_bytes()), page.name])
    expect(place(one.page).locator(".files__file--done")).to_contain_text("İmza sirküleri yüklendi.")
    assert colours(current(cast)) == ["red"]


def test_what_was_forgotten_is_photographed_behind_what_was_uploaded(
    site: LiveServer, cast: Cast, tmp_path: Path
) -> None:
    session = session_of(cast.people["owner"])
    with chromium() as launched:
        person = Watched(launched, site.url, width=390)
        person.context.close()
        person.context = launched.new_context(
            viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="tr-TR"
        )
        person.page = person.context.new_page()
        person.context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
        open_documents(person)
        field(person.page).set_input_files(photo(tmp_path, "image.jpg", RED))
        add = place(person.page).get_by_text("Sayfa ekle", exact=False).first
        expect(add).to_be_visible()
        add.tap()
        more = place(person.page).locator(".add-pages")
        camera = person.page.get_by_label("Fotoğrafını çekin: Eklenecek sayfalar: İmza sirküleri")
        for number, colour in enumerate((GREEN, BLUE), 1):
            camera.set_input_files(photo(tmp_path, "image.jpg", colour))
            expect(more.locator("[data-draft]")).to_have_count(number)
        person.accessible()
        shot(person, "adding")
        more.get_by_role("button", name="2 sayfayı ekle").tap()
        expect(more.locator(".files__file--done")).to_contain_text("artık 3 sayfa")
        assert colours(current(cast)) == ["red", "green", "blue"]
        # One page that is chosen goes at once, where the last one went, be the page not renewed yet.
        field(person.page, "signature_circular-more").set_input_files(photo(tmp_path, "son.jpg", RED))
        expect(more.locator(".files__file--done")).to_contain_text("artık 4 sayfa")
        person.accessible()
        shot(person, "added")
        assert person.complaints == []
    assert colours(current(cast)) == ["red", "green", "blue", "red"]
    assert drafts() == 0


@pytest.mark.parametrize("owner", [390], indirect=True)
def test_one_bad_page_of_several_is_exchanged_and_another_one_taken_out(
    owner: Watched, cast: Cast, tmp_path: Path
) -> None:
    open_documents(owner)
    pages = [photo(tmp_path, f"{name}.jpg", colour) for name, colour in (("1", RED), ("2", BLUE), ("3", RED))]
    field(owner.page).set_input_files(pages)
    expect(place(owner.page).locator("[data-draft]")).to_have_count(3)
    owner.page.get_by_role("button", name="3 sayfayı tek PDF yap ve yükle").click()
    opener = place(owner.page).get_by_text("Bir sayfayı değiştir ya da çıkar")
    opener.click()
    pictures = place(owner.page).locator(".pages img")
    expect(pictures).to_have_count(3)
    expect(pictures.first).to_have_js_property("naturalHeight", 640)
    change = field(owner.page, "signature_circular-page")
    change.set_input_files(photo(tmp_path, "yeni.jpg", GREEN))
    expect(place(owner.page)).to_contain_text("Önce hangi sayfa olduğunu seçin.")
    owner.page.get_by_label("2. sayfa").check()
    owner.accessible()
    shot(owner, "changing")
    change.set_input_files(photo(tmp_path, "yeni.jpg", GREEN))
    expect(place(owner.page)).to_contain_text("2. sayfa değişti")
    assert colours(current(cast)) == ["red", "green", "red"]
    # Once the part has come anew, with the paper as it is now, no page is chosen.
    expect(owner.page.get_by_label("2. sayfa")).not_to_be_checked()
    owner.page.get_by_label("3. sayfa").check()
    owner.page.get_by_role("button", name="Seçili sayfayı çıkar").click()
    expect(owner.page.locator("main")).to_contain_text("3. sayfa çıkarıldı")
    assert colours(current(cast)) == ["red", "green"]


def test_everything_is_done_by_keyboard(one: Watched, cast: Cast, tmp_path: Path) -> None:
    open_documents(one)
    # Waited for before the page is asked anything: an Enter may overtake the order to hand choosers over.
    with one.page.expect_file_chooser() as chosen:
        field(one.page).focus()
        zone = place(one.page).locator(".files__zone").first
        outline = zone.evaluate("each => getComputedStyle(each).boxShadow")
        assert outline != "none"
        expect(field(one.page)).to_be_focused()
        one.page.keyboard.press("Enter")
    chosen.value.set_files([photo(tmp_path, "1.jpg", RED), photo(tmp_path, "2.jpg", GREEN)])
    expect(place(one.page).locator("[data-draft]")).to_have_count(2)
    one.page.get_by_role("button", name="Yukarı al: 2.jpg").focus()
    one.page.keyboard.press("Enter")
    expect(one.page.locator("main > [role=status]")).to_have_text("2.jpg: 1. sayfa oldu.")
    # The focus went with the page, on a button that can be pressed.
    assert one.page.evaluate(
        "document.activeElement.ariaLabel || document.activeElement.getAttribute('aria-label')"
    ) in (
        "Aşağı al: 2.jpg",
        "Yukarı al: 2.jpg",
    )
    one.page.get_by_role("button", name="2 sayfayı tek PDF yap ve yükle").focus()
    one.page.keyboard.press("Enter")
    expect(place(one.page).locator(".files__file--done")).to_be_visible()
    assert colours(current(cast)) == ["green", "red"]


def test_without_script_it_is_a_plain_form_and_nothing_is_lost(
    site: LiveServer, cast: Cast, tmp_path: Path
) -> None:
    session = session_of(cast.people["owner"])
    with chromium() as launched:
        context = launched.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
        context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
        page = context.new_page()
        page.goto(site.url + reverse("onboarding:pre_application"))
        (tmp_path / "bozuk.pdf").write_bytes(b"merhaba")
        button = place(page).get_by_role("button", name=re.compile("^Yükle"))
        field(page).set_input_files(tmp_path / "bozuk.pdf")
        button.click()
        expect(page.get_by_role("alert")).to_contain_text("PDF, JPEG, PNG ya da HEIC değil")
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / "no-script-390.png", full_page=True)
        field(page).set_input_files([photo(tmp_path, "1.jpg", RED), photo(tmp_path, "2.jpg", GREEN)])
        button.click()
        expect(place(page).get_by_text("Yüklendi", exact=True)).to_be_visible()
    assert colours(current(cast)) == ["red", "green"]


@pytest.fixture
def paying(cast: Cast) -> Cast:
    cast.accepted()
    return cast


def test_a_form_with_other_fields_keeps_the_file_when_one_is_wrong(
    paying: Cast, site: LiveServer, tmp_path: Path
) -> None:
    with seat(site, session_of(paying.people["owner"])) as owner:
        owner.open(reverse("onboarding:payment"))
        owner.page.locator("#id_receipt").set_input_files(photo(tmp_path, "dekont.jpg", RED))
        expect(owner.page.locator("[data-draft]")).to_have_count(1)
        owner.fill(paid_on="2099-01-01")
        owner.page.get_by_role("button", name="Ödemeyi kaydet").click()
        expect(owner.page.get_by_role("alert").first).to_contain_text("Bugünden sonraki bir gün olamaz")
        expect(owner.page.locator("[data-draft] .files__name")).to_have_text("dekont.jpg")
        owner.accessible()
        shot(owner, "payment")
        owner.fill(paid_on="2026-01-05")
        owner.page.get_by_role("button", name="Ödemeyi kaydet").click()
        expect(owner.page.get_by_text("Ödemeniz kaydedildi")).to_be_visible()
        assert owner.complaints == []
    found = receipt(paying)
    assert (found.content_type, found.name) == (PDF, "dekont.pdf")
    assert drafts() == 0


def test_a_form_waits_for_a_file_that_is_still_on_its_way(paying: Cast, site: LiveServer, tmp_path: Path) -> None:
    with seat(site, session_of(paying.people["owner"])) as owner:
        owner.open(reverse("onboarding:payment"))
        owner.fill(paid_on="2026-01-05")
        Line(owner).carries(150_000)
        owner.page.locator("#id_receipt").set_input_files(paper(tmp_path, "dekont.pdf", kilobytes=300))
        owner.page.get_by_role("button", name="Ödemeyi kaydet").click()
        expect(owner.page.locator("main > [role=status]")).to_contain_text("bitince gönderilecek")
        expect(owner.page.get_by_text("Ödemeniz kaydedildi")).to_be_visible()
    assert receipt(paying).name == "dekont.pdf"


def test_a_form_does_not_leave_a_file_behind_that_did_not_go(
    paying: Cast, site: LiveServer, tmp_path: Path
) -> None:
    with seat(site, session_of(paying.people["owner"])) as owner:
        owner.open(reverse("onboarding:payment"))
        owner.fill(paid_on="2026-01-05", reference="TR-5")
        owner.context.set_offline(True)
        owner.page.locator("#id_receipt").set_input_files(paper(tmp_path, "dekont.pdf"))
        expect(owner.page.get_by_role("alert")).to_contain_text("Bağlantı koptu")
        owner.context.set_offline(False)
        owner.page.get_by_role("button", name="Ödemeyi kaydet").click()
        expect(owner.page.get_by_role("button", name="Yeniden dene: dekont.pdf")).to_be_focused()
        assert apart(Payment.objects.count) == 0
        owner.page.get_by_role("button", name="Yeniden dene: dekont.pdf").click()
        expect(owner.page.locator("[data-draft]")).to_have_count(1)
        owner.page.get_by_role("button", name="Ödemeyi kaydet").click()
        expect(owner.page.get_by_text("Ödemeniz kaydedildi")).to_be_visible()
    assert receipt(paying).name == "dekont.pdf"


def test_without_script_a_file_is_named_when_another_field_is_wrong(
    paying: Cast, site: LiveServer, tmp_path: Path
) -> None:
    session = session_of(paying.people["owner"])
    with chromium() as launched:
        context = launched.new_context(java_script_enabled=False)
        context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
        page = context.new_page()
        page.goto(site.url + reverse("onboarding:payment"))
        page.locator("[name=paid_on]").fill("2099-01-01")
        page.locator("#id_receipt").set_input_files(photo(tmp_path, "dekont.jpg", RED))
        page.get_by_role("button", name="Ödemeyi kaydet").click()
        expect(page.get_by_role("checkbox", name="dekont.jpg")).to_be_checked()
        page.locator("[name=paid_on]").fill("2026-01-05")
        page.get_by_role("button", name="Ödemeyi kaydet").click()
        expect(page.get_by_text("Ödemeniz kaydedildi")).to_be_visible()
    assert receipt(paying).name == "dekont.pdf"


def test_a_heic_photo_is_taken_and_shown_small(one: Watched, tmp_path: Path) -> None:
    import pillow_heif

    out = io.BytesIO()
    pillow_heif.from_pillow(picture(RED, (600, 800))).save(out)
    (tmp_path / "IMG_1.HEIC").write_bytes(out.getvalue())
    open_documents(one)
    field(one.page).set_input_files([tmp_path / "IMG_1.HEIC", photo(tmp_path, "2.jpg", BLUE)])
    expect(place(one.page).locator("[data-draft]")).to_have_count(2)
    for shown in place(one.page).locator("[data-draft] img").all():
        assert shown.evaluate("each => each.decode().then(() => each.naturalWidth)") > 0


@pytest.mark.parametrize("width", [1280, 390])
def test_an_e_signed_paper_is_verified_in_place(site: LiveServer, tmp_path: Path, width: int) -> None:
    authority = Authority.new()
    (tmp_path / "root.pem").write_bytes(authority.root.pem)
    with override_settings(TRUST_DIR=tmp_path, SMS_URL="", REGISTRY_URL="", CODE_RESEND_SECONDS=0):
        online = Online(authority, tmp_path)
        online.fill()
        (tmp_path / "baskasinin.pdf").write_bytes(online.signed(name="Ada Yalın", identity="50911784858"))
        (tmp_path / "imzali.pdf").write_bytes(online.signed())
        with seat(site, session_of(online.people["owner"]), width) as owner:
            owner.open(reverse("onboarding:sign"))
            chooser = owner.page.locator("#file-signed")
            for file, sentence in (
                (photo(tmp_path, "imza.jpg", RED), "E-imza resimde durmaz"),
                (paper(tmp_path, "imzasiz.pdf"), "kabul edilmedi"),
                (tmp_path / "baskasinin.pdf", "TCKN eşleşmiyor"),
            ):
                chooser.set_input_files(file)
                row = owner.page.locator(".files__file")
                expect(row).to_contain_text(sentence)
                expect(row).to_have_count(1)
                owner.accessible()
            shot(owner, "signature-refused")
            chooser.set_input_files(tmp_path / "imzali.pdf")
            # The last that was missing: the next screen is the review.
            owner.page.wait_for_url(f"**{reverse('onboarding:review')}")
            expect(owner.page.get_by_role("status").first).to_contain_text("denetlendi ve kabul edildi")
            owner.accessible()
            shot(owner, "signature-taken")
            assert owner.complaints == []
