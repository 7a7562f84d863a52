"""Verbs: a company asks and adds, support answers or closes without words."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from support.letters import post_answer
from support.models import LastLook, Message, Question
from tenancy.models import Company, Membership, User


def ask(*, company: Company, by: User, text: str, page: str) -> Question:
    """A new question; `page` is the path of the screen on which it came up."""
    now = timezone.now()
    with transaction.atomic():
        question = Question.objects.create(
            company=company, page=page[:200], asked_by=by, asked_at=now, waiting_since=now
        )
        _say(question, by, text, now, from_staff=False)
    return question


def add(*, question: Question, by: User, text: str) -> Message:
    """More from the company. Who waits already keeps the place in the queue."""
    now = timezone.now()
    with transaction.atomic():
        locked = Question.objects.select_for_update().get(pk=question.pk)
        message = _say(locked, by, text, now, from_staff=False)
        locked.waiting_since = locked.waiting_since or now
        locked.save(update_fields=["waiting_since"])
    return message


def answer(*, question: Question, by: User, text: str) -> Message:
    """Support's answer: the company sees it on its page, and who asked is told by mail."""
    with transaction.atomic():
        locked = (
            Question.objects.select_for_update(of=("self", "company"))
            .select_related("company__partner")
            .get(pk=question.pk)
        )
        message = _say(locked, by, text, timezone.now(), from_staff=True)
        locked.waiting_since = None
        locked.save(update_fields=["waiting_since"])
        post_answer(message)
    return message


def close(*, question: Question) -> bool:
    """No answer is owed (a "thank you", or it was settled by telephone); False when none was."""
    return bool(Question.objects.filter(pk=question.pk).exclude(waiting_since=None).update(waiting_since=None))


def look(*, membership: Membership, at: datetime) -> None:
    """The person has seen what was there at that time."""
    LastLook.now(membership, at)


def _say(question: Question, by: User, text: str, at: datetime, *, from_staff: bool) -> Message:
    return Message.objects.create(question=question, by=by, text=text, at=at, from_staff=from_staff)
