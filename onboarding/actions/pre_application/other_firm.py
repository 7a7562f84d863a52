"""A number of another firm, typed into this one's application: nothing becomes the other, and support are told."""

from django.utils import timezone

from identifiers import masking
from onboarding.actor import Actor
from onboarding.attention import marks
from onboarding.models import Application, Attention, AttentionKind
from onboarding.steps import PRE_APPLICATION
from tenancy.identities import blind_index


def note(*, application: Application, number: str, actor: Actor) -> None:
    """Puts before support that somebody typed the other's tax number, or the TCKN that it is; once for each.

    Whether that firm is a customer is neither looked up nor said.
    """
    own = masking.shown(application.company.full_tax_number)
    marks.raise_mark(
        record=application.records.get(step=PRE_APPLICATION.key),
        kind=AttentionKind.OTHER_FIRM,
        idempotency_key=f"other_firm:{blind_index(number)}",
        text=f"Firmanın vergi numarası {own}; başvurusuna {masking.shown(number)} numaralı firma yazıldı.",
        actor=actor,
    )


def corrected(application: Application) -> None:
    """The firm's own number stands there now: it was a slip, and there is nothing left for support to ask."""
    typed = Attention.objects.filter(record__application=application, kind=AttentionKind.OTHER_FIRM)
    typed.settle(now=timezone.now(), note="Firma ardından kendi numarasını yazdı.")
