"""The form of step 1's data in short pages: which are open, which are done, and which comes next."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from identifiers import masking
from onboarding.actions.pre_application import online, submission
from onboarding.dossier import changes, content, readings
from onboarding.dossier.pages import OF_FIELD, PAGES, Page
from onboarding.forms.dossier import DossierForm, OwnDossierForm
from onboarding.models import Application
from onboarding.steps import PRE_APPLICATION
from tenancy.models import Company, User
from verification import gateway

# All that is read out of papers is asked for on one page.
READ_PAGE = OF_FIELD["tax_office"]


def lacking(application: Application) -> list[str]:
    """What of a draft is not there yet, each in a word: the pages of its data, then its papers."""
    form = application.application_form
    if application.record_of(PRE_APPLICATION).state != "draft" or form.has_mersis is None:
        return []
    entry = Entry(application)
    pages = [f"{page.title} bilgileri" for page in entry.pages if not entry.is_whole(page)]
    papers = [need.kind.label for need in content.needs(form) if need.required and need.document is None]
    return pages + papers


@dataclass(frozen=True, slots=True)
class Tab:
    """A page among the others. `wrong`: it comes back with something that was refused, which is stored nowhere."""

    page: Page
    done: bool
    current: bool
    wrong: bool


class Entry:
    """The dossier while it may be written; without any page when none of its fields is open."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.only = submission.open_fields(application)
        self.at_online_form = application.record_of(PRE_APPLICATION).state == "form"
        self.pages = tuple(page for page in PAGES if self.names(page))
        self.asked = changes.asked(application)
        corrected = submission.corrections_asked(application)
        self._shared: dict[str, Any] = {
            "company": application.company,
            "form": application.application_form,
            "fixed": online.fixed(application) if self.at_online_form else (),
            "gets_code": self.at_online_form and gateway.configured(),
            "founded_with": "" if corrected else application.company.full_tax_number,
        }

    def names(self, page: Page) -> frozenset[str]:
        """Its fields that are open now."""
        fields = frozenset(page.fields)
        return fields if self.only is None else fields & self.only

    @cached_property
    def read(self) -> readings.Beside:
        """What the company's papers say beside its data."""
        return readings.beside(self.application.application_form)

    def form(self, page: Page, data: Any, user: User) -> OwnDossierForm:
        read = self.read.filled_in if page is READ_PAGE and data is None else {}
        return OwnDossierForm(data, user=user, read=read, only=self.names(page), **self._shared)

    def stored(self, page: Page) -> DossierForm:
        """What is kept of it, as its form."""
        return DossierForm(None, only=self.names(page), **self._shared)

    def is_done(self, page: Page) -> bool:
        """Whether nothing is left to be typed there, nor to be corrected."""
        waiting = {each.key for each in self.asked if not each.is_done}
        return self.is_whole(page) and not waiting & self.names(page)

    def is_whole(self, page: Page) -> bool:
        """Whether what is kept of it would be taken as it is."""
        shown = self.stored(page)
        kept = {name: shown.get_initial_for_field(field, name) for name, field in shown.fields.items()}
        return DossierForm(kept, only=self.names(page), **self._shared).is_valid()

    def first(self) -> Page:
        """Where somebody begins or goes on."""
        return next(self._unfinished(self.pages), self.pages[0])

    def next_after(self, page: Page) -> Page | None:
        """The next one that is not done, those behind it first; None when all are."""
        at = self.pages.index(page) + 1
        return next(self._unfinished((*self.pages[at:], *self.pages[: at - 1])), None)

    def previous(self, page: Page) -> Page | None:
        at = self.pages.index(page)
        return self.pages[at - 1] if at else None

    def _unfinished(self, pages: tuple[Page, ...]) -> Iterator[Page]:
        return (page for page in pages if not self.is_done(page))

    def tabs(self, current: Page, *, wrong: bool) -> list[Tab]:
        return [Tab(page, self.is_done(page), page is current, wrong and page is current) for page in self.pages]

    @property
    def of_registry(self) -> Company | None:
        """Whose data came from the registry, so that nobody has typed them here: what signs them is read first."""
        fixed = self._shared["fixed"]
        return self.application.company if "address" in fixed else None

    @property
    def identity(self) -> str:
        """The signatory's number where it was proved before this form and is not asked for on it."""
        return masking.mask(self.application.application_form.signatory_identity) if self.at_online_form else ""
