"""What is asked where a sentence is taught: what it says, and which of its words vary."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import format_html

from correspondence.reading.kinds import KINDS, Kind, staff_rule_choices
from correspondence.reading.plain_text import PlainText
from correspondence.reading.proposals import TaughtText, Varying, blanks_for
from correspondence.reading.sentence_patterns import compiled, complaint
from identifiers.masking import masked
from onboarding.mail.labels import BLANKS
from onboarding.steps import BY_KEY

HARMLESS = "harmless"
ALWAYS_THE_SAME = ("", "Değişmez, her e-postada aynıdır")
NOT_IN_IT = "Bu sözler cümlede geçmiyor. Cümlede nasıl yazıyorsa öyle yazın."


def kind_choices() -> list[tuple[str, str]]:
    """Harmless, then what İYS may say, each with what follows from it."""
    harmless = _explained(
        "Zararsız", "Hiçbir şey bildirmez: selamlama, teşekkür, iletişim bilgisi, genel bilgilendirme."
    )
    return [
        (HARMLESS, harmless),
        *((kind, _explained(label, _effect(Kind(kind)))) for kind, label in staff_rule_choices()),
    ]


def _explained(label: str, explanation: str) -> str:
    return format_html('<strong>{}</strong> <span class="help">{}</span>', label, explanation)


def _effect(kind: Kind) -> str:
    spec = KINDS[kind]
    steps = [
        f"{BY_KEY[each.step_key].number}. adım: “{BY_KEY[each.step_key].move(each.move).label}”"
        for each in spec.moves
    ]
    effect = f"{' ya da '.join(steps)}." if steps else spec.filed_because
    return f"{effect} E-postada ayrıca şu bulunmalı: {spec.needs_example}." if spec.needs else effect


def kind_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Bu cümle ne diyor?",
        choices=kind_choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Cümlenin ne dediğini seçin."},
    )


def complaint_about(text: str, kind: str) -> str:
    """What is wrong with a sentence that is taught as this, in Turkish; empty when nothing is."""
    explained = bool(kind) and "remarks" in KINDS[kind].extracts
    return complaint(text, claim=bool(kind), explained=explained)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What would be taught: `kind` is empty for a harmless sentence."""

    kind: str
    text: str
    for_all: bool

    @property
    def digest(self) -> str:
        """Says whether it is still what a page has shown."""
        return hashlib.sha256(repr((self.kind, self.text, self.for_all)).encode()).hexdigest()


class TeachForm(forms.Form):
    """A field for each place that is likely to vary, and one for words that were not thought of."""

    kind = kind_field()
    more = forms.CharField(label="Başka değişen sözler", max_length=300, required=False)
    more_is = forms.ChoiceField(label="Bunlar nedir?", required=False)
    for_all = forms.BooleanField(
        label="Bütün iş ortaklarının e-postalarında geçerli olsun",
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        sentence: str,
        names: Iterable[tuple[str, str]],
        for_all: bool,
        harmless: bool,
        known: frozenset[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.plain = PlainText.of(sentence)
        self.sentence = TaughtText(sentence)
        self.varying: Sequence[Varying] = self.sentence.proposed(names)
        for number, each in enumerate(self.varying):
            fitting = [*blanks_for(each.words)]
            fitting += [] if each.blank in fitting else [each.blank]
            self.fields[f"varies_{number}"] = forms.ChoiceField(
                label=f"“{masked(each.words, known)}”",
                choices=[*((name, BLANKS[name]) for name in fitting), ALWAYS_THE_SAME],
                initial=each.blank,
                required=False,
            )
        more_is: Any = self.fields["more_is"]
        more_is.choices = [("", "Seçin…"), *BLANKS.items()]
        self.fields["kind"].initial = HARMLESS if harmless else None
        if not for_all:
            del self.fields["for_all"]

    @property
    def places(self) -> list[forms.BoundField]:
        return [self[f"varies_{number}"] for number in range(len(self.varying))]

    def chosen(self) -> Chosen | None:
        """As it stands on the page; None while something is missing or wrong."""
        if self.is_bound:
            if not self.is_valid():
                return None
            given = self.cleaned_data
            return Chosen(given["kind"], given["text"], given.get("for_all", False))
        if self.fields["kind"].initial is None:
            return None
        text = self.sentence.pattern(self.varying)
        return None if complaint_about(text, "") else Chosen("", text, for_all=False)

    def clean_kind(self) -> str:
        kind: str = self.cleaned_data["kind"]
        return "" if kind == HARMLESS else kind

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        more = self._more(given)
        if self.errors:
            return given
        blanks = [given[f"varies_{number}"] for number in range(len(self.varying))]
        kept = [
            Varying(each.begin, each.end, each.words, blank)
            for each, blank in zip(self.varying, blanks, strict=True)
            if blank
        ]
        given["text"] = self.sentence.pattern([*more, *kept])
        if wrong := complaint_about(given["text"], given["kind"]):
            self.add_error(None, wrong)
        elif not self._fits(given["text"]):
            self.add_error(None, "Bu seçimle cümle kendisine bile uymuyor. Değişen yerlerin ne olduğunu düzeltin.")
        return given

    def _more(self, given: dict[str, Any]) -> list[Varying]:
        words, blank = given.get("more", ""), given.get("more_is", "")
        if words and not blank:
            self.add_error("more_is", "Bu sözlerin ne olduğunu seçin.")
        if not words or not blank:
            return []
        found = self.sentence.places_of(words, blank)
        if not found:
            self.add_error("more", NOT_IN_IT)
        return found

    def _fits(self, text: str) -> bool:
        """Whether the very sentence from which it is learned would be known by it."""
        at = len(self.plain.plain) - len(self.plain.plain.lstrip())
        fit = compiled(text).match(self.plain, at)
        return fit is not None and not self.plain.plain[fit.end :].strip(" .,;:!?…")
