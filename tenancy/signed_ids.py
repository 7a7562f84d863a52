"""Ids in links of letters, signed: who reads a row cannot make the link to it, who tries ids finds none."""

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.urls import register_converter


class SignedId:
    """A path converter between a row's UUID and the UUID with its signature, which holds for one kind of link."""

    regex = "[0-9a-f]{32}-[A-Za-z0-9_-]{43}"
    kind = ""

    def to_python(self, value: str) -> UUID:
        """Raises ValueError, which is a 404, for what was not signed here."""
        try:
            return UUID(self._signer.unsign(value.replace("-", ":", 1)))
        except BadSignature as error:
            raise ValueError(value) from error

    def to_url(self, value: UUID | str) -> str:
        # A colon would be written otherwise inside an address (?next=…).
        return self._signer.sign(UUID(str(value)).hex).replace(":", "-", 1)

    @property
    def _signer(self) -> Signer:
        # With SECRET_KEY_FALLBACKS: a link outlives a change of keys.
        return Signer(salt=f"tenancy.signed_ids.{self.kind}")


def register(kind: str) -> None:
    """Makes <kind:…> usable in paths."""
    register_converter(type(f"Signed{kind.title()}", (SignedId,), {"kind": kind}), kind)
