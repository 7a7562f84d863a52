"""Uploads: each refusal with a file that is really like that."""

import io
from collections.abc import Callable
from random import Random

import pikepdf
import pillow_heif
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image, ImageFile

from documents import heif
from documents.inspection import JPEG, PDF, PNG, Inspected, inspect
from identifiers import Refused

MEGABYTE = 1024 * 1024


def check(payload: bytes, filename: str = "belge.pdf", max_bytes: int = MEGABYTE, max_pages: int = 5) -> Inspected:
    return inspect(payload, filename, max_bytes=max_bytes, max_pages=max_pages)


def pdf(change: Callable[[Pdf], object] = lambda document: None, pages: int = 1, **saving: object) -> bytes:
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page()
    change(document)
    out = io.BytesIO()
    document.save(out, **saving)  # type: ignore[arg-type]
    return out.getvalue()


def picture(form: str, mode: str = "RGB", size: tuple[int, int] = (60, 40), **saving: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "white").save(out, form, **saving)
    return out.getvalue()


def script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def test_a_sound_pdf_is_kept_byte_for_byte() -> None:
    payload = pdf(pages=3)
    found = check(payload)
    assert (found.content_type, found.pages, found.size) == (PDF, 3, len(payload))
    assert found.payload == payload
    assert len(found.sha256) == 64


@pytest.mark.parametrize(("form", "content_type"), [("JPEG", JPEG), ("PNG", PNG)])
def test_a_picture_is_known_by_its_content(form: str, content_type: str) -> None:
    found = check(picture(form), filename="tarama.pdf")
    assert (found.content_type, found.pages) == (content_type, None)
    with Image.open(io.BytesIO(found.payload)) as kept:
        assert (kept.format, kept.size) == (form, (60, 40))


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_picture_loses_its_metadata(form: str) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Makinem"
    exif[0x8825] = {1: "N", 2: (38.0, 27.0, 0.0)}
    payload = picture(form, exif=exif.tobytes())
    assert b"Makinem" in payload
    found = check(payload)
    assert b"Makinem" not in found.payload
    with Image.open(io.BytesIO(found.payload)) as kept:
        assert not kept.getexif()


def test_a_picture_taken_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    with Image.open(io.BytesIO(check(picture("JPEG", exif=exif.tobytes())).payload)) as kept:
        assert kept.size == (40, 60)


def test_a_telephones_jpeg_with_a_second_picture_stays_a_jpeg() -> None:
    second = Image.new("RGB", (30, 20))
    found = check(picture("MPO", save_all=True, append_images=[second]))
    assert found.content_type == JPEG
    with Image.open(io.BytesIO(found.payload)) as kept:
        assert (kept.format, getattr(kept, "n_frames", 1)) == ("JPEG", 1)


def test_a_scan_in_print_colours_is_read() -> None:
    assert check(picture("JPEG", mode="CMYK")).content_type == JPEG


@pytest.mark.parametrize(
    ("payload", "says"),
    [
        (b"", "Dosya boş"),
        (b"MZ\x90\x00" * 40, "PDF, JPEG, PNG ya da HEIC değil"),
        (b"<html><script>alert(1)</script>", "PDF, JPEG, PNG ya da HEIC değil"),
        (b"PK\x03\x04" * 40, "PDF, JPEG, PNG ya da HEIC değil"),
        (picture("GIF"), "PDF, JPEG, PNG ya da HEIC değil"),
        (b"%PDF-1.7\nbu bir PDF gibi\n%%EOF", "bozuk"),
        (b"%PDF-1.7\n", "sonu eksik"),
        (pdf(pages=3)[:400], "sonu eksik"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 60, "Resim bozuk"),
        (picture("PNG")[:60], "Resim bozuk"),
        (picture("JPEG")[:300], "Resim bozuk"),
        (pdf(pages=0), "hiç sayfa yok"),
        (pdf(pages=6), "PDF 6 sayfa; en çok 5 sayfa olabilir"),
        (pdf(encryption=pikepdf.Encryption(owner="o", user="u")), "PDF şifreli"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} bytes",
)
def test_what_is_wrong_with_a_file_is_said(payload: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        check(payload)


def test_the_file_is_named_when_it_is_of_another_kind() -> None:
    with pytest.raises(Refused, match=r"“imza sirküleri\.docx” PDF, JPEG, PNG ya da HEIC değil"):
        check(b"PK\x03\x04", filename="imza sirküleri.docx")


def test_a_file_just_above_the_limit_does_not_read_as_if_it_were_at_it() -> None:
    payload = pdf()
    padded = payload + b"\n" * (MEGABYTE + 1 - len(payload))
    with pytest.raises(Refused, match="Dosya 1,1 MB; en çok 1 MB olabilir"):
        check(padded)


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_half_a_picture_is_refused_also_beside_a_renderer_that_takes_it(
    form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    message_group = picture(form, size=(600, 400))
    with pytest.raises(Refused, match="Resim bozuk"):
        check(message_group[: len(message_group) // 2])


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(Refused, match="Resim çok büyük"):
        check(picture("PNG", mode="1", size=(9_000, 9_000)))


def opens_with_a_script(document: Pdf) -> None:
    document.Root.OpenAction = script()


def opens_with_a_numbered_script(document: Pdf) -> None:
    document.Root.OpenAction = document.make_indirect(script())


def names_a_script(document: Pdf) -> None:
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script()])))


def runs_a_script_on_a_page(document: Pdf) -> None:
    document.pages[0].obj.AA = Dictionary(O=script())


def runs_a_script_after_another_action(document: Pdf) -> None:
    first = Dictionary(
        S=Name.GoTo, D=String("a"), Next=Array([Dictionary(S=Name.GoTo, D=String("b"), Next=script())])
    )
    document.Root.OpenAction = first


def has_a_link_with_a_script(document: Pdf) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=script())
    document.pages[0].obj.Annots = Array([link])


def launches_a_program(document: Pdf) -> None:
    document.Root.OpenAction = Dictionary(S=Name.Launch, F=String("cmd.exe"))


def sends_itself(document: Pdf) -> None:
    document.Root.OpenAction = Dictionary(S=Name.SubmitForm, F=String("https://baska.example"))


@pytest.mark.parametrize(
    "change",
    [
        opens_with_a_script,
        opens_with_a_numbered_script,
        names_a_script,
        runs_a_script_on_a_page,
        runs_a_script_after_another_action,
        has_a_link_with_a_script,
        launches_a_program,
        sends_itself,
    ],
)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
def test_a_pdf_that_runs_something_is_refused(change: Callable[[Pdf], None], packed: bool) -> None:
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    with pytest.raises(Refused, match="betik"):
        check(pdf(change, object_stream_mode=mode))


def test_a_script_under_a_disguised_name_is_found() -> None:
    hidden = pdf(opens_with_a_script).replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/#4aS")
    assert b"JavaScript" not in hidden
    with pytest.raises(Refused, match="betik"):
        check(hidden)


def carries_an_attachment(document: Pdf) -> None:
    document.attachments["a.txt"] = b"merhaba"


def carries_a_file_behind_a_pin(document: Pdf) -> None:
    file = Dictionary(Type=Name.Filespec, F=String("a"), EF=Dictionary(F=document.make_stream(b"merhaba")))
    pin = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9], FS=file)
    document.pages[0].obj.Annots = Array([pin])


@pytest.mark.parametrize("change", [carries_an_attachment, carries_a_file_behind_a_pin])
def test_a_pdf_that_carries_files_is_refused(change: Callable[[Pdf], None]) -> None:
    with pytest.raises(Refused, match="başka dosyalar var"):
        check(pdf(change))


def test_a_form_made_of_xml_is_refused() -> None:
    def change(document: Pdf) -> None:
        document.Root.AcroForm = Dictionary(Fields=Array([]), XFA=document.make_stream(b"<xdp/>"))

    with pytest.raises(Refused, match="etkileşimli bir form"):
        check(pdf(change))


def test_a_plain_form_with_a_link_and_bookmarks_is_accepted() -> None:
    def change(document: Pdf) -> None:
        document.Root.AcroForm = Dictionary(Fields=Array([]), SigFlags=3)
        link = Dictionary(S=Name.URI, URI=String("https://mavideniz.example"))
        document.pages[0].obj.Annots = Array(
            [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=link)]
        )
        document.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([document.pages[0].obj, Name.Fit]))

    assert check(pdf(change)).pages == 1


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow remarks on damaged metadata and goes on
def test_whatever_is_damaged_is_accepted_or_refused_and_never_breaks_the_screen() -> None:
    random = Random(3)
    exif = Image.Exif()
    exif[0x0112] = 6
    pictures = [picture(form, exif=exif.tobytes()) for form in ("JPEG", "PNG")]
    sound = [pdf(pages=3), pdf(carries_an_attachment), *pictures]
    refused = 0
    for turn in range(2_000):
        damaged = bytearray(sound[turn % len(sound)])
        for _ in range(random.randrange(1, 12)):
            damaged[random.randrange(len(damaged))] = random.randrange(256)
        if random.random() < 0.3:
            del damaged[random.randrange(1, len(damaged)) :]
        try:
            check(bytes(damaged))
        except Refused:
            refused += 1
    assert refused > 500


def counting_from_the_file(payload: bytes, before: bytes) -> bytes:
    """The PDF as a program writes it that puts something before the header and counts places from there."""
    out = io.BytesIO()
    table = payload.rindex(b"xref\n0 ", 0, payload.rindex(b"startxref"))
    rows = payload[table : payload.index(b"trailer")].split(b"\n")
    moved = [b"%010d%s" % (int(row[:10]) + len(before), row[10:]) if row[17:18] == b"n" else row for row in rows]
    out.write(before + payload[:table] + b"\n".join(moved) + payload[payload.index(b"trailer") :])
    return out.getvalue().replace(b"startxref\n%d" % table, b"startxref\n%d" % (table + len(before)))


LEADING = [
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\r\n \n",
    b"\x1b%-12345X@PJL JOB\n@PJL ENTER LANGUAGE=PDF\n",
    b"Content-Type: application/pdf\r\n\r\n",
    b"%!PS-Adobe-3.0\n",
    b"\x00" * 128,
    b"x" * (1024 - len(b"%PDF-")),
]


@pytest.mark.parametrize("before", LEADING, ids=lambda before: ascii(before[:12]))
def test_what_stands_before_a_pdf_is_not_kept(before: bytes) -> None:
    payload = pdf(pages=2)
    found = check(before + payload)
    assert (found.content_type, found.pages, found.payload, found.note) == (PDF, 2, payload, "")


@pytest.mark.parametrize("before", LEADING, ids=lambda before: ascii(before[:12]))
def test_a_pdf_that_counts_from_what_stood_before_it_is_kept_as_a_sound_one(before: bytes) -> None:
    plain = pdf(pages=2, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    found = check(counting_from_the_file(plain, before))
    assert found.payload.startswith(b"%PDF-")
    with pikepdf.open(io.BytesIO(found.payload), attempt_recovery=False) as kept:
        assert len(kept.pages) == found.pages == 2
        assert kept.get_warnings() == []
    assert check(counting_from_the_file(plain, before)).sha256 == found.sha256


def test_a_header_too_far_away_makes_no_pdf() -> None:
    with pytest.raises(Refused, match="PDF, JPEG, PNG ya da HEIC değil"):
        check(b"x" * 1024 + pdf())


@pytest.mark.parametrize("container", [b"PK\x03\x04", b"0\x80\x06\t", b"0\x82\x1f\x90"])
def test_a_pdf_within_something_else_is_not_the_file(container: bytes) -> None:
    with pytest.raises(Refused, match="PDF, JPEG, PNG ya da HEIC değil"):
        check(container + b"\x00" * 40 + pdf())


def test_a_pdf_without_an_identifier_is_sound() -> None:
    payload = pdf()
    without = payload[: payload.index(b"/ID")] + payload[payload.index(b"]", payload.index(b"/ID")) + 1 :]
    assert b"/ID" not in without
    assert check(without).payload == without


def signed(document: Pdf) -> None:
    signature = document.make_indirect(
        Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), ByteRange=[0, 1, 2, 3], Contents=String("00"))
    )
    field = document.make_indirect(Dictionary(FT=Name.Sig, T=String("a"), V=signature))
    document.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)


@pytest.mark.parametrize(
    "locked",
    [
        pikepdf.Encryption(owner="gizli", user="", R=3, aes=False, metadata=False),
        pikepdf.Encryption(owner="gizli", user="", R=4),
        pikepdf.Encryption(owner="gizli", user="", R=6, allow=pikepdf.Permissions(extract=False)),
    ],
    ids=["RC4", "AES-128", "AES-256"],
)
def test_who_may_open_a_pdf_may_hand_it_in_and_is_told_of_the_copy(locked: pikepdf.Encryption) -> None:
    payload = pdf(pages=2, encryption=locked)
    found = check(payload)
    assert (found.content_type, found.pages) == (PDF, 2)
    assert "parolayla korunuyordu; korumasız bir kopyası hazırlanıp o kaydedildi" in found.note
    with pikepdf.open(io.BytesIO(found.payload)) as kept:
        assert not kept.is_encrypted
        assert len(kept.pages) == 2
    assert check(payload).sha256 == found.sha256, "handed in again it is the same paper"
    assert check(b"\xef\xbb\xbf" + payload).sha256 == found.sha256


def test_protection_hides_nothing_that_is_refused() -> None:
    with pytest.raises(Refused, match="betik"):
        check(pdf(opens_with_a_script, encryption=pikepdf.Encryption(owner="gizli", user="")))
    with pytest.raises(Refused, match="PDF 6 sayfa"):
        check(pdf(pages=6, encryption=pikepdf.Encryption(owner="gizli", user="")))


def test_a_signature_is_not_broken_by_taking_the_protection_away() -> None:
    assert check(pdf(signed)).note == ""
    with pytest.raises(Refused, match="hem imzalı hem parolayla korunuyor"):
        check(pdf(signed, encryption=pikepdf.Encryption(owner="gizli", user="")))


def photo(size: tuple[int, int] = (60, 40), **saving: object) -> bytes:
    out = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", size, "white")).save(out, **saving)
    return out.getvalue()


def test_a_telephones_photo_becomes_a_jpeg_and_that_is_told() -> None:
    found = check(photo(), filename="IMG_1234.HEIC")
    assert (found.content_type, found.pages) == (JPEG, None)
    assert found.note == "HEIC fotoğrafınız JPEG'e çevrilip kaydedildi."
    with Image.open(io.BytesIO(found.payload)) as kept:
        assert (kept.format, kept.size, kept.mode) == ("JPEG", (60, 40), "RGB")


def test_a_photo_in_heic_stands_upright_and_loses_its_metadata() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Makinem"
    payload = photo(exif=exif.tobytes())
    assert b"Makinem" in payload
    found = check(payload)
    assert b"Makinem" not in found.payload
    with Image.open(io.BytesIO(found.payload)) as kept:
        assert kept.size == (40, 60)
        assert not kept.getexif()


def test_of_several_photos_in_one_file_the_first_is_kept() -> None:
    out = io.BytesIO()
    several = pillow_heif.from_pillow(Image.new("RGB", (60, 40), "white"))
    several.add_from_pillow(Image.new("RGB", (30, 20), "black"))
    several.save(out)
    with Image.open(io.BytesIO(check(out.getvalue()).payload)) as kept:
        assert kept.size == (60, 40)


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1", b"msf1", b"hevc"])
def test_heic_is_known_by_its_brand(brand: bytes) -> None:
    payload = photo()
    assert heif.is_heif(payload[:8] + brand + payload[12:])


@pytest.mark.parametrize(
    "payload",
    [
        b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00mif1avifmiaf",
        b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp41",
        b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  ",
        b"\x00\x00\x00\x08ftyp",
        b"ftypheic",
    ],
)
def test_films_and_other_pictures_are_no_heic(payload: bytes) -> None:
    with pytest.raises(Refused, match="PDF, JPEG, PNG ya da HEIC değil"):
        check(payload + b"\x00" * 40)


def test_a_damaged_photo_is_refused_and_ends_nothing_but_its_own_process() -> None:
    sound = photo(size=(600, 400))
    random = Random(5)
    cut = [sound[: len(sound) // 2], sound[:-20], sound[:40]]
    for payload in (*cut, bytes(sound[:300]) + random.randbytes(len(sound) - 300)):
        with pytest.raises(Refused, match="Fotoğraf bozuk"):
            check(payload)


def test_a_photo_of_too_many_pixels_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(Refused, match="Resim çok büyük"):
        heif.to_jpeg(photo(), max_pixels=60 * 40 - 1)
    assert heif.to_jpeg(photo(), max_pixels=60 * 40)


def test_a_photo_as_large_as_the_limit_of_a_file_is_measured_like_any_other() -> None:
    payload = photo()
    with pytest.raises(Refused, match=r"Dosya .* MB; en çok"):
        check(payload + b"\x00" * MEGABYTE)
