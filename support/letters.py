"""The letter that brings an answer to who asked, and what support wrote first to the owners."""

from correspondence.models import Audience, Letter
from correspondence.outgoing import outbox
from support.models import Message, Question
from tenancy.roles import Role


def post_answer(message: Message) -> Letter | None:
    """To who of the company wrote in the conversation; to the owners when nobody did, or they have left. None when
    nobody is there to read it."""
    question = message.question
    to = _readers(question)
    if not to:
        return None
    company = question.company
    context = {"company": company, "partner": company.partner, "question": question, "message": message}
    return outbox.post(
        company=company,
        idempotency_key=f"support:{message.pk}",
        body=outbox.render(
            template="support_message" if question.begun_by_support else "support_answer", context=context
        ),
        address=outbox.Address(audience=Audience.COMPANY, to=to),
    )


def _readers(question: Question) -> list[str]:
    members = question.company.memberships.filter(user__is_active=True).select_related("user")
    writers = {message.by_id for message in question.messages.all() if not message.from_staff}
    wrote = [each for each in members if each.user_id in writers]
    found = wrote or [each for each in members if each.role == Role.OWNER]
    return [membership.user.email for membership in found]
