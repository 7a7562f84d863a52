"""Verbs of joint signatures (müşterek imza): who signs the undertaking together with the signatory."""

from django.db import transaction

from documents.signatures.fields import MOST_PEOPLE
from journal.entries import write
from journal.models import Event
from onboarding.actions.pre_application import submission
from onboarding.actor import Actor, NotAllowed
from onboarding.dossier import undertaking
from onboarding.models import Application, CoSignatory
from onboarding.steps import PRE_APPLICATION


def is_open(application: Application) -> bool:
    """Whether people may be added or removed now: as long as the undertaking may be handed in anew."""
    fields = submission.open_fields(application)
    return fields is None or bool(fields & submission.UNDERTAKINGS)


def add(*, application: Application, name: str, identity: str, actor: Actor) -> CoSignatory:
    """Somebody who signs together; the paper is issued anew with room for them. Raises NotAllowed."""
    with transaction.atomic():
        locked = _locked(application)
        if identity in {person.identity for person in undertaking.people(locked)}:
            raise NotAllowed("Bu kişi imzalayacaklar arasında zaten var.")
        if len(undertaking.people(locked)) >= MOST_PEOPLE:
            raise NotAllowed(f"En çok {MOST_PEOPLE} kişi birlikte imzalayabilir. Daha fazlası için bize yazın.")
        added = CoSignatory.objects.create(application=locked, name=name, identity=identity)
        _journal(locked, f"Müşterek imza yetkilisi eklendi: {name}", actor)
    return added


def remove(*, application: Application, co_signatory: CoSignatory, actor: Actor) -> None:
    """Raises NotAllowed while the undertaking is closed."""
    with transaction.atomic():
        locked = _locked(application)
        co_signatory.delete()
        _journal(locked, f"Müşterek imza yetkilisi çıkarıldı: {co_signatory.name}", actor)


def _locked(application: Application) -> Application:
    """The application, with nobody else adding to it: two clicks at once would pass the limit."""
    locked = Application.objects.select_for_update().get(pk=application.pk)
    if not is_open(locked):
        raise NotAllowed("İmzalayacak kişiler şu anda değiştirilemez.")
    return locked


def _journal(application: Application, text: str, actor: Actor) -> None:
    write(
        company=application.company,
        event=Event.FILLED_IN,
        text=text,
        party=actor.party,
        actor=actor.user,
        application_id=application.pk,
        step_key=PRE_APPLICATION.key,
    )
