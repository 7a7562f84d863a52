"""What the letter about the company's turn says where the newest move sent something back: the name of the state
would read as if nothing had been sent yet."""

from collections.abc import Mapping

from journal.models import Entry, Event
from onboarding.models import Application
from onboarding.steps import PARTNER_ASSIGNMENT

WORDS: Mapping[tuple[str, str], str] = {
    (PARTNER_ASSIGNMENT.key, "return_form"): "Atama formunuz geri gönderildi",
    (PARTNER_ASSIGNMENT.key, "deny_claim"): "Atamanız İYS'de görünmüyor",
}


def words(application: Application) -> str:
    """Empty where nothing was sent back."""
    newest = Entry.objects.filter(application_id=application.pk, event=Event.MOVED).order_by("-pk").first()
    return WORDS.get((newest.step_key, newest.data["move"]), "") if newest is not None else ""
