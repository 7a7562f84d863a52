"""What may be done to a paper's content in a revision of its own: each changes what is read, carried or run."""

from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter as Writer

from tests.documents.papers.desk import Edit

name, number, text = generic.pdf_name, generic.NumberObject, generic.TextStringObject


def value(of: Any) -> Any:
    """A PDF object of Python's: "/Name" is a name, bytes are a string, lists and dicts as they look."""
    if isinstance(of, generic.PdfObject):
        return of
    if isinstance(of, dict):
        return generic.DictionaryObject({name(key): value(each) for key, each in of.items()})
    if isinstance(of, list | tuple):
        return generic.ArrayObject(value(each) for each in of)
    if isinstance(of, bool):
        return generic.BooleanObject(of)
    if isinstance(of, int | float):
        return generic.FloatObject(of)
    return name(of) if isinstance(of, str) and of.startswith("/") else text(of)


def stream(writer: Writer, data: bytes, **entries: Any) -> generic.IndirectObject:
    found = generic.StreamObject({name(f"/{key}"): value(each) for key, each in entries.items()}, stream_data=data)
    return writer.add_object(found)


def page(writer: Writer, index: int = 0) -> generic.DictionaryObject:
    found = writer.root["/Pages"]["/Kids"][index].get_object()
    assert isinstance(found, generic.DictionaryObject)
    return found


def change(writer: Writer, holder: Any, **entries: Any) -> None:
    """New entries of a dictionary, and the revision holds it anew."""
    for key, each in entries.items():
        holder[f"/{key}"] = value(each)
    writer.update_container(holder)


def draw(writer: Writer, what: bytes = b"BT 100 500 Td (9.000 TL) Tj ET") -> generic.IndirectObject:
    return stream(writer, what)


def appearance(writer: Writer, data: bytes = b"1 g 0 0 300 100 re f") -> dict[str, Any]:
    return {"/N": stream(writer, data, Type="/XObject", Subtype="/Form", BBox=[0, 0, 300, 100])}


def annotation(subtype: str, **entries: Any) -> Edit:
    def edit(writer: Writer) -> None:
        drawn = {"/Type": "/Annot", "/Subtype": subtype, "/Rect": [60, 500, 360, 600], "/F": 4}
        own = {f"/{key}": each for key, each in entries.items()}
        added = writer.add_object(value({**drawn, "/AP": appearance(writer), **own}))
        target = page(writer)
        change(writer, target, Annots=[*target.get("/Annots", []), added])

    return edit


def contents_replaced(writer: Writer) -> None:
    change(writer, page(writer), Contents=draw(writer))


def contents_stream_replaced(writer: Writer) -> None:
    """The page itself stays as it was: the stream that it names gets other words under its own number."""
    target = page(writer).raw_get("/Contents")
    found = target.get_object()
    found._data, found._encoded_data = found.data.replace(b"BT", b"BT 1 0 0 1 0 -40 cm"), None
    writer.mark_update(target)


def contents_added(writer: Writer) -> None:
    change(writer, page(writer), Contents=[page(writer).raw_get("/Contents"), draw(writer)])


def resources_replaced(writer: Writer) -> None:
    change(writer, page(writer), Resources={"/Font": {}})


def font_replaced(writer: Writer) -> None:
    """The same codes draw other letters: the font's file of another font under its number."""
    fonts = page(writer)["/Resources"]["/Font"]
    first = fonts[next(iter(fonts))]
    change(writer, first, Subtype="/Type1", BaseFont="/ZapfDingbats", Encoding="/WinAnsiEncoding")


def letters_renamed(writer: Writer) -> None:
    """Drawn as before, read aloud and copied as other words."""
    fonts = page(writer)["/Resources"]["/Font"]
    change(writer, fonts[next(iter(fonts))], ToUnicode=stream(writer, b"1 beginbfchar <0001> <0039> endbfchar"))


def picture_replaced(writer: Writer) -> None:
    pictures = page(writer)["/Resources"]["/XObject"]
    first = pictures.raw_get(next(iter(pictures)))
    dot = {"Type": "/XObject", "Subtype": "/Image", "Width": 1, "Height": 1, "BitsPerComponent": 8}
    other = stream(writer, b"\xff", ColorSpace="/DeviceGray", **dot)
    change(writer, pictures, **{next(iter(pictures))[1:]: other})
    assert first != other


def page_added(writer: Writer) -> None:
    writer.insert_page(value({"/Type": "/Page", "/MediaBox": [0, 0, 595, 842], "/Resources": {}}))


def page_removed(writer: Writer) -> None:
    pages = writer.root["/Pages"]
    change(writer, pages, Kids=list(pages["/Kids"])[1:], Count=number(len(pages["/Kids"]) - 1))


def pages_swapped(writer: Writer) -> None:
    pages = writer.root["/Pages"]
    change(writer, pages, Kids=list(pages["/Kids"])[::-1])


def pages_of_another(writer: Writer) -> None:
    """The catalog shows another tree of pages; the true one is still in the file, and nobody sees it."""
    own = value({"/Type": "/Pages", "/Count": number(1), "/Kids": []})
    tree = writer.add_object(own)
    sheet = {"/Type": "/Page", "/Parent": tree, "/MediaBox": [0, 0, 595, 842], "/Resources": {}}
    own["/Kids"] = value([writer.add_object(value({**sheet, "/Contents": draw(writer)}))])
    writer.root["/Pages"] = tree
    writer.update_root()


def page_entry(**entries: Any) -> Edit:
    return lambda writer: change(writer, page(writer), **entries)


def catalog(**entries: Any) -> Edit:
    def edit(writer: Writer) -> None:
        for key, each in entries.items():
            writer.root[f"/{key}"] = value(each)
        writer.update_root()

    return edit


def form_entry(**entries: Any) -> Edit:
    return lambda writer: change(writer, writer.root["/AcroForm"], **entries)


def field_filled(writer: Writer) -> None:
    """A field for words with a value, that lies over the page."""
    own = {
        "/FT": "/Tx",
        "/T": "Tutar",
        "/V": "9.000 TL",
        "/DA": "/Helv 12 Tf",
        "/Type": "/Annot",
        "/Subtype": "/Widget",
    }
    added = writer.add_object(value({**own, "/Rect": [60, 500, 360, 600], "/AP": appearance(writer), "/F": 4}))
    change(writer, page(writer), Annots=[*page(writer).get("/Annots", []), added])
    form = writer.root["/AcroForm"]
    change(writer, form, Fields=[*form["/Fields"], added])


def field_ticked(writer: Writer) -> None:
    own = {"/FT": "/Btn", "/T": "Kabul", "/V": "/Yes", "/AS": "/Yes", "/Type": "/Annot", "/Subtype": "/Widget"}
    added = writer.add_object(value({**own, "/Rect": [60, 60, 80, 80], "/AP": appearance(writer)}))
    form = writer.root["/AcroForm"]
    change(writer, page(writer), Annots=[*page(writer).get("/Annots", []), added])
    change(writer, form, Fields=[*form["/Fields"], added])


def last_field_drawn_over(writer: Writer) -> None:
    """The last field, in which nobody signs in these cases or has signed before, shows words all the same."""
    change(writer, writer.root["/AcroForm"]["/Fields"][-1].get_object(), AP=appearance(writer))


def script(writer: Writer) -> dict[str, Any]:
    return {"/S": "/JavaScript", "/JS": "app.alert('merhaba')"}


def script_at_opening(writer: Writer) -> None:
    catalog(OpenAction=script(writer))(writer)


def script_named(writer: Writer) -> None:
    catalog(Names={"/JavaScript": {"/Names": ["a", script(writer)]}})(writer)


def script_before_printing(writer: Writer) -> None:
    catalog(AA={"/WP": script(writer)})(writer)


def script_on_the_page(writer: Writer) -> None:
    change(writer, page(writer), AA={"/O": script(writer)})


def script_on_our_field(writer: Writer) -> None:
    change(writer, writer.root["/AcroForm"]["/Fields"][-1].get_object(), AA={"/E": script(writer)})


def file_attached(writer: Writer) -> None:
    file = {"/Type": "/Filespec", "/F": "ek.txt", "/EF": {"/F": stream(writer, b"merhaba", Type="/EmbeddedFile")}}
    catalog(Names={"/EmbeddedFiles": {"/Names": ["ek.txt", writer.add_object(value(file))]}})(writer)


def file_pinned(writer: Writer) -> None:
    file = {"/Type": "/Filespec", "/F": "ek.txt", "/EF": {"/F": stream(writer, b"merhaba", Type="/EmbeddedFile")}}
    annotation("/FileAttachment", FS=file)(writer)


def layer_switched_off(writer: Writer) -> None:
    """The page's words on a layer that is off."""
    layer = writer.add_object(value({"/Type": "/OCG", "/Name": "Taahhüt"}))
    catalog(OCProperties={"/OCGs": [layer], "/D": {"/OFF": [layer], "/Order": [layer]}})(writer)
    words = [draw(writer, b"/OC /L BDC"), page(writer).raw_get("/Contents"), draw(writer, b"EMC")]
    resources = {**page(writer)["/Resources"], "/Properties": {"/L": layer}}
    change(writer, page(writer), Contents=words, Resources=resources)


CHANGED, ADDED, RUNS, CARRIES = (
    "içeri|değiş|sayfa",
    "içerik|eklen",
    "betik|JavaScript|içerik|eklen",
    "dosya|içerik|eklen",
)
EDITS: dict[str, tuple[Edit, str]] = {
    "the page's contents replaced": (contents_replaced, CHANGED),
    "the contents' stream replaced under its number": (contents_stream_replaced, CHANGED),
    "words added to the contents": (contents_added, CHANGED),
    "the resources replaced": (resources_replaced, CHANGED),
    "a font replaced": (font_replaced, CHANGED),
    "the letters' meaning changed": (letters_renamed, CHANGED),
    "a picture replaced": (picture_replaced, CHANGED),
    "a page added": (page_added, "sayfa"),
    "a page removed": (page_removed, "sayfa"),
    "the pages swapped": (pages_swapped, "sayfa"),
    "the pages of another paper": (pages_of_another, "sayfa"),
    "a page cut smaller": (page_entry(CropBox=[0, 400, 595, 842], MediaBox=[0, 400, 595, 842]), CHANGED),
    "a page turned": (page_entry(Rotate=number(180)), CHANGED),
    "a page drawn larger": (page_entry(UserUnit=4), CHANGED),
    "free words laid over": (annotation("/FreeText", Contents="9.000 TL", DA="/Helv 12 Tf"), ADDED),
    "a stamp laid over": (annotation("/Stamp", Name="/Approved"), ADDED),
    "a note pinned on": (annotation("/Text", Contents="Şartlı kabul"), ADDED),
    "a white box laid over": (annotation("/Square", IC=[1, 1, 1]), ADDED),
    "words struck out": (annotation("/StrikeOut", QuadPoints=[60, 520, 300, 520, 60, 500, 300, 500]), ADDED),
    "ink drawn on": (annotation("/Ink", InkList=[[60, 500, 200, 520]]), ADDED),
    "words crossed out for redaction": (annotation("/Redact", OverlayText="9.000"), ADDED),
    "a link laid over": (annotation("/Link", A={"/S": "/URI", "/URI": "https://baska.example"}), ADDED),
    "a film laid over": (annotation("/Screen"), ADDED),
    "a field filled in": (field_filled, ADDED),
    "a box ticked": (field_ticked, ADDED),
    "a field for signing drawn over": (last_field_drawn_over, CHANGED),
    "a form of XML": (form_entry(XFA="<xdp/>"), ADDED),
    "a script at opening": (script_at_opening, RUNS),
    "a script by name": (script_named, RUNS),
    "a script before printing": (script_before_printing, RUNS),
    "a script on the page": (script_on_the_page, RUNS),
    "a script on our field": (script_on_our_field, RUNS),
    "an address opened": (catalog(OpenAction={"/S": "/URI", "/URI": "https://baska.example"}), RUNS),
    "a program started": (catalog(OpenAction={"/S": "/Launch", "/F": "cmd.exe"}), RUNS),
    "a file attached": (file_attached, CARRIES),
    "a file pinned on": (file_pinned, CARRIES),
    "a portfolio": (catalog(Collection={"/Type": "/Collection", "/View": "/T"}), CARRIES),
    "words on a layer that is off": (layer_switched_off, CHANGED),
}
