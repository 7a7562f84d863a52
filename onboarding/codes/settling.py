"""Staff's side of differing codes: when they may go back to the company."""

from onboarding.actor import Actor, NotAllowed
from onboarding.codes.clashes import clashes
from onboarding.codes.confirmation import latest_reading
from onboarding.models import Application
from onboarding.steps import CODE_RECEIPT
from onboarding.transitions import perform


def settle(*, application: Application, actor: Actor, reason: str, expected_version: int) -> None:
    """Staff give the codes back to the company. Raises NotAllowed while another company has one of them: the
    company's confirmation would be refused, and the case be here again."""
    reading = latest_reading(application)
    taken = sorted({clash.code for clash in clashes(reading)}) if reading else []
    if taken:
        raise NotAllowed(
            f"Firma bu kodları onaylayamaz: {', '.join(taken)} hâlâ başka bir firmanın kaydında. Buradaki "
            "yanlışsa “İYS yanıtı: Kodlar okundu…” ile doğrusunu yazın; öteki yanlışsa önce orada düzeltilmeli."
        )
    perform(
        application=application,
        step=CODE_RECEIPT,
        move="settle",
        actor=actor,
        reason=reason,
        expected_version=expected_version,
    )
