"""The guide's two stage bars: of the application everywhere, and of the online pre-application within it."""

from collections.abc import Mapping, Sequence

from onboarding.models import Application, ChannelChoices
from onboarding.steps import PRE_APPLICATION, STATUS_QUERY

Bar = list[tuple[str, str]]

# Guide, "Başvuru Durumu" and "Hizmet Sağlayıcılar için Başvuru Formu".
APPLYING, LOOKED_AT, ENTRY, APPROVING = "Ön Başvuru", "İnceleme", "Bilgi Girişi", "Onaylama"
STAGES = (APPLYING, LOOKED_AT, ENTRY, APPROVING)
# Who applies on paper enters all of it at once.
ON_PAPER = (APPLYING, LOOKED_AT, APPROVING)
ONLINE_STAGES = ("E-posta Doğrulama", "Sorgulama", "Ön Başvuru Formu", "Belge Yükleme", "Onaylama")
# States of step 1 → stage; a state that is not here is past the last.
STAGE_OF: Mapping[str, str] = {
    "draft": APPLYING,
    "changes_asked": APPLYING,
    "email_code": APPLYING,
    "query": APPLYING,
    "form": APPLYING,
    "signing": APPLYING,
    "returned": APPLYING,
    "evidence": APPLYING,
    "submitted": LOOKED_AT,
    "reviewing": LOOKED_AT,
    "evidence_review": LOOKED_AT,
    "info_entry": ENTRY,
    "final_review": APPROVING,
    "sending": APPROVING,
    "send_failed": APPROVING,
    # Where it ended: nothing behind was done.
    "rejected": LOOKED_AT,
    "withdrawn": APPLYING,
}
ONLINE_STAGE_OF: Mapping[str, int] = {"email_code": 0, "query": 1, "form": 2, "signing": 3, "returned": 3}


def application(state: str) -> Bar:
    """Of the online channel, by the state of step 1."""
    return _bar(STAGES, _place(STAGES, state, len(STAGES)))


def of_application(application: Application) -> Bar:
    """All done once İYS has approved; until then a sent application, one that is corrected too, is at the last
    stage. Empty for whoever has applied at İYS's own site: the stages were passed there, and not here."""
    channel = application.application_form.channel
    if channel == ChannelChoices.APPLIED:
        return []
    stages = ON_PAPER if channel == ChannelChoices.MANUAL else STAGES
    standings = application.standings()
    if standings[STATUS_QUERY.key].state in STATUS_QUERY.done:
        return _bar(stages, len(stages))
    return _bar(stages, _place(stages, standings[PRE_APPLICATION.key].state, len(stages) - 1))


def _place(stages: Sequence[str], state: str, past: int) -> int:
    return stages.index(STAGE_OF[state]) if state in STAGE_OF else past


def online(state: str) -> Bar:
    return _bar(ONLINE_STAGES, ONLINE_STAGE_OF.get(state, len(ONLINE_STAGES)))


def _bar(titles: Sequence[str], current: int) -> Bar:
    """(title, "done" | "current" | "todo") for each; beyond the last all are done."""
    return [
        (title, "done" if at < current else "current" if at == current else "todo")
        for at, title in enumerate(titles)
    ]
