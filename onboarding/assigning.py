"""Verbs of step 5: the assignment form, and the way through İYS's own panel."""

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction

from correspondence import parts
from documents.inspection import Inspected
from documents.models import Origin
from documents.storage import store
from onboarding import filing, letters
from onboarding.machine import Party
from onboarding.models import Assignment, AssignmentWay, DocumentKind, Onboarding
from onboarding.steps import PARTNER_ASSIGNMENT
from onboarding.transitions import Actor, LetterChanged, NotAllowed, perform

DECLARE_BELOW = 5_000  # addresses; "5000'den az olması durumunda form içerisinde açıkça beyan edilmelidir"


def assignment(onboarding: Onboarding) -> Assignment:
    return Assignment.objects.get_or_create(onboarding=onboarding)[0]


def below_threshold(onboarding: Onboarding) -> int | None:
    """The number that the form has to declare in words, of the largest channel; None from 5 000 on."""
    largest = onboarding.package_choice.largest
    return largest if largest < DECLARE_BELOW else None


def panel_points(onboarding: Onboarding) -> list[tuple[str, str]]:
    """What is done in İYS's own panel, point by point (name, label), to be ticked off."""
    partner = onboarding.company.partner
    code = f", entegratör kodu {partner.integrator_code}" if partner.integrator_code else ""
    channels = ", ".join(assignment(onboarding).channel_labels)
    return [
        ("menu", "İYS paneline girip “İş Ortaklığı” bölümünü açtım"),
        ("partner", f"İş ortağım olarak {partner.legal_name} firmasını seçtim{code}"),
        ("permissions", f"Şu kanallar için yetki verdim: {channels}"),
    ]


def hand_in_form(*, onboarding: Onboarding, inspected: Inspected, filename: str, actor: Actor) -> Assignment:
    """Takes the signed form. Raises NotAllowed when the form is not being prepared."""
    with transaction.atomic():
        attempt = Onboarding.objects.select_for_update().select_related("company").get(pk=onboarding.pk)
        record = attempt.records.get(step=PARTNER_ASSIGNMENT.key)
        if (record.state, record.turn) != ("preparing", Party.COMPANY):
            raise NotAllowed("Atama formu şu anda değiştirilemez.")
        document = store(
            company=attempt.company,
            kind=DocumentKind.ASSIGNMENT_FORM,
            payload=inspected.payload,
            filename=filename,
            content_type=inspected.content_type,
            pages=inspected.pages,
            origin=Origin.UPLOADED,
            by=actor.user,
        )
        filing.note(attempt, document, actor)
        found = assignment(attempt)
        found.signed_form, found.way = document, AssignmentWay.FORM
        found.save()
    return found


def submit(*, onboarding: Onboarding, actor: Actor, seen: int, approved: str) -> None:
    """Hands the signed form to staff; with the click the owner approves the letter to İYS.

    `approved` is the digest of that letter as it was seen; raises LetterChanged when it is another by now,
    and NotAllowed without a form, or with one that no mail can carry.
    """
    with transaction.atomic():
        attempt = Onboarding.objects.select_for_update().get(pk=onboarding.pk)
        form = assignment(attempt).signed_form
        if form is None:
            raise NotAllowed("Önce imzalı atama formunu yükleyin.")
        if not parts.fits(form.size, settings.LETTER_MAX_BYTES):
            raise NotAllowed("İmzalı form bir e-postaya sığmıyor. Daha düşük çözünürlükle tarayıp yükleyin.")
        if letters.assignment_to_iys(attempt, PARTNER_ASSIGNMENT, "").digest != approved:
            raise LetterChanged
        perform(onboarding=attempt, step=PARTNER_ASSIGNMENT, move="submit", actor=actor, seen=seen)


def claim(*, onboarding: Onboarding, ticks: Sequence[str], actor: Actor, seen: int) -> None:
    """The company says it has assigned the partner in İYS's panel; every point has to be ticked."""
    wanted = [name for name, _label in panel_points(onboarding)]
    if set(wanted) - set(ticks):
        raise NotAllowed("Paneldeki adımların hepsini tamamlayıp işaretleyin.")
    with transaction.atomic():
        perform(onboarding=onboarding, step=PARTNER_ASSIGNMENT, move="claim", actor=actor, seen=seen)
        found = assignment(onboarding)
        found.way, found.ticks = AssignmentWay.PANEL, wanted
        found.save()
