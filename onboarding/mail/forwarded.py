"""İYS's mails that the company itself brings, forwarded or uploaded: they pre-fill and ask, and move nothing."""

from django.db import transaction

from correspondence.incoming import decisions
from correspondence.models import Mail, MailStatus
from correspondence.reading.kinds import Kind
from onboarding.actor import Actor, NotAllowed
from onboarding.codes import confirmation
from onboarding.letters import drafts
from onboarding.mail import against
from onboarding.models import Application, CodeReading, CodeSource
from onboarding.steps import CODE_RECEIPT
from onboarding.steps.code_receipt import AWAITED, CodeReceipt
from onboarding.transitions import perform
from verification import sms_notices

READY = (*AWAITED, CodeReceipt.READ)
TO_CONFIRM = "Firmanın getirdiği kodlar: onaylaması bekleniyor."
TO_SUPPORT = "Firmanın getirdiği bir İYS e-postası: kendiliğinden uygulanmaz, destek ekibi bakacak."


def proposal(application: Application) -> Mail | None:
    """The newest mail from the company with codes that nobody has confirmed yet and no other mail brought."""
    brought = (mail for mail in confirmation.brought(application) if mail.extracted.get("iys_code"))
    return next((mail for mail in brought if not against.is_read_already(mail, application)), None)


def is_askable(application: Application) -> bool:
    """Whether step 3 stands where codes may be put before the company."""
    record = application.records.get(step=CODE_RECEIPT.key)
    return bool(record.turn) and record.state in READY and not record.held


def hand_over(application: Application, mail: Mail) -> tuple[MailStatus, str]:
    """Hands a mail of the company over to whom it waits for, and says so in a sentence; files what came by itself.

    Codes that can be confirmed now make it a mail of step 3, and who forwarded them is asked to confirm them by
    letter. Anything else is support's. The caller saves the mail.
    """
    if against.is_said_already(mail, application):
        return MailStatus.FILED, against.SAID_ALREADY
    if mail.kind != Kind.APPROVED or not mail.extracted.get("iys_code") or not is_askable(application):
        return MailStatus.PERSON, TO_SUPPORT
    mail.step_key = CODE_RECEIPT.key
    if not mail.is_upload:
        letter = drafts.post_codes_to_confirm(application, mail)
        sms_notices.post(
            company=application.company,
            idempotency_key=letter.idempotency_key,
            text="İYSKod'unuz geldi, onayınızı bekliyor (3. adım). Ayrıntısı e-postanızda.",
        )
    return MailStatus.PERSON, TO_CONFIRM


def use(*, application: Application, mail: Mail, actor: Actor, expected_version: int) -> CodeReading:
    """Takes the mail's codes for the company's own word, as if it had typed them; they still are to be confirmed.

    Raises NotAllowed when the step or somebody else's decision forbids it.
    """
    with transaction.atomic():
        reading = confirmation.keep_reading(
            application=application,
            extracted=mail.extracted,
            mail=mail,
            source=CodeSource.UPLOADED if mail.is_upload else CodeSource.FORWARDED,
            typed_by=actor.user,
        )
        perform(
            application=application,
            step=CODE_RECEIPT,
            move="type",
            actor=actor,
            expected_version=expected_version,
            data={"mail": str(mail.pk), "wrote": {"code_reading": reading.pk}},
        )
        try:
            decisions.decide(
                mail,
                status=MailStatus.APPLIED,
                status_why=f"{actor.user} kodları kullandı"[:500],
                step_key=CODE_RECEIPT.key,
            )
        except decisions.Outdated as error:  # in the company's words
            raise NotAllowed("Bu e-postaya sizden hemen önce destek ekibi karar verdi.") from error
    return reading
