"""What a company's papers say, beside what was typed: offered where a field is empty, told where it differs.

Nothing is written from here. What is shown of a number is masked when it is a person's.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import prefetch_related_objects

from documents import paper_readings
from documents.inspection import Inspected
from documents.models import Document, current_of
from documents.reading.comparing import same
from documents.reading.papers import Found, Ours, Paper, Reading
from identifiers import Refused, masking, mersis, places
from onboarding.dossier import content, page_counts, signed
from onboarding.dossier.paper_notes import LABELS, NAMES, Note, disagreeing, notes, same_file, too_few_pages
from onboarding.models import ApplicationForm, DocumentKind
from tenancy.models import Company


@dataclass(frozen=True, slots=True)
class Said:
    """A value of a field, with where it stands: `source` names the paper and the page. `at_founding`: the paper
    was there before there was an application, handed in to be spared the typing.
    """

    name: str
    value: str
    source: str
    at_founding: bool

    @property
    def label(self) -> str:
        return LABELS[self.name]

    @property
    def shown(self) -> str:
        return masking.shown(self.value)


@dataclass(frozen=True, slots=True)
class Difference:
    said: Said
    typed: str

    @property
    def shown(self) -> str:
        return masking.shown(self.typed)


@dataclass(slots=True)
class Beside:
    """What the papers say beside the application's data. `offers` are for fields that are empty."""

    offers: dict[str, Said] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def of(self, kind: str) -> list[Note]:
        return [note for note in self.notes if note.kind == kind]

    @property
    def doubted(self) -> frozenset[str]:
        """The kinds of the papers that are to be looked at again."""
        return frozenset(str(note.kind) for note in self.notes if note.kind and note.doubts)

    @property
    def offered(self) -> list[Said]:
        return list(self.offers.values())

    @property
    def filled_in(self) -> dict[str, str]:
        """What stands in empty fields when their page is opened; kept only when that page is sent."""
        return {name: said.value for name, said in self.offers.items() if said.at_founding}

    @property
    def general(self) -> list[Note]:
        return self.of("")

    def differs(self, name: str) -> list[Difference]:
        return [each for each in self.differences if each.said.name == name]


def read(company: Company, found: Inspected) -> Reading:
    """To be called outside of a transaction: it waits for another process."""
    return paper_readings.read(found, Ours(tax_number=company.full_tax_number, trade_name=company.trade_name))


def beside(form: ApplicationForm) -> Beside:
    """For the company's screens and support's."""
    company = form.application.company
    current = current_of(company)
    prefetch_related_objects(current, "reading")
    found = Beside()
    found.notes += _handed_in_twice(form, current)
    found.notes += _too_short(form, current)
    found.notes += _vouched_for(form, current)
    said: dict[str, list[Said]] = {}
    for document in current:
        if not hasattr(document, "reading"):
            continue
        reading = paper_readings.understood(document.reading)
        at_founding = document.created_at < form.application.opened_at
        found.notes += notes(document.kind, reading, company.full_tax_number)
        for each in _of_this_company(reading, company):
            source = f"{NAMES[reading.paper]}, {each.page}. sayfa"
            said.setdefault(each.field, []).append(Said(each.field, each.value, source, at_founding))
    if not form.has_mersis:
        said.pop("mersis_number", None)
    for name in LABELS:
        _compare(found, said.get(name, []), company)
    return found


def _handed_in_twice(form: ApplicationForm, current: Sequence[Document]) -> Iterator[Note]:
    """Of the papers that are asked for now: one of before the way was changed is in nobody's sight."""
    asked = content.papers(form).keys() | content.readable(form)
    # The newest of a kind comes first, and last here.
    papers = {each.kind: each for each in reversed(current) if each.kind in asked and each.kind in NAMES}
    for each in papers.values():
        if others := also_handed_in_as(each, papers.values()):
            yield same_file(each.kind, others)


def also_handed_in_as(document: Document, among: Iterable[Document]) -> list[str]:
    """The other kinds that the very same file stands for."""
    return [each.kind for each in among if each.sha256 == document.sha256 and each.kind != document.kind]


def _too_short(form: ApplicationForm, current: Sequence[Document]) -> Iterator[Note]:
    if DocumentKind.UNDERTAKING not in content.papers(form):
        return
    pages = page_counts.lacking(current, DocumentKind.UNDERTAKING)
    if pages is not None:
        yield too_few_pages(DocumentKind.UNDERTAKING, NAMES[Paper.UNDERTAKING], *pages)


def _vouched_for(form: ApplicationForm, current: Sequence[Document]) -> Iterator[Note]:
    is_asked = DocumentKind.UNDERTAKING in content.papers(form)
    found = next((each for each in current if each.kind == DocumentKind.UNDERTAKING), None)
    if is_asked and found is not None and signed.is_vouched_for(form.application, found):
        yield Note(found.kind, signed.VOUCHED, signed.VOUCHED_FOR_SUPPORT, answered=True)


def _of_this_company(reading: Reading, company: Company) -> Sequence[Found]:
    """What the paper says, if it is still the company's by its number; else that number alone."""
    number = next((each for each in reading.found if each.field == "tax_number"), None)
    if reading.other_number and reading.paper == Paper.TAX_PLATE:
        number = Found("tax_number", reading.other_number, 1)
    typed = company.full_tax_number
    is_anothers = number is not None and _comparable("tax_number", number.value, typed) and number.value != typed
    return [number] if number is not None and is_anothers else reading.found


def _compare(found: Beside, said: Sequence[Said], company: Company) -> None:
    if not said:
        return
    name = said[0].name
    typed: str = getattr(company, f"full_{name}", getattr(company, name))
    if typed:
        told: list[Said] = []
        for each in said:
            differs = _comparable(name, each.value, typed) and not same(name, each.value, typed)
            if differs and not any(same(name, each.value, other.value) for other in told):
                told.append(each)
        found.differences += [Difference(each, typed) for each in told]
    elif all(same(name, each.value, said[0].value) for each in said):
        offered = next((each for each in said if each.at_founding), said[0])
        if _fits(offered, company, found):
            found.offers[name] = offered
    else:
        found.notes.append(disagreeing(name))


def _comparable(name: str, value: str, typed: str) -> bool:
    """A person has a tax number and a TCKN: one says nothing about the other."""
    return name != "tax_number" or len(value) == len(typed)


def _fits(said: Said, company: Company, found: Beside) -> bool:
    """Whether the form would take it beside what is there already."""
    try:
        if said.name == "mersis_number":
            mersis.clean(said.value, company.full_tax_number)
        elif said.name == "district":
            offered = found.offers.get("province")
            places.clean(company.province or (offered.value if offered else ""), said.value)
    except Refused:
        return False
    return True
