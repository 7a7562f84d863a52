"""HTML to PDF by WeasyPrint; called in a confined process alone. PURE.

Loading WeasyPrint takes longer than loading the portal itself.
"""

import io
from collections.abc import Mapping

import pikepdf
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

VERSION = "1.7"


class RefusingFetcher(URLFetcher):  # type: ignore[misc]
    """Papers are whole in themselves: nothing typed into a form can make the renderer fetch an address.

    A picture may stand in the paper itself.
    """

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        if url.startswith("data:image/png;base64,"):
            return super().fetch(url, headers)
        raise FatalURLFetchingError(f"Papers fetch nothing, not even {url!r}.")


def warm() -> None:
    """Has the fonts found, once for all papers."""
    write(html="<p>İşğüöç</p>")


def write(*, html: str) -> dict[str, object]:
    """The PDF and how many pages it has; or in `fetches` what it would fetch."""
    try:
        pdf = HTML(string=html, url_fetcher=RefusingFetcher()).write_pdf(pdf_tags=True)
    except FatalURLFetchingError as error:
        return {"fetches": str(error)}
    return _plainly_built(pdf)


def _plainly_built(pdf: bytes) -> dict[str, object]:
    """The same pages in the form that every signing program appends to without a fault.

    A table of cross-references and no object streams (ISO 32000-1, 7.5.4): several programs append a stream of
    cross-references that says something untrue of itself. With an /ID, which names the paper for good (14.4).
    """
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = len(document.pages)
        document.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            force_version=VERSION,
            deterministic_id=True,
        )
    return {"pdf": out.getvalue(), "pages": pages}
