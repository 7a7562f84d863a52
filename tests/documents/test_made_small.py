"""Huge photos and scans are kept small and legible, pictures become pages; a signed PDF is never touched."""

import io
from functools import cache
from typing import Any, cast

import pikepdf
import pytest
from PIL import Image, ImageDraw

from documents.inspection import PDF, PNG, Inspected, inspect, joined, thumbnail
from identifiers import Refused
from tests.documents.test_inspection import picture
from tests.scenarios.papers import blank_pdf

MEGABYTE = 1024 * 1024


def check(payload: bytes, most_kept: int = 10 * MEGABYTE) -> Inspected:
    return inspect(payload, "belge", max_bytes=25 * MEGABYTE, max_pages=60, most_kept=most_kept)


def pdf_of(*files: Inspected, most_kept: int = 10 * MEGABYTE, max_pages: int = 60) -> Inspected:
    return joined(files, most_kept=most_kept, max_pages=max_pages)


@cache
def noise(width: int, height: int) -> Image.Image:
    """Every point is another than its neighbours: nothing compresses worse."""
    return Image.effect_noise((width, height), 70).convert("RGB")


def saved(image: Image.Image, form: str = "JPEG", **how: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **how)
    return out.getvalue()


def painted(payload: bytes) -> list[Image.Image]:
    """What stands on the pages of a PDF."""
    with pikepdf.open(io.BytesIO(payload)) as document:
        return [
            pikepdf.PdfImage(cast(Any, each)).as_pil_image().convert("RGB")
            for page in document.pages
            for each in page.Resources.XObject.values()
        ]


def dots_per_inch(payload: bytes) -> float:
    """Of the picture on the first page, the way it stands there."""
    with pikepdf.open(io.BytesIO(payload)) as document:
        page = document.pages[0]
        width, height = (float(each) / 72 for each in page.MediaBox[2:])
        found = next(iter(page.Resources.XObject.values()))
        return max(int(found.Width) / width, int(found.Height) / height)


@pytest.mark.parametrize("size", [(4000, 3000), (3000, 4000), (12_000, 9_000)], ids=["12 MP", "upright", "108 MP"])
def test_a_telephones_photo_is_kept_small_and_legible(size: tuple[int, int]) -> None:
    found = check(saved(Image.new("RGB", size, (20, 40, 200))))
    with Image.open(io.BytesIO(found.payload)) as kept:
        assert max(kept.size) <= 2400
        assert min(kept.size) >= 8.27 * 150
        assert (kept.width > kept.height) == (size[0] > size[1])
    assert 150 <= dots_per_inch(pdf_of(found).payload) <= 215


def test_a_long_narrow_paper_keeps_its_width() -> None:
    found = check(saved(Image.new("RGB", (1700, 12_000), "white")))
    with Image.open(io.BytesIO(found.payload)) as kept:
        assert kept.width >= 1650


def test_a_scan_that_says_its_dots_is_kept_at_two_hundred_of_them() -> None:
    a3 = saved(Image.new("RGB", (7016, 9921), "white"), dpi=(600, 600))
    with Image.open(io.BytesIO(check(a3).payload)) as kept:
        assert kept.size == pytest.approx((7016 / 3, 9921 / 3), abs=2)


@pytest.mark.parametrize("size", [(600, 400), (1654, 2338)])
def test_what_is_not_huge_keeps_every_point(size: tuple[int, int]) -> None:
    for form in ("JPEG", "PNG"):
        with Image.open(io.BytesIO(check(saved(Image.new("RGB", size, "white"), form)).payload)) as kept:
            assert (kept.format, kept.size) == (form, size)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_huge_photo_stands_upright_too(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    found = check(saved(Image.new("RGB", (4000, 3000)), exif=exif.tobytes()))
    with Image.open(io.BytesIO(found.payload)) as kept:
        assert (kept.width > kept.height) == (orientation < 5)
        assert not kept.getexif()


def test_a_photo_of_more_points_than_any_camera_has_is_refused() -> None:
    with pytest.raises(Refused, match="Resim çok büyük"):
        check(picture("PNG", mode="1", size=(30_000, 20_000)))


def scan(dots: int = 600, quality: int = 60) -> bytes:
    """A4 in colour, as an office scanner makes it."""
    return saved(noise(round(8.27 * dots), round(11.69 * dots)), "PDF", resolution=dots, quality=quality)


def test_a_huge_scan_becomes_small_and_stays_legible() -> None:
    payload = scan()
    assert len(payload) > 10 * MEGABYTE
    found = check(payload)
    assert (found.content_type, found.pages) == (PDF, 1)
    assert found.size < len(payload) / 4
    assert 190 <= dots_per_inch(found.payload) <= 210
    assert "okunaklı kalacak biçimde küçültüldü" in found.note


def test_the_words_on_a_huge_scan_stay_where_they_were() -> None:
    sheet = noise(4960, 7016).copy()
    ImageDraw.Draw(sheet).rectangle((400, 600, 2400, 1600), fill=(0, 0, 0))
    (kept,) = painted(check(saved(sheet, "PDF", resolution=600, quality=60)).payload)
    across, down = kept.width / sheet.width, kept.height / sheet.height
    for x, y in ((1400, 1100), (450, 1550)):
        assert kept.convert("L").getpixel((round(x * across), round(y * down))) < 40  # type: ignore[operator]


def test_a_scan_stored_without_loss_becomes_small_too() -> None:
    grey = Image.linear_gradient("L").resize((4960, 7016))
    sheet = Image.blend(grey.convert("RGB"), noise(4960, 7016), 0.02)
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(595, 842))
        image = pikepdf.Stream(document, sheet.tobytes(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
        image.Width, image.Height, image.BitsPerComponent = 4960, 7016, 8
        image.ColorSpace = pikepdf.Name.DeviceRGB
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
        page.Contents = pikepdf.Stream(document, b"q 595 0 0 842 0 0 cm /Im0 Do Q")
        out = io.BytesIO()
        document.save(out)
    found = check(out.getvalue())
    assert found.size < MEGABYTE
    (kept,) = painted(found.payload)
    assert kept.size == pytest.approx((1653, 2339), abs=2)


def test_a_fine_scan_of_what_is_not_huge_is_kept_byte_for_byte() -> None:
    payload = scan(dots=200, quality=85)
    assert len(payload) > 2 * MEGABYTE
    assert check(payload).payload == payload


def test_a_stamp_that_is_seen_through_is_left_alone() -> None:
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(595, 842))
        image = pikepdf.Stream(document, saved(noise(4960, 7016), quality=50), Type=pikepdf.Name.XObject)
        image.Subtype, image.Filter = pikepdf.Name.Image, pikepdf.Name.DCTDecode
        image.Width, image.Height, image.BitsPerComponent = 4960, 7016, 8
        image.ColorSpace, image.Mask = pikepdf.Name.DeviceRGB, pikepdf.Array([0, 5, 0, 5, 0, 5])
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
        page.Contents = pikepdf.Stream(document, b"q 595 0 0 842 0 0 cm /Im0 Do Q")
        out = io.BytesIO()
        document.save(out)
    payload = out.getvalue()
    assert check(payload, most_kept=25 * MEGABYTE).payload == payload


def signed_and_huge() -> bytes:
    """A huge scan with a field that somebody has signed."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(scan(quality=40))) as document:
        signature = pikepdf.Dictionary(Type=pikepdf.Name.Sig, ByteRange=[0, 10, 20, 10], Contents=b"\x00" * 64)
        field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T=b"imza", V=document.make_indirect(signature))
        document.Root.AcroForm = pikepdf.Dictionary(Fields=[document.make_indirect(field)], SigFlags=3)
        document.save(out)
    return out.getvalue()


def test_a_signed_pdf_is_never_touched_however_huge_its_scans_are() -> None:
    payload = signed_and_huge()
    assert len(payload) > 2 * MEGABYTE
    found = check(payload, most_kept=25 * MEGABYTE)
    assert found.signed
    assert found.payload == payload
    with pytest.raises(Refused, match="İmzasını bozmadan küçültülemez"):
        check(payload, most_kept=2 * MEGABYTE)


def test_what_is_too_large_even_when_small_is_refused_with_its_size() -> None:
    with pytest.raises(Refused, match=r"küçültüldükten sonra da .* MB; en çok 1 MB olabilir"):
        check(saved(noise(1654, 2338), quality=95), most_kept=MEGABYTE)


class TestPages:
    def test_photos_become_one_pdf_in_the_order_chosen(self) -> None:
        colours = [(200, 0, 0), (0, 200, 0), (0, 0, 200)]
        files = [check(saved(Image.new("RGB", (600, 800), each))) for each in colours]
        found = pdf_of(files[2], files[0], files[1])
        assert (found.content_type, found.pages) == (PDF, 3)
        assert found.note == "Seçtikleriniz 3 sayfalık tek PDF yapıldı."
        middle = [each.getpixel((300, 400)) for each in painted(found.payload)]
        for got, wanted in zip(middle, (colours[2], colours[0], colours[1]), strict=True):
            assert got == pytest.approx(wanted, abs=4)
        assert check(found.payload).payload == found.payload, "it may be uploaded as it is"

    def test_every_page_is_a4_the_way_the_picture_stands(self) -> None:
        files = [check(saved(Image.new("RGB", size, "white"))) for size in ((600, 800), (800, 600), (500, 3000))]
        with pikepdf.open(io.BytesIO(pdf_of(*files).payload)) as document:
            boxes = [tuple(round(float(each)) for each in page.MediaBox[2:]) for page in document.pages]
        assert boxes == [(595, 842), (842, 595), (595, 842)]

    def test_the_same_photos_give_the_same_file(self) -> None:
        files = [check(saved(Image.new("RGB", (600, 800), each))) for each in ("red", "blue")]
        assert pdf_of(*files).sha256 == pdf_of(*files).sha256
        assert pdf_of(*files).sha256 != pdf_of(*reversed(files)).sha256

    @pytest.mark.parametrize(
        ("image", "colour"),
        [
            (Image.new("RGBA", (60, 80), (0, 0, 0, 0)), (255, 255, 255)),
            (Image.new("LA", (60, 80), (0, 0)), (255, 255, 255)),
            (Image.new("I;16", (60, 80), 40_000), (155, 155, 155)),
            (Image.new("1", (60, 80), 1), (255, 255, 255)),
            (Image.new("P", (60, 80), 0), (0, 0, 0)),
        ],
        ids=["seen through", "grey, seen through", "16 bits", "one bit", "palette"],
    )
    def test_a_png_looks_on_its_page_as_it_did(self, image: Image.Image, colour: tuple[int, int, int]) -> None:
        found = check(saved(image, "PNG"))
        assert found.content_type == PNG
        (page,) = painted(pdf_of(found).payload)
        assert page.getpixel((30, 40)) == pytest.approx(colour, abs=3)

    def test_a_palette_that_is_seen_through_is_white_as_well(self) -> None:
        payload = saved(Image.new("P", (60, 80), 0), "PNG", transparency=0)
        (page,) = painted(pdf_of(check(payload)).payload)
        assert page.getpixel((30, 40)) == pytest.approx((255, 255, 255), abs=3)

    def test_a_photo_for_print_keeps_its_colour(self) -> None:
        found = check(saved(Image.new("CMYK", (60, 80), (0, 255, 255, 0))))
        (page,) = painted(pdf_of(found).payload)
        assert page.getpixel((30, 40)) == pytest.approx((254, 0, 0), abs=6)

    def test_a_pdf_takes_its_place_among_photos(self) -> None:
        found = pdf_of(check(saved(Image.new("RGB", (60, 80)))), check(blank_pdf(2)))
        assert found.pages == 3

    def test_a_pdf_alone_is_left_as_it_is(self) -> None:
        found = check(blank_pdf(2))
        assert pdf_of(found) is found

    def test_a_signed_pdf_is_put_together_with_nothing(self) -> None:
        signed = check(signed_and_huge(), most_kept=25 * MEGABYTE)
        with pytest.raises(Refused, match="e-imzalı bir PDF"):
            pdf_of(signed, check(blank_pdf()))
        assert pdf_of(signed) is signed

    def test_too_many_pages_are_counted_together(self) -> None:
        with pytest.raises(Refused, match="Birlikte 4 sayfa oluyor; bir belge en çok 3 sayfa"):
            pdf_of(check(blank_pdf(2)), check(blank_pdf(2)), max_pages=3)

    def test_many_pages_are_made_smaller_than_one_would_be(self) -> None:
        file = check(saved(noise(1654, 2339), quality=80))
        whole = pdf_of(*[file] * 4)
        less = pdf_of(*[file] * 4, most_kept=whole.size - 1)
        assert less.size < whole.size
        assert dots_per_inch(less.payload) >= 149
        with pytest.raises(Refused, match="birlikte çok büyük"):
            pdf_of(*[file] * 4, most_kept=100_000)


def test_a_page_is_shown_small_before_it_is_put_in_order() -> None:
    small = thumbnail(check(saved(Image.new("RGB", (1600, 2000), "red"))).payload)
    with Image.open(io.BytesIO(small)) as shown:
        assert (shown.format, max(shown.size)) == ("JPEG", 320)
