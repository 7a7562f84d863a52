"""A page of a PDF as a picture, which shows what a reader of PDF would show."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from documents.inspection import NOT_SHOWN, page_picture
from identifiers import Refused
from tests.scenarios.papers import blank_pdf

SIGNED = Path(__file__).parent / "signed" / "itext-and-pdfbox"


def picture(payload: bytes, number: int = 1) -> Image.Image:
    return Image.open(io.BytesIO(page_picture(payload, number)), formats=("JPEG",))


def test_the_page_is_upright_and_large_enough_to_be_read() -> None:
    assert picture(blank_pdf(2), 2).size == (1555, 2200)


def test_what_a_signature_looks_like_is_seen() -> None:
    signed = picture((SIGNED / "itext5-signed.pdf").read_bytes())
    issued = picture((SIGNED / "issued.pdf").read_bytes())
    assert ImageChops.difference(signed, issued).convert("L").point(lambda each: each > 128 and 255).getbbox()


@pytest.mark.parametrize("payload", [b"%PDF-1.7 nothing more", blank_pdf(1)])
def test_what_cannot_be_shown_is_refused(payload: bytes) -> None:
    with pytest.raises(Refused, match=NOT_SHOWN):
        page_picture(payload, 2)
