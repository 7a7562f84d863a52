"""Writing the words anew: what the database has marked, by the worker; everything, by `manage.py find_index`.

The words of a company, or of a mail, are written whole, so that doing it twice changes nothing.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from correspondence.models import Mail
from finding import parts, sources
from finding.models import Mark, MarkKind, Word
from telemetry import pulses
from tenancy.models import Company

BATCH = 200  # whoever changes one of these companies waits meanwhile
TURNS = 25  # batches of one turn of the schedule: what is left is done in the next


def companies(keys: Collection[UUID]) -> None:
    """Those that are gone have none left."""
    with transaction.atomic():
        # Two workers may be about the same company; in one order, so that they do not wait for each other.
        there = Company.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
        is_one_gone = len(list(there.values_list("pk"))) < len(keys)
        before, words = parts.of_companies(keys), list(sources.of_companies(keys))
        Word.objects.filter(company__in=keys, mail_id=None).delete()
        Word.objects.bulk_create(words, batch_size=1000)
        parts.renew(before, parts.of_names(words))
        if is_one_gone:
            parts.sweep()


def mails(keys: Collection[UUID]) -> None:
    with transaction.atomic():
        list(Mail.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk"))
        Word.objects.filter(mail_id__in=keys).delete()
        Word.objects.bulk_create(sources.of_mails(keys), batch_size=1000)


RENEW: Mapping[str, Callable[[Collection[UUID]], None]] = {MarkKind.COMPANY: companies, MarkKind.MAIL: mails}


def renew_marked() -> int:
    """What is marked, so much as one turn takes; returns how many marks were worked off.

    A change that is committed while this reads leaves a mark of its own, which is not taken here.
    """
    done = 0
    for _turn in range(TURNS):
        with transaction.atomic():
            marks = list(Mark.objects.select_for_update(skip_locked=True).order_by("pk")[:BATCH])
            for kind, renew in RENEW.items():
                if keys := {mark.of for mark in marks if mark.kind == kind}:
                    renew(keys)
            Mark.objects.filter(pk__in=[mark.pk for mark in marks]).delete()
        done += len(marks)
        if len(marks) < BATCH:
            # Whether marks wait too long is told by this: they are nobody's to look at behind the wall.
            pulses.mark(pulses.FINDING)
            break
    return done


def renew_all() -> Iterator[tuple[str, int, int]]:
    """Of everything there is, batch by batch; says of what, how many are done, and of how many. What was done
    stays when it is stopped."""
    for name, model, renew in (("companies", Company, companies), ("mails", Mail, mails)):
        rows = model.objects.order_by("pk")
        total, done, last = rows.count(), 0, UUID(int=0)
        while keys := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
            renew(keys)
            done, last = done + len(keys), keys[-1]
            yield name, done, max(done, total)
    gone = Word.objects.exclude(mail_id=None).exclude(Exists(Mail.objects.filter(pk=OuterRef("mail_id"))))
    gone.delete()
    with transaction.atomic():
        parts.sweep()
