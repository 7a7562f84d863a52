"""Verbs of the channel "already applied": what a company proves, and what staff make of it."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from brands.models import Brand
from journal.parties import Party
from onboarding.actions.pre_application import submission
from onboarding.actor import Actor, NotAllowed
from onboarding.dossier import changes
from onboarding.mail import answers
from onboarding.models import Application, CodeSource, DocumentKind, Evidence
from onboarding.steps import PRE_APPLICATION, STATUS_QUERY
from onboarding.transitions import perform

NO_PAPER = "İYS'den gelen e-postayı ya da belgeyi yükleyin."


def hand_over(
    *,
    application: Application,
    iys_application_number: str,
    iys_code: str,
    brands: Sequence[Mapping[str, str]],
    note: str,
    actor: Actor,
    expected_version: int,
) -> None:
    """Gives the numbers to staff. Raises NotAllowed without a number or without a paper that shows it, and while
    something that was asked for is neither changed nor answered."""
    if not iys_application_number and not iys_code:
        raise NotAllowed("İYS'nin verdiği ön başvuru numarasını ya da İYSKod'u yazın.")
    if actor.user is None:
        raise NotAllowed("Başvuruyu yalnızca firma sahibi gönderebilir.")
    if not application.company.documents.current().of_kind(DocumentKind.EVIDENCE).exists():
        raise NotAllowed(NO_PAPER)
    with transaction.atomic():
        keep(
            application=application,
            iys_application_number=iys_application_number,
            iys_code=iys_code,
            brands=brands or _main_brand(application, iys_code),
            note=note,
        )
        untouched = changes.untouched(application, step=PRE_APPLICATION.key)
        if untouched:
            raise NotAllowed(" ".join(untouched))
        perform(
            application=application,
            step=PRE_APPLICATION,
            move="give_evidence",
            actor=actor,
            expected_version=expected_version,
        )
        submission.freeze(application, PRE_APPLICATION, actor.user)


def _main_brand(application: Application, iys_code: str) -> list[dict[str, str]]:
    """Who named none has one alone, and the code of the main brand is the İYSKod."""
    named = application.company.brands.first()
    name = named.name if named is not None else application.company.trade_name
    return [{"name": name[: Brand.name.field.max_length], "code": iys_code}] if iys_code else []


def is_whole(application: Application) -> bool:
    """Whether what is kept may be given to staff as it is."""
    kept = Evidence.objects.filter(application=application).first()
    if kept is None or not (kept.iys_application_number or kept.iys_code):
        return False
    has_paper = application.company.documents.current().of_kind(DocumentKind.EVIDENCE).exists()
    return has_paper and not changes.untouched(application, step=PRE_APPLICATION.key)


def keep(*, application: Application, **values: object) -> Evidence:
    """Fields by their names; the others stay as they are."""
    return Evidence.objects.update_or_create(application=application, defaults=values)[0]


def accept(*, application: Application, approved: bool, actor: Actor, expected_version: int) -> None:
    """Staff believe it: step 1 is done, and step 2 stands where İYS is.

    `approved` says that İYS has approved already: step 2 is done too, and step 3 has the codes to confirm
    when they were shown. Otherwise İYS is still looking at the application. Raises NotAllowed where the
    company has shown nothing.
    """
    shown = Evidence.objects.filter(application=application).first()
    if shown is None:
        raise NotAllowed("Firma, yapılmış bir başvuru bildirmedi.")
    extracted = {
        "application_number": shown.iys_application_number,
        "iys_code": shown.iys_code,
        "brands": shown.brands,
    }
    iys = Actor(Party.IYS, actor.user)
    with transaction.atomic():
        perform(
            application=application,
            step=PRE_APPLICATION,
            move="accept_evidence",
            actor=actor,
            expected_version=expected_version,
            more_follows=True,
        )
        if shown.iys_application_number:
            Application.objects.filter(pk=application.pk).update(
                iys_application_number=shown.iys_application_number
            )
        answers.take(
            application=application,
            step=STATUS_QUERY,
            move="approve" if approved else "received",
            extracted=extracted,
            actor=iys,
            reason="",
            data={"evidence": True, "recorded_by_staff": True},
            # İYS told nobody here: these are the company's own words, which support has held against its paper.
            codes_from=CodeSource.DECLARED,
        )
