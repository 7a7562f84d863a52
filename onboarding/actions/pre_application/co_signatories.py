"""Verbs of joint signatures (müşterek imza): who signs the undertaking together with the signatory."""

from django.db import transaction

from documents.signatures.fields import MOST_PEOPLE
from journal.entries import write
from journal.models import Event
from onboarding.actions.pre_application import submission
from onboarding.actor import Actor, NotAllowed
from onboarding.dossier import undertaking
from onboarding.models import CoSignatory, DocumentKind, Onboarding
from onboarding.steps import PRE_APPLICATION

UNDERTAKINGS = frozenset({DocumentKind.UNDERTAKING, DocumentKind.UNDERTAKING_SIGNED})


def is_open(onboarding: Onboarding) -> bool:
    """Whether people may be added or removed now: as long as the undertaking may be handed in anew."""
    fields = submission.open_fields(onboarding)
    return fields is None or bool(fields & UNDERTAKINGS)


def add(*, onboarding: Onboarding, name: str, identity: str, actor: Actor) -> CoSignatory:
    """Somebody who signs together; the paper is issued anew with room for them. Raises NotAllowed."""
    with transaction.atomic():
        attempt = _locked(onboarding)
        if identity in {person.identity for person in undertaking.people(attempt)}:
            raise NotAllowed("Bu kişi imzalayacaklar arasında zaten var.")
        if len(undertaking.people(attempt)) >= MOST_PEOPLE:
            raise NotAllowed(f"En çok {MOST_PEOPLE} kişi birlikte imzalayabilir. Daha fazlası için bize yazın.")
        added = CoSignatory.objects.create(onboarding=attempt, name=name, identity=identity)
        _journal(attempt, f"Müşterek imza yetkilisi eklendi: {name}", actor)
    return added


def remove(*, onboarding: Onboarding, co_signatory: CoSignatory, actor: Actor) -> None:
    """Raises NotAllowed while the undertaking is closed."""
    with transaction.atomic():
        attempt = _locked(onboarding)
        co_signatory.delete()
        _journal(attempt, f"Müşterek imza yetkilisi çıkarıldı: {co_signatory.name}", actor)


def _locked(onboarding: Onboarding) -> Onboarding:
    """The attempt, with nobody else adding to it: two clicks at once would pass the limit."""
    attempt = Onboarding.objects.select_for_update().get(pk=onboarding.pk)
    if not is_open(attempt):
        raise NotAllowed("İmzalayacak kişiler şu anda değiştirilemez.")
    return attempt


def _journal(attempt: Onboarding, text: str, actor: Actor) -> None:
    write(
        company=attempt.company,
        event=Event.FILLED_IN,
        text=text,
        party=actor.party,
        actor=actor.user,
        subject=attempt.pk,
        topic=PRE_APPLICATION.key,
    )
