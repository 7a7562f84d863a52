"""Models of what governs the outbox: holds on sending, what went out on a day, companies' own accounts."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone

from tenancy.choices import OpenChoices
from tenancy.encryption import EncryptedTextField

TEST_LASTS = timedelta(seconds=60)


class SendingHold(models.Model):
    """Letters stay where they are until the hold is lifted; the rows are its journal.

    `target` is an address or "@domain", folded; empty, it holds every letter. `partner` is the one
    whose companies' letters are meant; None means the whole installation, accounts' letters included.
    Nobody's name stands on what the portal or a command has stopped, or started again.
    """

    partner = models.ForeignKey(
        "partners.Partner",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="İş ortağı",
    )
    target = models.CharField("adres ya da @alan adı", max_length=320, blank=True)
    reason = models.CharField("neden", max_length=300)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="durduran"
    )
    held_at = models.DateTimeField("durduruldu", auto_now_add=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="kaldıran"
    )
    lifted_at = models.DateTimeField("kaldırıldı", null=True)

    class Meta:
        verbose_name = "gönderim durdurma"
        verbose_name_plural = "gönderim durdurmaları"
        ordering: ClassVar = ["-held_at"]
        permissions: ClassVar = [("hold_sending", "Gönderimi durdurabilir ve yeniden başlatabilir")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partner", "target"],
                condition=Q(lifted_at=None),
                name="a_partner_holds_a_target_once",
            ),
            models.UniqueConstraint(
                fields=["target"],
                condition=Q(lifted_at=None, partner=None),
                name="the_installation_holds_a_target_once",
            ),
        ]

    def __str__(self) -> str:
        return self.target or "Bütün gönderim"

    def covers(self, email: str) -> bool:
        folded = email.casefold()
        return folded.endswith(self.target) if self.target.startswith("@") else folded == self.target


class SendingMark(models.Model):
    """What is compared before letters go, to notice that the database was loaded from a backup; one row.

    `place` is the database itself, which no dump holds; `turn` counts the turns in which letters went, and the
    same count lies in the file store under `mark_stored_name`.
    """

    place = models.CharField(max_length=100, blank=True, default="")
    turn = models.PositiveBigIntegerField(default=0)
    mark_stored_name = models.CharField(max_length=100, blank=True, default="")

    def __str__(self) -> str:
        return f"{self.turn} ({self.place})"


class Pot(OpenChoices):
    """What a day has for one kind of letter.

    Ordinary letters stop first: whoever uses them up stops neither codes and resets, for which a reserve is left,
    nor letters to İYS, which have a pot of their own.
    """

    ORDINARY = "ordinary", "olağan mektuplar"
    ACCOUNT = "account", "kodlar ve hesap mektupları"
    IYS = "iys", "İYS'ye giden mektuplar"

    @property
    def cap(self) -> int:
        """How far the day's letters may go for this kind; to İYS: how far the letters to İYS may."""
        every: int = settings.LETTERS_PER_DAY
        caps: dict[Pot, int] = {
            Pot.ORDINARY: every,
            Pot.ACCOUNT: every + settings.LETTERS_RESERVE,
            Pot.IYS: settings.LETTERS_TO_IYS_PER_DAY,
        }
        return caps[self]


# The condition is checked on the row as it is once it is locked: of senders at once none passes the cap.
_COUNT = """
INSERT INTO correspondence_sendingday AS today (day, letters, to_iys) VALUES (%s, 1, %s)
ON CONFLICT (day) DO UPDATE SET letters = today.letters + 1, to_iys = today.to_iys + excluded.to_iys
WHERE today.letters < %s
RETURNING day
"""
_COUNT_TO_IYS = _COUNT.replace("today.letters <", "today.to_iys <")


class SendingDay(models.Model):
    """How many letters were handed to mail servers on one day, Turkish time; retries count again."""

    day = models.DateField(primary_key=True)
    letters = models.PositiveIntegerField(default=0)
    to_iys = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.day}: {self.letters} ({self.to_iys})"

    @classmethod
    def count(cls, pot: Pot) -> bool:
        """Counts one more letter of today; False, and nothing is counted, when its pot is used up."""
        if pot.cap < 1:
            return False
        today, to_iys = connection.ops.adapt_datefield_value(timezone.localdate()), int(pot is Pot.IYS)
        with connection.cursor() as cursor:
            cursor.execute(_COUNT_TO_IYS if to_iys else _COUNT, [today, to_iys, pot.cap])
            return cursor.fetchone() is not None

    def is_full(self, pot: Pot) -> bool:
        return bool((self.to_iys if pot is Pot.IYS else self.letters) >= pot.cap)

    @property
    def full(self) -> list[Pot]:
        return [pot for pot in Pot if self.is_full(pot)]


class Security(OpenChoices):
    """How the line is encrypted; NONE is for loopback in sandbox mode alone."""

    STARTTLS = "starttls", "STARTTLS (çoğunlukla 587)"
    TLS = "tls", "SSL/TLS (çoğunlukla 465)"
    NONE = "none", "Şifresiz (yalnızca deneme kipinde)"


class AccountState(OpenChoices):
    OFF = "off", "Kurulmadı"
    TESTING = "testing", "Deneniyor"
    READY = "ready", "Kullanıma hazır"
    REFUSED = "refused", "Çalışmadı"


class SendingAccount(models.Model):
    """A company's own mail account, through which letters go that must come from its corporate address.

    `email` is that address when the account was set up and tested. A row whose account was taken away stays,
    without password, since letters point to it.
    """

    company = models.OneToOneField("tenancy.Company", models.CASCADE, related_name="sending_account")
    email = models.EmailField("kurumsal adres")
    host = models.CharField("giden posta sunucusu (SMTP)", max_length=253)
    port = models.PositiveIntegerField("port", default=587)
    security = models.CharField("güvenlik", max_length=10, choices=Security.listed, default=Security.STARTTLS)
    user_name = models.CharField("kullanıcı adı", max_length=320)
    password = EncryptedTextField("parola", blank=True)
    state = models.CharField(max_length=10, choices=AccountState.listed, default=AccountState.OFF)
    answer = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField(null=True)
    tested_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.email

    def is_being_tested(self, now: datetime) -> bool:
        """Whether an answer may still come; a test that fell silent may be asked for again."""
        recent = self.asked_at is not None and now - self.asked_at < TEST_LASTS
        return self.state == AccountState.TESTING and recent

    @property
    def is_usable(self) -> bool:
        """Whether it was tested for the address that the company has now."""
        address: str = self.company.corporate_email
        return self.state == AccountState.READY and self.email.casefold() == address.casefold()
