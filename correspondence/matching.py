"""Whose mail it is: token, then thread, then number with a trusted sender, else a person decides. PURE."""

import re
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from correspondence.parsing import Content, Envelope

K = TypeVar("K", bound=Hashable)
_APPLICATION_NUMBER = re.compile(r"\b(?=[A-Z0-9]*[A-Z])(?=[A-Z0-9]*\d)[A-Z0-9]{8}\b")
_IYS_CODE = re.compile(r"(?:İYS\s*(?:Kodu|Kod|Numaran[ıi]z|Numaras[ıi])\s*:?\s*)(\d{4,15})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clues:
    """`message_ids` newest first."""

    tokens: frozenset[str]
    message_ids: tuple[str, ...]
    numbers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match(Generic[K]):
    """`key` None: a person decides. `why` is a Turkish sentence for staff."""

    key: K | None
    why: str


def clues(head: Envelope, body: Content, *, tracking_domain: str) -> Clues:
    token = re.compile(rf"^(?:t-|[^@+]+\+)([a-z0-9]{{20}})@{re.escape(tracking_domain.lower())}$")
    found = (token.match(address) for address in head.recipients)
    ids = dict.fromkeys(filter(None, (head.in_reply_to, *reversed(head.references))))
    words = f"{head.subject}\n{body.full_text}"
    return Clues(
        tokens=frozenset(match.group(1) for match in found if match),
        message_ids=tuple(ids),
        numbers=frozenset(_APPLICATION_NUMBER.findall(words)) | frozenset(_IYS_CODE.findall(words)),
    )


def decide(*, by_token: frozenset[K], by_thread: frozenset[K], by_number: frozenset[K], trusted: bool) -> Match[K]:
    """One owner or none. Clues that name two owners never cross the wall: a person decides."""
    if len(by_token) > 1:
        return Match(None, "Birden çok firmanın takip adresine gelmiş.")
    if by_token and by_thread and by_token != by_thread:
        return Match(None, "Takip adresi bir firmayı, yanıtladığı mektup başka bir firmayı gösteriyor.")
    if by_token:
        return Match(next(iter(by_token)), "Firmanın takip adresine geldi.")
    if len(by_thread) > 1:
        return Match(None, "Birden çok firmanın mektubunu yanıtlıyor.")
    if by_thread:
        return Match(next(iter(by_thread)), "Firmanın bir mektubuna yanıt.")
    if len(by_number) > 1:
        return Match(None, "Metinde birden çok firmanın numarası geçiyor.")
    if by_number and trusted:
        return Match(next(iter(by_number)), "Doğrulanmış gönderen firmanın numarasını yazmış.")
    if by_number:
        return Match(None, "Bir firmanın numarası geçiyor ama gönderen doğrulanmadı.")
    return Match(None, "Hangi firmanın olduğunu gösteren bir iz yok.")
