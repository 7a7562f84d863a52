"""What a page asks a worker for: papers and evidence packs, which take too long for a request."""

from celery import shared_task
from django.utils import timezone

from broker import ask
from onboarding.dossier import papers
from onboarding.evidence_pack import building
from onboarding.models import Application, DocumentKind, EvidencePack


@shared_task
def render_paper(application_id: str, kind: str) -> None:
    papers.render(_found(application_id), DocumentKind(kind))


@shared_task
def build_pack(application_id: str) -> None:
    building.build(application=_found(application_id))


def _found(application_id: str) -> Application:
    return Application.objects.select_related("company__partner").get(pk=application_id)


def ask_for_paper(application: Application, kind: DocumentKind) -> None:
    """Has a worker render a paper."""
    ask(render_paper, str(application.pk), str(kind))


def ask_for_lost_packs() -> None:
    """Has workers take up the packs whose message got lost, or whose worker died."""
    for pack in EvidencePack.objects.lost(timezone.now()).select_related("application"):
        ask_for_pack(pack.application)


def ask_for_pack(application: Application) -> None:
    """Has a worker make the evidence pack."""
    ask(build_pack, str(application.pk))
