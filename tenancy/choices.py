"""Choices of columns that change with the product: a migration names the function, not what it lists."""

from django.db import models


class OpenChoices(models.TextChoices):
    """Text choices for `choices=….listed`. One that is added or worded anew rewrites no column and needs no
    migration, since the migration's state refers to `listed` itself."""

    @classmethod
    def listed(cls) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in cls.choices]
