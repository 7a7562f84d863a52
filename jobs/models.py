"""Which work is in whose hands, where two at once would only stand in each other's way."""

from django.db import models


class Lease(models.Model):
    """One piece of work, such as a mailbox or a line to a mail server, and until when somebody is at it;
    `wanted`: whether another one has come for it meanwhile."""

    name = models.CharField(max_length=80, primary_key=True)
    holder = models.UUIDField()
    until = models.DateTimeField()
    wanted = models.BooleanField(default=False, db_default=False)

    class Meta:
        verbose_name = "nöbet"
        verbose_name_plural = "nöbetler"

    def __str__(self) -> str:
        return self.name
