"""Which application is a company's; opening one, changing its route, applying again."""

from collections import defaultdict
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from journal.entries import write
from journal.models import Event
from onboarding import transitions
from onboarding.actor import Actor, NotAllowed
from onboarding.gate import Route
from onboarding.letters.sent import letters_reached_iys
from onboarding.models import (
    Application,
    ApplicationForm,
    ChannelChoices,
    Closing,
    CoSignatory,
    Package,
    PackageChoice,
    StepRecord,
)
from onboarding.models.attention import forget
from onboarding.steps import STATUS_QUERY, STEPS
from tenancy.models import Company

# With a million applications one draw in 240 is taken already; five in a row never are.
DRAWS = 5


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


def change_route(*, application: Application, route: Route, actor: Actor) -> Application:
    """Puts the company on another route and returns the application that is live afterwards.

    Before anything irreversible was sent the application itself changes; later it is closed and a new one
    opened. Raises NotAllowed for a closed application.
    """
    with transaction.atomic():
        locked = Application.objects.select_for_update().select_related("company").get(pk=application.pk)
        if locked.closed_at is not None:
            raise NotAllowed("Bu başvuru kapanmış; yolu değiştirilemez.")
        if locked.route == route:
            return locked
        if letters_reached_iys(locked.pk) or locked.finished_at is not None:
            _close_replaced(locked)
            return open_application(company=locked.company, route=route, actor=actor)
        put_on_route(application=locked, route=route, actor=actor)
    return locked


def put_on_route(*, application: Application, route: Route, actor: Actor) -> None:
    """The application itself goes another way from now on; what it has done stays. Call it in a transaction."""
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


def _close_replaced(application: Application) -> None:
    application.closed_at = timezone.now()
    application.closing = Closing.REPLACED
    application.save(update_fields=["closed_at", "closing"])
    application.records.update(turn="")
    forget(application, now=application.closed_at)


def apply_again(*, company: Company, actor: Actor) -> Application:
    """A new application after refusal, rejection or withdrawal, on the same route."""
    with transaction.atomic():
        live = live_application(company)
        if live is not None:
            transitions.perform(application=live, step=STATUS_QUERY, move="apply_again", actor=actor)
        last = company.applications.first()
        return open_application(company=company, route=Route(last.route) if last else Route.FULL, actor=actor)
