"""Looking for identity numbers in whatever an answer, a cookie, a session, a log or the database may hold."""

import base64
import binascii
import io
import re
import zipfile
from collections.abc import Iterator
from email import message_from_bytes, policy
from typing import Any

import pikepdf
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from tests.documents import pdf_text


def found(numbers: tuple[str, ...], *texts: str) -> list[str]:
    """Which of the numbers stand in one of the texts: as they are, in groups, or as a signature holds them."""
    inside = "\n".join(texts)
    bare = re.sub(r"(?<=\w)[ .\-\u00a0](?=\w)", "", inside)
    return [each for each in numbers if each in inside or each in bare or each.encode().hex() in inside.lower()]


def texts_of(payload: bytes) -> Iterator[str]:
    """Every text in it: its own bytes, of a PDF what its pages show, of a ZIP and a mail what their parts have."""
    yield payload.decode("utf-8", "replace")
    if payload.startswith(b"%PDF"):
        yield from _of_pdf(payload)
    elif payload.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(payload)) as archive:
            for name in archive.namelist():
                yield name
                yield from texts_of(archive.read(name))
    elif b"MIME-Version" in payload[:4000] or b"Message-ID" in payload[:4000]:
        for part in message_from_bytes(payload, policy=policy.default).walk():
            inner: Any = part.get_payload(decode=True)
            if inner and inner != payload:
                yield from texts_of(inner)


def _of_pdf(payload: bytes) -> Iterator[str]:
    with pikepdf.open(io.BytesIO(payload)) as document:
        drawn = any("/Font" in page.obj.get("/Resources", {}) for page in document.pages)
    if drawn:
        yield from pdf_text.pages(payload)


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def carried(client: Client) -> Iterator[str]:
    """What stands in the browser's cookies, decoded as far as it can be."""
    for cookie in client.cookies.values():
        yield cookie.value
        for part in re.split(r"[:.]", cookie.value):
            try:
                yield base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode("utf-8", "replace")
            except (binascii.Error, ValueError):
                continue


def sessions() -> Iterator[str]:
    for each in Session.objects.all():
        yield repr(each.get_decoded())


def dump() -> dict[str, str]:
    """Every row of every table as the database has it, by the table's name."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        rows = {}
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names of our own
            rows[table] = "\n".join(map(repr, cursor.fetchall()))
    return rows
