"""Several partners in one installation: each company meets its own, by name, logo, addresses; never another's."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse
from PIL import Image, PngImagePlugin

from correspondence.models.sending import SendingAccount
from documents import samples
from documents.storage import read
from onboarding.actor import IYS
from onboarding.dossier import papers
from onboarding.letters import drafts
from onboarding.models import DocumentKind
from onboarding.steps import PACKAGE_CONTRACT, PARTNER_ASSIGNMENT
from partners import logos
from partners.models import Partner
from tests.documents.pdf_text import pages
from tests.scenarios.browser import signed_in, words
from tests.scenarios.cast import Cast
from tests.scenarios.factories import PartnerFactory, UserFactory

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
KIYI = ("Kıyı İletişim", "Kıyı İletişim Hizmetleri A.Ş.", "iys@kiyi.example", "panel.kiyi.example", "120045")
LIMAN = ("Liman Posta", "Liman Posta Teknoloji Ltd. Şti.", "iys@liman.example", "konsol.liman.example", "120099")
# The guide's own provider, under whatever spelling: in the demo data, nowhere else.
FIXED = re.compile(r"euro?msg|euor?msg|euomsg|medef|related digital", re.IGNORECASE)
APPS = ("brands", "correspondence", "documents", "onboarding", "partners", "team", "tenancy", "verification")
SCREENS = (
    "board",
    "thread",
    "documents",
    "pre_application",
    "status_query",
    "code_receipt",
    "package_contract",
    "contract",
    "partner_assignment",
    "panel_settings",
)


def picture(size: tuple[int, int] = (900, 300), form: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (11, 92, 173)).save(out, form, **options)
    return out.getvalue()


def transparent(ink: tuple[int, int, int, int]) -> bytes:
    """A mark in this colour on nothing."""
    drawn, out = Image.new("RGBA", (900, 300), (0, 0, 0, 0)), io.BytesIO()
    drawn.paste(ink, (200, 100, 700, 200))
    drawn.save(out, "PNG")
    return out.getvalue()


def partner(said: tuple[str, ...], **more: object) -> Partner:
    name, legal_name, copy, console, code = said
    found: Partner = PartnerFactory.create(
        name=name,
        legal_name=legal_name,
        copy_address=copy,
        console_url=f"https://{console}/giris",
        integrator_code=code,
        support_email=copy.replace("iys", "destek"),
        **more,
    )
    logos.keep(partner=found, payload=picture(form="JPEG" if more else "PNG"))
    return found


BOTH = pytest.mark.parametrize(("mine", "others"), [(KIYI, LIMAN), (LIMAN, KIYI)])


def company_of(mine: tuple[str, ...]) -> Cast:
    """In an installation with both partners, a company of one of them."""
    partner(KIYI)
    partner(LIMAN, is_default=False, host_name="portal.liman.example")
    return Cast(partner=Partner.objects.get(name=mine[0]))


def never(text: str, others: tuple[str, ...]) -> None:
    assert [each for each in others if each in text] == []
    assert FIXED.search(text) is None


def only(text: str, mine: tuple[str, ...], others: tuple[str, ...]) -> None:
    """That the words name one partner alone, and that one for certain."""
    never(text, others)
    assert mine[0] in text or mine[1] in text


def screens(cast: Cast) -> Iterator[str]:
    for name in SCREENS:
        answer = cast.browsers["owner"].get(reverse(f"onboarding:{name}"), follow=True)
        yield answer.content.decode()
    yield cast.browsers["owner"].get(reverse("team:people")).content.decode()


@BOTH
def test_a_company_meets_its_own_partner_on_every_screen(mine: tuple[str, ...], others: tuple[str, ...]) -> None:
    cast = company_of(mine)
    for html in screens(cast):
        only(html, mine, others)
    cast.accepted()
    for html in screens(cast):
        only(html, mine, others)
    cast.move(PACKAGE_CONTRACT, "payment_received", IYS)
    cast.press("partner_assignment", "assignment_move", move="use_panel")
    page = cast.open("partner_assignment")
    assert f"İş ortağım olarak {mine[1]} firmasını seçtim, entegratör kodu {mine[4]}" in page
    cast.press("partner_assignment", "claim_assignment", ticks=["menu", "partner", "permissions"])
    cast.move(PARTNER_ASSIGNMENT, "confirm_claim")
    assert f"Evet, İYS üzerinde firmamızı ({mine[1]}) entegratörüm olarak atadım." in cast.open("panel_settings")
    cast.press("panel_settings", "panel_settings", correct="on")
    for html in screens(cast):
        only(html, mine, others)
    assert cast.open("panel_settings").links[f"{mine[0]} paneline git"] == f"https://{mine[3]}/giris"
    assert mine[1] in cast.application.declarations.get().text


@BOTH
def test_letters_and_papers_name_the_right_partner(mine: tuple[str, ...], others: tuple[str, ...]) -> None:
    cast = company_of(mine)
    cast.preparing()
    cast.form_handed_in()
    cast.company.letters.update(status="sent")
    SendingAccount.objects.create(company=cast.company, email="bilgi@mavideniz.example", host="smtp.example")
    application = cast.now()
    for name, make in drafts.LETTERS.items():
        draft = make(application, PARTNER_ASSIGNMENT, "Neden")
        assert draft is not None, name
        text = "\n".join([draft.body.subject, draft.body.text, draft.body.html, *draft.address.cc])
        never(text, others)
        if draft.address.audience == "iys":
            assert mine[2] in draft.address.cc
            assert "/logo/" not in draft.body.html, "İYS reads the company's own letter"
        else:
            only(text, mine, others)
            assert f"/logo/{logo_of(cast)}.png" in draft.body.html
    for kind in (DocumentKind.ASSIGNMENT_BLANK, DocumentKind.ASSIGNMENT_TO_SIGN):
        paper = papers.render(application, kind)
        assert paper is not None
        text = "".join(pages(read(paper)))
        assert "".join(mine[1].split()) in text
        assert mine[4] in text
        assert "".join(others[1].split()) not in text
        with pikepdf.open(io.BytesIO(read(paper))) as opened:
            assert len(opened.pages[0].get_images()) == 1


def logo_of(cast: Cast) -> str:
    picture = cast.company.partner.picture
    assert picture is not None
    return picture.sha256


def test_links_in_letters_lead_to_the_partners_own_host_name() -> None:
    cast = company_of(LIMAN)
    with override_settings(PORTAL_URL="https://portal.kiyi.example"):
        cast.at_iys()
        draft = drafts.LETTERS["your_turn"](cast.now(), PARTNER_ASSIGNMENT, "")
        assert draft is not None
        assert "https://portal.liman.example/basvuru/" in draft.body.text
        assert "portal.kiyi.example" not in draft.body.text + draft.body.html
        assert partner_url(KIYI) == "https://portal.kiyi.example"


def partner_url(said: tuple[str, ...]) -> str:
    return Partner.objects.get(name=said[0]).portal_url


@override_settings(ALLOWED_HOSTS=["testserver", "portal.liman.example"])
def test_visitors_meet_the_partner_of_the_host_name_members_their_own() -> None:
    cast = company_of(KIYI)
    for path in (reverse("start"), reverse("account_login"), reverse("account_signup")):
        only(Client().get(path).content.decode(), KIYI, LIMAN)
        only(Client().get(path, headers={"host": "portal.liman.example:443"}).content.decode(), LIMAN, KIYI)
    board = cast.browsers["owner"].get(reverse("onboarding:board"), headers={"host": "portal.liman.example"})
    only(board.content.decode(), KIYI, LIMAN)


def test_no_template_and_no_legal_text_names_a_provider() -> None:
    files = [file for kind in ("*.html", "*.txt") for file in (ROOT / "templates").rglob(kind)]
    assert len(files) > 50
    named = [str(file) for file in files if FIXED.search(file.read_text())]
    assert named == []
    code = [file for app in APPS for file in (ROOT / app).rglob("*.py") if file.name != "demo_data.py"]
    assert len(code) > 100
    assert [str(file) for file in code if FIXED.search(file.read_text())] == []
    assert not [title for title, body in samples.TEXTS.values() if FIXED.search(title + body)]


@pytest.fixture
def ops() -> Client:
    return signed_in(UserFactory.create(is_staff=True, is_superuser=True))


def change(ops: Client, partner: Partner, **more: object) -> str:
    data = {"name": partner.name, "legal_name": partner.legal_name, "is_default": "on", **more}
    return words(ops.post(reverse("admin:partners_partner_change", args=[partner.pk]), data, follow=True))


def test_a_logo_is_repainted_small_and_served_to_everybody(ops: Client) -> None:
    found = PartnerFactory.create()
    note = PngImagePlugin.PngInfo()
    note.add_text("Comment", "<script>alert(1)</script>")
    payload = picture((2000, 500), pnginfo=note) + b"<?php trailing ?>"
    change(ops, found, logo_file=SimpleUploadedFile("logo.png", payload))
    kept = Partner.objects.get().picture
    assert kept is not None
    assert (kept.width, kept.height) == (480, 120)
    answer = Client().get(reverse("logo", args=[kept.sha256]))
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert "immutable" in answer["Cache-Control"]
    assert b"script" not in answer.content
    assert b"php" not in answer.content
    assert f"/logo/{kept.sha256}.png" in Client().get(reverse("start")).content.decode()
    assert Client().get(reverse("logo", args=["0" * 64])).status_code == 404
    change(ops, found, remove_logo="on")
    assert Partner.objects.get().picture is None


@pytest.mark.parametrize(
    ("payload", "sentence"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "Logo PNG ya da JPEG olmalı; bu dosya açılamadı."),
        (picture()[:100], "Logo PNG ya da JPEG olmalı; bu dosya açılamadı."),
        (picture(form="GIF"), "Logo PNG ya da JPEG olmalı; bu dosya açılamadı."),
        (b"x" * (2 * 1024 * 1024 + 1), "Logo en çok 2 MB olabilir."),
        (picture((6000, 4000)), "Logo çok büyük. Daha küçük bir resim seçin."),
        (transparent((255, 255, 255, 255)), "Logo beyaz zeminde görünmüyor."),
        (transparent((0, 0, 0, 0)), "Logo beyaz zeminde görünmüyor."),
    ],
)
def test_what_is_no_small_sound_picture_is_refused(ops: Client, payload: bytes, sentence: str) -> None:
    found = PartnerFactory.create()
    assert sentence in change(ops, found, logo_file=SimpleUploadedFile("logo.png", payload))
    assert Partner.objects.get().picture is None


@pytest.mark.parametrize("ink", [(0, 0, 0, 255), (255, 212, 0, 255)])
def test_a_dark_mark_and_a_yellow_one_stand_on_white(ops: Client, ink: tuple[int, int, int, int]) -> None:
    change(ops, PartnerFactory.create(), logo_file=SimpleUploadedFile("logo.png", transparent(ink)))
    assert Partner.objects.get().picture is not None


@pytest.mark.parametrize("typed", ["portal.kiyi.example", "Portal.Kiyi.Example", "https://portal.kiyi.example/"])
def test_a_host_name_is_taken_as_it_is_pasted(ops: Client, typed: str) -> None:
    with override_settings(ALLOWED_HOSTS=["testserver", "portal.kiyi.example"]):
        change(ops, PartnerFactory.create(), host_name=typed)
    assert Partner.objects.get().host_name == "portal.kiyi.example"


def test_a_host_name_under_which_nobody_would_be_answered_is_refused(ops: Client) -> None:
    said = change(ops, PartnerFactory.create(), host_name="baska.example")
    assert "işletim ekibi önce ALLOWED_HOSTS ayarına eklemeli" in said
    assert Partner.objects.get().host_name == ""
