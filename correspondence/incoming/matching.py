"""Whose mail it is: token, then thread, then number with a trusted sender, else a person decides. PURE."""

import re
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from correspondence.reading.html_text import squeezed
from correspondence.reading.parsing import Content, Envelope

K = TypeVar("K", bound=Hashable)
# More clues than a real mail has; the database is not asked for what a stranger has piled up.
MOST = 200
_APPLICATION_NUMBER = re.compile(r"\b(?=[A-Z0-9]*[A-Z])(?=[A-Z0-9]*\d)[A-Z0-9]{8}\b")
_IYS_CODE = re.compile(
    r"[İIiı]YS ?(?:Kodunuz|Kodu|Kod|Numaran[ıi]z|Numaras[ıi])\s{0,3}:?\s{0,3}(\d{4,15})\b"
    r"|\b(\d{4,15}) [İIiı]YS ?kod(?:una|lu|unuz)",
    re.IGNORECASE,
)


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


@dataclass(frozen=True, slots=True)
class Owners(Generic[K]):
    """Whom each kind of clue points at. `by_old_token`: addresses that are no longer in use."""

    by_token: frozenset[K] = frozenset()
    by_old_token: frozenset[K] = frozenset()
    by_thread: frozenset[K] = frozenset()
    by_number: frozenset[K] = frozenset()


def tokens(recipients: frozenset[str], *, tracking_domain: str) -> frozenset[str]:
    """The tokens of tracking addresses: t-token@, anything+t-token@ or anything+token@ of the domain."""
    token = re.compile(rf"(?:t-|[^@+]+\+(?:t-)?)([a-z0-9]{{20}})@{re.escape(tracking_domain.lower())}")
    return frozenset(match.group(1) for address in recipients if (match := token.fullmatch(address)))


def clues(head: Envelope, body: Content | None, *, tracking_domain: str) -> Clues:
    """`body` None: the mail is too large to be looked into."""
    ids = dict.fromkeys(filter(None, (head.in_reply_to, *reversed(head.references))))
    words = f"{head.subject}\n{squeezed(body.full_text) if body else ''}"
    codes = (one or other for one, other in _IYS_CODE.findall(words))
    numbers = dict.fromkeys((*_APPLICATION_NUMBER.findall(words), *codes))
    return Clues(
        tokens=tokens(head.recipients, tracking_domain=tracking_domain),
        message_ids=tuple(ids)[:MOST],
        numbers=frozenset(list(numbers)[:MOST]),
    )


def decide(owners: Owners[K], *, authenticated: bool) -> Match[K]:
    """One owner or none. Clues that name two owners never cross the wall: a person decides."""
    if len(owners.by_token) > 1:
        return Match(None, "Birden çok firmanın takip adresine gelmiş.")
    if owners.by_old_token - owners.by_token:
        return Match(None, "Değiştirilmiş, eski bir takip adresine gelmiş.")
    if owners.by_token and owners.by_thread - owners.by_token:
        return Match(None, "Takip adresi bir firmayı, yanıtladığı mektup başka bir firmayı gösteriyor.")
    if len(owners.by_thread) > 1:
        return Match(None, "Birden çok firmanın mektubunu yanıtlıyor.")
    by_letter = owners.by_token or owners.by_thread
    if by_letter and owners.by_number - by_letter:
        return Match(None, "Bir firmaya gelmiş ama metninde başka bir firmanın numarası geçiyor.")
    if by_letter:
        why = "Firmanın takip adresine geldi." if owners.by_token else "Firmanın bir mektubuna yanıt."
        return Match(next(iter(by_letter)), why)
    if len(owners.by_number) > 1:
        return Match(None, "Metinde birden çok firmanın numarası geçiyor.")
    if owners.by_number and authenticated:
        return Match(next(iter(owners.by_number)), "Doğrulanmış gönderen firmanın numarasını yazmış.")
    if owners.by_number:
        return Match(None, "Bir firmanın numarası geçiyor ama gönderen doğrulanmadı.")
    return Match(None, "Hangi firmanın olduğunu gösteren bir iz yok.")
