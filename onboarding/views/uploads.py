"""Uploads of the six steps: examined before anything is kept."""

from collections.abc import Callable

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from documents.inspection import Inspected
from documents.intake import caps, examine
from documents.signatures import verifying
from documents.signatures.report import Report
from identifiers import Refused
from limits import quotas
from limits.quotas import Quota
from onboarding.actor import NotAllowed
from onboarding.forms.pre_application import UploadForm
from onboarding.models import HandOff


def inspected(request: HttpRequest, upload: "UploadedFile[bytes]", *, by_link: HandOff | None = None) -> Inspected:
    """Counts an upload, then reads and checks it. Raises identifiers.Refused with a Turkish sentence when it may
    not be kept.

    Who comes by a link has a measure of its own, so that the link's holder leaves the company its own.
    """
    who, size = quotas.asking(request, target=str(by_link.pk) if by_link else ""), upload.size or 0
    if by_link is not None:
        quotas.take(Quota.LINK_UPLOADS, **who)
        quotas.take(Quota.LINK_UPLOAD_BYTES, amount=size, **who)
    elif who.get("company") is None:
        quotas.take(Quota.STAFF_UPLOADS, **who)
    else:
        quotas.take(Quota.UPLOADS, **who)
        quotas.take(Quota.UPLOAD_BYTES, amount=size, **who)
    return examine(upload.read(), upload.name or "")


def tell(request: HttpRequest, found: Inspected | None) -> None:
    """Says what was done to a file before it was kept; for after it was."""
    if found is not None and found.note:
        messages.info(request, found.note)


def _refuse_signature_without_paper(payload: bytes) -> None:
    """Raises identifiers.Refused for a .p7s and the like, with what to choose in the program instead."""
    sentence = verifying.told_beside(payload, caps=caps())
    if sentence:
        raise Refused(sentence)


def refused(request: HttpRequest, sentence: str, *, back: str) -> HttpResponse:
    """Says why a file was not taken: beside its field when the page's script sent it (static/js/portal.js),
    else as a message on the page of URL name `back`.
    """
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return JsonResponse({"error": sentence}, status=422)
    messages.error(request, sentence)
    return redirect(back)


def signed_upload(
    request: HttpRequest, form: UploadForm, take: Callable[..., Report], *, by_link: HandOff | None = None
) -> Report | None:
    """Has `take` verify an e-signed upload; None, with the form's errors, when it was not even looked at.

    `take` is called with `inspected` and `filename`.
    """
    if not form.is_valid():
        return None
    upload = form.cleaned_data["file"]
    try:
        if by_link is None:
            quotas.take(Quota.SIGNATURES, **quotas.asking(request))
        _refuse_signature_without_paper(upload.read())
        upload.seek(0)
        return take(inspected=inspected(request, upload, by_link=by_link), filename=upload.name)
    except (Refused, NotAllowed) as refusal:
        form.add_error("file", str(refusal))
        return None
