"""Files as scanners, telephones and printers make them: the sound ones are taken, the others told why not."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Encryption, Permissions
from PIL import Image, ImageDraw

from documents.inspection import JPEG, PDF, PNG, Inspected, inspect
from identifiers import Refused
from tests.documents.test_inspection import check, opens_with_a_script, pdf

UPLOADS = Path(__file__).with_name("uploads")
WORDS = b"BT 20 40 Td (Mavi Deniz) Tj ET"


def write(document: pikepdf.Pdf) -> None:
    for page in document.pages:
        page.obj.Contents = document.make_stream(WORDS)


def scan(**saving: object) -> bytes:
    return pdf(write, pages=2, **saving)


def opened(found: Inspected) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(found.payload))


def check_two_pages(found: Inspected) -> None:
    assert (found.content_type, found.pages) == (PDF, 2)
    with opened(found) as document:
        assert [page.obj.Contents.read_bytes() for page in document.pages] == [WORDS, WORDS]


LEADING = {
    "byte order mark": b"\xef\xbb\xbf",
    "line end": b"\r\n",
    "spaces and lines": b" \n" * 100,
    "zeros": b"\x00" * 16,
    "printer's commands": b"\x1b%-12345X@PJL JOB\r\n@PJL ENTER LANGUAGE=PDF\r\n",
    "head of an answer": b"Content-Type: application/pdf\r\nContent-Length: 1234\r\n\r\n",
    "nearly a thousand": b"x" * 1000,
}


@pytest.mark.parametrize("leading", LEADING.values(), ids=LEADING)
@pytest.mark.parametrize("mode", [pikepdf.ObjectStreamMode.disable, pikepdf.ObjectStreamMode.generate])
def test_a_pdf_with_something_before_it_is_taken(leading: bytes, mode: pikepdf.ObjectStreamMode) -> None:
    check_two_pages(check(leading + scan(object_stream_mode=mode)))


def test_a_pdf_with_a_byte_order_mark_as_it_came() -> None:
    payload = (UPLOADS / "leading-bom.pdf").read_bytes()
    assert payload.startswith(b"\xef\xbb\xbf%PDF-")
    found = check(payload)
    assert (found.content_type, found.pages) == (PDF, 1)


@pytest.mark.parametrize("leading", [b"x" * 1025, b"\x00" * 2048], ids=["words", "zeros"])
def test_a_pdf_that_begins_too_late_is_none(leading: bytes) -> None:
    with pytest.raises(Refused, match="PDF, JPEG, PNG ya da HEIC değil"):
        check(leading + scan())


@pytest.mark.parametrize(
    "leading",
    [
        b"MZ\x90\x00" + b"\x00" * 60,
        b"<html><script>alert(1)</script>",
        b"PK\x03\x04" + b"\x00" * 26,
        b"#!/bin/sh\nexit\n",
    ],
    ids=["program", "page", "archive", "shell"],
)
def test_what_is_a_pdf_and_something_else_is_never_kept_as_the_other(leading: bytes) -> None:
    try:
        found = check(leading + scan())
    except Refused:
        return
    assert found.payload.startswith(b"%PDF-")


def test_what_runs_something_is_found_behind_leading_bytes() -> None:
    with pytest.raises(Refused, match="betik"):
        check(b"\xef\xbb\xbf" + pdf(opens_with_a_script))


OWNERS = {
    "RC4, 40 bits": Encryption(owner="sahip", user="", R=2, aes=False, metadata=False),
    "RC4, 128 bits": Encryption(owner="sahip", user="", R=3, aes=False, metadata=False),
    "AES, 128 bits": Encryption(owner="sahip", user="", R=4),
    "AES, 256 bits": Encryption(owner="sahip", user="", R=6),
    "nothing allowed": Encryption(
        owner="sahip",
        user="",
        allow=Permissions(
            extract=False,
            modify_annotation=False,
            modify_form=False,
            modify_other=False,
            print_highres=False,
            print_lowres=False,
        ),
    ),
}


@pytest.mark.filterwarnings("ignore:.*encrypt.*")
@pytest.mark.parametrize("encryption", OWNERS.values(), ids=OWNERS)
def test_a_pdf_with_an_owners_password_alone_is_kept_without_it(encryption: Encryption) -> None:
    payload = scan(encryption=encryption)
    assert b"/Encrypt" in payload
    found = check(payload)
    check_two_pages(found)
    assert b"/Encrypt" not in found.payload
    with opened(found) as document:
        assert not document.is_encrypted


@pytest.mark.parametrize("number", [2, 3, 4, 6])
def test_a_pdf_with_a_password_to_open_is_refused(number: int) -> None:
    encryption = Encryption(owner="sahip", user="acilis", R=number, aes=number > 3, metadata=number > 3)  # type: ignore[arg-type]
    with pytest.raises(Refused, match=r"şifre|parola"):
        check(scan(encryption=encryption))


def test_what_runs_something_is_found_behind_an_owners_password() -> None:
    with pytest.raises(Refused, match="betik"):
        check(pdf(opens_with_a_script, encryption=Encryption(owner="sahip", user="")))


def test_too_many_pages_are_counted_behind_an_owners_password() -> None:
    with pytest.raises(Refused, match="PDF 6 sayfa; en çok 5 sayfa olabilir"):
        check(pdf(pages=6, encryption=Encryption(owner="sahip", user="")))


def without_identifier() -> bytes:
    payload = scan(static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    start = payload.rindex(b"/ID [")
    end = payload.index(b"]", start) + 1
    return payload[:start] + b" " * (end - start) + payload[end:]


SOUND: dict[str, Callable[[], bytes]] = {
    "without /ID": without_identifier,
    "for quick display": lambda: scan(linearize=True),
    "PDF 1.3": lambda: scan(force_version="1.3"),
    "PDF 2.0": lambda: scan(force_version="2.0"),
    "in object streams": lambda: scan(object_stream_mode=pikepdf.ObjectStreamMode.generate),
    "line ends behind it": lambda: scan() + b"\r\n\r\n",
    "zeros behind it": lambda: scan() + b"\x00" * 512,
}


@pytest.mark.parametrize("make", SOUND.values(), ids=SOUND)
def test_a_sound_pdf_of_any_kind_is_taken(make: Callable[[], bytes]) -> None:
    check_two_pages(check(make()))


@pytest.mark.parametrize("name", ["photo.heic", "photo-two.heic"])
@pytest.mark.parametrize("filename", ["IMG_0042.HEIC", "imza sirküleri.heic", "foto.jpg"])
def test_a_telephones_photo_becomes_a_file_that_everybody_opens(name: str, filename: str) -> None:
    payload = (UPLOADS / name).read_bytes()
    assert b"Makinem" in payload
    found = check(payload, filename=filename)
    assert found.content_type in {JPEG, PDF}
    assert b"Makinem" not in found.payload
    assert found.payload.startswith((b"\xff\xd8\xff", b"%PDF-"))
    if found.content_type == JPEG:
        with Image.open(io.BytesIO(found.payload)) as kept:
            assert kept.size == (320, 200)
            red, _green, blue = kept.convert("RGB").getpixel((80, 50))  # type: ignore[misc]
            assert red > 180
            assert blue < 80
    else:
        assert found.pages in {1, 2}


@pytest.mark.parametrize("cut", [12, 40, 200, 700, -20])
def test_half_a_telephones_photo_is_refused_with_a_sentence(cut: int) -> None:
    with pytest.raises(Refused) as refusal:
        check((UPLOADS / "photo.heic").read_bytes()[:cut], filename="foto.heic")
    assert len(str(refusal.value)) > 20


def drawn(mode: str = "RGB", size: tuple[int, int] = (60, 40)) -> Image.Image:
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).rectangle((0, 0, 20, 10), fill="black")
    return picture.convert(mode)


def saved(picture: Image.Image, form: str, **how: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **how)
    return out.getvalue()


PICTURES: dict[str, tuple[Callable[[], bytes], str]] = {
    "JPEG for print": (lambda: saved(drawn("CMYK"), "JPEG"), JPEG),
    "JPEG in grey": (lambda: saved(drawn("L"), "JPEG"), JPEG),
    "JPEG in waves": (lambda: saved(drawn(), "JPEG", progressive=True), JPEG),
    "JPEG with resolution": (lambda: saved(drawn(), "JPEG", dpi=(300, 300)), JPEG),
    "JPEG with a second picture": (lambda: saved(drawn(), "MPO", save_all=True, append_images=[drawn()]), JPEG),
    "PNG of 16 bits": (lambda: saved(Image.new("I;16", (60, 40), 40_000), "PNG"), PNG),
    "PNG with a palette": (lambda: saved(drawn("P"), "PNG"), PNG),
    "PNG of one bit": (lambda: saved(drawn("1"), "PNG"), PNG),
    "PNG seen through": (lambda: saved(drawn("RGBA"), "PNG"), PNG),
    "PNG in grey seen through": (lambda: saved(drawn("LA"), "PNG"), PNG),
}


@pytest.mark.parametrize(("make", "content_type"), PICTURES.values(), ids=PICTURES)
def test_a_picture_of_any_kind_is_taken_as_it_looks(make: Callable[[], bytes], content_type: str) -> None:
    found = check(make(), filename="tarama")
    assert (found.content_type, found.pages) == (content_type, None)
    with Image.open(io.BytesIO(found.payload)) as kept:
        kept.load()
        assert kept.size == (60, 40)
        assert getattr(kept, "n_frames", 1) == 1


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_picture_stands_upright_whichever_way_it_was_held(orientation: int, form: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    found = check(saved(drawn(), form, exif=exif.tobytes()), filename="foto")
    with Image.open(io.BytesIO(found.payload)) as kept:
        assert kept.size == ((60, 40) if orientation < 5 else (40, 60))
        assert 0x0112 not in kept.getexif()


@pytest.mark.parametrize("form", ["PNG", "GIF", "WEBP"])
def test_a_picture_that_moves_is_refused_with_a_sentence(form: str) -> None:
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("white", "red", "blue")]
    payload = saved(frames[0], form, save_all=True, append_images=frames[1:], duration=200)
    with pytest.raises(Refused, match=r"hareketli|PDF, JPEG, PNG ya da HEIC değil"):
        check(payload, filename="imza")


@pytest.mark.parametrize("form", ["GIF", "BMP", "TIFF", "WEBP"])
def test_a_picture_of_another_kind_is_named(form: str) -> None:
    with pytest.raises(Refused, match=r"“imza sirküleri\.jpg”.* PDF, JPEG, PNG ya da HEIC değil"):
        inspect(saved(drawn(), form), "imza sirküleri.jpg", max_bytes=2**20, max_pages=5)
