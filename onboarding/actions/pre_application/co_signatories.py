"""Verbs of joint signatures (müşterek imza): who signs together with the signatory, in step 1 and in step 5."""

from django.db import transaction

from documents.signatures.fields import MOST_PEOPLE
from journal.entries import write
from journal.models import Event
from onboarding.actions import partner_assignment
from onboarding.actions.pre_application import submission
from onboarding.actor import Actor, NotAllowed
from onboarding.dossier import content, e_signed
from onboarding.models import Application, CoSignatory, DocumentKind
from onboarding.steps import PARTNER_ASSIGNMENT, PRE_APPLICATION

UNDERTAKINGS = frozenset({DocumentKind.UNDERTAKING, DocumentKind.UNDERTAKING_SIGNED})


def is_open(application: Application) -> bool:
    """Whether people may be added or removed now: where that was asked for, and as long as a paper that they sign
    may be handed in anew."""
    fields = submission.open_fields(application)
    of_undertaking = fields is None or bool(fields & (UNDERTAKINGS | content.TOGETHER.keys()))
    return of_undertaking or partner_assignment.is_open(application)


def add(*, application: Application, name: str, identity: str, actor: Actor) -> CoSignatory:
    """Somebody who signs together; the paper is issued anew with room for them. Raises NotAllowed."""
    with transaction.atomic():
        locked = _locked(application)
        if identity in {person.identity for person in e_signed.people(locked)}:
            raise NotAllowed("Bu kişi imzalayacaklar arasında zaten var.")
        if len(e_signed.people(locked)) >= MOST_PEOPLE:
            raise NotAllowed(f"En çok {MOST_PEOPLE} kişi birlikte imzalayabilir. Daha fazlası için bize yazın.")
        added = CoSignatory.objects.create(application=locked, name=name, identity=identity)
        _journal(locked, f"Müşterek imza yetkilisi eklendi: {name}", actor)
    return added


def remove(*, application: Application, co_signatory: CoSignatory, actor: Actor) -> None:
    """Raises NotAllowed while no paper is being signed."""
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
    step = PARTNER_ASSIGNMENT if partner_assignment.is_open(application) else PRE_APPLICATION
    write(
        company=application.company,
        event=Event.FILLED_IN,
        text=text,
        party=actor.party,
        actor=actor.user,
        application_id=application.pk,
        step_key=step.key,
    )
