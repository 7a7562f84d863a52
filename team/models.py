"""A company's tests of its automatic forward; lists of companies that support brings."""

import secrets
import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from tenancy.choices import OpenChoices
from tenancy.encryption import EncryptedTextField

PATIENCE = timedelta(minutes=10)


def make_mark() -> str:
    """What a test mail is known by when it comes back; 48 bits, good for one test."""
    return secrets.token_hex(6)


class ForwardTest(models.Model):
    """A mail to the corporate address that the automatic forward has to bring to `address`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    company = models.ForeignKey("tenancy.Company", models.CASCADE, related_name="forward_tests")
    address = models.ForeignKey("correspondence.TrackingAddress", models.CASCADE, related_name="+")
    mark = models.CharField("İşaret", max_length=12, unique=True, default=make_mark)
    sent_to = models.EmailField("deneme adresi")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("İstendi")
    letter = models.ForeignKey("correspondence.Letter", models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField("geri geldi", null=True, blank=True)

    class Meta:
        verbose_name = "yönlendirme denemesi"
        verbose_name_plural = "yönlendirme denemeleri"
        ordering: ClassVar = ["-asked_at"]
        indexes: ClassVar = [
            models.Index(
                fields=["asked_at"], condition=models.Q(returned_at=None), name="forward_tests_that_are_open"
            ),
        ]

    def __str__(self) -> str:
        return self.sent_to

    def late(self, now: datetime) -> bool:
        return self.returned_at is None and now - self.asked_at > PATIENCE


class ImportState(OpenChoices):
    MAPPING = "mapping", "Sütunlar seçiliyor"
    CHECKED = "checked", "Denetlendi, başlatılmadı"
    RUNNING = "running", "Sürüyor"
    STOPPED = "stopped", "Durduruldu"
    DONE = "done", "Bitti"


class CompanyImport(models.Model):
    """A list of companies that support has brought. `mapping` is which column is what, by the column's number.
    `by` answers for it, and its invitations go in that person's name: who brought it, later who started it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(
        "partners.Partner", models.PROTECT, related_name="company_imports", verbose_name="İş ortağı"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="sorumlu")
    name = models.CharField("dosya", max_length=120)
    state = models.CharField("durum", max_length=10, choices=ImportState.listed, default=ImportState.MAPPING)
    mapping = models.JSONField("sütunlar", default=dict)
    has_headings = models.BooleanField("İlk satır başlık", default=True)
    created_at = models.DateTimeField("yüklendi", auto_now_add=True)
    waits_until = models.DateTimeField("sıradaki dalga", null=True, blank=True)
    finished_at = models.DateTimeField("bitti", null=True, blank=True)

    class Meta:
        verbose_name = "firma listesi"
        verbose_name_plural = "firma listeleri"
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return self.name


class RowOutcome(OpenChoices):
    WAITING = "waiting", "Bekliyor"
    HEADING = "heading", "Başlık"
    WRONG = "wrong", "Hatalı, atlanır"
    THERE = "there", "Firma zaten kayıtlı, atlanır"
    FOUNDED = "founded", "Firma açıldı, davet gönderildi"
    INVITED = "invited", "Firma zaten kayıtlı, yeni davet gönderildi"
    REFUSED = "refused", "Firma açılamadı"


class ImportRow(models.Model):
    """A line of a list. `cells` is what stood in it, as JSON; a person's tax number may be among them. `problems`
    has a sentence for each field that is wrong."""

    company_import = models.ForeignKey(CompanyImport, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField("satır")
    cells = EncryptedTextField("hücreler")
    problems = models.JSONField("hatalar", default=dict)
    outcome = models.CharField("sonuç", max_length=10, choices=RowOutcome.listed, default=RowOutcome.WAITING)
    company = models.ForeignKey("tenancy.Company", models.SET_NULL, null=True, blank=True, related_name="+")
    tried_at = models.DateTimeField("son deneme", null=True, blank=True)

    class Meta:
        verbose_name = "liste satırı"
        verbose_name_plural = "liste satırları"
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["company_import", "number"], name="a_list_has_each_line_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["company_import", "tried_at"], condition=Q(outcome="waiting"), name="lines_that_wait"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. satır"
