"""The evidence pack of an application: one PDF with the whole history and a ZIP of the originals."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models

from documents.inspection import PDF
from onboarding.models.application import Application
from tenancy.choices import OpenChoices

# How long an idle worker may take to begin before it is asked again.
PATIENCE = timedelta(seconds=30)


class PackState(OpenChoices):
    WAITING = "waiting", "Sırada"
    BUILDING = "building", "Hazırlanıyor"
    READY = "ready", "Hazır"
    FAILED = "failed", "Hazırlanamadı"


@dataclass(frozen=True, slots=True)
class PackFile:
    """One of the two files as it is given out. `size` in bytes."""

    name: str
    content_type: str
    stored_name: str
    size: int
    sha256: str


class EvidencePackQuerySet(models.QuerySet["EvidencePack"]):
    def lost(self, now: datetime) -> "EvidencePackQuerySet":
        """Those at which nobody works, although they were asked for: the message got lost, or its worker died."""
        idle = models.Q(state=PackState.WAITING, asked_at__lt=now - PATIENCE)
        return self.filter(idle | models.Q(state=PackState.BUILDING, lease_until__lt=now))


class EvidencePack(models.Model):
    """`fingerprint` is of what the pack was made from; `build` counts the builders, so that one that was
    thought dead writes nothing more; `done` of `total` files are packed. The files are named by the build.
    """

    application = models.OneToOneField(Application, models.CASCADE, related_name="evidence_pack")
    state = models.CharField("durum", max_length=10, choices=PackState.listed, default=PackState.WAITING)
    why = models.CharField("neden", max_length=500, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    build = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField("İstendi")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    lease_until = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField("hazırlandı", null=True, blank=True)
    pdf_stored_name = models.CharField(max_length=200, blank=True)
    pdf_size = models.PositiveBigIntegerField(default=0)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    zip_stored_name = models.CharField(max_length=200, blank=True)
    zip_size = models.PositiveBigIntegerField(default=0)
    zip_sha256 = models.CharField(max_length=64, blank=True)

    objects = EvidencePackQuerySet.as_manager()

    class Meta:
        verbose_name = "kanıt dosyası"
        verbose_name_plural = "kanıt dosyaları"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(state="ready") | ~models.Q(pdf_stored_name="", zip_stored_name=""),
                name="a_ready_pack_has_its_files",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_state_display()}"

    @property
    def at_work(self) -> bool:
        return self.state in (PackState.WAITING, PackState.BUILDING)

    @property
    def progress(self) -> str:
        """Another one whenever the panel of a waiting page would say something else."""
        return f"{self.state}-{self.done}-{self.total}"

    @property
    def folder(self) -> str:
        return f"kanit-{self.application.reference}"

    @property
    def files(self) -> dict[str, PackFile]:
        """By kind; empty while there is nothing to give out."""
        if self.state != PackState.READY:
            return {}
        return {
            "pdf": PackFile(f"{self.folder}.pdf", PDF, self.pdf_stored_name, self.pdf_size, self.pdf_sha256),
            "zip": PackFile(
                f"{self.folder}.zip", "application/zip", self.zip_stored_name, self.zip_size, self.zip_sha256
            ),
        }
