"""Every try at a secret is counted before the secret is looked at, and given back when it was right.

So parallel tries cannot outrun the count, and what is refused tells nothing of the secret. A browser that has
signed in as the person before has a count of its own. All others share counts: of the account as it is tried from
one network, of the account from anywhere, of the network. Refused tries are not counted, so every window closes by
itself; until then a reset of the password lets the owner in on a new browser at once (accounts/devices.py).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.http import HttpRequest

from accounts import devices, watch
from limits import quotas
from limits.quotas import Quota, Who
from tenancy.models import User


@dataclass(slots=True)
class Guess:
    quota: Quota
    who: Who
    is_right: bool = False

    def was_right(self) -> None:
        quotas.give_back(self.quota, **self.who)
        self.is_right = True


@contextmanager
def counted(request: HttpRequest, quota: Quota, user: User | None, account: str = "") -> Iterator[Guess]:
    """Around a look at the secret, whose block says when it `was_right`. Raises TooMany.

    `account` is what was named where nobody has it: it is counted like one that is there.
    """
    device = devices.known(request, user)
    if device:
        guess = Guess(Quota.GUESSES_OF_A_DEVICE, Who(target=f"{quota}:{device}"))
    else:
        target = f"user:{user.pk}" if user is not None else account
        guess = Guess(quota, Who(target=target, address=request.META.get("REMOTE_ADDR")))
    try:
        quotas.take(guess.quota, **guess.who)
    except quotas.TooMany:
        watch.note("guess_refused", request, user, f"of={quota}")
        raise
    try:
        yield guess
    finally:
        if not guess.is_right:
            watch.note("wrong_guess", request, user, f"of={quota}")


def spend_code(user: User, code: str) -> bool:
    """A code of an authenticator app counts once (RFC 6238, 5.2); False for one that was used before."""
    digits = "".join(filter(str.isdigit, code))
    try:
        quotas.take(Quota.TOTP_USES, target=f"{user.pk}:{digits}")
    except quotas.TooMany:
        return False
    return True
