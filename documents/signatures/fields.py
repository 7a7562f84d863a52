"""The fields that a paper is issued with, one for each person who is to sign. PURE."""

import io
from collections.abc import Sequence

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

# In points of 1/72 inch, on the last page of an A4 paper, from its lower left corner.
LEFT, BOTTOM, WIDTH, HEIGHT, GAP = 57, 62, 225, 58, 12


def with_fields(paper: bytes, people: Sequence[str]) -> bytes:
    """The paper with an empty signature field per person, two in a row, named after their place in the list."""
    writer = IncrementalPdfFileWriter(io.BytesIO(paper))
    last = int(PdfFileReader(io.BytesIO(paper)).root["/Pages"]["/Count"]) - 1
    for number, _name in enumerate(people):
        row, column = divmod(number, 2)
        left = LEFT + column * (WIDTH + GAP)
        bottom = BOTTOM + row * (HEIGHT + GAP)
        append_signature_field(
            writer,
            SigFieldSpec(
                sig_field_name=f"Imza{number + 1}",
                on_page=last,
                box=(left, bottom, left + WIDTH, bottom + HEIGHT),
            ),
        )
    form = writer.root["/AcroForm"]
    # SignaturesExist and AppendOnly (ISO 32000-1, table 219): a signing program appends and never saves anew.
    form["/SigFlags"] = generic.NumberObject(3)
    writer.update_container(form)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
