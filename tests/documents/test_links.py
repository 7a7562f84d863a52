"""Files in an S3 store: downloads by a link that soon ends, previews through the portal. Against a real store."""

import io
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx
import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.test import override_settings

from documents.inspection import JPEG, PDF
from documents.models import Document, Origin
from documents.storage import LINK_SECONDS, chunks, discard, keep, read, response, store, streamed
from tests.scenarios.factories import CompanyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("swift")]
PAYLOAD = b"%PDF-1.7 gizli"


def storage(**changes: object) -> dict[str, object]:
    options: dict[str, object] = {
        "bucket_name": os.environ["S3_BUCKET"],
        "endpoint_url": os.environ["S3_ENDPOINT_URL"],
        "region_name": os.environ["S3_REGION"],
        "access_key": os.environ["S3_ACCESS_KEY"],
        "secret_key": os.environ["S3_SECRET_KEY"],
        "signature_version": "s3v4",
        "default_acl": "private",
        "querystring_auth": True,
        "file_overwrite": True,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {**options, **changes}}


@pytest.fixture
def s3() -> Iterator[None]:
    with override_settings(STORAGES={**settings.STORAGES, "private": storage(), "links": storage()}):
        yield


@pytest.fixture
def document(s3: None) -> Document:
    return kept(PAYLOAD)


def kept(payload: bytes, content_type: str = PDF) -> Document:
    return store(
        company=CompanyFactory.create(),
        kind="signature_circular",
        payload=payload + uuid4().bytes,
        filename="imza “sirküleri”.pdf",
        content_type=content_type,
        pages=1,
        origin=Origin.UPLOADED,
        by=None,
    )


def test_a_download_is_a_link_that_gives_the_file_with_its_name_and_type(document: Document) -> None:
    answer = response(document, inline=False)
    assert (answer.status_code, answer["Cache-Control"]) == (302, "private, no-store")
    assert answer["Referrer-Policy"] == "no-referrer"
    found = httpx.get(answer["Location"])
    assert found.content == read(document)
    assert found.headers["Content-Type"] == PDF
    assert found.headers["Content-Disposition"] == (
        "attachment; filename*=UTF-8''imza%20%E2%80%9Csirk%C3%BCleri%E2%80%9D.pdf"
    )


def test_a_link_ends_soon_and_cannot_be_stretched(document: Document) -> None:
    link = response(document, inline=False)["Location"]
    assert parse_qs(urlsplit(link).query)["X-Amz-Expires"] == [str(LINK_SECONDS)]
    stretched = link.replace(f"X-Amz-Expires={LINK_SECONDS}", "X-Amz-Expires=86400")
    assert httpx.get(stretched).status_code == 403


def test_a_link_that_has_ended_is_worth_nothing(document: Document) -> None:
    link = storages["links"].url(document.stored_name, expire=1)  # type: ignore[call-arg]
    time.sleep(2.5)
    answer = httpx.get(link)
    assert answer.status_code == 403
    assert "expired" in answer.text


@pytest.mark.parametrize("wanted", ["attachment", "application%2Fpdf"])
def test_a_link_cannot_be_made_to_show_the_file_otherwise(document: Document, wanted: str) -> None:
    link = response(document, inline=False)["Location"]
    assert wanted in link
    assert (
        httpx.get(link.replace(wanted, "inline" if wanted == "attachment" else "text%2Fhtml")).status_code == 403
    )


def test_without_the_signature_the_store_gives_nothing(document: Document) -> None:
    link = urlsplit(response(document, inline=False)["Location"])
    answer = httpx.get(link._replace(query="").geturl())
    assert answer.status_code == 400
    assert read(document) not in answer.content


def test_a_link_names_no_other_file(document: Document) -> None:
    other = kept(b"%PDF-1.7 baska")
    link = response(document, inline=False)["Location"]
    assert httpx.get(link.replace(document.sha256, other.sha256)).status_code == 403


def test_what_is_looked_at_comes_through_the_portal(document: Document) -> None:
    answer = response(document, inline=True)
    assert (answer.status_code, answer.content) == (200, read(document))
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")


def test_a_store_that_browsers_do_not_reach_gives_no_links() -> None:
    with override_settings(STORAGES={**settings.STORAGES, "private": storage()}):
        document = kept(b"\xff\xd8\xff resim", JPEG)
        answer = response(document, inline=False)
        assert (answer.status_code, answer.content) == (200, read(document))
        assert answer["Content-Disposition"].startswith("attachment")


def test_a_link_goes_to_the_address_that_browsers_reach(s3: None) -> None:
    public = storage(endpoint_url="https://dosya.portal.example")
    with override_settings(STORAGES={**settings.STORAGES, "private": storage(), "links": public}):
        link = response(kept(PAYLOAD), inline=False)["Location"]
    assert urlsplit(link).netloc.endswith("dosya.portal.example")
    assert urlsplit(link).scheme == "https"


@dataclass
class Pack:
    name: str
    content_type: str
    stored_name: str


def test_a_large_file_is_written_and_given_out_piece_by_piece() -> None:
    large = os.urandom(1024) * 3000
    with override_settings(STORAGES={**settings.STORAGES, "private": storage(max_memory_size=1024 * 1024)}):
        stored_name = keep(f"packs/{uuid4()}.zip", io.BytesIO(large))
        answer: Any = streamed(Pack("kanıt.zip", "application/zip", stored_name))
        pieces = list(answer.streaming_content)
        assert b"".join(pieces) == large == b"".join(chunks(stored_name))
        assert max(map(len, pieces)) < 100_000
        discard(stored_name)
        with pytest.raises(FileNotFoundError):
            list(chunks(stored_name))
        answer.close()


def test_a_large_file_comes_by_a_link_where_the_store_gives_links(s3: None) -> None:
    stored_name = keep(f"packs/{uuid4()}.zip", io.BytesIO(b"PK"))
    answer = streamed(Pack("kanıt.zip", "application/zip", stored_name))
    fetched = httpx.get(answer["Location"])
    assert (answer.status_code, fetched.content) == (302, b"PK")
    assert fetched.headers["Content-Disposition"].startswith("attachment")
