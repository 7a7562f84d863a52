"""The SMS gateway, reached over HTTP: POST {"id", "to", "text"} to SMS_URL with a bearer token.

`to` is a number in E.164, `id` the same for the same message, so that a gateway may refuse a repetition.
Any answer of 2xx means that the gateway has taken the message over.
"""

import httpx
from django.conf import settings

TIMEOUT = 5.0  # seconds


class GatewayFailed(Exception):
    """The gateway did not take the message; the text is a short reason without personal data."""


def configured() -> bool:
    return bool(settings.SMS_URL)


def send(*, key: str, to: str, text: str) -> None:
    """Raises GatewayFailed when the message was not taken over."""
    try:
        answer = httpx.post(
            settings.SMS_URL,
            json={"id": key, "to": to, "text": text},
            headers={"Authorization": f"Bearer {settings.SMS_TOKEN}"} if settings.SMS_TOKEN else {},
            timeout=TIMEOUT,
        )
    except httpx.HTTPError as error:
        raise GatewayFailed(type(error).__name__) from error
    if not answer.is_success:
        raise GatewayFailed(f"HTTP {answer.status_code}")
