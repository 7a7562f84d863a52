"""Files as they lie in the private store: sealed piece by piece, so that none is ever held whole.

A file is a first line that says so, then Fernet tokens, one a line, each over a piece of the content. A token also
holds the file's name, which file it is of, the number of its piece and whether it is the last: what was cut short,
put together anew or moved to another's place is refused. All lines but the last are equally long, so a piece is
found without the ones before it. Keys are those of the encrypted columns (FIELD_KEYS).
"""

import hashlib
import io
import os
import secrets
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

from tenancy.encryption import cipher

FIRST_LINE = b"iysportal-encrypted-1\n"
PIECE = 1024 * 1024  # bytes of content in one token
# The file's id, the hash of its name, the number of the piece, whether it is the last.
_LABEL = struct.Struct(">16s32sQ?")


def _line_length(content: int) -> int:
    """Of a token over so much content, with its end of line (the Fernet specification, “Token Format”)."""
    padded = ((_LABEL.size + content) // 16 + 1) * 16
    raw = 1 + 8 + 16 + padded + 32
    return -(-raw // 3) * 4 + 1


LINE = _line_length(PIECE)


class DamagedFile(OSError):
    """What lies there is not what was kept, or its key is gone. Nothing of it is given out."""


class StoreAway(OSError):
    """The store does not answer; what it has can be had when it is back."""


def sealed(content: IO[bytes], name: str) -> Iterator[bytes]:
    """The lines of a file that is kept as `name`."""
    keys, label = cipher(), (secrets.token_bytes(16), _digest(name))
    yield FIRST_LINE
    content.seek(0)
    number, piece = 0, _piece_of(content)
    while True:
        following = _piece_of(content)
        yield keys.encrypt(_LABEL.pack(*label, number, not following) + piece) + b"\n"
        if not following:
            return
        number, piece = number + 1, following


def _piece_of(content: IO[bytes]) -> bytes:
    """The next piece, whole unless the content ends: some files give less than they are asked for."""
    found = content.read(PIECE)
    while 0 < len(found) < PIECE and (more := content.read(PIECE - len(found))):
        found += more
    return found


def is_sealed(stored: IO[bytes]) -> bool:
    """False for a file of a version that kept them in clear. Raises DamagedFile when the head is cut off."""
    stored.seek(0)
    head = stored.read(len(FIRST_LINE))
    if head != FIRST_LINE and FIRST_LINE.startswith(head):
        raise DamagedFile("nothing but its beginning is there")
    return head == FIRST_LINE


def is_sealed_anew(stored: IO[bytes]) -> bool:
    """Whether the file is sealed with the first of the keys already."""
    if not is_sealed(stored):
        return False
    try:
        Fernet(settings.FIELD_KEYS[0]).decrypt(stored.read(LINE))
    except InvalidToken:
        return False
    return True


class Unsealed(io.RawIOBase):
    """The content of a sealed file, which may be read from any place; one piece at a time is in memory."""

    def __init__(self, stored: IO[bytes], name: str) -> None:
        self._stored, self._name, self._keys = stored, _digest(name), cipher()
        lines = stored.seek(0, io.SEEK_END) - len(FIRST_LINE)
        self._count = -(-lines // LINE)
        if not self._count:
            raise DamagedFile("nothing but its beginning is there")
        self._id: bytes | None = None
        self._number, self._piece = -1, b""
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        self._stored.close()
        super().close()

    @property
    def size(self) -> int:
        return (self._count - 1) * PIECE + len(self._take(self._count - 1))

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at}
        self._at = max(0, offset + (self.size if whence == io.SEEK_END else start[whence]))
        return self._at

    def readinto(self, buffer: Any) -> int:
        number, begin = divmod(self._at, PIECE)
        if number >= self._count:
            return 0
        found = self._take(number)[begin : begin + len(buffer)]
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)

    def readall(self) -> bytes:
        number, begin = divmod(self._at, PIECE)
        found = b"".join(self._take(each) for each in range(number, self._count))[begin:]
        self._at += len(found)
        return found

    def verify(self) -> None:
        """Raises DamagedFile unless every piece is there."""
        for number in range(self._count):
            self._take(number)

    def _take(self, number: int) -> bytes:
        if number != self._number:
            self._stored.seek(len(FIRST_LINE) + number * LINE)
            self._piece, self._number = self._opened(self._stored.read(LINE), number), number
        return self._piece

    def _opened(self, line: bytes, number: int) -> bytes:
        try:
            found = self._keys.decrypt(line)
        except InvalidToken as error:
            raise DamagedFile(f"piece {number} was changed, or its key is gone") from error
        of, name, stands, last = _LABEL.unpack_from(found)
        self._id = self._id or of
        if (of, name, stands, last) != (self._id, self._name, number, number == self._count - 1):
            raise DamagedFile(f"piece {number} is not the one that belongs there")
        return found[_LABEL.size :]


def _digest(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()


def unsealed(stored: Any, name: str) -> File[bytes]:
    """The content of a stored file, whichever version has kept it."""
    try:
        if is_sealed(stored):
            return File(io.BufferedReader(Unsealed(stored, name), PIECE), name)
        refuse_clear()
    except BaseException:
        stored.close()
        raise
    stored.seek(0)
    return File(stored, name)


def verified(content: File[bytes]) -> File[bytes]:
    """The same file, once every piece of it was seen; for who gives out the first before the last was read."""
    raw = getattr(content.file, "raw", None)
    if isinstance(raw, Unsealed):
        raw.verify()
    return content


def refuse_clear() -> None:
    """Raises DamagedFile for a file in clear once all are sealed: somebody has put it there."""
    # Not above: a storage is named in the settings, and models are made after those.
    from documents.models import KeyRotation

    if KeyRotation.objects.exclude(finished_at=None).exists():
        raise DamagedFile("it is in clear, though all files were encrypted")


@dataclass(frozen=True, slots=True)
class Lying:
    """A file of the store, whether or not a row names it. `size`: bytes as it lies there."""

    name: str
    size: int
    since: datetime


class EncryptedFiles(FileSystemStorage):
    """In a folder of this machine. A file is there wholly or not at all."""

    def lying(self) -> Iterator[Lying]:
        """Everything that is there, one after the other: a folder may hold more than fits into memory."""
        folders = [""]
        while folders:
            folder = folders.pop()
            try:
                entries = os.scandir(self.path(folder))
            except FileNotFoundError:
                continue  # nothing was ever kept, or what was is gone
            with entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(f"{folder}{entry.name}/")
                    elif (found := _lying(entry, folder)) is not None:
                        yield found

    def stored(self, name: str) -> Any:
        """The file as it lies there."""
        return super()._open(name, "rb")  # type: ignore[misc]

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        return unsealed(self.stored(name), name)

    def _save(self, name: str, content: Any) -> str:
        return self._whole(name, _Lines(content, name))

    def put_back(self, name: str, stored: IO[bytes]) -> None:
        """A file as it lay there once, encrypted already."""
        self._whole(name, File(stored))

    def _whole(self, name: str, lines: File[bytes]) -> str:
        beside = f"{name}.{uuid4().hex}"
        try:
            super()._save(beside, lines)  # type: ignore[misc]
            if self.exists(name):
                _onto_disk(self.path(beside))  # what it takes the place of is gone then
            Path(self.path(beside)).replace(self.path(name))
        except BaseException:
            self.delete(beside)
            raise
        return name

    def size(self, name: str) -> int:
        return size_of(self, name)


def _lying(entry: "os.DirEntry[str]", folder: str) -> Lying | None:
    """None for a file that has gone since the folder was read."""
    try:
        found = entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return None
    return Lying(f"{folder}{entry.name}", found.st_size, datetime.fromtimestamp(found.st_mtime, UTC))


class _Lines(File[bytes]):
    """Content on its way into the store."""

    def __init__(self, content: Any, name: str) -> None:
        super().__init__(content.file, name)
        self._lines = sealed(content, name)

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        return self._lines


def _onto_disk(path: str) -> None:
    with Path(path).open("rb") as written:
        os.fsync(written.fileno())


def size_of(store: Any, name: str) -> int:
    """Of the content; raises DamagedFile when its last piece is not whole."""
    with store.open(name) as content:
        return int(content.seek(0, io.SEEK_END))
