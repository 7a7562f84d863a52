"""What an open board or step page asks for by itself: whether there is anything new."""

import hashlib
import uuid
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import CharField, Count, Max, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone

from correspondence.models import Audience, Letter, Mail
from onboarding.models import Application, Attention, SignatureCheck, StepRecord
from support.models import Question
from tenancy.models import Company

_ARRIVED = Coalesce(Cast("cargo__arrived_on", CharField()), Value(""))


def pulse(company: Company) -> str:
    """Another one whenever the board shows something new. One query, whatever the size of the correspondence."""
    sql, parameters = _statement()
    anybody, its = _value(_ANYBODY), _value(company.pk)
    with connection.cursor() as cursor:
        cursor.execute(sql, [its if each == anybody else each for each in parameters])
        seen = cursor.fetchall()
    # Tomorrow the same wait has lasted a day longer.
    return hashlib.sha256(f"{timezone.localdate()}{sorted(map(repr, seen))}".encode()).hexdigest()[:16]


_ANYBODY = uuid.UUID(int=0)  # stands for the company in what is kept


def _value(company: uuid.UUID) -> uuid.UUID | str:
    """As the database keeps it."""
    return company if connection.features.has_native_uuid_field else company.hex


@cache
def _statement() -> tuple[str, tuple[Any, ...]]:
    """SQL and parameters, kept: every open page asks, and eight queries take longer to build than to answer."""
    company = Company(pk=_ANYBODY)
    records = StepRecord.objects.filter(application__company=company).order_by()
    applications = Application.objects.filter(company=company).order_by()
    letters = Letter.objects.filter(company=company, audience=Audience.IYS).order_by()
    mails = Mail.objects.filter(company=company).order_by()
    marks = Attention.objects.open().filter(record__application__company=company).order_by()
    questions = Question.objects.filter(company=company).exclude(topic="").order_by()
    # Whoever signs may come by a mailed link: no record moves then, and others have the page open.
    signatures = SignatureCheck.objects.filter(document__company=company).order_by()
    union = records.values_list("application_id", Concat("step", "turn"), "version", "since").union(
        applications.values_list("pk", Concat("route", "closing"), Value(0), "finished_at"),
        # Tasks beside the steps, which somebody else of the company has done.
        applications.values_list("pk", Value("panel"), Value(0), "reconciliation_settled_at"),
        applications.values_list("pk", _ARRIVED, Value(0), "application_form__cargo_awaited_since"),
        letters.values("application_id", "status").values_list(
            "application_id", "status", Count("pk"), Max("created_at")
        ),
        mails.values("application_id", "status", "kind", "sender_authentication").values_list(
            "application_id", Concat("status", "kind", "sender_authentication"), Count("pk"), Max("received_at")
        ),
        marks.values_list("record__application_id", "idempotency_key", "pk", "raised_at"),
        signatures.values("document__company_id", "document__kind").values_list(
            "document__company_id", "document__kind", Count("pk"), Max("checked_at")
        ),
        # A package that support looks at: no record moves when it is told of, nor when support has answered.
        questions.values_list("company_id", "topic", Value(0), "waiting_since"),
        all=True,
    )
    sql, parameters = union.query.sql_with_params()
    return sql, tuple(parameters)
