"""Which channel of step 1 a company takes; changed at will until something was submitted."""

from django.db import transaction
from django.utils import timezone

from journal.parties import Party
from onboarding.actor import Actor, NotAllowed
from onboarding.models import Application, ChannelChoices
from onboarding.steps import PRE_APPLICATION
from onboarding.steps.pre_application import ONLINE_ENTRY, PreApplication
from onboarding.transitions import perform

MOVES = {
    ChannelChoices.MANUAL: "go_manual",
    ChannelChoices.ONLINE: "go_online",
    ChannelChoices.APPLIED: "go_applied",
}
# The states in which a company stands on a channel without having submitted anything.
ENTRIES = {
    ChannelChoices.MANUAL: frozenset({PreApplication.DRAFT}),
    ChannelChoices.ONLINE: frozenset(ONLINE_ENTRY),
    ChannelChoices.APPLIED: frozenset({PreApplication.EVIDENCE}),
}
CHOOSABLE = frozenset().union(*ENTRIES.values())


SENT = "Başvurunuz gönderildi; başvuru yolu artık değiştirilemez."
NOT_NOW = "Başvuru yolu şu anda değiştirilemez."


def may_choose(application: Application) -> bool:
    """Whether the channel can still be chosen or changed; needs prefetched records to cost no query."""
    return not why_not(application)


def why_not(application: Application) -> str:
    """Why the channel cannot be chosen or changed, for a screen; empty when it can."""
    record = application.record_of(PRE_APPLICATION)
    if record.state not in CHOOSABLE:
        return SENT
    return "" if record.turn == Party.COMPANY else NOT_NOW


def choose(*, application: Application, channel: ChannelChoices, actor: Actor) -> None:
    """Puts step 1 on a channel; what was typed stays. Raises NotAllowed once something was submitted."""
    with transaction.atomic():
        locked = Application.objects.select_for_update().get(pk=application.pk)
        if why := why_not(locked):
            raise NotAllowed(why)
        record = locked.records.get(step=PRE_APPLICATION.key)
        if record.state not in ENTRIES[channel]:
            perform(application=locked, step=PRE_APPLICATION, move=MOVES[channel], actor=actor)
            # What was asked for on the channel before is nothing that this one has.
            locked.remarks.filter(settled_at=None).update(settled_at=timezone.now())
        form = locked.application_form
        form.channel = channel
        form.save(update_fields=["channel", "updated_at"])
