"""Putting a company on a way: its route and, on the full one, the channel of step 1."""

from django.db import transaction

from onboarding import applications
from onboarding.actions.pre_application import channel as channels
from onboarding.actions.pre_application import submission
from onboarding.actor import Actor
from onboarding.gate import Route
from onboarding.models import Application, ChannelChoices
from tenancy.models import Company


def take(
    *,
    company: Company,
    route: Route,
    channel: ChannelChoices | None,
    has_mersis: bool | None,
    actor: Actor,
    is_foreign: bool = False,
    closes: bool = False,
) -> Application:
    """Opens the company's application on this way, or puts the live one on it; either all of it or nothing.

    What was said of the MERSİS number, and of a signatory from abroad, is not asked for again. Raises NotAllowed
    when the way cannot be taken any more, also when that closes the live application and `closes` does not say
    that it is meant.
    """
    with transaction.atomic():
        live = applications.live_application(company)
        if live is None:
            application = applications.open_application(company=company, route=route, actor=actor)
        else:
            application = applications.change_route(application=live, route=route, actor=actor, closes=closes)
        if route is Route.FULL and channel is not None and not _is_past_choosing(application, channel):
            channels.choose(application=application, channel=channel, actor=actor)
            if channel is ChannelChoices.MANUAL:
                _note_answers(application, actor, has_mersis=has_mersis, is_foreign=is_foreign)
    return application


def _is_past_choosing(application: Application, channel: ChannelChoices) -> bool:
    """Whether it has gone this very channel too far to choose: back on the route it goes on from there."""
    now = Application.objects.prefetch_related("records").get(pk=application.pk)
    return now.application_form.channel == channel and not channels.may_choose(now)


def _note_answers(application: Application, actor: Actor, *, has_mersis: bool | None, is_foreign: bool) -> None:
    """The form and the papers follow them, so what was complete for the other answer is not for this one. Whose
    identity number is there already is known."""
    form = Application.objects.get(pk=application.pk).application_form
    values: dict[str, bool] = {}
    if has_mersis is not None and form.has_mersis != has_mersis:
        values["has_mersis"] = has_mersis
    if is_foreign != form.signatory_foreign and not form.signatory_identity:
        values["signatory_foreign"] = is_foreign
    if values:
        submission.fill_in(application=application, values=values, complete=False, actor=actor)
