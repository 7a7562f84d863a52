"""Check answers: each row of the review leads to where it is changed, and what is kept there leads back. So does
the board's parcel."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import update_wrapper
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from onboarding.actions.pre_application import online, submission
from onboarding.dossier import content
from onboarding.dossier.field_links import field_url
from onboarding.dossier.pages import BY_KEY
from onboarding.dossier.readings import Beside, Difference
from onboarding.forms.dossier import DossierForm
from onboarding.forms.fields import MersisField
from onboarding.models import Application, ApplicationForm, ChannelChoices
from onboarding.steps import PRE_APPLICATION
from onboarding.views.offers import Offers
from onboarding.views.work import any_open
from tenancy.models import Company

P = ParamSpec("P")
BACK, REVIEW = "geri", "gozden-gecir"
# Where a form leads back to, by what its address says of where it was opened, and what the link says.
PLACES = {
    REVIEW: ("onboarding:review", "Gözden geçirmeye dön"),
    "pano": ("onboarding:board", "Başvurum sayfasına dön"),
    "sorgu": ("onboarding:query", "Sorgulamaya dön"),
    "kodlar": ("onboarding:code_receipt", "Kodlara dön"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """`change` is where this answer is changed; `field` names it where a button first opens the form again. Both
    are empty where it cannot be changed now. `differences`: what the papers say instead; `key` of the answer."""

    label: str
    shown: str
    change: str = ""
    field: str = ""
    differences: Sequence[Difference] = ()
    key: str = ""


def folded(offers: Offers, needs: Sequence[content.Need], read: Beside) -> dict[str, object]:
    """What is shown of answers and papers, and what a round of corrections leaves as it was: that is folded away,
    unless something is said of it."""
    application = offers.application
    only, answers = submission.open_fields(application), list(rows(application, offers, read))
    asked = submission.corrections_asked(application)
    left = [
        row
        for row in answers
        if asked and not any_open(only, {row.key}) and not (row.change or row.field or row.differences)
    ]
    settled = [
        need
        for need in needs
        if asked
        and not any_open(only, {need.kind})
        and (need.document is not None or not need.required)
        and not any(note.warns for note in read.of(str(need.kind)))
    ]
    return {
        "rows": [row for row in answers if row not in left],
        "settled_rows": left,
        "needs": [need for need in needs if need not in settled],
        "settled": settled,
        "open_kinds": [need.kind for need in needs if any_open(only, {need.kind})],
        "is_entry_settled": asked and not submission.reopened_entry(application) and not offers["name_brands"],
    }


def beside(company: Company) -> tuple[content.Line, ...]:
    """What the form asks for beside the guide's fields; it may stand in the letter to İYS all the same."""
    return (
        content.Line("kep_address", "KEP Adresi", company.kep_address),
        content.Line("corporate_email", "Kurumsal E-Posta", company.corporate_email),
    )


def named(line: content.Line, form: ApplicationForm) -> str:
    """The line's label as the form has it. The guide's, with which the letter goes to İYS, call the signatory
    otherwise."""
    if line.key == "signatory_identity":
        return f"İmza yetkilisinin {'pasaport numarası' if form.signatory_foreign else 'T.C. kimlik numarası'}"
    if line.key.startswith("signatory_"):
        return str(DossierForm.base_fields[line.key].label)
    return line.label


def rows(application: Application, offers: Offers, read: Beside) -> Iterator[Row]:
    """Everything that was answered, those answers too that are in no letter to İYS."""
    form, company = application.application_form, application.company
    lines = content.told(form)
    known = {line.key for line in lines}
    yield Row("Başvuru yolu", form.get_channel_display(), _page("channel") if offers["choose_channel"] else "")
    if form.channel != ChannelChoices.ONLINE and form.has_mersis is not None:
        said = "Var" if form.has_mersis else "Yok"
        yield Row(MersisField.ASKED, said, _page("mersis_question") if offers["answer_mersis"] else "")
    answers = [
        *((line.key, named(line, form), line.shown) for line in lines),
        *((line.key, line.label, line.shown) for line in beside(company) if line.key not in known),
    ]
    written, behind = _written(application, offers), _behind_the_button(application, offers)
    for key, label, shown in answers:
        if key.startswith("together_"):
            yield Row(label, shown, _page("co_signatories") if offers["name_co_signatories"] else "", key=key)
        elif key == "corporate_email" and offers["change_email"]:
            yield Row(label, shown, f"{_page('email_code')}?degistir=1&{urlencode({BACK: REVIEW})}", key=key)
        elif key in written:
            yield Row(label, shown, of_field(key, back=True), differences=read.differs(key), key=key)
        else:
            yield Row(label, shown, field=key if key in behind else "", differences=read.differs(key), key=key)


def _written(application: Application, offers: Offers) -> frozenset[str]:
    """The fields of the data that are open now."""
    if not offers["write_data"]:
        return frozenset()
    fields = submission.open_fields(application)
    return submission.DATA_FIELDS if fields is None else submission.DATA_FIELDS & fields


def _behind_the_button(application: Application, offers: Offers) -> frozenset[str]:
    """Those that are, once a button has opened the online form again."""
    if offers.step is not PRE_APPLICATION or not offers["edit_form"]:
        return frozenset()
    return submission.DATA_FIELDS - online.fixed(application)


def of_field(key: str, *, back: bool = False) -> str:
    """The field of this name on its page of the data; `back`: and then back to the review."""
    return field_url(key, f"?{urlencode({BACK: REVIEW})}" if back else "")


def _page(name: str) -> str:
    return reverse(f"onboarding:{name}")


@dataclass(frozen=True, slots=True)
class Way:
    """`query` is what addresses say that lead there too."""

    url: str
    words: str
    query: str


def way_back(request: HttpRequest) -> Way:
    """For who leaves such a form without keeping anything; from the code of an address back to a page of the data,
    too."""
    name = request.GET.get(BACK, "")
    query = f"?{urlencode({BACK: name})}"
    if name in BY_KEY:
        return Way(reverse("onboarding:dossier_page", args=[name]), "Forma dön", query)
    to, words = PLACES.get(name, ("onboarding:pre_application", "Başvuruya dön"))
    return Way(reverse(to), words, query if name in PLACES else "")


def leads_back(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """For forms to which the review or the board leads: what was kept leads back there, not to where the form goes
    on."""

    def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        answer = view(request, *args, **kwargs)
        leads = request.method == "POST" and request.GET.get(BACK, "") in PLACES
        if not leads or not isinstance(answer, HttpResponseRedirect):
            return answer
        stays = urlsplit(answer.url).path == request.path
        return redirect(request.get_full_path() if stays else way_back(request).url)

    return update_wrapper(inner, view)
