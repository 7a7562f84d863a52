"""The company registry, reached over HTTP.

POST {"mersis_number", "signatory_identity"} to REGISTRY_URL with a bearer token. 200 brings a JSON object
with "signatory_matches" (true or false) and, when true, the company's trade_name, tax_number, tax_office,
province, district, address and signatory_name; 404 says that there is no such company. Everything else
means that the registry could not be asked. Numbers travel in the body, where no log keeps them.
"""

import json
import logging
from dataclasses import dataclass, fields

from django.conf import settings

from fetcher import web

logger = logging.getLogger(__name__)
TIMEOUT = 5.0  # seconds, in all
MOST_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Found:
    """The company, and the person may sign for it. What the registry does not know is empty."""

    trade_name: str
    tax_number: str
    tax_office: str
    province: str
    district: str
    address: str
    signatory_name: str


@dataclass(frozen=True, slots=True)
class NotFound:
    """There is no company with this number."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """The company is there, but this person is not among its signatories."""


@dataclass(frozen=True, slots=True)
class Unavailable:
    """The registry is not configured, out of reach, or talks nonsense."""


DETAILS = tuple(field.name for field in fields(Found) if field.name != "trade_name")
Answer = Found | NotFound | Mismatch | Unavailable


def look_up(mersis_number: str, signatory_identity: str) -> Answer:
    """Both numbers in canonical form. Never raises: a registry that fails is Unavailable."""
    if not settings.REGISTRY_URL:
        return Unavailable()
    try:
        answer = web.post(
            settings.REGISTRY_URL,
            json.dumps({"mersis_number": mersis_number, "signatory_identity": signatory_identity}).encode(),
            headers={"Content-Type": "application/json", **_token()},
            seconds=TIMEOUT,
            most_bytes=MOST_BYTES,
        )
        return _understood(answer)
    except (web.NotFetched, ValueError, RecursionError) as error:
        # The error's text may hold what was asked: only its kind is written down.
        logger.warning("The company registry could not be asked: %s", type(error).__name__)
        return Unavailable()


def _token() -> dict[str, str]:
    return {"Authorization": f"Bearer {settings.REGISTRY_TOKEN}"} if settings.REGISTRY_TOKEN else {}


def _understood(answer: web.Answer) -> Answer:
    """Raises ValueError for anything that is not what the protocol says."""
    # A 404 of some proxy on the way is no word of the registry.
    is_json = answer.headers.get("content-type", "").startswith("application/json")
    if answer.status == 404 and is_json:
        return NotFound()
    if not answer.is_success:
        raise ValueError(f"HTTP {answer.status}")
    return _read(json.loads(answer.content))


def _read(said: object) -> Answer:
    """Raises ValueError for anything that is not what the protocol says."""
    match said:
        case {"signatory_matches": False}:
            return Mismatch()
        case {"signatory_matches": True, "trade_name": str(name), **rest} if name:
            details = {each: rest.get(each, "") for each in DETAILS}
            texts = {each: text for each, text in details.items() if isinstance(text, str)}
            if texts == details:
                return Found(trade_name=name, **texts)
    raise ValueError("not the registry's protocol")
