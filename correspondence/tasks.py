from celery import shared_task

from broker import ask
from correspondence.models import SendingAccount
from correspondence.outgoing import sending_accounts


@shared_task
def test_account(pk: int) -> None:
    sending_accounts.test(account=SendingAccount.objects.select_related("company__partner").get(pk=pk))


def ask_for_test(account: SendingAccount) -> None:
    """Has a worker try the account."""
    ask(test_account, account.pk)
