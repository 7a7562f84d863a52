"""HTML to PDF by WeasyPrint; imported only where a paper is rendered.

Loading WeasyPrint takes longer than loading the portal itself.
"""

from collections.abc import Mapping

from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse


class RefusingFetcher(URLFetcher):  # type: ignore[misc]
    """Papers are whole in themselves: nothing typed into a form can make the renderer fetch an address.

    A picture may stand in the paper itself.
    """

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        if url.startswith("data:image/png;base64,"):
            return super().fetch(url, headers)
        raise FatalURLFetchingError(f"Papers fetch nothing, not even {url!r}.")


def write(html: str) -> bytes:
    pdf: bytes = HTML(string=html, url_fetcher=RefusingFetcher()).write_pdf()
    return pdf
