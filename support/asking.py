"""Verbs: a company asks and adds; support answers, closes without words, or writes first."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Max, Prefetch, Window, prefetch_related_objects
from django.utils import timezone

from journal.entries import write as journal
from journal.models import Event
from journal.parties import Party
from support.letters import post_answer
from support.models import LastLook, Message, Question
from tenancy.models import Company, Membership, User

OPEN_FOR = timedelta(days=14)  # after its last message, how long what support writes goes on in a conversation


def ask(*, company: Company, by: User, text: str, page: str, topic: str = "") -> Question:
    """A new question; `page` is the path of the screen on which it came up, `topic` the link that it came by."""
    now = timezone.now()
    with transaction.atomic():
        question = Question.objects.create(
            company=company, page=page[:200], topic=topic, asked_by=by, asked_at=now, waiting_since=now
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
        Company.objects.select_for_update().get(pk=question.company_id)  # first, as `write` does
        locked = (
            Question.objects.select_for_update(of=("self",)).select_related("company__partner").get(pk=question.pk)
        )
        message = _say(locked, by, text, timezone.now(), from_staff=True)
        locked.waiting_since = None
        locked.save(update_fields=["waiting_since"])
        post_answer(message)
    return message


def waiting(company: Company, topic: str) -> Question | None:
    """The question that somebody began by the link of this topic, while support owes an answer."""
    return company.questions.filter(topic=topic).exclude(waiting_since=None).first()


class Overtaken(Exception):
    """The company wrote while support was typing; the message is a Turkish sentence."""

    def __init__(self) -> None:
        super().__init__("Firma siz yazarken bir ileti gönderdi; gönderilmedi. Okuyun, sonra yeniden gönderin.")


def conversations(company: Company) -> tuple[Question | None, int]:
    """The one in which support goes on (what waits for an answer, else what was said last, if not long ago), and
    how many there are in all."""
    in_turn = (F("waiting_since").asc(nulls_last=True), F("last").desc(nulls_last=True))
    found = company.questions.annotate(last=Max("messages__at"), in_all=Window(Count("pk")))
    first = found.order_by(*in_turn).first()
    if first is None:
        return None, 0
    said_at: datetime | None = first.last
    if first.waiting_since is None and (said_at is None or said_at <= timezone.now() - OPEN_FOR):
        return None, first.in_all
    prefetch_related_objects([first], Prefetch("messages", Message.objects.select_related("by")))
    return first, first.in_all


def open_conversation(company: Company) -> Question | None:
    return conversations(company)[0]


def write(*, company: Company, application_id: UUID, by: User, text: str, key: UUID, read_to: int) -> Message:
    """Support writes without having been asked: into the open conversation, else a new one. Told by mail and
    journalled; the same `key` once more changes nothing.

    `read_to` is the key of the last message that stood on the page, 0 for none. Raises Overtaken when the company
    has written since.
    """
    now = timezone.now()
    with transaction.atomic():
        Company.objects.select_for_update().get(pk=company.pk)
        sent = Message.objects.filter(key=key, by=by, question__company=company).first()
        if sent is not None:
            return sent
        question = open_conversation(company)
        if question is None:
            question = Question.objects.create(company=company, asked_by=by, asked_at=now)
        Question.objects.select_for_update().get(pk=question.pk)
        if question.messages.filter(from_staff=False, pk__gt=read_to).exists():
            raise Overtaken
        message = _say(question, by, text, now, from_staff=True, key=key)
        Question.objects.filter(pk=question.pk).update(waiting_since=None)
        post_answer(message)
        journal(
            company=company,
            event=Event.WRITTEN_TO,
            text=text[:200],
            party=Party.STAFF,
            actor=by,
            application_id=application_id,
        )
    return message


def close(*, question: Question) -> bool:
    """No answer is owed (a "thank you", or it was settled by telephone); False when none was."""
    return bool(Question.objects.filter(pk=question.pk).exclude(waiting_since=None).update(waiting_since=None))


def look(*, membership: Membership, at: datetime) -> None:
    """The person has seen what was there at that time."""
    LastLook.now(membership, at)


def _say(
    question: Question, by: User, text: str, at: datetime, *, from_staff: bool, key: UUID | None = None
) -> Message:
    return Message.objects.create(question=question, by=by, text=text, at=at, from_staff=from_staff, key=key)
