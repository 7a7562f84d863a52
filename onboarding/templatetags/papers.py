"""Links to a company's documents, for who may open them."""

from typing import Any
from uuid import UUID

from django import template
from django.forms import BoundField
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from documents import draft_uploads
from documents.models import Document, DraftUpload
from onboarding.dossier import identity_papers
from onboarding.dossier.paper_notes import Note
from tenancy.access import CompanyRequest
from tenancy.roles import Role

register = template.Library()
ASKED = "waiting_files"  # kept on the request


@register.simple_tag(takes_context=True)
def may_open(context: dict[str, Any], document: Document) -> bool:
    """Whether whoever looks at the page may open it."""
    request = context["request"]
    applications = request.company.applications
    role = Role(request.membership.role)
    return identity_papers.may_open(
        document, request.company, lambda: applications.live().first() or applications.first(), role
    )


@register.simple_tag(takes_context=True)
def waiting_files(context: dict[str, Any], kind: str, about: UUID | None = None) -> list[DraftUpload]:
    """What whoever looks at the page has chosen for such a document, and not sent yet."""
    wanted = (str(kind), about or None)
    return [each for each in _waiting(context["request"]) if (each.kind, each.about) == wanted]


def _waiting(request: CompanyRequest) -> list[DraftUpload]:
    """Asked once for a page on which several kinds are chosen."""
    asked: list[DraftUpload] | None = getattr(request, ASKED, None)
    if asked is None:
        asked = list(draft_uploads.of(request.company, request.user))
        setattr(request, ASKED, asked)
    return asked


@register.simple_tag(takes_context=True)
def document_link(context: dict[str, Any], document: Document, words: str) -> SafeString:
    """The words as a link to the document; for who may not open it without one, and with the reason."""
    if may_open(context, document):
        return format_html('<a href="{}">{}</a>', reverse("onboarding:document", args=[document.pk]), words)
    return format_html('{} <span class="hint">({})</span>', words, "yalnızca firma sahibi açabilir")


@register.inclusion_tag("onboarding/_read_beside.html", takes_context=True)
def read_beside(context: dict[str, Any], field: BoundField) -> dict[str, Any]:
    """What the company's papers say of this field: to be used where it is empty, to be seen where it differs."""
    read = context["read"]
    is_read = field.name in context["form"].filled_in
    return {"said": read.offers.get(field.name), "is_read": is_read, "differences": read.differs(field.name)}


@register.simple_tag(takes_context=True)
def read_notes(context: dict[str, Any], kind: str) -> list[Note]:
    """What is to be said about the paper of this kind; when no data are missing, only what may be wrong."""
    notes: list[Note] = context["read"].of(str(kind))
    said = [note for note in notes if note.warns or not context["form"].complete]
    # The list of tasks says of some papers that they come anew.
    comes_anew = kind in context.get("to_correct", ()) or kind in context.get("outdated", ())
    may_choose = kind in context["open_kinds"] and not comes_anew
    return said if may_choose else [note.without_advice() for note in said]
