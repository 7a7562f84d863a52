"""Papers from templates: HTML to PDF, rendered once for the same content, never inside a request."""

import hashlib
from collections.abc import Callable, Mapping

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from confinement.budget import Late
from confinement.running import Ended, run
from confinement.serving import Limits
from documents.inspection import PDF
from documents.models import Document, Origin
from documents.storage import store
from tenancy.models import Company, User

# Fonts, and the library's own style sheets.
FILES = 64


class NotRendered(Exception):
    """The paper could not be made within its limits of memory and time."""


def html_to_pdf(html: str) -> bytes:
    """Raises FatalURLFetchingError when the page refers to anything outside, NotRendered at a limit."""
    return _written(html)[0]


def _written(html: str) -> tuple[bytes, int]:
    """The PDF and its number of pages."""
    limits = Limits(memory=settings.RENDER_MEMORY_BYTES, seconds=settings.RENDER_SECONDS, files=FILES)
    try:
        found = run("documents.pdf_writer:write", {"html": html}, limits=limits)
    except (Ended, Late) as error:
        raise NotRendered(str(error)) from error
    if "fetches" in found:
        # WeasyPrint is loaded for this error alone: no portal process needs it otherwise.
        from weasyprint.urls import FatalURLFetchingError

        raise FatalURLFetchingError(found["fetches"])
    return bytes(found["pdf"]), int(found["pages"])


def render(template: str, context: Mapping[str, object]) -> bytes:
    """The PDF of a template of templates/pdf/. Raises FatalURLFetchingError when it refers to anything outside."""
    return html_to_pdf(render_to_string(template, dict(context)))


def existing(*, company: Company, kind: str, template: str, context: Mapping[str, object]) -> Document | None:
    """The paper for this very content, if it was rendered already."""
    return _made_from(render_to_string(template, dict(context)), company=company, kind=kind)


def digest_of(template: str, context: Mapping[str, object]) -> str:
    """Another one as soon as the paper would say something else."""
    return _digest(render_to_string(template, dict(context)))


def _made_from(html: str, *, company: Company, kind: str) -> Document | None:
    return company.documents.current().of_kind(kind).filter(source_sha256=_digest(html)).first()


def _digest(html: str) -> str:
    return hashlib.sha256(html.encode()).hexdigest()


NOTHING = _digest("")


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
    payload, pages = _written(html)
    if finish is not None:
        payload = finish(payload)
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
