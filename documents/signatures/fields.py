"""The fields that a paper is issued with, one for each person who is to sign. PURE."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

# Where templates/pdf/_to_sign.html draws the boxes of its last page: mm from the page's upper left
# corner, one box under the other.
PAGE_HEIGHT, LEFT, TOP, WIDTH, HEIGHT, STEP = 297, 20, 51, 85, 26, 34
POINTS = 72 / 25.4  # in a millimetre
MOST_PEOPLE = 6


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is to sign; `identity` is the TCKN."""

    name: str
    identity: str


def with_fields(paper: bytes, people: Sequence[str]) -> bytes:
    """The paper with an empty signature field per person on its last page, in the order of the list."""
    # pyHanko is loaded with the first paper to sign; the pages that only name the people do without.
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field

    writer = IncrementalPdfFileWriter(io.BytesIO(paper))
    last = int(writer.prev.root["/Pages"]["/Count"]) - 1
    for number in range(len(people)):
        top = TOP + number * STEP
        left, low, right, high = (
            round(corner * POINTS)
            for corner in (LEFT, PAGE_HEIGHT - top - HEIGHT, LEFT + WIDTH, PAGE_HEIGHT - top)
        )
        append_signature_field(
            writer,
            SigFieldSpec(
                sig_field_name=f"Imza{number + 1}",
                on_page=last,
                box=(left, low, right, high),
            ),
        )
    form = writer.root["/AcroForm"]
    # SignaturesExist and AppendOnly (ISO 32000-1, table 219): a signing program appends and never saves anew.
    form["/SigFlags"] = generic.NumberObject(3)
    writer.update_container(form)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
