"""Step 5: how the partner is assigned."""

from django.db import models

from brands.models import Channel
from onboarding.models.application import Application
from tenancy.choices import OpenChoices


class AssignmentWay(OpenChoices):
    FORM = "form", "Form ve mektupla"
    PANEL = "panel", "İYS panelinden"


def every_channel() -> list[str]:
    return [channel.value for channel in Channel]


class Assignment(models.Model):
    """`channels` are those that the partner is to be authorised for; `ticks` lists the points of the panel
    way that the company has ticked off.
    """

    application = models.OneToOneField(Application, models.CASCADE, related_name="assignment")
    way = models.CharField("yol", max_length=10, choices=AssignmentWay.listed, default=AssignmentWay.FORM)
    channels = models.JSONField("yetki verilen kanallar", default=every_channel)
    signed_form = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True, related_name="+")
    ticks = models.JSONField(default=list)

    class Meta:
        verbose_name = "İş ortağı ataması"
        verbose_name_plural = "İş ortağı atamaları"

    def __str__(self) -> str:
        return str(self.application)

    @classmethod
    def of(cls, application: Application) -> "Assignment":
        """The application's row; one with every channel, not saved, before anything was chosen."""
        return cls.objects.filter(application=application).first() or cls(application_id=application.pk)

    @property
    def channel_labels(self) -> list[str]:
        """In the order of the guide."""
        return [str(channel.label) for channel in Channel if channel.value in self.channels]
