"""Step 1, the data: the question about MERSİS, and the 13 fields in short pages that save by themselves."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from documents import disclosure
from onboarding.actions.pre_application import other_firm, submission
from onboarding.actor import NotAllowed
from onboarding.dossier import changes, content, signed
from onboarding.dossier.pages import BY_KEY, Page
from onboarding.forms import aged
from onboarding.forms.dossier import OwnDossierForm
from onboarding.forms.fields import DistrictForm
from onboarding.forms.pre_application import MersisQuestion
from onboarding.models import Application
from onboarding.overview import stage_bars
from onboarding.views import autosave, own_signatory, paper_values
from onboarding.views.application import actor_of, live_application_or_404, only_read_dossier
from onboarding.views.dossier_pages import Entry
from onboarding.views.online import after_form
from onboarding.views.refusals import refusals_as_messages, turned_away
from onboarding.views.work import any_open
from tenancy.access import CompanyRequest, member
from tenancy.requests import by_itself, posted
from tenancy.roles import Role

CLOSED = "Başvuru bilgileri şu anda değiştirilemez."
OTHER_APPLICATION = "Bu sayfa önceki başvurunuz için açılmıştı; yazdığınız kaydedilmedi."


@member(Role.EDITOR)
def mersis_question(request: CompanyRequest) -> HttpResponse:
    application = live_application_or_404(request)
    if not any_open(submission.open_fields(application), {"has_mersis"}):
        return _closed(request)
    form = MersisQuestion(posted(request))
    if request.method == "POST" and form.is_valid():
        with refusals_as_messages(request):
            submission.fill_in(
                application=application, values=form.cleaned_data, complete=False, actor=actor_of(request)
            )
            return redirect("onboarding:dossier")
        return redirect("onboarding:pre_application")
    shown = {"form": form, "signed": signed.warning(content.needs(application.application_form))}
    return render(request, "onboarding/mersis_question.html", shown, status=422 if form.errors else 200)


@member(Role.EDITOR)
def begin(request: CompanyRequest) -> HttpResponse:
    """To the page on which somebody goes on. A browser takes the name of a field behind # along."""
    entry = Entry(_looked_at(request))
    return redirect("onboarding:dossier_page", entry.first().key) if entry.pages else _closed(request)


@member(Role.EDITOR, autosaved=True)
def show(request: CompanyRequest, key: str) -> HttpResponse:
    """A page of the data. What is valid is kept even when something else is not; nothing typed is lost."""
    page = BY_KEY.get(key)
    if page is None:
        raise Http404
    application = _looked_at(request)
    entry = Entry(application)
    if page not in entry.pages:
        return _shut(request, entry)
    if request.POST.get("application", str(application.pk)) != str(application.pk):
        return _of_another(request, page)
    form = entry.form(page, _typed(request, application), request.user)
    if request.method == "POST":
        given_way = own_signatory.asks_anew(form, request, application.application_form)
        try:
            kept = _keep(request, entry, page, form)
        except NotAllowed as refusal:
            return turned_away(request, str(refusal), to="onboarding:pre_application")
        if form.field_of_another is not None:
            other_firm.note(application=application, number=form.of_another[1], actor=actor_of(request))
        elif kept.get("mersis_number"):
            other_firm.corrected(application)
        request.company.refresh_from_db()
        application = _looked_at(request)
        entry = Entry(application)
        if by_itself(request):
            told = signed.sign_anew(application, content.needs(application.application_form))
            return autosave.answer(form, kept, entry.stored(page), told=told, done=entry.is_done(page))
        form.hide(kept)
        _tell(request, form, given_way)
        unkept = [name for name in form.errors if form.data.get(name)]
        if not unkept and paper_values.BUTTON in request.POST:
            return paper_values.used(request)
        if not unkept and own_signatory.BUTTON in request.POST:
            return redirect("onboarding:dossier_page", page.key)
        if not form.errors:
            return _go_on(request, entry, page)
    needs = content.needs(application.application_form)
    return render(
        request,
        "onboarding/dossier_form.html",
        {
            "application": application,
            "form": form,
            "page": page,
            **_folded(entry, form),
            "tabs": entry.tabs(page, wrong=bool(form.errors)),
            "previous": entry.previous(page),
            "before": aged.hidden(entry.stored(page)),
            "may_be_me": own_signatory.BUTTON if own_signatory.is_offered(request, form, application) else "",
            "online_stages": stage_bars.online("form") if entry.at_online_form else None,
            "remarks": [each for each in entry.asked if not each.key or each.key in form.fields],
            "stages": stage_bars.of_application(application),
            "identity": entry.identity,
            "of_registry": entry.of_registry,
            "sign_anew": signed.sign_anew(application, needs),
            "signed": signed.warning(needs),
            **paper_values.context(request, application, form, entry.read),
        },
        status=422 if form.errors else 200,
    )


@member(Role.EDITOR)
def districts(request: CompanyRequest) -> HttpResponse:
    """For the province that was just chosen its districts as a list, and its tax offices; for htmx."""
    province = request.GET.get("province", "")
    form = DistrictForm(province=province, district=request.GET.get("district", ""))
    return render(request, "onboarding/_districts.html", {"form": form, "province": province})


def _looked_at(request: CompanyRequest) -> Application:
    """The application as it stands now. Whether a correction is made is seen by all that it has, page by page."""
    application = live_application_or_404(request)
    if submission.corrections_asked(application):
        only_read_dossier(application)
    return application


def _folded(entry: Entry, form: OwnDossierForm) -> dict[str, object]:
    """While corrections are asked for by name, the page's other fields are folded away, save with an error."""
    named = changes.mended_together(frozenset(each.key for each in entry.asked)) & form.fields.keys()
    folded = [field for field in form if named and field.name not in named]
    return {
        "standing": [field for field in form if field not in folded],
        "folded": folded,
        "is_unfolded": any(field.errors for field in folded),
    }


def _typed(request: CompanyRequest, application: Application) -> QueryDict | None:
    """What was posted, with what a button of the page fills in."""
    return own_signatory.typed(request, paper_values.typed(request, application), application)


def _go_on(request: CompanyRequest, entry: Entry, page: Page) -> HttpResponse:
    """To the next page that is not done; when all are, to where the form leads."""
    unchanged = [each.label for each in entry.asked if each.key in page.fields and not each.is_done]
    if unchanged:
        messages.warning(request, f"Değişmedi, düzeltmesi hâlâ bekleniyor: {', '.join(unchanged)}.")
    following = entry.next_after(page)
    if following is not None:
        return redirect("onboarding:dossier_page", following.key)
    if not unchanged:
        messages.success(request, "Bilgiler kaydedildi.")
    return after_form(request) if entry.at_online_form else redirect("onboarding:pre_application")


def _keep(request: CompanyRequest, entry: Entry, page: Page, form: OwnDossierForm) -> dict[str, Any]:
    """Keeps what is valid, also when something else is not, and returns it. Raises NotAllowed when nothing may be
    written.

    From a page with an older disclosure text too: the identity number is in no page that comes back. From one with
    none nothing is kept. Something refused makes the whole incomplete: what stands there is not what was meant.
    """
    valid = form.is_valid()
    if form.is_outdated and form.shown is None:
        return {}
    disclosure.note(form, user=request.user, company=request.company)
    kept = form.kept()
    complete = valid and all(entry.is_whole(other) for other in entry.pages if other is not page)
    submission.fill_in(application=entry.application, values=kept, complete=complete, actor=actor_of(request))
    return kept


def _tell(request: CompanyRequest, form: OwnDossierForm, given_way: str) -> None:
    if given_way:
        messages.info(request, given_way)
    for name, sentence in form.notes().items():
        messages.warning(request, f"{form[name].label}: {sentence}")


def _of_another(request: CompanyRequest, page: Page) -> HttpResponse:
    """For what was typed on a page of an application that has ended meanwhile."""
    return turned_away(request, OTHER_APPLICATION, to=reverse("onboarding:dossier_page", args=[page.key]))


def _shut(request: CompanyRequest, entry: Entry) -> HttpResponse:
    """For a page without an open field."""
    if not entry.pages:
        return _closed(request)
    return turned_away(request, CLOSED, to=reverse("onboarding:dossier_page", args=[entry.first().key]))


def _closed(request: CompanyRequest) -> HttpResponse:
    if request.method != "POST":
        messages.info(request, CLOSED)
    return turned_away(request, CLOSED, to="onboarding:pre_application")
