"""The voices in which İYS's desk writes. What they say is text, in sandbox/wordings/: each file has every answer.

A file is a row of mails, each below "=== kind", with its subject, perhaps the remark that stands where nobody
typed one, and its words. {blanks} are filled from the case. A paragraph that names {brand} stands once for each
brand. [Words](address) are a link.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "wordings"
_MAIL = re.compile(
    r"^=== (?P<kind>\w+)\nKonu: (?P<subject>.+)\n(?:Açıklama: (?P<remark>.+)\n)?\n(?P<text>(?:(?!=== ).*\n)+)",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Wording:
    """One mail with its blanks."""

    subject: str
    remark: str
    text: str


@dataclass(frozen=True)
class Voice:
    """`label` and `purpose` stand on the desk's page; its `files` take turns within each kind of answer."""

    label: str
    purpose: str
    files: tuple[str, ...]

    def wording(self, kind: str, *, said: int) -> Wording:
        """How an answer is put that was given `said` times before."""
        return wordings(self.files[said % len(self.files)])[kind]


VOICES: Mapping[str, Voice] = {
    "guide": Voice(
        "Rehberin dili",
        "Rehberdeki e-postaların sözleri: portal bunları tanır, adımlar kendiliğinden ilerler.",
        ("guide",),
    ),
    "unknown": Voice(
        "Bilinmeyen dil",
        "Aynı bilgileri portalın tanımadığı sözlerle yazar: ilk e-postaya destek ekibi bakar ve sözleri öğretir.",
        ("unknown",),
    ),
    "changing": Voice(
        "Değişen dil",
        "Aynı yanıtı bir öyle bir böyle yazar: öğretilen sözler sonraki e-postada değişince ne olduğu görülür.",
        ("unknown", "second"),
    ),
    "polite": Voice(
        "Kibarca hayır diyen dil",
        "Her yanıt, numarayı ya da kodu anan kibar bir olumsuz yanıttır: hiçbir adım bununla ilerlememelidir.",
        ("polite",),
    ),
}


@cache
def wordings(file: str) -> Mapping[str, Wording]:
    """Kind of answer → how the file puts it."""
    found = _MAIL.finditer((FOLDER / f"{file}.txt").read_text())
    return {mail["kind"]: Wording(mail["subject"], mail["remark"] or "", mail["text"].strip()) for mail in found}
