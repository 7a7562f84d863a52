"""What a page asks a worker for: papers and evidence packs, which take too long for a request."""

from celery import shared_task

from broker import ask
from onboarding.models import DocumentKind, Onboarding


@shared_task
def render_paper(onboarding_id: str, kind: str) -> None:
    # WeasyPrint is for the worker alone: a web server must not load it at its start.
    from onboarding.dossier import papers

    papers.render(_found(onboarding_id), DocumentKind(kind))


@shared_task
def build_pack(onboarding_id: str) -> None:
    from onboarding.evidence_pack import building

    building.build(onboarding=_found(onboarding_id))


def _found(onboarding_id: str) -> Onboarding:
    return Onboarding.objects.select_related("company__partner").get(pk=onboarding_id)


def ask_for_paper(onboarding: Onboarding, kind: DocumentKind) -> None:
    """Has a worker render a paper."""
    ask(render_paper, str(onboarding.pk), str(kind))


def ask_for_pack(onboarding: Onboarding) -> None:
    """Has a worker make the evidence pack."""
    ask(build_pack, str(onboarding.pk))
