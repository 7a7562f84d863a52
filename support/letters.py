"""The letter that brings an answer to who asked."""

from correspondence.models import Audience, Letter
from correspondence.outgoing import outbox
from support.models import Message, Question
from tenancy.roles import Role


def post_answer(message: Message) -> Letter | None:
    """To who asked; to the owners when that person has left. None when nobody is there to read it."""
    question = message.question
    to = _readers(question)
    if not to:
        return None
    company = question.company
    context = {"company": company, "partner": company.partner, "question": question, "message": message}
    return outbox.post(
        company=company,
        idempotency_key=f"support:{message.pk}",
        body=outbox.render(template="support_answer", context=context),
        address=outbox.Address(audience=Audience.COMPANY, to=to),
    )


def _readers(question: Question) -> list[str]:
    members = question.company.memberships.filter(user__is_active=True).select_related("user")
    asker = members.filter(user=question.asked_by)
    found = asker if asker.exists() else members.filter(role=Role.OWNER)
    return [membership.user.email for membership in found]
