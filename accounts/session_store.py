"""Django's sessions in the database, kept so that who reads the database cannot use them (SESSION_ENGINE).

The row's key is a hash of what stands in the cookie. What a session holds (codes on their way, forms that wait for
the password) is encrypted. `expire_date` is the nearer of two ends: idle for too long, signed in for too long.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

from accounts.models import Session
from tenancy.encryption import cipher
from tenancy.models import User
from wall.crossings import Crossing
from wall.standing import crossing


def row_key(session_key: str) -> str:
    """160 bits of a hash without a key: what it hides is itself random (32 characters)."""
    return sha256(session_key.encode()).hexdigest()[:40]


def ends_at(row: Session, now: datetime) -> datetime:
    """When the session ends if nothing more happens (OWASP ASVS 5.0, 7.3)."""
    if row.user_id is None:
        return now + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    staff = User.objects.filter(pk=row.user_id, is_staff=True).exists()
    idle, whole = settings.STAFF_SESSION if staff else settings.COMPANY_SESSION
    return min(now + idle, row.created_at + whole)


class SessionStore(db.SessionStore):
    row: Session | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def encode(self, session_dict: dict[str, Any]) -> str:
        return cipher().encrypt(super().encode(session_dict).encode()).decode()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Empty, which signs out, when the key is not known any more."""
        try:
            return super().decode(cipher().decrypt(session_data).decode())
        except InvalidToken:
            return {}

    def _get_session_from_db(self) -> Session | None:
        key = row_key(self.session_key or "")
        found = Session.objects.select_related("user").filter(session_key=key, expire_date__gt=timezone.now())
        with crossing(Crossing.SESSION):
            self.row = found.first()
        if self.row is None:
            self._session_key = None
        return self.row

    def exists(self, session_key: str) -> bool:
        return super().exists(row_key(session_key))

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(session_key=row_key(key)).delete()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        now, key = timezone.now(), row_key(self._get_or_create_session_key())  # type: ignore[attr-defined]
        if self.row is None or self.row.session_key != key:
            self.row = Session(session_key=key, created_at=now)
        self.row.user_id = data.get(SESSION_KEY)
        self.row.session_data = self.encode(data)
        self.row.last_seen_at = now
        self.row.expire_date = ends_at(self.row, now)
        return self.row
