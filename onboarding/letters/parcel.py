"""The mail that says that the original of the paper undertaking is to be sent, one for each that was signed.

It asks for something, so it goes at once; it says the news of its moment as well, and goes in the place of that.
"""

from correspondence.models import Letter
from onboarding.dossier import parcel_due
from onboarding.letters import drafts, who_acts
from onboarding.models import Application, DocumentKind, StepRecord
from partners.models import IysContact
from tenancy.roles import Role


def is_untold(application: Application) -> bool:
    """Whether one is due, and nobody was told of it."""
    return parcel_due.is_due(application) and not Letter.objects.filter(message_group=_cause(application)).exists()


def post(application: Application, record: StepRecord) -> None:
    draft = drafts.to_each(
        "parcel",
        application,
        record.definition,
        "",
        record=record,
        iys=IysContact.current(),
        senders=who_acts.names(application.company, Role.EDITOR),
    )
    drafts.post_draft(draft, application, _cause(application))


def _cause(application: Application) -> str:
    """What was signed anew is another document, and its original another parcel."""
    signed = application.company.documents.current().of_kind(DocumentKind.UNDERTAKING)
    return f"parcel:{application.pk}:{signed.values_list('pk', flat=True).first()}"
