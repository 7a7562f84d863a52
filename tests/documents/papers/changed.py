"""Papers whose content was changed before signing, with the signature, between two signatures or afterwards."""

import io
from collections.abc import Callable

import pikepdf
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm
from pyhanko.stamp import StaticStampStyle

from documents.signatures.fields import Person, with_fields
from tests.documents.papers import edits
from tests.documents.papers.case import NEVER_ALONE, Case, Made, bad
from tests.documents.papers.desk import SECOND, SIGNATORY, Desk, Edit, edited, sheet
from tests.documents.papers.good import certified, in_order, once, own, second

BOTH = (SIGNATORY, SECOND)
UNTRUE = ("imza bozuk", "okunabilir bir PDF değil")


def before(edit: Edit) -> Made:
    # Our field stays empty: an edit of it would be lost under the signature's own appearance.
    return lambda desk, paper: desk.sign(edited(paper, edit), field=own(on_page=0))


def together(edit: Edit) -> Made:
    return lambda desk, paper: desk.sign(paper, field=own(on_page=0), edit=edit)


def after(edit: Edit) -> Made:
    return lambda desk, paper: edited(desk.sign(paper), edit)


def after_certified(edit: Edit) -> Made:
    return lambda desk, paper: edited(desk.sign(paper, **certified(3)), edit)


def after_locked(edit: Edit) -> Made:
    lock = own(on_page=0, field_mdp_spec=FieldMDPSpec(FieldMDPAction.ALL))
    return lambda desk, paper: edited(desk.sign(paper, field=lock), edit)


def before_time_stamp(edit: Edit) -> Made:
    return lambda desk, paper: desk.stamped(edited(desk.sign(paper), edit))


def between(edit: Edit) -> Made:
    return in_order(once(), lambda desk, paper: edited(paper, edit), second(field=own("Signature2", on_page=0)))


MOMENTS: dict[str, tuple[Callable[[Edit], Made], tuple[Person, ...]]] = {
    "before signing": (before, (SIGNATORY,)),
    "with the signature": (together, (SIGNATORY,)),
    "after signing": (after, (SIGNATORY,)),
    "after certifying": (after_certified, (SIGNATORY,)),
    "after locking": (after_locked, (SIGNATORY,)),
    "before a time stamp": (before_time_stamp, (SIGNATORY,)),
    "between two signatures": (between, BOTH),
}
# The later moments are tried with one edit of each kind; the first three with every edit.
OF_EACH_KIND = [
    "the contents' stream replaced under its number",
    "a font replaced",
    "a page added",
    "the pages of another paper",
    "free words laid over",
    "a field filled in",
    "a field for signing drawn over",
    "a script on our field",
    "a file attached",
]
EDITED = [
    bad(f"{what}, {when}", moment(edit), says, says_not=UNTRUE, people=people)
    for turn, (when, (moment, people)) in enumerate(MOMENTS.items())
    for what, (edit, says) in edits.EDITS.items()
    if turn < 3 or what in OF_EACH_KIND
]


def saved_with(change: Callable[[pikepdf.Pdf], object]) -> Made:
    """Changed in a program that writes the whole file anew, then signed."""

    def made(desk: Desk, paper: bytes) -> bytes:
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(paper)) as document:
            change(document)
            document.save(out)
        return desk.sign(out.getvalue())

    return made


def words_replaced(document: pikepdf.Pdf) -> None:
    first = document.pages[0]
    first.obj.Contents = document.make_stream(first.obj.Contents.read_bytes() + b"\nBT (9.000) Tj ET")


def page_doubled(document: pikepdf.Pdf) -> None:
    document.pages.append(document.pages[0])


def page_dropped(document: pikepdf.Pdf) -> None:
    del document.pages[0]


def picture_swapped(document: pikepdf.Pdf) -> None:
    pictures = document.pages[0].obj.Resources.XObject
    first = pictures[next(iter(pictures.keys()))]
    first.write(b"\xff" * len(first.read_bytes()))


def note_pinned(document: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[9, 9, 29, 29], Contents="hayır"
    )
    document.pages[0].obj.Annots = pikepdf.Array([note])


def script_written(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def file_put_in(document: pikepdf.Pdf) -> None:
    document.attachments["ek.txt"] = b"merhaba"


WRITTEN_ANEW = [
    bad(f"{what}, written anew, then signed", saved_with(change), says)
    for what, change, says in (
        ("words replaced", words_replaced, "içeri|değiş|kaydedil"),
        ("a page doubled", page_doubled, "sayfa|değiş|kaydedil"),
        ("a page dropped", page_dropped, "sayfa|değiş|kaydedil"),
        ("a picture swapped", picture_swapped, "içeri|değiş|kaydedil"),
        ("a note pinned on", note_pinned, "eklen|değiş|kaydedil"),
        ("a script written in", script_written, "betik|değiş|kaydedil"),
        ("a file put in", file_put_in, "dosya|eklen|değiş|kaydedil"),
    )
]


def cover() -> StaticStampStyle:
    white = RawContent(b"1 g 0 0 595 842 re f", box=BoxConstraints(width=595, height=842))
    return StaticStampStyle(background=white, background_opacity=1.0)


WHOLE_PAGE = own(on_page=0, box=(0, 0, 595, 842))


def our_field_enlarged(writer: IncrementalPdfFileWriter) -> None:
    """Our field is laid over the whole page, so that its appearance hides the words."""
    field = writer.root["/AcroForm"]["/Fields"][0].get_object()
    edits.change(writer, field, Rect=[0, 0, 595, 842])


def signed_field_redrawn(writer: IncrementalPdfFileWriter) -> None:
    field = writer.root["/AcroForm"]["/Fields"][0].get_object()
    edits.change(writer, field, AP=edits.appearance(writer))


def signed_field_moved(writer: IncrementalPdfFileWriter) -> None:
    field = writer.root["/AcroForm"]["/Fields"][0].get_object()
    edits.change(writer, field, Rect=[60, 500, 360, 600])


def form_taken_away(writer: IncrementalPdfFileWriter) -> None:
    del writer.root["/AcroForm"]
    writer.update_root()


def signature_taken_out(writer: IncrementalPdfFileWriter) -> None:
    field = writer.root["/AcroForm"]["/Fields"][0].get_object()
    del field["/V"]
    writer.update_container(field)


def another_sum(desk: Desk, paper: bytes) -> bytes:
    """The same paper with another sum, signed: made by the same program, never issued."""
    return desk.sign(with_fields(sheet(amount="9.000"), [SIGNATORY.name]))


SHOWN = [
    Case("an own field's appearance covers the page", once(field=WHOLE_PAGE, stamp=cover()), NEVER_ALONE),
    Case("our field covers the page", once(edit=our_field_enlarged, stamp=cover()), NEVER_ALONE),
    bad("our signed field redrawn", after(signed_field_redrawn), edits.CHANGED),
    bad("our signed field moved over the words", after(signed_field_moved), edits.CHANGED),
    bad("the form taken away after signing", after(form_taken_away), "imza"),
    bad("the signature taken out after signing", after(signature_taken_out), "imza"),
    bad(
        "the first of two signatures taken out",
        in_order(once(), second(), lambda d, p: edited(p, signature_taken_out)),
        people=BOTH,
    ),
    bad("another sum, signed", another_sum, "hazırla\\w+ belge değil|başka bir belge|belge bu değil"),
    *(
        bad(
            f"certified P1, then signed {where}",
            in_order(once(**certified(1)), second(**how)),
            "onay|sertifik|kilit|Onayla|Certif",
            people=BOTH,
        )
        for where, how in (("in our field", {}), ("in an own field", {"field": own("S2")}))
    ),
    bad(
        "locked with the document, then signed",
        in_order(
            once(
                field=own(field_mdp_spec=FieldMDPSpec(FieldMDPAction.ALL), doc_mdp_update_value=MDPPerm.NO_CHANGES)
            ),
            second(),
        ),
        "kilit|onay",
        people=BOTH,
    ),
]
CHANGED: list[Case] = [*EDITED, *WRITTEN_ANEW, *SHOWN]
