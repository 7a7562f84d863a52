"""Form fields of codes, and of the security check on forms that strangers may fill in: a proof of work, with no
picture to read."""

import json
from typing import Any

from django import forms
from django_altcha import AltchaField, get_altcha_challenge

from verification.rules import DIGITS

MOST = 50_000  # tries at most: a moment in a browser, hours for who sends thousands
# How a code that was sent is typed: a telephone shows its keys of digits and fills in what came by SMS, and
# static/js/portal.js sends the form with the last digit (said beforehand, as WCAG 3.2.2 asks).
CODE_ATTRS = {
    "inputmode": "numeric",
    "autocomplete": "one-time-code",
    "class": "code-input",
    "data-whole": str(DIGITS),
}
CODE_HINT = f'<span class="by-script">{DIGITS} hane yazılınca ilerleriz.</span>'


class CodeInput(forms.TextInput):
    """Comes back empty, where every other field has what was typed: a code that was refused is of no use any more,
    and whoever types the next one would have to delete it first.
    """

    def __init__(self) -> None:
        super().__init__(attrs=CODE_ATTRS)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        # Django says so of a field that was refused.
        refused = attrs is not None and "aria-invalid" in attrs
        focus = refused or self.attrs.get("autofocus", False)
        return super().get_context(name, "", {**(attrs or {}), "autofocus": focus})


class CodeField(forms.CharField):
    """A code that was sent."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=CodeInput(), help_text=CODE_HINT, **kwargs)


class ProofInput(forms.HiddenInput):
    """Carries the challenge; static/js/portal.js finds the answer while the person types."""

    template_name = "verification/proof.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        # A new challenge with each page: an answer counts once.
        context = super().get_context(name, "", attrs)
        context["widget"]["challenge"] = json.dumps(get_altcha_challenge(max_number=MOST).__dict__)
        return context


class SecurityCheckField(AltchaField):  # type: ignore[misc]
    """Nobody has to read, hear or click anything: the browser computes a little.

    Without script there is nothing to compute with: an empty answer passes, and the rate limit and the
    code by e-mail guard alone. A wrong or used answer never passes.
    """

    default_error_messages = {
        "error": "Güvenlik denetimi okunamadı. Yeniden deneyin.",
        "invalid": "Güvenlik denetimi geçersiz. Yeniden deneyin.",
        "replay": "Güvenlik denetimi kullanılmış. Yeniden deneyin.",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.widget = ProofInput()

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)
