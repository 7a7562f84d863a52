"""Keeping sentences for the next decision of the same kind."""

from collections.abc import Iterable

from django.db import transaction

from onboarding.models import Application, KeptPhrase, PhraseUse
from tenancy.models import User

LONGEST = 500  # characters; what is longer is a letter and no phrase


def keep(*, application: Application, use: PhraseUse, texts: Iterable[str], by: User) -> int:
    """For all of the partner's support; returns how many are new. Too long ones are left out."""
    made = 0
    with transaction.atomic():
        for text in texts:
            if text and len(text) <= LONGEST:
                _phrase, new = KeptPhrase.objects.get_or_create(
                    partner=application.company.partner, use=use, text=text, defaults={"kept_by": by}
                )
                made += new
    return made
