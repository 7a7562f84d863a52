"""Verbs of the online channel up to the signature: e-mail code, registry query, mobile code (guide, 1.2)."""

from django.db import transaction

from accounts.addresses import verified_address
from identifiers import masking, mersis
from identifiers.email import domain as email_domain
from journal.entries import write
from journal.models import Event
from journal.parties import Party
from onboarding.actions.pre_application import other_firm, submission
from onboarding.actor import Actor, NotAllowed
from onboarding.dossier import signature_checks, undertaking
from onboarding.models import Application, FreeMailDomain, RegistryAnswer, RegistryOutcome
from onboarding.steps import PRE_APPLICATION
from onboarding.transitions import can, perform
from registry.lookup import Answer, Found, Mismatch, NotFound, look_up
from tenancy.models import Company, User
from tenancy.notices import owners_of
from verification import codes, gateway, sms_notices
from verification.models import Purpose

# What the company does in the sub-steps behind the e-mail code, up to the signature.
AFTER_EMAIL = ("query", "fill", "edit_form")


def is_free_mailbox(domain: str) -> bool:
    return FreeMailDomain.objects.filter(domain=domain.lower()).exists()


def free_mailbox_note(address: str) -> str:
    """For a corporate address that is taken although İYS would rather have another; empty where all is well."""
    domain = email_domain(address)
    if not address or not is_free_mailbox(domain):
        return ""
    return (
        f"{domain} ücretsiz bir e-posta hizmeti. İYS kurumsal adres bekler: firmanızın kendi alan adında bir "
        "adresi varsa onu yazın; yoksa bu adres kalabilir."
    )


def confirm_email(*, application: Application, email: str, code: str, actor: Actor, expected_version: int) -> None:
    """The corporate address is the company's once its code was typed. Raises Refused for a wrong code."""
    codes.confirm(application_id=application.pk, purpose=Purpose.EMAIL, target=email, code=code)
    _take_email(application, email, actor, expected_version)


def own_address(user: User, company: Company) -> str:
    """The person's own address where it may be the company's too, at no free mail service."""
    address = likely_address(user, company)
    return "" if is_free_mailbox(email_domain(address)) else address


def likely_address(user: User, company: Company) -> str:
    """The person's own address, of which she proved that she reads it when she signed up: at the domain of one of
    the owners, or at a free mail service where she is one herself. Empty otherwise: whoever only helps, an agency
    or a book-keeper, has an address of another firm.
    """
    address, owners = verified_address(user), owners_of(company)
    domain = email_domain(address)
    if is_free_mailbox(domain):
        return address if address in owners else ""
    return address if domain in map(email_domain, owners) else ""


def use_own_email(*, application: Application, email: str, actor: Actor, expected_version: int) -> None:
    """Without a second code. Raises NotAllowed for any address but the person's own."""
    if actor.user is None or not email or email != own_address(actor.user, application.company):
        raise NotAllowed("Bu adres hesabınızın doğrulanmış adresi değil; kodla doğrulayın.")
    _take_email(application, email, actor, expected_version)


def may_change_email(application: Application) -> bool:
    """Whether another address may be proved in its place, until the application is handed in."""
    return any(can(application, PRE_APPLICATION, move, Actor(Party.COMPANY)) for move in AFTER_EMAIL)


def _take_email(application: Application, email: str, actor: Actor, expected_version: int) -> None:
    """The first one leads on; another one in its place leaves the step where it is."""
    with transaction.atomic():
        locked = Application.objects.select_for_update().get(pk=application.pk)
        if may_change_email(locked):
            write(
                company=application.company,
                event=Event.FILLED_IN,
                text="Kurumsal e-posta adresi değiştirildi ve doğrulandı",
                party=actor.party,
                actor=actor.user,
                application_id=application.pk,
                step_key=PRE_APPLICATION.key,
            )
        else:
            perform(
                application=application,
                step=PRE_APPLICATION,
                move="verify_email",
                actor=actor,
                expected_version=expected_version,
            )
        company = application.company
        company.corporate_email = email
        company.save(update_fields=["corporate_email"])


def query(
    *, application: Application, mersis_number: str, identity: str, actor: Actor, expected_version: int
) -> RegistryAnswer:
    """Asks the company registry, outside any transaction, and goes on to the form.

    A company that is not there, that has another tax number, and a person who may not sign stay at the query; a
    registry out of reach does not: the form opens empty and staff check by hand. A number that tells by itself
    that it is another firm's is not asked about.
    """
    own = application.company.full_tax_number
    try:
        mersis.clean(mersis_number, own)
    except mersis.OfAnother as of_another:
        said, other = None, of_another.owner
    else:
        said = look_up(mersis_number, identity)
        other = said.tax_number if isinstance(said, Found) and said.tax_number != own else ""
    details = _details(said)
    with transaction.atomic():
        answer = RegistryAnswer.objects.create(
            application=application,
            mersis_number=masking.shown(mersis_number),
            outcome=RegistryOutcome.OTHER_FIRM if other else _outcome(said),
            details={name: masking.shown(value) for name, value in details.items()},
        )
        if other:
            other_firm.note(application=application, number=other, actor=actor)
        if answer.outcome in (RegistryOutcome.FOUND, RegistryOutcome.UNAVAILABLE):
            other_firm.corrected(application)
            submission.fill_in(
                application=application,
                values={
                    "has_mersis": True,
                    "signatory_foreign": False,
                    "mersis_number": mersis_number,
                    "signatory_identity": identity,
                    **details,
                },
                complete=False,
                actor=actor,
            )
            perform(
                application=application,
                step=PRE_APPLICATION,
                move="query",
                actor=actor,
                expected_version=expected_version,
            )
    return answer


def _outcome(said: Answer | None) -> RegistryOutcome:
    match said:
        case Found():
            return RegistryOutcome.FOUND
        case NotFound():
            return RegistryOutcome.NOT_FOUND
        case Mismatch():
            return RegistryOutcome.MISMATCH
        case _:
            return RegistryOutcome.UNAVAILABLE


def _details(said: Answer | None) -> dict[str, str]:
    if not isinstance(said, Found):
        return {}
    details = {
        "trade_name": said.trade_name,
        "tax_number": said.tax_number,
        "tax_office": said.tax_office,
        "province": said.province,
        "district": said.district,
        "address": said.address,
        "signatory_name": said.signatory_name,
    }
    return {name: value for name, value in details.items() if value}


def fixed(application: Application) -> frozenset[str]:
    """Fields of the online form that are only shown: a code proved them, or the registry was asked about them."""
    answer = application.registry_answers.first()
    found = answer.details if answer is not None and answer.outcome == RegistryOutcome.FOUND else {}
    return frozenset({"corporate_email", "mersis_number", "signatory_identity", *found})


def why_fixed(name: str) -> str:
    """Why one of the fixed fields is only shown, and where it can be changed."""
    if name == "corporate_email":
        return (
            "Doğrulandığı için burada değiştirilemez. Yanlışsa aşağıda “E-postayı değiştir” deyin; yeni adresi de "
            "kodla doğrularsınız."
        )
    return "Sicilde sorgulandığı için burada değiştirilemez. Yanlışsa aşağıda “Başka numarayla sorgula” deyin."


def mobile_is_confirmed(application: Application) -> bool:
    mobile = application.application_form.signatory_mobile
    return bool(mobile) and codes.confirmed_at(application.pk, Purpose.MOBILE, mobile) is not None


def needs_mobile_code(application: Application) -> bool:
    """Without a gateway no SMS can be sent: staff check the number by hand."""
    return gateway.configured() and not mobile_is_confirmed(application)


def use_own_mobile(*, application: Application, user: User) -> None:
    """A signatory's number at which the person gets SMS of ours already is not asked for a second code."""
    mobile = application.application_form.signatory_mobile
    if mobile and mobile == sms_notices.number_of(user) and not mobile_is_confirmed(application):
        codes.take_as_confirmed(
            company=application.company, application_id=application.pk, purpose=Purpose.MOBILE, target=mobile
        )


def approve(*, application: Application, actor: Actor, expected_version: int) -> None:
    """Staff pass the pre-application on to the information entry. Raises NotAllowed while they owe a look-up."""
    if signature_checks.waits_for_staff(undertaking.current_check(application)):
        raise NotAllowed("E-imzanın iptal durumu sorulamamıştı: önce elle denetleyip onaylayın.")
    perform(
        application=application,
        step=PRE_APPLICATION,
        move="approve_online",
        actor=actor,
        expected_version=expected_version,
    )


def finish_form(*, application: Application, actor: Actor, expected_version: int) -> None:
    """From the form to the signature. Raises NotAllowed while data or the mobile number's code are missing."""
    if not application.application_form.complete:
        raise NotAllowed("Önce ön başvuru formunu tamamlayın.")
    if needs_mobile_code(application):
        raise NotAllowed("Önce imza yetkilisinin cep telefonunu SMS koduyla doğrulayın.")
    perform(
        application=application, step=PRE_APPLICATION, move="fill", actor=actor, expected_version=expected_version
    )
