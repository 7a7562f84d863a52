"""When the original of the paper undertaking is to be sent: screens, letters and reminders ask here alone."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto

from django.utils import timezone

from journal.parties import Party
from onboarding.dossier import changes, content, signed
from onboarding.models import Application, ApplicationForm, DocumentKind
from onboarding.steps import PRE_APPLICATION, STATUS_QUERY
from onboarding.steps.status_query import StatusQuery


class When(Enum):
    """What is signed anew after a look at its scan would have been sent for nothing."""

    NOW = auto()
    AFTER_THE_LOOK = auto()
    AFTER_THE_ANSWER = auto()
    AFTER_THE_CHECK = auto()  # of what the company has corrected
    AFTER_THE_CORRECTION = auto()  # of the undertaking
    WHILE_CORRECTED = auto()  # what is printed on it


def when(application: Application) -> When:
    """Of an original that was not sent yet."""
    record = application.acted_on()
    if record is None or record.step not in (PRE_APPLICATION.key, STATUS_QUERY.key):
        return When.NOW
    match record.turn:
        case Party.COMPANY:
            unseen = When.AFTER_THE_LOOK if record.step == PRE_APPLICATION.key else When.NOW
            return _while_it_corrects(application) or unseen
        case Party.STAFF if record.step == PRE_APPLICATION.key:
            return When.AFTER_THE_LOOK
        case Party.STAFF:
            return When.AFTER_THE_CHECK if record.state == StatusQuery.RE_REVIEW else When.AFTER_THE_ANSWER
    return When.NOW


def _while_it_corrects(application: Application) -> When | None:
    """None where what is corrected has nothing to do with the undertaking."""
    asked, form = changes.asked(application), application.application_form
    if any(each.key == DocumentKind.UNDERTAKING and not each.is_done for each in asked):
        return When.AFTER_THE_CORRECTION
    if signed.sign_anew(application, content.needs(form)):
        return When.AFTER_THE_CORRECTION
    if any(each.key == DocumentKind.UNDERTAKING for each in asked) or _is_signed_anew(application, asked):
        return When.AFTER_THE_LOOK
    # What is printed on it may be changed until it is sent, also where it was answered that it is right.
    printed = {"", *signed.printed(application)}
    return When.WHILE_CORRECTED if any(each.key in printed for each in asked) else None


def is_due(application: Application) -> bool:
    return application.application_form.cargo_awaited_since is not None and when(application) is When.NOW


def waits(application: Application) -> bool:
    """Whether one is awaited, and is not to be sent yet."""
    return application.application_form.cargo_awaited_since is not None and when(application) is not When.NOW


def _is_signed_anew(application: Application, asked: Collection[changes.Asked]) -> bool:
    since = changes.since_last(application) if asked else None
    return since is not None and DocumentKind.UNDERTAKING in since.documents


def start_clock(application: Application) -> None:
    """Its days count from now on, and of this wait nobody was reminded."""
    ApplicationForm.objects.filter(application=application).update(
        cargo_awaited_since=timezone.now(), cargo_reminded=0, cargo_escalated=False
    )


@dataclass(slots=True)
class Clock:
    started: bool = False


@contextmanager
def clock(look: Callable[[], Application]) -> Iterator[Clock]:
    """Around what may make it due: then its days count from that. `look`: at the application as it stands then."""
    waited, found = waits(look()), Clock()
    yield found
    if waited and is_due(after := look()):
        start_clock(after)
        found.started = True


def fresh(application: Application) -> Application:
    """As its rows stand now."""
    return Application.objects.select_related("application_form", "company").get(pk=application.pk)
