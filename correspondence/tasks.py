import logging

from celery import shared_task
from kombu.exceptions import OperationalError

from correspondence import accounts
from correspondence.control import SendingAccount

logger = logging.getLogger(__name__)


@shared_task
def test_account(pk: int) -> None:
    accounts.test(account=SendingAccount.objects.select_related("company__partner").get(pk=pk))


def ask_for_test(account: SendingAccount) -> None:
    """Has a worker try the account. A broker that is down is asked again by the waiting page's next refresh."""
    try:
        test_account.apply_async((account.pk,), retry=False)
    except OperationalError:
        logger.warning("The broker could not be reached; the waiting page will ask again.")
