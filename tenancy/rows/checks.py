from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register

from tenancy.rows.declared import undeclared


@register(Tags.models)
def every_model_is_declared(**_asked: Any) -> list[CheckMessage]:
    """A table of which nobody has said to whom its rows belong is a hole in the wall, or closed to everybody."""
    return [
        Error(
            f"Nobody has declared to whom the rows of {label} belong.",
            hint="A row in tenancy/rows/declared.py says it.",
            id="tenancy.E001",
        )
        for label in sorted(undeclared())
    ]
