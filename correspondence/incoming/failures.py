"""A mail with which something goes wrong keeps neither the next one waiting nor those of its batch."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import DataError, IntegrityError, transaction
from django.db.utils import Error as DatabaseTrouble

from correspondence.models import Mail, MailStatus
from correspondence.reading.parsing import Unreadable
from telemetry.bound import bound

logger = logging.getLogger(__name__)
T = TypeVar("T")


@contextmanager
def isolate(mail: Mail) -> Iterator[None]:
    """The one place where anything at all may go wrong with a mail and the next one still gets its turn.

    What goes wrong with it is logged and stands on its row as the reason why it is broken. Trouble of the
    database or of the file store is not the mail's fault: the first ends the run, the second leaves the mail
    as it is for the next one.
    """
    with bound(mail=mail.pk):
        try:
            yield
        except (DataError, IntegrityError) as error:
            _mark_broken(mail, error)
        except DatabaseTrouble:
            raise
        except OSError as error:
            logger.warning("Mail %s waits: %s", mail.pk, error)
        except Exception as error:  # whatever a stranger's bytes may set off
            logger.exception("Mail %s could not be worked on.", mail.pk)
            _mark_broken(mail, error)


def together(what: Callable[[], T]) -> T | None:
    """What comes of a batch of mails in one transaction; None, and nothing is written, where one of them makes it
    stumble: then each is worked on by itself. Trouble of the database ends the run, as above."""
    try:
        with transaction.atomic():
            return what()
    except (DataError, IntegrityError):
        logger.warning("A batch of mails did not go into the database together.")
    except DatabaseTrouble:
        raise
    except Exception:  # whatever a stranger's bytes may set off
        logger.exception("A batch of mails could not be worked on together.")
    return None


def _mark_broken(mail: Mail, error: Exception) -> None:
    why = (
        f"E-posta çözümlenemedi: {error}"
        if isinstance(error, Unreadable)
        else f"İşlenemedi: {type(error).__name__}"
    )
    Mail.objects.filter(pk=mail.pk).update(status=MailStatus.BROKEN, status_why=why[:500], kept_answer="")
