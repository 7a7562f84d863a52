"""Whatever changes what was issued is refused, before and after the signature, appended and written anew.

The attacks on signed PDFs are those of Mladenov, Mainka and others: “1 Trillion Dollar Refund” (2019), “Shadow
Attacks” (2021) and “Breaking the Specification: PDF Certification” (2021).
"""

import io
import re
from collections.abc import Callable, Iterator

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from pyhanko.sign.fields import MDPPerm

from documents.rendering import html_to_pdf
from documents.signatures.changes import Change
from documents.signatures.comparing import Comparison
from documents.signatures.fields import with_fields
from documents.signatures.form import in_form
from documents.signatures.words import Words
from sandbox.authority import Authority
from tests.documents.office import SECOND, SIGNATORY, Office, refusals
from tests.documents.responder import responder
from tests.documents.test_signature_kinds import sign

PICTURE = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="  # noqa: E501


@pytest.fixture(scope="module")
def paper() -> bytes:
    html = (
        f"<h1>Taahhütname</h1><p>Bedel 12.000 TL.</p><p><img src='{PICTURE}' style='width:3cm'></p>"
        "<p><a href='https://iys.example'>İYS</a></p><h2 style='break-before:page'>E-imzalar</h2>"
    )
    return with_fields(html_to_pdf(html), [SIGNATORY.name, SECOND.name])


@pytest.fixture(scope="module")
def office(authority: Authority, paper: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with responder(authority) as served:
        made = Office(authority, served, tmp_path_factory.mktemp("trust"))
        made.paper = paper
        yield made


@pytest.fixture(scope="module")
def signed(office: Office) -> bytes:
    """The paper with the signatory's signature and nothing else."""
    return office.authority.sign(office.paper, office.certificate())


Spoil = Callable[[Pdf], object]


def _form(document: Pdf, text: bytes) -> pikepdf.Object:
    return document.make_stream(text, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 200, 50])


def _annotate(document: Pdf, page: int = 0, **entries: object) -> pikepdf.Object:
    annotation = document.make_indirect(
        Dictionary(Type=Name.Annot, Rect=[60, 60, 260, 110], AP=Dictionary(N=_form(document, b"0 0 9 9 re f")))
    )
    for key, value in entries.items():
        annotation[f"/{key}"] = value
    annotations = document.pages[page].obj.get("/Annots", Array())
    document.pages[page].obj.Annots = Array([*annotations, annotation])
    return annotation


def draws_more(document: Pdf) -> None:
    document.pages[0].contents_add(b"1 1 1 rg 0 0 595 842 re f")


def draws_less(document: Pdf) -> None:
    document.pages[0].obj.Contents = document.make_stream(b"")


def a_page_more(document: Pdf) -> None:
    document.add_blank_page()


def a_page_less(document: Pdf) -> None:
    del document.pages[0]


def pages_changed_round(document: Pdf) -> None:
    document.pages.append(document.pages[0])
    del document.pages[0]


def turned(document: Pdf) -> None:
    document.pages[0].obj.Rotate = 180


def turned_from_above(document: Pdf) -> None:
    document.Root.Pages.Rotate = 90


def cropped(document: Pdf) -> None:
    document.pages[0].obj.CropBox = Array([0, 0, 595, 200])


def enlarged(document: Pdf) -> None:
    document.pages[0].obj.MediaBox = Array([0, 0, 1200, 842])


def trimmed(document: Pdf) -> None:
    document.pages[0].obj.TrimBox = Array([0, 0, 100, 100])


def measured_otherwise(document: Pdf) -> None:
    document.pages[0].obj.UserUnit = 5


def another_font(document: Pdf) -> None:
    fonts = document.pages[0].obj.Resources.Font
    for name in list(fonts):
        fonts[str(name)] = document.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Symbol)
        )


def other_letters(document: Pdf) -> None:
    for font in document.pages[0].obj.Resources.Font.values():
        table = font.DescendantFonts[0].FontDescriptor
        program = table.FontFile2 if "/FontFile2" in table else table.FontFile3
        program.write(program.read_bytes()[:-4] + b"\1\1\1\1")


def another_picture(document: Pdf) -> None:
    for picture in document.pages[0].obj.Resources.XObject.values():
        picture.write(bytes(len(picture.read_bytes())))


def a_picture_for_printers(document: Pdf) -> None:
    for picture in document.pages[0].obj.Resources.XObject.values():
        picture.Alternates = Array([Dictionary(Image=picture, DefaultForPrinting=True)])


def a_layer(document: Pdf) -> None:
    layer = document.make_indirect(Dictionary(Type=Name.OCG, Name=String("Katman")))
    document.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))


def a_comment(document: Pdf) -> None:
    _annotate(document, Subtype=Name.Text, Contents=String("merhaba"))


def a_text_box(document: Pdf) -> None:
    _annotate(document, Subtype=Name.FreeText, DA=String("/Helv 12 Tf"), Contents=String("Bedel 1 TL"))


def a_stamp(document: Pdf) -> None:
    _annotate(document, Subtype=Name.Stamp)


def a_highlight(document: Pdf) -> None:
    _annotate(document, Subtype=Name.Highlight, QuadPoints=[0, 0, 1, 1, 2, 2, 3, 3])


def a_link_elsewhere(document: Pdf) -> None:
    document.pages[0].obj.Annots[0].A.URI = String("https://baska.example")


def a_link_gone(document: Pdf) -> None:
    document.pages[0].obj.Annots = Array()


def a_form_field(document: Pdf) -> None:
    field = _annotate(document, Subtype=Name.Widget, FT=Name.Tx, T=String("Bedel"), V=String("1 TL"))
    document.Root.AcroForm.Fields.append(field)


def a_widget_of_no_field(document: Pdf) -> None:
    _annotate(document, Subtype=Name.Widget, FT=Name.Sig, T=String("Imza9"))


def a_look_for_an_unsigned_field(document: Pdf) -> None:
    document.Root.AcroForm.Fields[1].AP = Dictionary(N=_form(document, b"BT (Kabul edilmedi) Tj ET"))


def an_unsigned_field_with_a_look(document: Pdf) -> None:
    field = _annotate(document, Subtype=Name.Widget, FT=Name.Sig, T=String("Imza9"))
    document.Root.AcroForm.Fields.append(field)


def a_background_over_words(document: Pdf) -> None:
    field = _annotate(document, Subtype=Name.Widget, FT=Name.Sig, T=String("Imza9"), MK=Dictionary(BG=[1, 1, 1]))
    field.Rect = Array([0, 0, 595, 842])
    del field["/AP"]
    document.Root.AcroForm.Fields.append(field)


def a_field_gone(document: Pdf) -> None:
    document.Root.AcroForm.Fields = Array([document.Root.AcroForm.Fields[0]])


def a_field_moved(document: Pdf) -> None:
    document.Root.AcroForm.Fields[1].Rect = Array([300, 20, 500, 60])


def a_value_that_is_no_signature(document: Pdf) -> None:
    document.Root.AcroForm.Fields[1].V = String("imza")


def looks_made_by_the_reader(document: Pdf) -> None:
    document.Root.AcroForm.NeedAppearances = True


def an_xml_form(document: Pdf) -> None:
    document.Root.AcroForm.XFA = document.make_stream(b"<xdp/>")


def a_calculation(document: Pdf) -> None:
    document.Root.AcroForm.CO = Array([document.Root.AcroForm.Fields[1]])


def opens_with_a_script(document: Pdf) -> None:
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def a_script_by_name(document: Pdf) -> None:
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))


def a_script_on_a_page(document: Pdf) -> None:
    document.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))


def a_script_in_a_field(document: Pdf) -> None:
    document.Root.AcroForm.Fields[1].AA = Dictionary(E=Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))


def a_script_behind_a_signature(document: Pdf) -> None:
    document.Root.AcroForm.Fields[0].A = Dictionary(S=Name.Launch, F=String("cmd.exe"))


def an_attachment(document: Pdf) -> None:
    document.attachments["ek.txt"] = b"merhaba"


def an_associated_file(document: Pdf) -> None:
    file = Dictionary(Type=Name.Filespec, F=String("a"), EF=Dictionary(F=document.make_stream(b"merhaba")))
    document.Root.AF = Array([document.make_indirect(file)])


def usage_rights(document: Pdf) -> None:
    document.Root.Perms = Dictionary(UR3=document.make_indirect(Dictionary(Type=Name.Sig)))


def other_bookmarks(document: Pdf) -> None:
    document.Root.Outlines.First.Title = String("Sözleşme")


def printed_twice(document: Pdf) -> None:
    document.Root.ViewerPreferences = Dictionary(NumCopies=2)


SPOILS: dict[Spoil, str] = {
    draws_more: "içeriği değişmiş",
    draws_less: "içeriği değişmiş",
    a_page_more: "sayfa eklenmiş ya da çıkarılmış",
    a_page_less: "sayfa eklenmiş ya da çıkarılmış",
    pages_changed_round: "içeriği değişmiş",
    turned: "içeriği değişmiş",
    turned_from_above: "içeriği değişmiş",
    cropped: "içeriği değişmiş",
    enlarged: "içeriği değişmiş",
    trimmed: "içeriği değişmiş",
    measured_otherwise: "içeriği değişmiş",
    another_font: "içeriği değişmiş",
    other_letters: "içeriği değişmiş",
    another_picture: "içeriği değişmiş",
    a_picture_for_printers: "içeriği değişmiş",
    a_layer: "katmanlar",
    a_comment: "yorum, damga",
    a_text_box: "yorum, damga",
    a_stamp: "yorum, damga",
    a_highlight: "yorum, damga",
    a_link_elsewhere: "ayarları",  # where it leads stands in the tags, too
    a_link_gone: "yorum, damga",
    a_form_field: "form alanları",
    a_widget_of_no_field: "yorum, damga",
    a_look_for_an_unsigned_field: "görünüşü değiştirilmiş",
    an_unsigned_field_with_a_look: "görünüşü değiştirilmiş",
    a_background_over_words: "yazının üstüne",
    a_field_gone: "form alanları",
    a_field_moved: "form alanları",
    a_value_that_is_no_signature: "form alanları",
    looks_made_by_the_reader: "form alanları",
    an_xml_form: "form alanları",
    a_calculation: "form alanları",
    opens_with_a_script: "betik",
    a_script_by_name: "betik",
    a_script_on_a_page: "betik",
    a_script_in_a_field: "betik",
    a_script_behind_a_signature: "betik",
    an_attachment: "başka bir dosya",
    an_associated_file: "başka bir dosya",
    usage_rights: "ayarları",
    other_bookmarks: "ayarları",
    printed_twice: "ayarları",
}


def spoiled(pdf: bytes, spoil: Spoil) -> bytes:
    """Written anew; the identifier stays."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        spoil(document)
        document.save(out)
    return out.getvalue()


def appended(pdf: bytes, spoil: Spoil) -> bytes:
    """The same change as a revision behind what is there, which holds every object but signatures once more."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        spoil(document)
        out, places = bytearray(pdf), {}
        for each in document.objects:
            if isinstance(each, Dictionary) and "/ByteRange" in each:
                continue
            number = each.objgen[0]
            places[number] = len(out)
            out += b"%d 0 obj\n%b\nendobj\n" % (number, _written(each))
        start = len(out)
        out += b"xref\n"
        for number, place in sorted(places.items()):
            out += b"%d 1\n%010d 00000 n \n" % (number, place)
        trailer = Dictionary(Size=max(places) + 1, Root=document.Root, ID=document.trailer.ID)
        trailer.Prev = int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])
        out += b"trailer\n%b\nstartxref\n%d\n%%%%EOF\n" % (trailer.unparse(), start)
    return bytes(out)


def _written(each: pikepdf.Object) -> bytes:
    if not isinstance(each, pikepdf.Stream):
        return each.unparse(resolved=True)
    raw = bytes(each.read_raw_bytes())
    described = Dictionary(dict(each.items()))
    described.Length = len(raw)
    return described.unparse() + b"\nstream\n" + raw + b"\nendstream"


# A program that signs sets this one right by itself.
SIGNED = [spoil for spoil in SPOILS if spoil is not looks_made_by_the_reader]


@pytest.mark.filterwarnings("ignore::pikepdf.PageCopyWarning")
@pytest.mark.parametrize("spoil", SIGNED, ids=lambda spoil: spoil.__name__)
@pytest.mark.parametrize("way", [spoiled, appended], ids=["anew", "appended"])
def test_a_change_before_the_signature_is_seen(
    office: Office, spoil: Spoil, way: Callable[[bytes, Spoil], bytes]
) -> None:
    signed = office.authority.sign(way(office.paper, spoil), office.certificate())
    assert SPOILS[spoil] in refusals(office.check(signed))


@pytest.mark.parametrize("spoil", SPOILS, ids=lambda spoil: spoil.__name__)
def test_a_change_behind_the_signature_is_seen(office: Office, signed: bytes, spoil: Spoil) -> None:
    assert SPOILS[spoil] in refusals(office.check(appended(signed, spoil), SIGNATORY, SECOND))


def test_nothing_changed_is_no_change(office: Office) -> None:
    """The ways of these tests by themselves do not make a file that is refused."""
    for way in (spoiled, appended):
        signed = office.authority.sign(way(office.paper, lambda _document: None), office.certificate())
        assert office.check(signed).accepted


def test_a_change_that_is_taken_back_before_the_end_was_signed_all_the_same(office: Office) -> None:
    """The signatory signed another sum; a revision after it shows the paper as it was issued."""
    signed = office.authority.sign(appended(office.paper, draws_more), office.certificate())
    with pikepdf.open(io.BytesIO(office.paper)) as original:
        content = original.pages[0].obj.Contents.read_bytes()

    def back(document: Pdf) -> None:
        document.pages[0].obj.Contents = document.make_stream(content)

    assert "içeriği değişmiş" in refusals(office.check(appended(signed, back)))


def test_the_look_of_a_signature_stays_as_it_was_signed(office: Office, signed: bytes) -> None:
    def another_look(document: Pdf) -> None:
        document.Root.AcroForm.Fields[0].AP = Dictionary(N=_form(document, b"BT (Kabul edilmedi) Tj ET"))

    assert "görünüşü değiştirilmiş" in refusals(office.check(appended(signed, another_look)))


def _look(document: Pdf, **entries: object) -> Dictionary:
    form = _form(document, b"BT ET")
    for key, value in entries.items():
        form[f"/{key}"] = value
    return Dictionary(N=form)


LOOKS: dict[str, Callable[[Pdf], Dictionary]] = {
    "under the mouse": lambda document: Dictionary(N=_form(document, b""), R=_form(document, b"0 0 9 9 re f")),
    "pressed": lambda document: Dictionary(N=_form(document, b""), D=_form(document, b"0 0 9 9 re f")),
    "by state": lambda document: Dictionary(N=Dictionary(Ja=_form(document, b""), Nein=_form(document, b""))),
    "in a layer": lambda document: _look(document, OC=Dictionary(Type=Name.OCG, Name=String("x"))),
    "from another file": lambda document: _look(document, Ref=Dictionary(F=String("a.pdf"), Page=0)),
    "kept outside": lambda document: _look(document, F=String("a.bin")),
    "for printers": lambda document: _look(document, Subtype=Name.PS),
    "with a layer within": lambda document: _look(
        document, Resources=Dictionary(XObject=Dictionary(A=_look(document, OC=Dictionary(Type=Name.OCG)).N))
    ),
}


@pytest.mark.parametrize("look", LOOKS)
def test_a_signature_looks_the_same_to_everybody(office: Office, look: str) -> None:
    def found(appearance: Callable[[Pdf], Dictionary]) -> Change | None:
        with pikepdf.open(io.BytesIO(office.paper)) as before, pikepdf.open(io.BytesIO(office.paper)) as after:
            field = after.Root.AcroForm.Fields[0]
            field.V = after.make_indirect(Dictionary(Type=Name.Sig, Contents=String("x"), ByteRange=[0, 1, 2, 3]))
            field.AP = appearance(after)
            return in_form(Comparison(before, after), Words(office.paper))

    assert found(_look) is None
    assert found(LOOKS[look]) is Change.APPEARANCE


def cut(signed: bytes) -> tuple[int, int, int, bytes]:
    """Where the last /ByteRange begins, where its numbers end, its third number, and the signature's own bytes."""
    start = signed.rfind(b"/ByteRange")
    end = signed.index(b"]", start) + 1
    _zero, first, third, _length = (int(each) for each in signed[signed.index(b"[", start) + 1 : end - 1].split())
    return start, end, third, signed[first:third]


def with_range(signed: bytes, numbers: list[int]) -> bytes:
    start, end, _third, _own = cut(signed)
    written = b"/ByteRange [" + b" ".join(b"%d" % each for each in numbers)
    return signed[:start] + written.ljust(end - start - 1) + b"]" + signed[end:]


def test_nothing_hides_in_the_gap_of_a_signature(office: Office, signed: bytes) -> None:
    """Signature wrapping: what is signed is moved to the end, and something else put in its place."""
    _start, _end, third, own = cut(signed)
    first = third - len(own)
    moved = signed[:third] + b"\n1 0 obj\n<< /Evil true >>\nendobj\n" + b" " * 8 + signed[third:]
    third_now = moved.rfind(signed[third : third + 40])
    assert not office.check(with_range(moved, [0, first, third_now, len(signed) - third])).accepted


@pytest.mark.parametrize(
    "numbers",
    [[], [0, 0, 0, 0], [0, 10, 10, 10], [0, -1, 5, 5], [0, 99999999, 99999999, 1]],
    ids=["none", "nothing", "no gap", "negative", "beyond the end"],
)
def test_a_signature_without_sound_ranges_is_refused(office: Office, signed: bytes, numbers: list[int]) -> None:
    """Universal signature forgery: values that some readers take for “everything is covered”."""
    assert not office.check(with_range(signed, numbers)).accepted


def test_a_signature_without_contents_or_ranges_is_refused(office: Office) -> None:
    signed = office.authority.sign(office.paper, office.certificate())
    for key in (b"/ByteRange", b"/Contents"):
        at = signed.rfind(key)
        assert not office.check(signed[:at] + key[:-1] + b"x" + signed[at + len(key) :]).accepted


def test_objects_without_a_table_behind_a_signature_are_refused(office: Office) -> None:
    """Incremental saving: readers that mend a file would take the new objects, others the old table."""
    signed = office.authority.sign(office.paper, office.certificate())
    old = re.findall(rb"startxref\s+(\d+)", signed)[-1]
    body = b"4 0 obj\n<< /Count 0 /Kids [] /Type /Pages >>\nendobj\n"
    for tail in (body, body + b"startxref\n" + old + b"\n%%EOF\n", body + b"trailer\n<< /Root 1 0 R >>\n%%EOF\n"):
        assert not office.check(signed + tail).accepted


def test_white_space_behind_the_end_is_no_change(office: Office) -> None:
    assert office.check(office.authority.sign(office.paper, office.certificate()) + b"\r\n \n").accepted


def test_a_key_that_stands_twice_is_refused(office: Office) -> None:
    """One reader takes the first, another the last."""

    def pad(document: Pdf) -> None:
        document.pages[0].obj.Padding1234 = 1234567

    anew = spoiled(office.paper, pad)
    twice = anew.replace(b"/Padding1234 1234567", b"/Rotate 90 /Rotate 0")
    assert len(twice) == len(anew)
    assert twice != anew
    assert "yapısı bozuk" in refusals(office.check(twice))


def test_a_signature_in_a_form_that_nobody_verifies_is_refused(office: Office) -> None:
    signed = office.authority.sign(office.paper, office.certificate())
    old, new = b"/adbe.pkcs7.detached", b"/adbe.x509.rsa_sha1\n"
    assert old in signed
    assert "PAdES" in refusals(office.check(signed.replace(old, new)))


def test_an_encrypted_file_is_told_so(office: Office) -> None:
    signed = office.authority.sign(office.paper, office.certificate())
    for user in ("", "gizli"):
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(signed)) as document:
            document.save(out, encryption=pikepdf.Encryption(owner="o", user=user))
        assert "parola koymadan" in refusals(office.check(out.getvalue()))


def test_a_certified_file_takes_no_comment_either(office: Office) -> None:
    """Who certifies may allow comments to readers; to us they are a change."""
    certified = sign(office, office.paper, certify=True, docmdp_permissions=MDPPerm.ANNOTATE)
    report = office.check(appended(certified, a_text_box), SIGNATORY, SECOND)
    assert "yorum, damga" in refusals(report)


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused_at_once(office: Office) -> None:
    def bomb(document: Pdf) -> None:
        document.pages[0].obj.Contents = document.make_stream(bytes(300_000_000))

    assert "içeriği değişmiş" in refusals(office.check(spoiled(office.paper, bomb)))
