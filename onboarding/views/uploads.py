"""Uploads of the six steps: examined before anything is kept."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from documents.inspection import Inspected
from documents.intake import examine


def inspected(upload: "UploadedFile[bytes]") -> Inspected:
    """Reads and checks an upload. Raises identifiers.Refused with a Turkish sentence when it may not be kept."""
    return examine(upload.read(), upload.name or "")


def refused(request: HttpRequest, sentence: str, *, back: str) -> HttpResponse:
    """Says why a file was not taken: beside its field when the page's script sent it (static/js/portal.js),
    else as a message on the page of URL name `back`.
    """
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return JsonResponse({"error": sentence}, status=422)
    messages.error(request, sentence)
    return redirect(back)
