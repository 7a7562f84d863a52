"""Step 5: how the partner is assigned."""

from django.db import models

from brands.models import Channel
from onboarding.models.application import Application
from onboarding.models.package import PackageChoice
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
        """The application's row; before anything was chosen one that is not saved, with the channels that have
        approved addresses."""
        found: Assignment | None = getattr(application, "assignment", None)
        if found is not None:
            return found
        choice: PackageChoice | None = getattr(application, "package_choice", None)
        used = [channel.value for channel, count in choice.of_channel.items() if count] if choice else []
        return cls(application=application, channels=used or every_channel())

    @property
    def channel_labels(self) -> list[str]:
        """In the order of the guide."""
        return [str(channel.label) for channel in Channel if channel.value in self.channels]
