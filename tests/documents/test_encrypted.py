"""Files at rest: nothing of them can be read without the keys, and what was tampered with is refused whole."""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from documents.encrypted import FIRST_LINE, LINE, PIECE, DamagedFile, Unsealed, sealed
from documents.storage import chunks, keep, streamed

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.django_db
NAME = "documents/x/y"
EDGES = [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 7]


def kept(content: bytes, name: str = NAME) -> Path:
    """Where it lies on the disk."""
    storages["private"].save(name, ContentFile(content))
    return Path(storages["private"].path(name))


def read(name: str = NAME) -> bytes:
    with storages["private"].open(name) as stored:
        content: bytes = stored.read()
    return content


class Pack:
    name, content_type, stored_name = "kanıt.zip", "application/zip", NAME


@pytest.mark.parametrize("size", EDGES)
def test_what_is_kept_is_read_back_whole_in_parts_and_by_size(size: int) -> None:
    content = os.urandom(size)
    path = kept(content)
    assert read() == content == b"".join(chunks(NAME))
    assert storages["private"].size(NAME) == size
    with storages["private"].open(NAME) as stored:
        stored.seek(size // 2)
        assert stored.read(10) == content[size // 2 : size // 2 + 10]
        stored.seek(-min(size, 3), io.SEEK_END)
        assert stored.read() == content[-3:]
    assert [each.name for each in path.parent.iterdir()] == [path.name], "nothing is left beside it"


def test_neither_content_nor_its_repetition_shows_on_the_disk() -> None:
    words = b"T.C. kimlik no 10000000146 "
    found = kept(words * 100_000).read_bytes()
    assert b"10000000146" not in found
    lines = found.splitlines()
    assert len(set(lines)) == len(lines) > 2
    assert kept(b"ayni", "a").read_bytes() != kept(b"ayni", "b").read_bytes()


@given(st.binary(max_size=300), st.integers(1, 70))
def test_a_source_that_gives_less_than_it_is_asked_for_is_kept_whole(content: bytes, step: int) -> None:
    class Slow(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(step, len(content) if size is None or size < 0 else size))

    stored = io.BytesIO(b"".join(sealed(Slow(content), NAME)))
    assert Unsealed(stored, NAME).readall() == content


def _cut(found: bytes, other: bytes) -> bytes:
    return found[:-10]


def _cut_after_a_piece(found: bytes, other: bytes) -> bytes:
    return found[: len(FIRST_LINE) + LINE]


def _swapped(found: bytes, other: bytes) -> bytes:
    first, second = found[len(FIRST_LINE) :][:LINE], found[len(FIRST_LINE) + LINE :][:LINE]
    return FIRST_LINE + second + first + found[len(FIRST_LINE) + 2 * LINE :]


def _mixed(found: bytes, other: bytes) -> bytes:
    """The first piece of an earlier file that was kept under the same name."""
    return other[: len(FIRST_LINE) + LINE] + found[len(FIRST_LINE) + LINE :]


def _lengthened(found: bytes, other: bytes) -> bytes:
    return found + found[-LINE:]


def _changed(found: bytes, other: bytes) -> bytes:
    at = len(FIRST_LINE) + LINE + 5000
    return found[:at] + (b"A" if found[at : at + 1] != b"A" else b"B") + found[at + 1 :]


@pytest.mark.parametrize(
    "tamper",
    [
        _cut,
        _cut_after_a_piece,
        _swapped,
        _mixed,
        _lengthened,
        _changed,
        lambda found, other: FIRST_LINE,
        lambda found, other: FIRST_LINE[:7],
        lambda found, other: b"",
    ],
)
def test_a_file_that_was_tampered_with_is_refused_and_no_part_of_it_shown(
    tamper: Callable[[bytes, bytes], bytes],
) -> None:
    other = kept(os.urandom(2 * PIECE + 10)).read_bytes()
    path = kept(os.urandom(2 * PIECE + 10))
    path.write_bytes(tamper(path.read_bytes(), other))
    with pytest.raises(DamagedFile):
        read()
    with pytest.raises(DamagedFile):
        streamed(Pack())
    with pytest.raises(DamagedFile):
        list(chunks(NAME))


def test_a_file_in_anothers_place_is_refused() -> None:
    kept(b"baskasi", "documents/x/z").rename(kept(b"kendisi"))
    with pytest.raises(DamagedFile):
        read()


def test_without_its_key_a_file_is_an_error_and_is_read_again_with_it() -> None:
    before, after = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    with override_settings(FIELD_KEYS=[before]):
        kept(b"gizli")
    with override_settings(FIELD_KEYS=[after]), pytest.raises(DamagedFile, match="key"):
        read()
    with override_settings(FIELD_KEYS=[after, before]):
        assert read() == b"gizli"


def test_a_file_is_put_back_from_a_copy_as_it_lay_there() -> None:
    path = kept(os.urandom(PIECE + 1))
    before, content = path.read_bytes(), read()
    path.unlink()
    storages["private"].put_back(NAME, io.BytesIO(before))  # type: ignore[attr-defined]
    assert path.read_bytes() == before
    assert read() == content
    assert [each.name for each in path.parent.iterdir()] == [path.name], "nothing is left beside it"


def test_a_file_that_an_earlier_version_kept_in_clear_is_read() -> None:
    path = kept(b"")
    path.write_bytes(b"%PDF-1.4 eski")
    answer: Any = streamed(Pack())
    assert read() == b"%PDF-1.4 eski" == b"".join(answer.streaming_content)
    assert storages["private"].size(NAME) == 13


def test_a_write_that_fails_leaves_the_file_before_it_and_nothing_else() -> None:
    path = kept(b"once")

    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise ConnectionError

    with pytest.raises(ConnectionError):
        keep(NAME, Broken())
    assert read() == b"once"
    assert [each.name for each in path.parent.iterdir()] == [path.name]


LARGE = """
import io, os, resource, sys
import django
django.setup()
from django.core.files.base import File
from documents.encrypted import EncryptedFiles

class Source(io.RawIOBase):
    left = 100

    def read(self, size=-1):
        self.left -= 1
        return os.urandom(1024 * 1024) if self.left >= 0 else b""

    def seek(self, *_where):
        return 0

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

store = EncryptedFiles(location=sys.argv[1], allow_overwrite=True)
before = peak()
store.save("pack.zip", File(Source(), "pack.zip"))
with store.open("pack.zip") as stored:
    print(sum(len(each) for each in stored.chunks()), peak() - before)
"""


def test_a_large_file_is_written_and_read_in_little_memory(tmp_path: Path) -> None:
    """In a process of its own: that of the tests has used more already, and the peak never goes down."""
    done = subprocess.run([sys.executable, "-c", LARGE, str(tmp_path)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    size, more = map(int, done.stdout.split())
    assert size == 100 * 1024 * 1024
    assert more < 40, "MiB"
