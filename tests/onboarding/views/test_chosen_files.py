"""What was chosen is kept, put together and handed in as a PDF, at every place where a company chooses files."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from documents.inspection import JPEG, PDF
from documents.models import Document, DraftUpload
from documents.storage import read
from limits.table import DEFAULTS
from onboarding.models import DocumentKind
from onboarding.steps import PRE_APPLICATION
from privacy import erasing, persons
from privacy.models import DataKind, Erasure
from sandbox.authority import Authority
from tenancy.roles import Role
from tests.documents.test_made_small import painted, signed_and_huge
from tests.scenarios.browser import said, signed_in
from tests.scenarios.cast import Cast
from tests.scenarios.factories import MembershipFactory
from tests.scenarios.online import BRAND, Online
from tests.scenarios.papers import blank_pdf, photo, upload
from tests.scenarios.support import REVIEW, colleague

pytestmark = pytest.mark.django_db
BY_SCRIPT = {"X-Requested-With": "XMLHttpRequest"}
RED, BLUE = (200, 10, 10), (10, 10, 200)


def post(cast: Cast, name: str, *args: object, role: str = "owner", **data: Any) -> Any:
    return cast.browsers[role].post(reverse(f"onboarding:{name}", args=args or None), data, headers=BY_SCRIPT)


def keep(cast: Cast, payload: bytes, name: str = "foto.jpg", kind: str = "signature_circular", **more: Any) -> str:
    answer = post(cast, "keep_draft", kind, file=upload(payload, name), **more)
    assert answer.status_code == 201, answer.content
    return str(answer.json()["id"])


@pytest.fixture
def cast() -> Cast:
    found = Cast()
    found.fill_in()
    return found


def in_step_1(cast: Cast, *files: Any) -> Any:
    return cast.send("upload", "undertaking", file=list(files))


def as_assignment_form(cast: Cast, *files: Any) -> Any:
    cast.preparing()
    return cast.send("upload_assignment", file=list(files))


def as_receipt(cast: Cast, *files: Any) -> Any:
    cast.accepted()
    return cast.press("payment", "payment", paid_on=timezone.localdate().isoformat(), receipt=list(files))


def as_evidence(cast: Cast, *files: Any) -> Any:
    cast.send("channel", channel="applied")
    return cast.press(
        "evidence", "evidence", iys_code="711157", brands="Mavi Deniz, 711157", draft="1", file=list(files)
    )


def as_later_brand(cast: Cast, *files: Any) -> Any:
    cast.finished()
    return cast.send("later_brand", **{**BRAND, "name": "Poyraz"}, certificate=list(files))


PLACES: dict[DocumentKind, Callable[..., Any]] = {
    DocumentKind.UNDERTAKING: in_step_1,
    DocumentKind.ASSIGNMENT_FORM: as_assignment_form,
    DocumentKind.PAYMENT_RECEIPT: as_receipt,
    DocumentKind.EVIDENCE: as_evidence,
    DocumentKind.BRAND_CERTIFICATE: as_later_brand,
}


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
@pytest.mark.parametrize("kind", PLACES, ids=str)
def test_a_photo_is_kept_as_a_pdf_at_every_place(kind: DocumentKind, form: str) -> None:
    cast = Cast()
    if kind is DocumentKind.UNDERTAKING:
        cast.fill_in()
    PLACES[kind](cast, upload(photo(form=form), "tarama.jpg"))
    kept = cast.company.documents.current().of_kind(kind).get()
    assert (kept.content_type, kept.pages, kept.name) == (PDF, 1, "tarama.pdf")
    assert read(kept).startswith(b"%PDF-")


@pytest.mark.parametrize("kind", PLACES, ids=str)
def test_several_photos_are_one_pdf_at_every_place_without_script(kind: DocumentKind) -> None:
    cast = Cast()
    if kind is DocumentKind.UNDERTAKING:
        cast.fill_in()
    PLACES[kind](cast, upload(photo(BLUE), "1.jpg"), upload(photo(RED), "2.jpg"))
    kept = cast.company.documents.current().of_kind(kind).get()
    assert kept.pages == 2
    first, second = painted(read(kept))
    assert first.getpixel((30, 40))[2] > 150 > second.getpixel((30, 40))[2]  # type: ignore[index]
    assert not DraftUpload.objects.exists()


def test_what_support_hands_in_for_a_company_is_a_pdf_too(cast: Cast) -> None:
    client = signed_in(colleague(*REVIEW, partner=cast.company.partner))
    path = reverse("admin:onboarding_application_hand_in", args=[cast.application.pk, "undertaking"])
    client.post(path, {"file": upload(photo(), "tarama.jpg")})
    assert cast.company.documents.get(kind="undertaking").content_type == PDF


class TestDrafts:
    def test_the_script_is_told_what_was_kept_and_what_became_of_it(self, cast: Cast) -> None:
        answer = post(cast, "keep_draft", "signature_circular", file=upload(photo(), "imza/..\\😀 sirküleri.jpg"))
        told = answer.json()
        assert (answer.status_code, told["name"]) == (201, "😀 sirküleri.jpg")
        shown = cast.browsers["owner"].get(told["picture"])
        assert (shown.status_code, shown["Content-Type"]) == (200, JPEG)
        handed = post(cast, "upload", "signature_circular", file_kept=told["id"])
        assert handed.json()["said"] == "İmza sirküleri yüklendi."
        assert not said(handed), "nothing is told twice, on the page that comes after"
        assert cast.company.documents.get().name == "😀 sirküleri.pdf"

    def test_pages_stand_in_the_forms_order(self, cast: Cast) -> None:
        red, blue = keep(cast, photo(RED)), keep(cast, photo(BLUE))
        post(cast, "upload", "signature_circular", file_kept=[blue, red])
        first, second = painted(read(cast.company.documents.get()))
        assert first.getpixel((30, 40))[2] > 150 > second.getpixel((30, 40))[2]  # type: ignore[index]

    def test_the_same_photo_twice_is_two_pages(self, cast: Cast) -> None:
        post(cast, "upload", "signature_circular", file_kept=[keep(cast, photo()), keep(cast, photo())])
        assert cast.company.documents.get().pages == 2

    def test_what_waits_for_a_press_is_named_where_its_paper_is_lacking(self, cast: Cast) -> None:
        for _each in range(2):
            keep(cast, photo())
        assert "2 dosya seçildi, yüklenmedi" in cast.open("pre_application")
        for page in (cast.open("pre_application"), cast.open("review")):
            assert "“İmza sirküleri” için seçtiğiniz 2 dosya bekliyor:" in page
            assert page.links["“Yükle”ye basın"].endswith("#belge-signature_circular")
        for page in (cast.open("pre_application", role="editor"), cast.open("review", role="editor")):
            assert "dosya bekliyor" not in page, "they are hers"

    def test_its_file_is_encrypted_and_goes_with_it(
        self, cast: Cast, django_capture_on_commit_callbacks: Any
    ) -> None:
        keep(cast, photo())
        draft = DraftUpload.objects.get()
        stored: Any = storages["private"]
        path = Path(stored.path(draft.stored_name))
        assert path.read_bytes().startswith(b"iysportal-encrypted")
        with django_capture_on_commit_callbacks(execute=True):
            post(cast, "upload", "signature_circular", file_kept=str(draft.pk))
        assert not path.exists()
        assert not DraftUpload.objects.exists()

    def test_one_that_was_removed_in_another_window_is_said_and_nothing_is_handed_in(self, cast: Cast) -> None:
        kept, gone = keep(cast, photo()), keep(cast, photo())
        assert post(cast, "drop_draft", gone).json()["said"] == "foto.jpg kaldırıldı."
        answer = post(cast, "upload", "signature_circular", file_kept=[kept, gone])
        assert answer.status_code == 422
        assert "artık burada değil" in answer.json()["error"]
        assert not cast.company.documents.exists()
        assert DraftUpload.objects.count() == 1

    @pytest.mark.parametrize("named", ["", "x", "../../etc", "00000000-0000-0000-0000-000000000000", "1" * 400])
    def test_a_form_that_names_nothing_sensible_is_answered_in_words(self, cast: Cast, named: str) -> None:
        answer = post(cast, "upload", "signature_circular", file_kept=named)
        assert answer.status_code == 422
        assert answer.json()["error"]

    @pytest.mark.parametrize("kind", ["undertaking_signed", "offer", "x", "undertaking_to_sign"])
    def test_only_what_a_company_chooses_waits(self, cast: Cast, kind: str) -> None:
        assert post(cast, "keep_draft", kind, file=upload(photo())).status_code == 404

    def test_what_is_unsound_does_not_wait(self, cast: Cast) -> None:
        for payload in (b"", b"x", b"MZ" * 50, photo()[:200], b"GIF89a" + bytes(100)):
            answer = post(cast, "keep_draft", "tax_plate", file=upload(payload, "a.pdf"))
            assert answer.status_code == 422, payload[:10]
            assert answer.json()["error"]
        assert post(cast, "keep_draft", "tax_plate").json()["error"] == "Önce bir dosya seçin."
        assert not DraftUpload.objects.exists()

    def test_without_script_it_is_a_message_on_the_board(self, cast: Cast) -> None:
        page = cast.send("keep_draft", "tax_plate", file=upload(photo(), "levha.jpg"))
        assert "levha.jpg bekliyor; henüz gönderilmedi." in page

    def test_a_signed_pdf_is_put_together_with_nothing(self, cast: Cast) -> None:
        with override_settings(DOCUMENT_MAX_BYTES=25 * 1024 * 1024):
            signed = keep(cast, signed_and_huge(), "imzali.pdf")
            answer = post(cast, "upload", "signature_circular", file_kept=[signed, keep(cast, photo())])
        assert "e-imzalı bir PDF" in answer.json()["error"]
        assert DraftUpload.objects.count() == 2, "they wait for another order"

    def test_a_step_that_moved_on_takes_nothing_and_says_so(self, cast: Cast) -> None:
        kept = keep(cast, photo())
        cast.record(PRE_APPLICATION)
        cast.application.records.filter(step="pre_application").update(state="submitted", turn="staff")
        answer = post(cast, "upload", "signature_circular", file_kept=kept)
        assert answer.status_code == 422
        assert "şu anda değiştirilemez" in answer.json()["error"]


class TestAmongOtherFields:
    @pytest.mark.parametrize("payload", [photo(), blank_pdf()], ids=["photo", "PDF"])
    def test_a_file_outlives_a_wrong_field(self, payload: bytes) -> None:
        cast = Cast()
        cast.accepted()
        page = cast.press("payment", "payment", paid_on="2099-01-01", receipt=upload(payload, "dekont.jpg"))
        assert page.status == 422
        assert "dekont" in page
        draft = DraftUpload.objects.get()
        assert page.fields["receipt_kept"] == str(draft.pk)
        assert "dekont" in cast.open("payment"), "it is there after the page was left"
        cast.send("payment", **{**page.fields, "paid_on": timezone.localdate().isoformat()})
        assert cast.now().payments.get().receipt.name == "dekont.pdf"  # type: ignore[union-attr]

    def test_what_is_not_ticked_any_more_is_left_out(self) -> None:
        cast = Cast()
        cast.accepted()
        cast.press("payment", "payment", paid_on="2099-01-01", receipt=upload(photo(), "dekont.jpg"))
        fields = {**cast.open("payment").fields, "paid_on": timezone.localdate().isoformat(), "reference": "TR-9"}
        fields.pop("receipt_kept")
        cast.send("payment", **fields)
        assert cast.now().payments.get().receipt is None

    def test_a_bad_file_is_said_beside_its_field(self) -> None:
        cast = Cast()
        cast.accepted()
        today = timezone.localdate().isoformat()
        page = cast.press("payment", "payment", paid_on=today, receipt=upload(b"merhaba", "dekont.pdf"))
        assert page.status == 422
        assert "PDF, JPEG, PNG ya da HEIC değil" in page
        assert not cast.now().payments.exists()

    def test_the_evidence_outlives_a_wrong_number(self) -> None:
        cast = Cast()
        cast.send("channel", channel="applied")
        page = cast.press("evidence", "evidence", iys_code="MX3ZB5JA", file=upload(photo(), "onay.jpg"))
        assert page.status == 422
        assert "onay.jpg" in page
        cast.send("evidence", **{**page.fields, "iys_code": "711157", "brands": "Mavi Deniz, 711157"})
        assert cast.company.documents.get(kind=DocumentKind.EVIDENCE).name == "onay.pdf"
        assert cast.state(PRE_APPLICATION) == "evidence_review"

    def test_the_certificate_of_one_brand_is_not_that_of_another(self) -> None:
        cast = Cast()
        cast.finished()
        page = cast.send("later_brand", **{**BRAND, "name": ""}, certificate=upload(photo(), "poyraz.jpg"))
        assert page.status == 422
        assert "poyraz.jpg" in page
        brand = cast.company.brands.first()
        assert brand is not None
        kept = DraftUpload.objects.get()
        answer = post(cast, "keep_draft", "brand_certificate", file=upload(photo()), about=str(brand.pk))
        assert answer.status_code == 201
        assert DraftUpload.objects.exclude(pk=kept.pk).get().about == brand.pk
        unknown = post(cast, "keep_draft", "brand_certificate", file=upload(photo()), about=str(kept.pk))
        assert unknown.status_code == 404


def test_a_photo_is_no_e_signature(tmp_path: Path) -> None:
    authority = Authority.new()
    (tmp_path / "root.pem").write_bytes(authority.root.pem)
    with override_settings(TRUST_DIR=tmp_path, SMS_URL="", REGISTRY_URL="", CODE_RESEND_SECONDS=0):
        online = Online(authority, tmp_path)
        online.fill()
        online.paper()
        page = online.send("sign", file=upload(photo(), "imza.jpg"))
        assert "E-imza resimde durmaz" in page
        answer = post(online, "sign", file=upload(photo(), "imza.jpg"))
        assert "E-imza resimde durmaz" in answer.json()["error"]
        assert "Yalnızca e-imzalı PDF (PAdES); en çok 10 MB" in online.open("sign")
        failed = post(online, "sign", file=upload(blank_pdf(), "imzasiz.pdf")).json()
        assert failed["error"] == "Yüklediğiniz dosya kabul edilmedi."
        assert "report__line--failed" in failed["details"]


class TestLimits:
    def test_drafts_are_counted_as_uploads(self, cast: Cast) -> None:
        with override_settings(QUOTAS={**DEFAULTS, "uploads.company.day": 2}):
            for _turn in range(2):
                keep(cast, photo())
            refused = post(cast, "keep_draft", "signature_circular", file=upload(photo()))
            assert "çok sayıda dosya yüklendi" in refused.json()["error"]
            # What waits is counted already, and can be handed in.
            ids = [str(each.pk) for each in DraftUpload.objects.all()]
            assert post(cast, "upload", "signature_circular", file_kept=ids).status_code == 200

    def test_and_by_their_size(self, cast: Cast) -> None:
        with override_settings(QUOTAS={**DEFAULTS, "upload_bytes.company.day": len(photo()) + 10}):
            keep(cast, photo())
            refused = post(cast, "keep_draft", "signature_circular", file=upload(photo()))
            assert "dosya boyutuna ulaşıldı" in refused.json()["error"]

    def test_forty_photos_of_pages_fit_into_a_minute(self) -> None:
        assert DEFAULTS["uploads.company.minute"] >= 40

    def test_too_many_pages_are_refused_together(self, cast: Cast) -> None:
        ids = [keep(cast, photo()) for _turn in range(3)]
        with override_settings(UPLOAD_MAX_PAGES=2):
            answer = post(cast, "upload", "signature_circular", file_kept=ids)
        assert "Birlikte 3 sayfa oluyor; bir belge en çok 2 sayfa olabilir." in answer.json()["error"]


class TestTheEnd:
    def test_what_nobody_handed_in_goes_after_a_day(
        self, cast: Cast, django_capture_on_commit_callbacks: Any
    ) -> None:
        keep(cast, photo())
        draft = DraftUpload.objects.get()
        stored: Any = storages["private"]
        now = timezone.now()
        with django_capture_on_commit_callbacks(execute=True):
            erasing.run(now + timedelta(hours=23))
        assert DraftUpload.objects.exists()
        with django_capture_on_commit_callbacks(execute=True):
            erasing.run(now + timedelta(hours=25))
        assert not DraftUpload.objects.exists()
        assert not stored.exists(draft.stored_name)
        assert Erasure.objects.get(kind=DataKind.DRAFT_UPLOADS).files == 1

    def test_it_goes_with_its_person(self, cast: Cast) -> None:
        keep(cast, photo())
        MembershipFactory.create(company=cast.company, role=Role.OWNER)
        persons.erase(cast.people["owner"])
        assert not DraftUpload.objects.exists()


def test_the_document_of_a_correction_is_named_on_the_board(cast: Cast) -> None:
    cast.submitted()
    cast.application.remarks.create(step="pre_application", field="signature_circular", text="Okunmuyor.")
    cast.application.remarks.create(step="pre_application", field="website", text="Açılmıyor.")
    cast.application.records.filter(step="pre_application").update(state="changes_asked", turn="company")
    page = cast.open("board")
    assert "İmza sirküleri: Okunmuyor." in page
    assert Document.objects.exists()


NAMES = {
    "folders": ("../../etc/levha.jpg", "levha.pdf"),
    "a smile and slashes": ("C:\\tarama\\😀 levha.jpg", "😀 levha.pdf"),
    "letters that turn around": ("levha\u202egpj.exe", "levhagpj.pdf"),
    "another ending": ("levha.exe", "levha.pdf"),
    "no ending": ("levha", "levha.pdf"),
    "a camera's": ("image.jpg", "image.pdf"),
}


@pytest.mark.parametrize(("name", "kept"), NAMES.values(), ids=NAMES)
def test_a_name_is_kept_without_what_does_not_belong_there(cast: Cast, name: str, kept: str) -> None:
    post(cast, "upload", "signature_circular", file_kept=keep(cast, photo(), name))
    assert cast.company.documents.get().name == kept


def test_a_long_name_is_cut(cast: Cast) -> None:
    post(cast, "upload", "signature_circular", file_kept=keep(cast, photo(), "a" * 300 + ".jpg"))
    found = cast.company.documents.get().name
    assert found.endswith(".pdf")
    assert len(found) <= 200


@pytest.mark.parametrize(("payload", "name"), [(blank_pdf(2), "levha.jpg"), (photo(), "levha.pdf")])
def test_a_file_is_judged_by_its_content(cast: Cast, payload: bytes, name: str) -> None:
    ids = [keep(cast, payload, name), keep(cast, photo())]
    post(cast, "upload", "signature_circular", file_kept=ids)
    assert cast.company.documents.get().content_type == PDF
    assert cast.company.documents.get().pages == (3 if payload.startswith(b"%PDF") else 2)


def moving(form: str) -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (60, 80), colour) for colour in (RED, BLUE)]
    frames[0].save(out, form, save_all=True, append_images=frames[1:])
    return out.getvalue()


@pytest.mark.parametrize("form", ["GIF", "WEBP", "TIFF", "PNG"])
def test_several_pictures_in_one_file_are_refused_in_words(cast: Cast, form: str) -> None:
    answer = post(cast, "keep_draft", "tax_plate", file=upload(moving(form), "levha.jpg"))
    assert answer.status_code == 422
    assert "hareketli" in answer.json()["error"] or "PDF, JPEG, PNG ya da HEIC değil" in answer.json()["error"]


def test_what_is_too_large_is_refused_in_words_also_without_script(cast: Cast) -> None:
    with override_settings(UPLOAD_MAX_BYTES=65_536):
        page = cast.send("upload", "signature_circular", file=upload(b"%PDF-" + bytes(100_000), "dev.pdf"))
    assert "İmza sirküleri: Dosya 0,1 MB; en çok 0,1 MB olabilir." in page
    assert not cast.company.documents.exists()
