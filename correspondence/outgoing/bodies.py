"""What letters say: rendered when they are posted, read again when they go and when people look at them.

What lets somebody in by itself (a code, a link) is for the addressee alone. In the letter that is kept a
placeholder stands for it; the words with it in them lie encrypted on the row, until a mail server has them.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from correspondence.frozen import CODE, LINK, frozen_words
from correspondence.models import Letter

LASTS = timedelta(days=7)  # for a secret of which nobody says how long it holds


@dataclass(frozen=True)
class Words:
    """`subject` on one line, `text` and `html` with the same content."""

    subject: str
    text: str
    html: str = ""


@dataclass(frozen=True)
class Sealed:
    """The words as the addressee gets them. After `until` what they hold opens nothing, and they are not sent."""

    words: Words
    until: datetime


@dataclass(frozen=True)
class Body(Words):
    """What a letter says; `sealed` if it says more to the addressee than is kept."""

    sealed: Sealed | None = None


class Wiped(Exception):
    """The letter's secret is no longer there, and so neither is what would be sent."""


def render(
    *,
    template: str,
    context: Mapping[str, object],
    secrets: Mapping[str, str] | None = None,
    secrets_until: datetime | None = None,
) -> Body:
    """The letter of folder templates/letters/`template`, in both forms. `secrets` are values that nobody keeps."""
    values = {**context, "portal_url": getattr(context.get("partner"), "portal_url", settings.PORTAL_URL)}
    if not secrets:
        return _rendered(template, values)
    return with_secrets(
        shown=_rendered(template, {**values, **hidden(secrets)}),
        sent=_rendered(template, {**values, **secrets}),
        until=secrets_until,
    )


def hidden(names: Iterable[str]) -> dict[str, str]:
    """What stands in the place of the secrets of these names."""
    return {name: CODE if name == "code" else LINK for name in names}


def with_secrets(*, shown: Body, sent: Body, until: datetime | None = None) -> Body:
    """A body that is kept as `shown` and goes as `sent`."""
    if shown == sent:
        return shown
    words = Words(sent.subject, sent.text, sent.html)
    return replace(shown, sealed=Sealed(words, until or timezone.now() + LASTS))


def _rendered(template: str, values: Mapping[str, object]) -> Body:
    subject = render_to_string(f"letters/{template}/subject.txt", values)
    return Body(
        subject=" ".join(subject.split()),
        text=render_to_string(f"letters/{template}/body.txt", values).strip() + "\n",
        html=render_to_string(f"letters/{template}/body.html", values),
    )


def sealed_words(body: Body) -> str:
    """For the letter's column; empty when it holds no secret."""
    return json.dumps(asdict(body.sealed.words), ensure_ascii=False) if body.sealed else ""


def body_of(letter: Letter) -> Body:
    """The letter as it was frozen, for everybody who looks at it."""
    words = frozen_words(letter)
    return Body(letter.subject, words["text"], words["html"])


def to_send(letter: Letter) -> Words:
    """The letter as its addressee gets it. Raises Wiped once its secret is gone."""
    if letter.sealed_until is None:
        return body_of(letter)
    if letter.is_wiped:
        raise Wiped
    return Words(**json.loads(letter.sealed_words))
