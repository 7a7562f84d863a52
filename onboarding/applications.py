"""Which application is a company's; opening one, changing its route, applying again."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from correspondence.outgoing import news, outbox
from journal.entries import write
from journal.models import Event
from journal.parties import Party
from onboarding import gate, transitions
from onboarding.actor import SYSTEM, Actor, NotAllowed
from onboarding.gate import Route
from onboarding.letters import drafts
from onboarding.letters.sent import letters_reached_iys
from onboarding.machine import LETTER_FAILED
from onboarding.models import (
    Application,
    ApplicationForm,
    Attention,
    ChannelChoices,
    Closing,
    CoSignatory,
    Package,
    PackageChoice,
    StepRecord,
)
from onboarding.models.attention import forget, refresh_flags
from onboarding.steps import STATUS_QUERY, STEPS
from tenancy.models import Company
from tenancy.roles import Role

# With a million applications one draw in 240 is taken already; five in a row never are.
DRAWS = 5
CLOSES = "Bu başvuru yerinde değiştirilemez; sayfada yazanı okuyup yolu yeniden seçin."
ROUTE_CHANGED = "Başvuru yolu değişti."


def live_application(company: Company) -> Application | None:
    return company.applications.live().prefetch_related("records").first()


def owners_of_numbers(numbers: frozenset[str]) -> dict[str, set[UUID]]:
    """Whose İYS application numbers or codes these are, among live applications: companies by number."""
    applications = Application.objects.live().filter(
        Q(iys_application_number__in=numbers) | Q(iys_code__in=numbers)
    )
    owners: dict[str, set[UUID]] = defaultdict(set)
    for company, *names in applications.values_list("company_id", "iys_application_number", "iys_code"):
        for number in numbers.intersection(names):
            owners[number].add(company)
    return owners


def open_application(*, company: Company, route: Route, actor: Actor) -> Application:
    """Opens the company's live application, with what was typed in the last one copied.

    Raises NotAllowed when there is a live one already.
    """
    with transaction.atomic():
        Company.objects.select_for_update().get(pk=company.pk)
        if company.applications.live().exists():
            raise NotAllowed("Firmanızın sürmekte olan bir başvurusu var.")
        last = ApplicationForm.objects.filter(application__company=company).order_by("-pk").first()
        application = _with_a_reference(company, route)
        now = timezone.now()
        StepRecord.objects.bulk_create(
            StepRecord(application=application, step=step.key, state=step.initial, since=now) for step in STEPS
        )
        transitions.refresh_turns(application)
        _copy_form(last, application)
        write(
            company=company,
            event=Event.OPENED,
            text=f"Başvuru açıldı: {application.reference}",
            party=actor.party,
            actor=actor.user,
            application_id=application.pk,
            data={"route": route},
        )
    return application


def _with_a_reference(company: Company, route: Route) -> Application:
    """References are drawn by lot, and one that another company has is seen by the database alone: draws again."""
    for _draw in range(DRAWS - 1):
        try:
            with transaction.atomic():
                return Application.objects.create(company=company, route=route)
        except IntegrityError as error:
            if "reference" not in str(error):
                raise
    return Application.objects.create(company=company, route=route)


def _copy_form(last: ApplicationForm | None, application: Application) -> None:
    """What hangs on an application and holds for the next. Brands, figures and documents are the company's own.

    Another channel than the manual one begins with its own checks, so it is asked for anew.
    """
    form = ApplicationForm(application=application)
    if last is not None:
        form.channel = last.channel if last.channel == ChannelChoices.MANUAL else ""
        form.has_mersis = last.has_mersis
        form.signatory_foreign = last.signatory_foreign
        form.signatory_identity = last.signatory_identity
        form.signatory_name = last.signatory_name
        form.signatory_email = last.signatory_email
        form.signatory_mobile = last.signatory_mobile
        form.complete = last.complete
        for each in last.application.co_signatories.all():
            CoSignatory.objects.create(application=application, name=each.name, identity=each.identity)
        _copy_addresses(last.application, application)
    form.save()


def _copy_addresses(last: Application, application: Application) -> None:
    """The approved addresses and the package, while the catalogue still has it."""
    choice = PackageChoice.objects.filter(application=last).first()
    if choice is not None and Package.objects.offered(timezone.localdate()).filter(pk=choice.package_id).exists():
        choice.pk, choice.application = None, application
        choice.save(force_insert=True)


def is_settled(application: Application) -> bool:
    """Whether another route is another application by now: İYS has a letter of this one, or it is finished."""
    return letters_reached_iys(application.pk) or application.finished_at is not None


def change_route(*, application: Application, route: Route, actor: Actor, closes: bool) -> Application:
    """Puts the company on another route and returns the application that is live afterwards.

    Before anything irreversible was sent the application itself changes; later it is closed, which `closes` says
    is meant, and a new one opened. Raises NotAllowed where it may not be closed, and for a closed application.
    """
    with transaction.atomic():
        rows = Application.objects.select_for_update(of=("self", "company")).select_related("company__partner")
        locked = rows.get(pk=application.pk)
        if locked.closed_at is not None:
            raise NotAllowed("Bu başvuru kapanmış; yolu değiştirilemez.")
        if locked.route == route:
            return locked
        if is_settled(locked):
            if not closes:
                raise NotAllowed(CLOSES)
            if actor.party is Party.COMPANY and actor.role is not None and not actor.role.includes(Role.OWNER):
                raise NotAllowed("Başvuruyu kapatmak için firma sahibi (yönetici) yetkisi gerekiyor.")
            _close_replaced(locked, actor)
            return open_application(company=locked.company, route=route, actor=actor)
        put_on_route(application=locked, route=route, actor=actor)
    return locked


def put_on_route(*, application: Application, route: Route, actor: Actor) -> None:
    """The application itself goes another way from now on; what it has done stays. Call it in a transaction.

    A letter that waits is of no step any more: it goes no more, and its step is support's once it is needed again.
    """
    if application.route == route:
        return
    application.route = route
    application.save(update_fields=["route"])
    transitions.refresh_turns(application)
    write(
        company=application.company,
        event=Event.OPENED,
        text=f"Yol değişti: {application.get_route_display()}",
        party=actor.party,
        actor=actor.user,
        application_id=application.pk,
        data={"route": route},
    )
    outbox.recall(application_id=application.pk, why=ROUTE_CHANGED)
    news.withdraw(application_id=application.pk, why=ROUTE_CHANGED)
    _give_back_what_waits_for_no_letter(application)


def _give_back_what_waits_for_no_letter(application: Application) -> None:
    current = gate.current(application.verdicts())
    if current is not None and current.turn is Party.SYSTEM and current.step.has_move(LETTER_FAILED):
        transitions.perform(
            application=application, step=current.step, move=LETTER_FAILED, actor=SYSTEM, reason=ROUTE_CHANGED
        )


def _close_replaced(application: Application, actor: Actor) -> None:
    """İYS is told, as by a withdrawal, when it still works on what it was sent."""
    outbox.recall(application_id=application.pk, why=ROUTE_CHANGED)
    current = gate.current(application.verdicts())
    if current is not None:
        drafts.post(
            "withdrawal_to_iys",
            application=application,
            step=current.step,
            idempotency_key=f"withdrawal_to_iys:{application.pk}",
        )
    application.closed_at = timezone.now()
    application.closing = Closing.REPLACED
    application.save(update_fields=["closed_at", "closing"])
    application.records.update(turn="")
    forget(application, now=application.closed_at)
    news.withdraw(application_id=application.pk, why=ROUTE_CHANGED)
    write(
        company=application.company,
        event=Event.CLOSED,
        text=f"Başvuru kapandı: {application.get_closing_display()}",
        party=actor.party,
        actor=actor.user,
        application_id=application.pk,
    )


@dataclass(frozen=True, slots=True)
class Dropped:
    """Whose turn it was in each step, and the marks that asked to be looked at, by their keys."""

    turns: Mapping[str, str]
    marks: Sequence[int]


def drop(application: Application, *, reason: str) -> Dropped:
    """Closes one that nobody was sent anything of, so that `take_up` can open it again; in the caller's
    transaction."""
    turns = {str(pk): turn for pk, turn in application.records.values_list("pk", "turn")}
    marks = Attention.objects.open().filter(record__application=application).values_list("pk", flat=True)
    before = Dropped(turns, list(marks))
    application.closed_at = timezone.now()
    application.closing, application.closing_reason = Closing.REPLACED, reason
    application.save(update_fields=["closed_at", "closing", "closing_reason"])
    application.records.update(turn="")
    forget(application, now=application.closed_at)
    return before


def take_up(application: Application, before: Dropped) -> None:
    """Opens a dropped one again as it stood: since when it waits too."""
    application.closed_at, application.closing, application.closing_reason = None, "", ""
    application.save(update_fields=["closed_at", "closing", "closing_reason"])
    for key, turn in before.turns.items():
        application.records.filter(pk=key).update(turn=turn)
    Attention.objects.filter(pk__in=before.marks).update(settled_at=None, note="")
    refresh_flags(list(application.records.values_list("pk", flat=True)))


def apply_again(*, company: Company, actor: Actor) -> Application:
    """A new application after refusal, rejection or withdrawal, on the same route."""
    with transaction.atomic():
        live = live_application(company)
        if live is not None:
            transitions.perform(application=live, step=STATUS_QUERY, move="apply_again", actor=actor)
        last = company.applications.first()
        return open_application(company=company, route=Route(last.route) if last else Route.FULL, actor=actor)
