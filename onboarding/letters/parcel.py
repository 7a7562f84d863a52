"""The mail that says that the original of the paper undertaking is to be sent, one for each that was signed.

It asks for something, so it goes at once; it says the news of its moment as well, and goes in the place of that.
"""

from correspondence.models import Letter
from onboarding.dossier import parcel_due
from onboarding.letters import drafts, who_acts
from onboarding.models import Application, DocumentKind, StepRecord
from partners.models import IysContact
from tenancy.roles import Role


def post(application: Application, record: StepRecord, current: StepRecord) -> bool:
    """Whether it was posted; not where none is due, or this one was told of."""
    if not parcel_due.is_due(application):
        return False
    cause = _cause(application)
    if Letter.objects.filter(message_group=cause).exists():
        return False
    draft = drafts.to_each(
        "parcel",
        application,
        record.definition,
        "",
        record=record,
        current=current,
        iys=IysContact.current(),
        senders=who_acts.names(application.company, Role.EDITOR),
    )
    return drafts.post_draft(draft, application, cause) is not None


def _cause(application: Application) -> str:
    """What was signed anew is another document, and its original another parcel."""
    signed = application.company.documents.current().of_kind(DocumentKind.UNDERTAKING)
    return f"parcel:{application.pk}:{signed.values_list('pk', flat=True).first()}"
