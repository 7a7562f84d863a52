"""The company's answer to a correction that was asked for, where nothing is to be changed."""

from django.db import transaction

from journal.entries import write
from journal.models import Event
from onboarding.actions.pre_application import submission
from onboarding.actor import Actor, NotAllowed
from onboarding.dossier import content
from onboarding.models import Application, Remark

REFUSED_ANSWER = "refused_answer"  # the session's key of one that was not taken, until its place has said why


def may_answer(application: Application) -> bool:
    """Whether corrections wait for the company: in words each of them may be answered. Uses prefetched remarks."""
    record = submission.open_record(application)
    if record is None:
        return False
    return any(each.step == record.step and each.settled_at is None for each in application.remarks.all())


def answer(*, application: Application, remark: Remark, text: str, actor: Actor) -> None:
    """Keeps why nothing is changed; an empty answer takes the one from before away. Raises NotAllowed once it is
    settled, or while nothing may be written."""
    with transaction.atomic():
        locked = Application.objects.select_for_update().get(pk=application.pk)
        if not may_answer(locked):
            raise NotAllowed("Bu düzeltme isteği artık açık değil.")
        if not locked.remarks.filter(pk=remark.pk, settled_at=None).update(answer=text.strip()[:1000]):
            raise NotAllowed("Bu düzeltme isteği artık açık değil.")
        label = content.labels(locked.application_form).get(remark.field, "genel")
        write(
            company=locked.company,
            event=Event.FILLED_IN,
            text=f"Düzeltme isteğine yanıt ({label}): {text.strip()[:200] or 'silindi'}",
            party=actor.party,
            actor=actor.user,
            application_id=locked.pk,
            step_key=remark.step,
        )
