"""Showing an identity number in full: to who says why, once, and written down (KVKK)."""

from journal.entries import write
from journal.models import Event
from onboarding.actor import Actor
from onboarding.dossier import content
from onboarding.dossier.content import Line
from onboarding.models import Application


def reveal(*, application: Application, key: str, reason: str, actor: Actor) -> Line:
    """The line of the dossier with this key, whose number may then be shown. Raises KeyError for any other."""
    found = {line.key: line for line in content.identities(application.application_form)}[key]
    write(
        company=application.company,
        event=Event.IDENTITY_SHOWN,
        text=f"Kimlik numarası görüntülendi: {found.label}. Neden: {reason}",
        party=actor.party,
        actor=actor.user,
        application_id=application.pk,
        data={"field": key},
    )
    return found
