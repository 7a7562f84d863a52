"""A ZIP of originals with a manifest that sha256sum can check. PURE; written to a file, never held whole."""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import IO, Self

SUMS = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the manifest. `size` in bytes; both it and `sha256` are of what is in the ZIP."""

    name: str
    kind: str
    date_header: datetime
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Erased:
    """What was kept once and is gone: its hash says which file it was."""

    name: str
    kind: str
    date_header: datetime
    sha256: str
    erased_at: datetime


class Packing:
    """Puts files into a ZIP one after another, all of them in one folder, and writes down what they are."""

    def __init__(self, target: IO[bytes], folder: str) -> None:
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED)
        self._folder = folder
        self.entries: list[Entry] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._zip.close()

    def add(self, *, name: str, kind: str, date_header: datetime, chunks: Iterable[bytes]) -> Entry:
        digest, size = hashlib.sha256(), 0
        place = zipfile.ZipInfo(f"{self._folder}/{name}", max(date_header.timetuple()[:6], (1980, 1, 1, 0, 0, 0)))
        place.compress_type = zipfile.ZIP_DEFLATED
        with self._zip.open(place, "w", force_zip64=True) as inside:
            for chunk in chunks:
                inside.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        entry = Entry(name, kind, date_header, size, digest.hexdigest())
        self.entries.append(entry)
        return entry

    def describe(self, *, title: str, made_at: datetime, erased: Sequence[Erased]) -> None:
        """Adds the manifest: for machines (JSON), for people (text) and for sha256sum."""
        described = tuple(self.entries)
        for name, text in (
            ("manifest.json", as_json(title, made_at, described, erased)),
            ("MANIFEST.txt", as_text(title, made_at, described, erased)),
        ):
            self.add(name=name, kind="manifest", date_header=made_at, chunks=[text.encode()])
        sums = "".join(f"{entry.sha256}  {entry.name}\n" for entry in self.entries)
        self.add(name=SUMS, kind="manifest", date_header=made_at, chunks=[sums.encode()])


def as_json(title: str, made_at: datetime, entries: Sequence[Entry], erased: Sequence[Erased]) -> str:
    found = {
        "title": title,
        "made_at": made_at,
        "files": [asdict(entry) for entry in entries],
        "erased": [asdict(gone) for gone in erased],
    }
    return json.dumps(found, ensure_ascii=False, indent=2, default=datetime.isoformat) + "\n"


def as_text(title: str, made_at: datetime, entries: Sequence[Entry], erased: Sequence[Erased]) -> str:
    lines = [
        title,
        f"Hazırlandı: {made_at:%d.%m.%Y %H:%M}",
        "",
        f"Dosyaların değişmediğini denetlemek için bu klasörde: sha256sum -c {SUMS}",
        "",
    ]
    for entry in entries:
        lines += [
            entry.name,
            f"    {entry.kind} · {entry.date_header:%d.%m.%Y %H:%M} · {entry.size} bayt",
            f"    SHA-256 {entry.sha256}",
        ]
    for gone in erased:
        lines += [
            f"{gone.name} — silindi ({gone.erased_at:%d.%m.%Y})",
            f"    {gone.kind} · {gone.date_header:%d.%m.%Y %H:%M}",
            f"    SHA-256 {gone.sha256}",
        ]
    return "\n".join(lines) + "\n"
