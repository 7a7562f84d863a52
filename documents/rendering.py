"""Papers from templates: HTML to PDF, rendered once for the same content, never inside a request."""

import hashlib
from collections.abc import Callable, Mapping

from django.db import transaction
from django.template.loader import render_to_string

from documents.inspection import PDF
from documents.models import Document, Origin
from documents.storage import store
from tenancy.models import Company, User


def html_to_pdf(html: str) -> bytes:
    """Raises FatalURLFetchingError when the page refers to anything outside."""
    # Only a worker renders: the web server and most commands never load WeasyPrint.
    from documents import pdf_writer

    return pdf_writer.write(html)


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
    # pikepdf, as WeasyPrint, is loaded with the first paper.
    from documents.pdf_inspection import count_pages

    html = render_to_string(template, dict(context))
    found = _made_from(html, company=company, kind=kind)
    if found is not None:
        return found
    payload = html_to_pdf(html)
    if finish is not None:
        payload = finish(payload)
    pages = count_pages(payload)
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
