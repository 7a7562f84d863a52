"""A letter whose documents go in as many mails as they need."""

from collections.abc import Mapping
from dataclasses import replace

from correspondence.outgoing import outbox
from onboarding.models import DocumentKind


def bodies(template: str, context: Mapping[str, object], address: outbox.Address) -> list[outbox.Body]:
    """One for each mail; the first lists all documents."""
    parts = outbox.packed(address)
    first = outbox.render(template=template, context={**context, "parts": [_listed(part) for part in parts]})
    further = (
        outbox.render(
            template="further_part",
            context={**context, "subject": first.subject, "number": number, "documents": _listed(part)},
        )
        for number, part in enumerate(parts[1:], start=2)
    )
    return [_numbered(body, number, len(parts)) for number, body in enumerate((first, *further), start=1)]


def _listed(part: tuple[outbox.Enclosure, ...]) -> list[str]:
    return [f"{DocumentKind(each.document.kind).label} ({each.name})" for each in part]


def _numbered(body: outbox.Body, number: int, count: int) -> outbox.Body:
    if count == 1:
        return body
    mark = f" ({number}/{count})"
    return replace(body, subject=body.subject[: outbox.SUBJECT_MAX - len(mark)] + mark)
