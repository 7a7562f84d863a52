"""Uploads of the six steps: examined before anything is kept."""

from django.core.files.uploadedfile import UploadedFile

from documents.inspection import Inspected
from documents.intake import examine


def inspected(upload: "UploadedFile[bytes]") -> Inspected:
    """Reads and checks an upload. Raises identifiers.Refused with a Turkish sentence when it may not be kept."""
    return examine(upload.read(), upload.name or "")
