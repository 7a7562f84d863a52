"""The text that says what is done with people's data (aydınlatma metni), where the data are collected.

It informs, and asks for no consent: nothing is ticked (KVKK 10; consent is KVKK 5). A form that collects data is a
`Discloses`, its template has `{% disclosure form %}` inside the <form>, and its view calls `note` before it keeps
anything. The page sends back, signed, which words stood on it: those are written down, and no others.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core import signing
from django.core.exceptions import NON_FIELD_ERRORS

from documents.models import DisclosureShown, LegalKind, LegalText, Place
from partners.models import Partner
from tenancy.models import Company, User

FIELD = "disclosure"
SALT = "documents.disclosure"
NEWER = (
    "Aydınlatma metni yenilendi. Yeni metni aşağıda okuyabilirsiniz. Yazdıklarınız duruyor; hazır olunca yeniden "
    "gönderin."
)


@dataclass(frozen=True, slots=True)
class Disclosure:
    """The text in force, in the words of one partner."""

    text: LegalText
    partner: Partner | None
    body: str

    @property
    def paragraphs(self) -> Sequence[str]:
        return self.body.split("\n\n")

    def stands_at(self, place: Place) -> str:
        """What a form carries: these words stand on its page."""
        digest = hashlib.sha256(self.body.encode()).hexdigest()
        return signing.dumps(
            [place, self.text.pk, digest, self.partner.pk if self.partner else None], salt=f"{SALT}.{place}"
        )


def in_force(partner: Partner | None) -> Disclosure | None:
    """None while no text is published."""
    text = LegalText.objects.in_force(LegalKind.DISCLOSURE)
    if text is None:
        return None
    return Disclosure(text, partner, text.naming(partner.legal_name if partner else "portalı işleten kuruluş"))


@dataclass(frozen=True, slots=True)
class Shown:
    """What stood on the page that was sent."""

    text_id: int
    sha256: str
    partner_id: int | None


class Discloses(forms.Form):
    """A form that collects people's data. While a text is in force, it is refused unless its page showed it:
    then it is shown again with what was typed, beside the newer text.
    """

    place: ClassVar[Place]
    # Whose company the data are given to, where there is one: it may have gone there since the page was shown.
    partner: Partner | None = None

    @property
    def shown(self) -> Shown | None:
        """None for what was not signed here, was signed for another place, or stood there in another partner's
        words."""
        try:
            _place, *words = signing.loads(self.data.get(FIELD, ""), salt=f"{SALT}.{self.place}")
        except signing.BadSignature:
            return None
        shown = Shown(*words)
        return shown if self.partner is None or shown.partner_id == self.partner.pk else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        text = LegalText.objects.in_force(LegalKind.DISCLOSURE)
        if text is not None and (self.shown is None or self.shown.text_id != text.pk):
            self.add_error(None, forms.ValidationError(NEWER, code=FIELD))
        return cleaned

    @property
    def is_outdated(self) -> bool:
        """Whether the form comes again because of its text."""
        return self.is_bound and self.has_error(NON_FIELD_ERRORS, FIELD)


def note(
    form: Discloses,
    *,
    user: User | None = None,
    company: Company | None = None,
    address: str = "",
    about: UUID | None = None,
) -> None:
    """Writes down what stood on the form's page: once for each version, place and person."""
    shown = form.shown
    if shown is None:
        return
    row = {
        "text_id": shown.text_id,
        "sha256": shown.sha256,
        "place": form.place,
        "partner_id": shown.partner_id,
        "company": company,
        "user": user,
        "address": address,
        "about": about,
    }
    if not DisclosureShown.objects.filter(**row).exists():
        DisclosureShown.objects.create(**row)
