"""How the undertaking comes to İYS, as the letter to İYS says it."""

import json

from journal.parties import Party
from onboarding.dossier import content
from onboarding.machine import Step
from onboarding.models import Application, ChannelChoices

E_SIGNED = "Taahhütname nitelikli elektronik imzayla imzalanmıştır."
WILL_BE_SENT = "Kaşeli ve imzalı taahhütnamenin aslı kargoyla gönderilecektir."
SENT = "Kaşeli ve imzalı taahhütnamenin aslı kargoyla gönderilmiştir: {}, takip numarası {}."


def sentence(application: Application, step: Step) -> str:
    """While the company writes, what is known now. Afterwards what was known when its owner approved the letter:
    a parcel that is told of later must not change what was approved."""
    form = application.application_form
    if form.channel == ChannelChoices.ONLINE:
        return E_SIGNED
    is_approved = application.record_of(step).turn != Party.COMPANY
    last = application.submissions.order_by("-submitted_at", "-pk").first() if is_approved else None
    parcel = json.loads(last.content).get("parcel", []) if last else content.parcel(form)
    return SENT.format(*parcel) if parcel else WILL_BE_SENT
