"""A function per letter that the six steps post. Names in the tables of moves are keys of LETTERS."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import SimpleLazyObject

from correspondence.addresses import tracking_address
from correspondence.models import Audience, Letter, Mail
from correspondence.models.sending import SendingAccount
from correspondence.outgoing import outbox
from documents.models import Document
from identifiers import names
from onboarding.dossier import changes, content, corrections, how_sent, parcel_due
from onboarding.letters import coming_next, enclosures, parts, receipts, sent, sent_back, who_acts
from onboarding.machine import Step
from onboarding.models import Application, Assignment, ContinueLink, DocumentKind, HandOff
from onboarding.steps import CODE_RECEIPT
from partners.models import IysContact
from tenancy.access import for_company
from tenancy.identities import masked_for
from tenancy.models import Company
from tenancy.notices import people_to_tell
from tenancy.roles import Role

REPLY = "Ynt: "  # before the subject of what is answered


@dataclass(frozen=True)
class Draft:
    """A letter before it is posted: what it says and whom it goes to.

    `further` are the mails that follow when its documents are too large for one. `account` is the company's own,
    for a letter from its corporate address. `link` is one that the letter carries, good from when it is posted.
    `others` says the same to those of the company who may not do what it asks for.
    """

    body: outbox.Body
    address: outbox.Address
    further: tuple[outbox.Body, ...] = ()
    account: SendingAccount | None = None
    link: ContinueLink | None = None
    others: "Draft | None" = None

    @property
    def digest(self) -> str:
        """What an approval is tied to. Keyed: from a plain hash an identity number could be guessed."""
        seen = [self.body.subject, self.body.text, *self.address.to, *self.address.cc]
        seen += [document.sha256 for document in self.address.attachments]
        return salted_hmac("onboarding.letters", "\0".join(seen), algorithm="sha256").hexdigest()


def post(
    name: str, *, application: Application, step: Step, idempotency_key: str, reason: str = ""
) -> Letter | None:
    """Posts the letter called `name`; None when there is nobody to write to or nothing to say."""
    return post_draft(LETTERS[name](application, step, reason), application, idempotency_key)


def post_draft(draft: Draft | None, application: Application, idempotency_key: str) -> Letter | None:
    """The same, of what was drafted."""
    if draft is None:
        return None
    others = draft.others.address.to if draft.others is not None else ()
    if draft.others is not None:
        _post(draft.others, application, f"{idempotency_key}:others", beside=draft.address.to)
    return _post(draft, application, idempotency_key, beside=others)


def _post(draft: Draft, application: Application, idempotency_key: str, *, beside: Sequence[str]) -> Letter | None:
    if not draft.address.to:
        return None
    if draft.link is not None:
        draft.link.save()
    return outbox.post(
        company=application.company,
        idempotency_key=idempotency_key,
        body=draft.body,
        address=draft.address,
        further=draft.further,
        account=draft.account,
        beside=beside,
    )


def with_documents(template: str, context: dict[str, object], address: outbox.Address) -> Draft:
    first, *further = parts.bodies(template, context, address)
    return Draft(first, address, tuple(further))


def to_iys(
    application: Application, step_key: str, to: str, documents: tuple[Document, ...] = ()
) -> outbox.Address:
    copy = application.company.partner.copy_address
    return outbox.Address(
        audience=Audience.IYS,
        to=[to],
        cc=[copy] if copy else [],
        application_id=application.pk,
        step_key=step_key,
        attachments=documents,
        names=[enclosures.name_of(document, application.company) for document in documents],
    )


def to_company(application: Application, step: Step) -> outbox.Address:
    """To those of the company who want to know when it is their turn."""
    return outbox.Address(
        audience=Audience.COMPANY,
        to=people_to_tell(application.company, turn=True),
        application_id=application.pk,
        step_key=step.key,
    )


def context_of(application: Application, **more: object) -> dict[str, object]:
    """What every letter about the application may say."""
    company = application.company
    return {"application": application, "company": company, "partner": company.partner, **more}


def pre_application_to_iys(application: Application, step: Step, reason: str) -> Draft:
    """Guide, 1.1: all information and documents to onkayit@, the partner in copy."""
    form = application.application_form
    return with_documents(
        "pre_application_to_iys",
        context_of(
            application,
            lines=content.told(form),
            brands=content.brand_lines(form),
            figures=content.figure_lines(form),
            undertaking=how_sent.sentence(application, step),
            correction=step.number > 1,
            replies=corrections.replies(application) if step.number > 1 else (),
        ),
        to_iys(application, step.key, IysContact.current().pre_application_email, content.attachments(form)),
    )


def package_request_to_iys(application: Application, step: Step, reason: str) -> Draft:
    """Guide, step 4: the request for an offer in its exact wording."""
    choice = application.package_choice
    address = to_iys(application, step.key, IysContact.current().sales_email)
    return Draft(
        outbox.render(
            template="package_request_to_iys",
            context=context_of(application, choice=choice, sentence=package_request_sentence(application)),
        ),
        outbox.Address(
            audience=address.audience,
            to=address.to,
            cc=list(dict.fromkeys([*address.cc, choice.offer_email])),
            application_id=address.application_id,
            step_key=address.step_key,
        ),
    )


def package_request_by_account(application: Application, step: Step, reason: str) -> Draft:
    """The same letter from the corporate address; the tracking address is in copy and gets the answers."""
    draft = package_request_to_iys(application, step, reason)
    address = draft.address
    account = application.company.sending_account
    copies = [tracking_address(application.company).email, *(each for each in address.cc if each != account.email)]
    return replace(draft, address=replace(address, cc=copies), account=account)


def package_request_sentence(application: Application) -> str:
    """The guide's template of step 4, word for word, blanks filled."""
    choice = application.package_choice
    return (
        f"{application.company.trade_name}, {application.iys_code} İYS koduna sahip firmamız adına "
        f"İLETİ {choice.package.name} paketi teklifini {choice.offer_email} e-posta adresine "
        "iletilmesini rica ederiz."
    )


def assignment_to_iys(application: Application, step: Step, reason: str) -> Draft:
    """Guide, step 5: the filled and signed form to isortagim@, the partner in copy."""
    assignment = Assignment.of(application)
    signed = assignment.signed_form
    return with_documents(
        "assignment_to_iys",
        context_of(
            application,
            channels=assignment.channel_labels,
            e_signed=signed is not None and signed.kind == DocumentKind.ASSIGNMENT_SIGNED,
        ),
        to_iys(
            application,
            step.key,
            IysContact.current().assignment_email,
            (signed,) if signed is not None else (),
        ),
    )


def withdrawal_to_iys(application: Application, step: Step, reason: str) -> Draft | None:
    """Tells İYS that the company withdraws, if anything was sent to it."""
    if not sent.letters_reached_iys(application.pk):
        return None
    return Draft(
        outbox.render(template="withdrawal_to_iys", context=context_of(application)),
        to_iys(application, step.key, IysContact.current().pre_application_email),
    )


def taken_back(application: Application, step: Step, reason: str) -> Draft:
    """What was reported a while ago does not hold: staff took the reading of a mail back."""
    context = context_of(application, step=step, record=application.records.get(step=step.key), reason=reason)
    return Draft(outbox.render(template="taken_back", context=context), to_company(application, step))


def your_turn(application: Application, step: Step, reason: str) -> Draft:
    record = application.records.get(step=step.key)
    return to_each(
        "your_turn",
        application,
        step,
        who_acts.ALONE.get((step.key, record.state), ""),
        record=record,
        reason=reason,
        remarks=changes.asked(application, step=step.key),
        sent_back=sent_back.words(application),
        parcel=parcel_due.is_due(application),
    )


def to_each(template: str, application: Application, step: Step, move: str, **more: object) -> Draft:
    """To those who may do what is left, `move` if it is that alone, and to the others who want to know of turns:
    these hear from `who` whose it is."""
    company, everybody = application.company, to_company(application, step)
    least = step.move(move).role if move else Role.EDITOR
    acting = people_to_tell(company, turn=True, least=least)
    others = [each for each in everybody.to if each not in acting]

    since = SimpleLazyObject(lambda: receipts.since(application, everybody.to, about=step))

    def draft(to: list[str], who: str) -> Draft:
        context = context_of(application, **{"step": step, "who": who, "since": since, **more})
        return Draft(outbox.render(template=template, context=context), replace(everybody, to=to))

    told = draft(acting, "")
    return replace(told, others=draft(others, who_acts.sentence(company, least, move))) if others else told


def _plain(template: str) -> Callable[[Application, Step, str], Draft]:
    """A letter to the company that says what its template says."""

    def draft(application: Application, step: Step, reason: str) -> Draft:
        state, address = application.records.get(step=step.key).state, to_company(application, step)
        told = {
            "next": coming_next.words(step.key, state),
            # Asked for by the templates that say it.
            "since": SimpleLazyObject(lambda: receipts.since(application, address.to, about=step)),
        }
        context = context_of(application, step=step, reason=reason, **told)
        return Draft(outbox.render(template=template, context=context), address)

    return draft


def continue_application(application: Application, step: Step, reason: str) -> Draft:
    """Guide, 1.2: "Başvuruya Devam Et". Each such letter carries a link of its own."""
    expires_at = timezone.now() + timedelta(days=settings.CONTINUE_LINK_DAYS)
    link = ContinueLink(application=application, expires_at=expires_at)
    path = for_company(reverse("onboarding:continue_application", args=[link.pk]), application.company)
    body = with_link("continue_application", application, link, path)
    return Draft(body, to_company(application, step), link=link)


def with_link(
    template: str, application: Application, link: ContinueLink | HandOff, path: str, **more: object
) -> outbox.Body:
    """A letter with a link in it, which is for the addressee alone and kept nowhere."""
    url = application.company.partner.portal_url + path
    company_name = names.unlinked(application.company.trade_name)
    context = context_of(application, link=link, company_name=company_name, **more)
    return outbox.render(template=template, context=context, secrets={"url": url}, secrets_until=link.expires_at)


def post_codes_to_confirm(application: Application, mail: Mail) -> Letter:
    """To who forwarded İYS's mail, asking whether the codes in it are right."""
    everybody = to_company(application, CODE_RECEIPT)
    asked = [mail.from_email] if mail.from_email in everybody.to else everybody.to
    body = outbox.render(template="codes_to_confirm", context=context_of(application, extracted=mail.extracted))
    address, key = replace(everybody, to=asked), f"codes_to_confirm:{mail.pk}"
    return outbox.post(company=application.company, idempotency_key=key, body=body, address=address)


def masked_text(draft: Draft, company: Company) -> str:
    """The letter's text as people look at it: identity numbers by their last digits alone."""
    return masked_for(company, draft.body.text)


# Letters that tell the company that its turn has come, so that no second one has to.
TELLING = frozenset({"continue_application"})

LETTERS: dict[str, Callable[[Application, Step, str], Draft | None]] = {
    "pre_application_to_iys": pre_application_to_iys,
    "correction_to_iys": pre_application_to_iys,
    "package_request_to_iys": package_request_to_iys,
    "package_request_by_account": package_request_by_account,
    "assignment_to_iys": assignment_to_iys,
    "withdrawal_to_iys": withdrawal_to_iys,
    "your_turn": your_turn,
    "taken_back": taken_back,
    # Guide, 1.2: the number of the pre-application, to be kept, and the note that it is not the İYSKod.
    "pre_application_received": _plain("pre_application_received"),
    "submission_received": _plain("submission_received"),
    receipts.LATER: _plain("submission_received"),
    "continue_application": continue_application,
    "rejected_to_company": _plain("rejected_to_company"),
    "finished": _plain("finished"),
}
