"""What somebody had typed on the page of a case that changed meanwhile: it stands on the page as it is now."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from onboarding.dossier import content
from onboarding.models import Application
from tenancy.requests import words


@dataclass(frozen=True, slots=True)
class GivenBack:
    """`remarks`: what is to be corrected, by the key of its field or document. `reason`: that of the `move`, which
    is named "step:move"."""

    remarks: Mapping[str, str]
    move: str
    reason: str
    keep: bool

    def __bool__(self) -> bool:
        return bool(self.remarks or self.reason)

    def without_place(
        self, keys: Container[str], moves: Container[str], labels: Mapping[str, str]
    ) -> Sequence[tuple[str, str]]:
        """What the page has no field for any more, each under what it was about."""
        left = [(labels[key], text) for key, text in self.remarks.items() if key not in keys]
        return [*left, ("Neden", self.reason)] if self.reason and self.move not in moves else left


def typed(request: HttpRequest, row: Application, suggested: Container[str] = ()) -> GivenBack:
    """Of the press that this page answers; nothing on a page that was opened. What İYS's words suggested and had
    no tick was not asked for (`RemarksForm`)."""
    keys = content.labels(row.application_form) if request.POST else {}
    remarks = {key: words(request, key) for key in keys if key not in suggested or f"open_{key}" in request.POST}
    return GivenBack(
        remarks={key: text for key, text in remarks.items() if text},
        move=request.POST.get("move", ""),
        reason=words(request, "reason"),
        keep="keep" in request.POST,
    )
