"""Files in an S3 store: ciphertext there, downloads and previews through the portal. Against a real store."""

import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import storages

from documents.inspection import PDF
from documents.models import Document, Origin
from documents.storage import chunks, discard, keep, read, response, store, streamed
from tests.documents.stores import in_s3
from tests.scenarios.factories import CompanyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("swift")]
PAYLOAD = b"%PDF-1.7 gizli"


@pytest.fixture
def s3() -> Iterator[None]:
    with in_s3():
        yield


@pytest.fixture
def document(s3: None) -> Document:
    return store(
        company=CompanyFactory.create(),
        kind="signature_circular",
        payload=PAYLOAD,
        filename="imza “sirküleri”.pdf",
        content_type=PDF,
        pages=1,
        origin=Origin.UPLOADED,
        by=None,
    )


def in_the_bucket(stored_name: str) -> bytes:
    """The object as the store gives it to whoever has its keys."""
    bucket: Any = storages["private"]
    return bytes(bucket.bucket.Object(stored_name).get()["Body"].read())


def test_the_store_has_nothing_that_can_be_read(document: Document) -> None:
    assert b"gizli" not in in_the_bucket(document.stored_name)
    assert read(document) == PAYLOAD


@pytest.mark.parametrize(("inline", "way"), [(True, "inline"), (False, "attachment")])
def test_every_file_comes_through_the_portal(document: Document, inline: bool, way: str) -> None:
    answer = response(document, inline=inline)
    assert (answer.status_code, answer.content) == (200, PAYLOAD)
    assert answer["Content-Type"] == PDF
    assert answer["Content-Disposition"] == (
        f"{way}; filename*=UTF-8''imza%20%E2%80%9Csirk%C3%BCleri%E2%80%9D.pdf"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")


@dataclass
class Pack:
    name: str
    content_type: str
    stored_name: str


def test_a_large_file_is_written_and_given_out_piece_by_piece() -> None:
    large = os.urandom(1024) * 3000
    with in_s3(max_memory_size=1024 * 1024):
        stored_name = keep(f"packs/{uuid4()}.zip", io.BytesIO(large))
        answer: Any = streamed(Pack("kanıt.zip", "application/zip", stored_name))
        assert int(answer["Content-Length"]) == len(large)
        pieces = list(answer.streaming_content)
        assert b"".join(pieces) == large == b"".join(chunks(stored_name))
        assert max(map(len, pieces)) < 100_000
        assert storages["private"].size(stored_name) == len(large)
        discard(stored_name)
        with pytest.raises(FileNotFoundError):
            list(chunks(stored_name))
        answer.close()
