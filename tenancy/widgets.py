"""What people write into, where a browser's own box does not do."""

from typing import Any

from django import forms


class TitleInput(forms.Textarea):
    """A company's title may be longer than a telephone is wide: its box grows, a line's end is a space."""

    def __init__(self) -> None:
        super().__init__({"rows": "2", "data-grows": "", "autocomplete": "organization"})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return " ".join(value.splitlines()) if isinstance(value, str) else value
