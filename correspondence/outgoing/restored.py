"""Whether the database is older than what went out: it was loaded from a backup, and its queue would go again.

Two signs, each for what the other does not see. A dump that is loaded makes tables anew, so PostgreSQL numbers
them anew. A copy of the whole disk does not; but the file store, or a newer copy of it, has counted further.
Neither is there when the machine with all that is on it was set back: then only who did that can say so.
"""

import logging

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from correspondence.models import Letter, LetterStatus, SendingHold, SendingMark
from documents.encrypted import DamagedFile, StoreAway

logger = logging.getLogger(__name__)
STORED = "sending/turn"
REASON = (
    "Veritabanı yedekten yüklenmiş. Sıradaki mektupların bir kısmı yedekten sonra gitmiş olabilir: işletim önce "
    "gidenleri bulmalı (manage.py replay_after_restore), sonra gönderimi açmalı."
)
# The same, said by whoever loads a backup, as the last statement of its transaction: no worker comes before it. A
# hold that was in force in the backup stays as it was.
STOPPED = f"""
INSERT INTO public.correspondence_sendinghold (target, reason, held_at) SELECT '', '{REASON}', now()
WHERE NOT EXISTS
  (SELECT 1 FROM public.correspondence_sendinghold WHERE partner_id IS NULL AND target = '' AND lifted_at IS NULL)
"""  # noqa: S608 - the words above, in which nothing has to be quoted
# As the server numbers them: the cluster, the database in it, and the table of letters.
PLACE = """
SELECT concat_ws('/', system_identifier, (SELECT oid FROM pg_database WHERE datname = current_database()),
                 'correspondence_letter'::regclass::oid) FROM pg_control_system()
"""


def may_send() -> bool:
    """Asked before letters go. Counts a turn when some may go; stops all sending when the database is older."""
    if not Letter.objects.filter(status=LetterStatus.QUEUED).exists():
        return False
    try:
        if noticed():
            return False
        return Letter.objects.due(timezone.now()).exists() and _count()
    except StoreAway as error:
        # The words of letters lie there too: none could be put together, and none may wear out by that.
        logger.warning("The file store cannot be asked; the letters wait: %s", error)
        return False


def codes_may_go() -> bool:
    """The same for codes, which cannot wait for the file store: whether this is the database that letters go from.

    A code that goes twice opens what it opened before, and those of a backup have run out.
    """
    mark = SendingMark.objects.filter(pk=1).first()
    return mark is None or mark.place in ("", _place())


def noticed() -> bool:
    """True once for each time the database was loaded from a backup: from then on all sending is stopped.

    Raises StoreAway.
    """
    found, here = _in_store(), _place()
    with transaction.atomic():
        mark = _row()
        older = found > mark.turn or bool(mark.place and mark.place != here)
        if older:
            logger.error("The database was loaded from a backup; no letter goes until sending is resumed.")
            _stop()
        if older or mark.place != here:
            SendingMark.objects.filter(pk=mark.pk).update(place=here, turn=max(mark.turn, found))
    return older


def _row() -> SendingMark:
    mark, _made = SendingMark.objects.select_for_update().get_or_create(pk=1)
    return mark


def _stop() -> None:
    """A hold that is in force was in the backup too, and tells of something else."""
    said = {"reason": REASON, "held_at": timezone.now(), "held_by": None}
    in_force = SendingHold.objects.filter(partner=None, target="", lifted_at=None)
    if in_force.update(**said):
        return
    try:
        with transaction.atomic():
            SendingHold.objects.create(reason=REASON)
    except IntegrityError:
        in_force.update(**said)  # somebody was faster


def _count() -> bool:
    """The row is counted first: a crash in between leaves a store that is behind, which stops nothing."""
    with transaction.atomic():
        mark = _row()
        mark.turn, mark.mark_stored_name = mark.turn + 1, STORED
        mark.save(update_fields=["turn", "mark_stored_name"])
    try:
        storages["private"].save(STORED, ContentFile(str(mark.turn).encode()))
    except Exception as error:
        # Each kind of store has its own errors, and all mean the same here.
        raise StoreAway(type(error).__name__) from error
    return True


def _in_store() -> int:
    try:
        with storages["private"].open(STORED) as stored:
            return int(stored.read())
    except FileNotFoundError:
        return 0
    except DamagedFile:
        logger.warning("%s cannot be read with these keys, and is counted as not there.", STORED)
        return 0
    except Exception as error:
        # Each kind of store has its own errors, and all mean the same here.
        raise StoreAway(type(error).__name__) from error


def _place() -> str:
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute(PLACE)
        ((found,),) = cursor.fetchall()
    return str(found)
