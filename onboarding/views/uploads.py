"""Uploads of the six steps: inspected before anything is kept."""

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from documents.inspection import Inspected, inspect


def inspected(upload: "UploadedFile[bytes]") -> Inspected:
    """Reads and checks an upload. Raises identifiers.Refused with a Turkish sentence when it is not sound."""
    return inspect(
        upload.read(),
        upload.name or "",
        max_bytes=settings.UPLOAD_MAX_BYTES,
        max_pages=settings.UPLOAD_MAX_PAGES,
    )
