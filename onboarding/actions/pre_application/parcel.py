"""The paper undertaking on its way to İYS: a task of its own once the dossier was handed in, with its own mark."""

from dataclasses import dataclass

from onboarding.actions.pre_application import cargo
from onboarding.models import Application, Cargo


@dataclass(frozen=True, slots=True)
class Parcel:
    """`cargo` is None until it was sent; `offered`: whether whoever looks may tell of it."""

    cargo: Cargo | None
    offered: bool


def of(application: Application, *, offered: bool) -> Parcel | None:
    """None where there is no parcel, and none to send."""
    sent = _sent(application)
    return Parcel(sent, offered) if sent is not None or cargo.is_open(application) else None


def underway(application: Application, *, offered: bool) -> Parcel | None:
    """As `of`, while it is awaited and has not arrived."""
    if not cargo.is_open(application):
        return None
    sent = _sent(application)
    if sent is None:
        waits = application.application_form.cargo_awaited_since is not None
    else:
        waits = sent.arrived_on is None
    return Parcel(sent, offered) if waits else None


def _sent(application: Application) -> Cargo | None:
    return Cargo.objects.filter(application=application).first()
