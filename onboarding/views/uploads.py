"""Uploads of the six steps: examined before anything is kept."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from documents.inspection import Inspected
from documents.intake import caps, examine
from documents.signatures import verifying
from documents.signatures.report import Report
from identifiers import Refused
from onboarding.actor import NotAllowed
from onboarding.forms.pre_application import UploadForm
from verification.throttle import allowed

# Each verification may ask an authority about revocation.
SIGNATURES_AN_HOUR = 30


def inspected(upload: "UploadedFile[bytes]") -> Inspected:
    """Reads and checks an upload. Raises identifiers.Refused with a Turkish sentence when it may not be kept."""
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


def signed_upload(form: UploadForm, take: Callable[..., Report], *, of: UUID) -> Report | None:
    """Has `take` verify an e-signed upload of application `of`; None, with the form's errors, when it was not
    even looked at. `take` is called with `inspected` and `filename`.
    """
    if not form.is_valid():
        return None
    upload = form.cleaned_data["file"]
    if not allowed(f"signature:{of}", limit=SIGNATURES_AN_HOUR, seconds=3600):
        form.add_error("file", "Çok sayıda dosya denendi. Bir saat sonra yeniden deneyin ya da bize yazın.")
        return None
    try:
        _refuse_signature_without_paper(upload.read())
        upload.seek(0)
        return take(inspected=inspected(upload), filename=upload.name)
    except (Refused, NotAllowed) as refusal:
        form.add_error("file", str(refusal))
        return None
