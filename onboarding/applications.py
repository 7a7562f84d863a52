"""Opening an attempt, changing its route, applying again."""

from django.db import transaction
from django.utils import timezone

from journal.entries import write
from journal.models import Event
from onboarding import transitions
from onboarding.actor import Actor, NotAllowed
from onboarding.gate import Route
from onboarding.letters.drafts import letters_reached_iys
from onboarding.models import (
    ApplicationForm,
    ChannelChoices,
    Closing,
    CoSignatory,
    Onboarding,
    Package,
    PackageChoice,
    StepRecord,
)
from onboarding.models.attention import forget
from onboarding.steps import STATUS_QUERY, STEPS
from tenancy.models import Company


def live_attempt(company: Company) -> Onboarding | None:
    return company.onboardings.live().prefetch_related("records").first()


def open_attempt(*, company: Company, route: Route, actor: Actor) -> Onboarding:
    """Opens the company's live attempt, with what was typed in the last one copied.

    Raises NotAllowed when there is a live one already.
    """
    with transaction.atomic():
        Company.objects.select_for_update().get(pk=company.pk)
        if company.onboardings.live().exists():
            raise NotAllowed("Firmanızın sürmekte olan bir başvurusu var.")
        last = ApplicationForm.objects.filter(onboarding__company=company).order_by("-pk").first()
        attempt = Onboarding.objects.create(company=company, route=route)
        now = timezone.now()
        StepRecord.objects.bulk_create(
            StepRecord(onboarding=attempt, step=step.key, state=step.initial, since=now) for step in STEPS
        )
        transitions.refresh_turns(attempt)
        _copy_form(last, attempt)
        write(
            company=company,
            event=Event.OPENED,
            text=f"Başvuru açıldı: {attempt.reference}",
            party=actor.party,
            actor=actor.user,
            subject=attempt.pk,
            data={"route": route},
        )
    return attempt


def _copy_form(last: ApplicationForm | None, attempt: Onboarding) -> None:
    """What hangs on an attempt and holds for the next. Brands, figures and documents are the company's own.

    Another channel than the manual one begins with its own checks, so it is asked for anew.
    """
    form = ApplicationForm(onboarding=attempt)
    if last is not None:
        form.channel = last.channel if last.channel == ChannelChoices.MANUAL else ""
        form.has_mersis = last.has_mersis
        form.signatory_foreign = last.signatory_foreign
        form.signatory_identity = last.signatory_identity
        form.signatory_name = last.signatory_name
        form.signatory_email = last.signatory_email
        form.signatory_mobile = last.signatory_mobile
        form.complete = last.complete
        for each in last.onboarding.co_signatories.all():
            CoSignatory.objects.create(onboarding=attempt, name=each.name, identity=each.identity)
        _copy_addresses(last.onboarding, attempt)
    form.save()


def _copy_addresses(last: Onboarding, attempt: Onboarding) -> None:
    """The approved addresses and the package, while the catalogue still has it."""
    choice = PackageChoice.objects.filter(onboarding=last).first()
    if choice is not None and Package.objects.offered(timezone.localdate()).filter(pk=choice.package_id).exists():
        choice.pk, choice.onboarding = None, attempt
        choice.save(force_insert=True)


def change_route(*, onboarding: Onboarding, route: Route, actor: Actor) -> Onboarding:
    """Puts the company on another route and returns the attempt that is live afterwards.

    Before anything irreversible was sent the attempt itself changes; later it is closed and a new one
    opened. Raises NotAllowed for a closed attempt.
    """
    with transaction.atomic():
        attempt = Onboarding.objects.select_for_update().select_related("company").get(pk=onboarding.pk)
        if attempt.closed_at is not None:
            raise NotAllowed("Bu başvuru kapanmış; yolu değiştirilemez.")
        if attempt.route == route:
            return attempt
        if letters_reached_iys(attempt.pk) or attempt.finished_at is not None:
            _close_replaced(attempt)
            return open_attempt(company=attempt.company, route=route, actor=actor)
        put_on_route(attempt=attempt, route=route, actor=actor)
    return attempt


def put_on_route(*, attempt: Onboarding, route: Route, actor: Actor) -> None:
    """The attempt itself goes another way from now on; what it has done stays. Call it in a transaction."""
    if attempt.route == route:
        return
    attempt.route = route
    attempt.save(update_fields=["route"])
    transitions.refresh_turns(attempt)
    write(
        company=attempt.company,
        event=Event.OPENED,
        text=f"Yol değişti: {attempt.get_route_display()}",
        party=actor.party,
        actor=actor.user,
        subject=attempt.pk,
        data={"route": route},
    )


def _close_replaced(attempt: Onboarding) -> None:
    attempt.closed_at = timezone.now()
    attempt.closing = Closing.REPLACED
    attempt.save(update_fields=["closed_at", "closing"])
    attempt.records.update(turn="")
    forget(attempt, now=attempt.closed_at)


def apply_again(*, company: Company, actor: Actor) -> Onboarding:
    """A new attempt after refusal, rejection or withdrawal, on the same route."""
    with transaction.atomic():
        live = live_attempt(company)
        if live is not None:
            transitions.perform(onboarding=live, step=STATUS_QUERY, move="apply_again", actor=actor)
        last = company.onboardings.first()
        return open_attempt(company=company, route=Route(last.route) if last else Route.FULL, actor=actor)
