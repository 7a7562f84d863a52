"""What a PDF may do and hold is a list; what is not on it does not come along, or the file is refused."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Pdf

from documents.inspection import Inspected, inspect
from identifiers import Refused
from tests.documents import nasty


def check(payload: bytes) -> Inspected:
    return inspect(payload, "belge.pdf", max_bytes=2**20, max_pages=5)


def plain(payload: bytes) -> bytes:
    """Everything that is written in the file, in no stream of objects and unpacked."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(payload)) as document:
        document.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=False,
        )
    return payload + out.getvalue()


@pytest.mark.parametrize(("change", "words"), nasty.ACTING.values(), ids=nasty.ACTING)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
def test_what_acts_or_points_outside_does_not_come_along(
    change: Callable[[Pdf], None], words: tuple[bytes, ...], packed: bool
) -> None:
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    found = check(nasty.changed(change, object_stream_mode=mode))
    kept = plain(found.payload)
    assert not [word for word in words if word in kept]
    assert "çıkarıldı" in found.note


def test_a_script_in_an_earlier_revision_does_not_come_along() -> None:
    payload = nasty.script_before()
    assert b"/JavaScript" in payload
    found = check(payload)
    assert b"/JavaScript" not in plain(found.payload)
    assert "önceki kayıtlarında" in found.note


def test_an_archive_behind_a_pdf_does_not_come_along() -> None:
    payload = nasty.archive_behind()
    assert zipfile.is_zipfile(io.BytesIO(payload))
    found = check(payload)
    assert not zipfile.is_zipfile(io.BytesIO(found.payload))
    assert found.note


def signed(document: Pdf) -> None:
    signature = document.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Sig, ByteRange=[0, 1, 2, 3], Contents=pikepdf.String("00"))
    )
    field = document.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, T=pikepdf.String("s"), V=signature))
    form = document.Root.get("/AcroForm", pikepdf.Dictionary(Fields=pikepdf.Array([])))
    form.Fields.append(field)
    document.Root.AcroForm = form


@pytest.mark.parametrize("change", [change for change, _words in nasty.ACTING.values()], ids=nasty.ACTING)
def test_of_a_signed_pdf_nothing_is_taken_out_it_is_refused_with_what_to_do(change: Callable[[Pdf], None]) -> None:
    def both(document: Pdf) -> None:
        change(document)
        signed(document)

    with pytest.raises(Refused, match=r"PDF imzalı, ama içinde .* yeniden kaydedip imzalayın"):
        check(nasty.changed(both))


def test_a_signed_pdf_with_an_archive_behind_it_or_a_script_before_it_is_refused() -> None:
    behind = nasty.changed(signed) + nasty.archive_behind()[-200:]
    with pytest.raises(Refused, match="PDF imzalı, ama içinde sonuna eklenmiş veriler"):
        check(behind)

    def both(document: Pdf) -> None:
        signed(document)
        nasty.opening(nasty.uri("https://baska.example/geldi"))(document)

    before = nasty.without(nasty.changed(both, object_stream_mode=pikepdf.ObjectStreamMode.disable))
    with pytest.raises(Refused, match=r"betik|PDF imzalı, ama"):
        check(before)


def ordinary(document: Pdf) -> None:
    """What office programs, Acrobat and public offices put into their PDFs."""
    page = document.pages[0].obj
    named = pikepdf.Dictionary
    rect = [0, 0, 9, 9]
    target = pikepdf.Array([page, pikepdf.Name.Fit])
    annotation = pikepdf.Name.Annot
    notes = [
        named(Type=annotation, Subtype=pikepdf.Name("/" + kind), Rect=rect, Contents=pikepdf.String("not"))
        for kind in ("Text", "FreeText", "Highlight", "Stamp", "Ink", "Square", "Popup")
    ]
    links = [
        nasty.link(nasty.uri(address))
        for address in (
            "https://www.turkiye.gov.tr/belge-dogrulama",
            "http://mavideniz.example/?a=1&b=%C3%BC",
            "mailto:bilgi@mavideniz.example",
            "www.mavideniz.example",
            "tel:+902321112233",
        )
    ]
    inner = named(Type=annotation, Subtype=pikepdf.Name.Link, Rect=rect, Dest=target)
    turning = nasty.link(named(S=pikepdf.Name.Named, N=pikepdf.Name.NextPage))
    page.Annots = pikepdf.Array([*notes, *links, inner, turning])
    document.Root.OpenAction = named(Type=pikepdf.Name.Action, S=pikepdf.Name.GoTo, D=target)
    mark = document.make_indirect(named(Title=pikepdf.String("Giriş"), A=named(S=pikepdf.Name.GoTo, D=target)))
    last = document.make_indirect(named(Title=pikepdf.String("Son"), Dest=target, Prev=mark))
    mark.Next = last
    outlines = document.make_indirect(named(Type=pikepdf.Name.Outlines, First=mark, Last=last, Count=2))
    mark.Parent = last.Parent = outlines
    document.Root.Outlines = outlines
    part = document.make_indirect(
        named(
            Type=pikepdf.Name.StructElem,
            S=pikepdf.Name.Link,
            P=named(),
            A=named(O=pikepdf.Name.Layout, Placement=pikepdf.Name.Block),
            K=0,
        )
    )
    document.Root.StructTreeRoot = named(Type=pikepdf.Name.StructTreeRoot, K=part)
    document.Root.Names = named(Dests=named(Names=pikepdf.Array([pikepdf.String("a"), named(D=page)])))
    document.Root.PageLabels = named(Nums=pikepdf.Array([0, named(S=pikepdf.Name.D)]))
    document.Root.OutputIntents = pikepdf.Array([named(Type=pikepdf.Name.OutputIntent, S=pikepdf.Name.GTS_PDFA1)])
    page.Group = named(S=pikepdf.Name.Transparency, Type=pikepdf.Name.Group)
    page.Trans = named(Type=pikepdf.Name.Trans, S=pikepdf.Name.Dissolve)
    page.Resources = named(Font=named(AA=named(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1)))
    with document.open_metadata() as metadata:
        metadata["dc:title"] = "Faaliyet Belgesi"


@pytest.mark.parametrize("mode", [pikepdf.ObjectStreamMode.disable, pikepdf.ObjectStreamMode.generate])
@pytest.mark.parametrize("linearize", [False, True])
def test_what_office_programs_write_is_kept_byte_for_byte(mode: pikepdf.ObjectStreamMode, linearize: bool) -> None:
    payload = nasty.changed(ordinary, object_stream_mode=mode, linearize=linearize)
    assert check(payload) == Inspected("application/pdf", 1, payload, "")


SIGNED = sorted(
    file for folder in ("signed", "signed_otherwise") for file in Path(__file__).with_name(folder).rglob("*.pdf")
)


@pytest.mark.parametrize("file", SIGNED, ids=lambda file: file.name)
def test_what_was_issued_and_signed_is_kept_byte_for_byte(file: Path) -> None:
    """Papers as programs sign them, and as the portal issues them."""
    payload = file.read_bytes()
    found = inspect(payload, file.name, max_bytes=2**22, max_pages=20)
    assert found.payload == payload
    assert found.note == ""
