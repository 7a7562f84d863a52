"""The guide's two stage bars: of the application everywhere, and of the online pre-application within it."""

from collections.abc import Mapping, Sequence

from onboarding.models import Application, ChannelChoices
from onboarding.steps import PRE_APPLICATION, STATUS_QUERY

Bar = list[tuple[str, str]]

# Guide, "Başvuru Durumu" and "Hizmet Sağlayıcılar için Başvuru Formu".
STAGES = ("Ön Başvuru", "İnceleme", "Bilgi Girişi", "Onaylama")
ONLINE_STAGES = ("E-posta Doğrulama", "Sorgulama", "Ön Başvuru Formu", "Belge Yükleme", "Onaylama")
# States of step 1 → place in the bar; a state that is not here is past the last.
STAGE_OF: Mapping[str, int] = {
    "draft": 0,
    "changes_asked": 0,
    "email_code": 0,
    "query": 0,
    "form": 0,
    "signing": 0,
    "returned": 0,
    "evidence": 0,
    "submitted": 1,
    "reviewing": 1,
    "evidence_review": 1,
    "info_entry": 2,
    "final_review": 3,
    "sending": 3,
    "send_failed": 3,
    # Where it ended: nothing behind was done.
    "rejected": 1,
    "withdrawn": 0,
}
ONLINE_STAGE_OF: Mapping[str, int] = {"email_code": 0, "query": 1, "form": 2, "signing": 3, "returned": 3}


def application(state: str) -> Bar:
    return _bar(STAGES, STAGE_OF.get(state, len(STAGES)))


def of_application(application: Application) -> Bar:
    """All done once İYS has approved; until then a sent application, one that is corrected too, is at the last
    stage. Empty for whoever has applied at İYS's own site: the stages were passed there, and not here."""
    if application.application_form.channel == ChannelChoices.APPLIED:
        return []
    standings = application.standings()
    if standings[STATUS_QUERY.key].state in STATUS_QUERY.done:
        return _bar(STAGES, len(STAGES))
    return _bar(STAGES, STAGE_OF.get(standings[PRE_APPLICATION.key].state, len(STAGES) - 1))


def online(state: str) -> Bar:
    return _bar(ONLINE_STAGES, ONLINE_STAGE_OF.get(state, len(ONLINE_STAGES)))


def _bar(titles: Sequence[str], current: int) -> Bar:
    """(title, "done" | "current" | "todo") for each; beyond the last all are done."""
    return [
        (title, "done" if at < current else "current" if at == current else "todo")
        for at, title in enumerate(titles)
    ]
