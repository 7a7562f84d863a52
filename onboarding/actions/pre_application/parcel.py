"""The paper undertaking on its way to İYS: a task of its own once the dossier was handed in, with its own mark."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onboarding.dossier import parcel_due, signed
from onboarding.dossier.content import Need
from onboarding.dossier.parcel_due import When
from onboarding.models import Application, Cargo

LATER: Mapping[When, str] = {
    When.NOW: "",
    When.AFTER_THE_LOOK: (
        "Henüz kargolamayın: destek ekibimiz önce taahhütnameye bakacak; zamanını e-postayla yazarız."
    ),
    When.AFTER_THE_ANSWER: (
        "Henüz göndermediyseniz bekleyin: İYS'den yanıt geldi, destek ekibimiz bakıyor; taahhütname yeniden "
        "imzalanmayacaksa ondan sonra kargolarsınız."
    ),
    When.AFTER_THE_CHECK: (
        "Henüz göndermediyseniz bekleyin: destek ekibimiz düzeltmenize bakıyor; taahhütname yeniden "
        "imzalanmayacaksa ondan sonra kargolarsınız."
    ),
    When.WHILE_CORRECTED: (
        "Henüz göndermediyseniz bekleyin: düzeltilmesi istenen bilgi taahhütnamede de yazar; değiştirirseniz "
        "taahhütname yeniden imzalanır. Destek ekibimiz düzeltmenize bakınca kargolarsınız."
    ),
    When.AFTER_THE_CORRECTION: (
        "Önce taahhütnameyi yeniden imzalayıp yükleyin; destek ekibimiz ona bakınca yeni imzalananın "
        "aslını kargolarsınız."
    ),
}


@dataclass(frozen=True, slots=True)
class Parcel:
    """`cargo` is None until it was sent; `earlier` brought the undertaking as it was before it was signed anew.

    `offered`: whether whoever looks may tell of it. `later`: why it is not to be sent now, in Turkish; empty when
    it is.
    """

    cargo: Cargo | None
    earlier: Cargo | None
    offered: bool
    steps_are_done: bool
    later: str


def of(application: Application, *, offered: bool) -> Parcel | None:
    """None where there is no parcel, and none to send."""
    form = application.application_form
    done = application.finished_at is not None
    to_send = form.sends_parcel and form.parcel is None
    found = Parcel(
        form.parcel, form.earlier_parcel, offered, done, LATER[parcel_due.when(application)] if to_send else ""
    )
    return found if found.cargo or found.earlier or form.sends_parcel else None


def sign_anew(application: Application, needs: Sequence[Need]) -> str:
    """Said beside corrections: what is asked for stands on the signed undertaking too. Empty where it does not."""
    return signed.warning(needs) if parcel_due.when(application) is When.WHILE_CORRECTED else ""


def underway(application: Application, *, offered: bool) -> Parcel | None:
    """As `of`, while it is awaited and has not arrived."""
    if not application.application_form.sends_parcel:
        return None
    found = of(application, offered=offered)
    if found is None or found.cargo is None:
        waits = application.application_form.cargo_awaited_since is not None
    else:
        waits = found.cargo.arrived_on is None
    return found if waits else None
