"""How far a company is, in words: "Adım 1/6 · Ön Başvuru Formu". The one home of it for every page.

The six steps are counted and nothing else: "2/3" beside "1. adım" was read as a contradiction. A step's way is a
row of parts, of which the page shows the name, and the bar how many are behind. Where somebody is follows from the
page; where the page is that of several parts, from the state of the step.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onboarding.gate import Route
from onboarding.machine import Step
from onboarding.models import Application, ChannelChoices, PackageChoice
from onboarding.overview.stage_bars import ONLINE_STAGES
from onboarding.steps import (
    CODE_RECEIPT,
    PACKAGE_CONTRACT,
    PANEL_SETTINGS,
    PARTNER_ASSIGNMENT,
    PRE_APPLICATION,
    STATUS_QUERY,
    STEPS,
)

MANUAL = ("Başvuru yolu", "Başvuru bilgileri", "Belge yükleme", "Gözden geçirme", "İnceleme")
# Guide, 1.2: after the five parts of the pre-application come its review, the entry of information, a last look.
# They are one row: with a row of their own, whoever has just read 5/5 would read 2/4.
ONLINE = (*ONLINE_STAGES, "İnceleme", "Bilgi girişi", "Son kontrol")
APPLIED = ("Başvuru yolu", "Başvurunuzu bildirin", "İnceleme")
AT_IYS = ("Başvurunun alınması", "İYS'nin incelemesi", "Onay")
CODES = ("Kodların gelmesi", "Kodların onaylanması")
PACKAGE = ("Paket seçimi", "Teklif isteği", "Teklif ve sözleşme", "Ödeme", "Ödemenin doğrulanması")
FORM = ("Atama formu", "Gözden geçirme", "Kontrol", "İYS'nin yanıtı")
PANEL = ("İYS panelinde atama", "Doğrulama")
# Where step 5 goes by İYS's panel: which way was gone is kept only once its end is claimed.
IN_PANEL = frozenset({"panel", "claimed"})
DECLARATION = ("Beyan",)
PARCEL = "kargo"  # beside the steps, once its own is done

# Which part a page of step 1 is, by how its path goes on.
MANUAL_PAGES: Mapping[str, int] = {"kanal": 0, "mersis": 0, "bilgiler": 1, "gozden-gecir": 3, "kimlik": 3}
ONLINE_PAGES: Mapping[str, int] = {
    "e-posta": 0,
    "sorgu": 1,
    "bilgiler": 2,
    "telefon": 2,
    "imza": 3,
    "musterek-imza": 3,
    "gozden-gecir": 4,
}
# And where none of them is looked at, by the state. What is not here is past the last part.
MANUAL_STATES: Mapping[str, int] = {
    "draft": 2,
    "changes_asked": 4,
    "submitted": 4,
    "sending": 4,
    "send_failed": 4,
}
ONLINE_STATES: Mapping[str, int] = {
    "email_code": 0,
    "query": 1,
    "form": 2,
    "signing": 3,
    "reviewing": 5,
    "returned": 5,
    "changes_asked": 5,
    "info_entry": 6,
}
# What support wants corrected belongs to its review, whichever page it is written on: nobody who was there is told
# to be at an earlier part again.
CORRECTED = frozenset({"changes_asked", "returned"})
CORRECTING = "correcting"  # by İYS's wish, in step 2
APPLIED_STATES: Mapping[str, int] = {"evidence": 1, "evidence_review": 2}
STATES: Mapping[str, Mapping[str, int]] = {
    STATUS_QUERY.key: {"waiting": 0, "refused": 2, "apply_again": 2},
    CODE_RECEIPT.key: {"waiting": 0, "at_company": 0, "read": 1, "differences": 1},
    PACKAGE_CONTRACT.key: {
        "choosing": 0,
        "own_mail": 1,
        "sending": 1,
        "send_failed": 1,
        "requested": 1,
        "offer_expired": 1,
        "offered": 2,
        "accepted": 3,
        "payment_failed": 3,
        "paid_claimed": 4,
    },
    PARTNER_ASSIGNMENT.key: {
        "preparing": 0,
        "refused": 0,
        "form_review": 2,
        "sending": 2,
        "send_failed": 2,
        "sent": 3,
        "panel": 0,
        "claimed": 1,
    },
    PANEL_SETTINGS.key: {"form": 0},
}
# Pages of the later steps that are a part of their own.
PAGES: Mapping[str, Mapping[str, int]] = {
    PACKAGE_CONTRACT.key: {"sec": 0, "sozlesme": 2, "odeme": 3},
    PARTNER_ASSIGNMENT.key: {"gozden-gecir": 1},
    CODE_RECEIPT.key: {"yaz": 1},
}
# What a paper lacks is asked for on the way of the step that the paper is for.
ASIDE: Mapping[str, str] = {
    "/belgeler/bilgiler/sales_contract/": "/adim/4/sozlesme/",
    "/belgeler/bilgiler/assignment_": "/adim/5/",
}


@dataclass(frozen=True, slots=True)
class Progress:
    """`number` of `total` parts of the step; all of them are done when it is `total` and `done`."""

    step: Step
    number: int
    total: int
    title: str
    done: bool

    @property
    def steps(self) -> int:
        return len(STEPS)

    @property
    def gone(self) -> float:
        """How many of the six steps are behind, with the parts of this one: 6 only when all is done."""
        return self.step.number if self.done else self.step.number - 1 + (self.number - 1) / self.total


def progress(application: Application, path: str) -> Progress | None:
    """Where the page of this path is on its step's way; None for a page of no step, of a closed application, and
    for a company that only declares something: it has one thing to do.

    Uses prefetched records; at most one query more.
    """
    step, rest = _step_of(path)
    if step is PRE_APPLICATION and _corrects(application):
        step, rest = STATUS_QUERY, ""
    if step is None or application.closed_at is not None or application.route != Route.FULL:
        return None
    record = application.record_of(step)
    if step is PRE_APPLICATION and rest.startswith(PARCEL) and record.standing.state in step.done:
        return None
    parts = _parts(application, step, record.state)
    if record.standing.state in step.done and record.stale:
        return Progress(step, len(parts), len(parts), "Yeniden onay", done=False)
    if record.standing.state in step.done:
        return Progress(step, len(parts), len(parts), "Tamamlandı", done=True)
    at = _at(application, step, record.state, rest, parts)
    # Its name would be that of who looks at it, while it is the company that writes.
    is_corrected = record.state in (CORRECTED if step is PRE_APPLICATION else {CORRECTING})
    return Progress(step, at + 1, len(parts), "Düzeltme" if is_corrected else parts[at], done=False)


def _corrects(application: Application) -> bool:
    """Whether İYS wants something corrected: that is written on the pages of step 1, on the way of step 2."""
    return any(each.step == STATUS_QUERY.key and each.state == CORRECTING for each in application.records.all())


def _step_of(path: str) -> tuple[Step | None, str]:
    """The step that the path belongs to, and what follows in it."""
    path = next((of_step for aside, of_step in ASIDE.items() if aside in path), path)
    _before, found, tail = path.partition("/adim/")
    number, _slash, rest = tail.partition("/")
    if not found or not number.isdecimal() or not 1 <= int(number) <= len(STEPS):
        return None, ""
    return STEPS[int(number) - 1], rest


def _parts(application: Application, step: Step, state: str) -> Sequence[str]:
    if step is PRE_APPLICATION:
        channel = application.application_form.channel
        if channel == ChannelChoices.ONLINE:
            return ONLINE
        return APPLIED if channel == ChannelChoices.APPLIED else MANUAL
    if step is PARTNER_ASSIGNMENT:
        return PANEL if state in IN_PANEL else FORM
    return {
        STATUS_QUERY.key: AT_IYS,
        CODE_RECEIPT.key: CODES,
        PACKAGE_CONTRACT.key: PACKAGE,
        PANEL_SETTINGS.key: DECLARATION,
    }[step.key]


def _at(application: Application, step: Step, state: str, rest: str, parts: Sequence[str]) -> int:
    pages, states = _tables(step, parts)
    looked_at = next((at for page, at in pages.items() if rest.startswith(page)), None)
    if step is PRE_APPLICATION and state in CORRECTED:
        looked_at = None
    if looked_at is not None:
        return looked_at
    if step is PACKAGE_CONTRACT and state == "choosing":
        return 1 if PackageChoice.objects.filter(application=application).exists() else 0
    # İYS looks at the application in whatever state of step 2 is not its beginning or its end.
    return states.get(state, 1 if step is STATUS_QUERY else len(parts) - 1)


def _tables(step: Step, parts: Sequence[str]) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """The parts by page, and by state."""
    if step is not PRE_APPLICATION:
        return PAGES.get(step.key, {}), STATES[step.key]
    if parts is ONLINE:
        return ONLINE_PAGES, ONLINE_STATES
    if parts is APPLIED:
        return {"kanal": 0}, APPLIED_STATES
    return MANUAL_PAGES, MANUAL_STATES
