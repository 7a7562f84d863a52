"""Papers from templates: HTML to PDF, rendered once for the same content, never inside a request."""

import hashlib
import io
from collections.abc import Callable, Mapping

import pikepdf
from django.db import transaction
from django.template.loader import render_to_string
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from documents.inspection import PDF
from documents.models import Document, Origin
from documents.storage import store
from tenancy.models import Company, User


class RefusingFetcher(URLFetcher):  # type: ignore[misc]
    """Papers are whole in themselves: nothing typed into a form can make the renderer fetch an address.

    A picture may stand in the paper itself.
    """

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        if url.startswith("data:image/png;base64,"):
            return super().fetch(url, headers)
        raise FatalURLFetchingError(f"Papers fetch nothing, not even {url!r}.")


def html_to_pdf(html: str) -> bytes:
    pdf: bytes = HTML(string=html, url_fetcher=RefusingFetcher()).write_pdf()
    return pdf


def render(template: str, context: Mapping[str, object]) -> bytes:
    """The PDF of a template of templates/pdf/. Raises FatalURLFetchingError when it refers to anything outside."""
    return html_to_pdf(render_to_string(template, dict(context)))


def existing(*, company: Company, kind: str, template: str, context: Mapping[str, object]) -> Document | None:
    """The paper for this very content, if it was rendered already."""
    return _made_from(render_to_string(template, dict(context)), company=company, kind=kind)


def _made_from(html: str, *, company: Company, kind: str) -> Document | None:
    return company.documents.current().of_kind(kind).filter(source_sha256=_digest(html)).first()


def _digest(html: str) -> str:
    return hashlib.sha256(html.encode()).hexdigest()


def ensure(
    *,
    company: Company,
    kind: str,
    template: str,
    context: Mapping[str, object],
    filename: str,
    by: User | None,
    finish: Callable[[bytes], bytes] | None = None,
) -> Document:
    """The paper for this content; rendered only when its content has not been rendered before.

    `finish` is applied to the PDF before it is issued, as for fields to sign in.
    """
    html = render_to_string(template, dict(context))
    found = _made_from(html, company=company, kind=kind)
    if found is not None:
        return found
    payload = html_to_pdf(html)
    if finish is not None:
        payload = finish(payload)
    with pikepdf.open(io.BytesIO(payload)) as document:
        pages = len(document.pages)
    with transaction.atomic():
        # Two workers render it at once: what one has issued may be with its signatory already, so it stays.
        Company.objects.select_for_update(no_key=True).get(pk=company.pk)
        found = _made_from(html, company=company, kind=kind)
        if found is not None:
            return found
        return store(
            company=company,
            kind=kind,
            payload=payload,
            filename=filename,
            content_type=PDF,
            pages=pages,
            origin=Origin.GENERATED,
            by=by,
            source_sha256=_digest(html),
        )
