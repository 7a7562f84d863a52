"""What support's pages have in common: the wall between partners, pages of their own, forms on a page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from itertools import chain
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import CharField, EmailField, Field, ForeignKey, Model, QuerySet
from django.forms import BaseForm, ModelChoiceField
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse

from identifiers.digits import bare
from identifiers.masking import is_persons
from partners.models import Partner
from tenancy import fields
from tenancy.admin.lists import ListedAdmin
from tenancy.fields import NameField, PersonNameField, VisibleField
from tenancy.identities import blind_indexes, stored_as
from tenancy.models import Company, User
from tenancy.requests import expected_version, user_of
from tenancy.walls import of_partner, refuse_own, runs_the_portal
from wall.crossings import Crossing
from wall.standing import crossing

M = TypeVar("M", bound=Model)
MOST_FOUND = 50

# For the `formfield_overrides` of pages on which names and addresses are typed.
TEXT_AS_SEEN: dict[Any, Any] = {
    CharField: {"form_class": VisibleField},
    EmailField: {"form_class": fields.EmailField},
}


# Columns with names, on whichever page of the admin they are typed.
NAMES = {"trade_name": NameField, "legal_name": NameField, "name": NameField, "full_name": PersonNameField}


@dataclass(frozen=True, slots=True)
class Act(Generic[M]):
    """A button of a row's page: its name in the URL, what stands on and beside it, what is said once it is done,
    what it does to which rows.

    `verb` is called with the row, the reason that was typed, and who pressed.
    """

    name: str
    label: str
    done: str
    help: str
    verb: Callable[[M, str, User], None]
    offered: Callable[[M], bool]
    needs_reason: bool = True
    # Of one row among many: what changes for it alone, beside the label; empty where there is nothing to say.
    note: Callable[[M], str] = lambda _row: ""
    # What else must not have changed between a look at the row and the press, where `note` does not tell it.
    rests_on: Callable[[M], str] = lambda _row: ""
    # The rows with what `offered` and `note` ask of each, in as many queries as for one.
    prepare: Callable[[QuerySet[M]], QuerySet[M]] = lambda rows: rows


def _in_place(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A form that was sent from within another page is told where to go on (static/js/in_place.js): a script that
    is redirected has read the next page, and with it the messages that stand there."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        if "X-In-Place" in request.headers and answer.status_code == HTTPStatus.FOUND:
            return JsonResponse({"next": answer["Location"]})
        return answer

    return answered


class WalledForm(forms.ModelForm[M], Generic[M]):
    """Says that a number or an address is taken, be it by a row that the member of staff does not see."""

    def validate_unique(self) -> None:
        with crossing(Crossing.TAKEN):
            super().validate_unique()

    def validate_constraints(self) -> None:
        with crossing(Crossing.TAKEN):
            super().validate_constraints()


def _focus(form: BaseForm) -> None:
    """Whoever opens a page with one form writes at once, where something was refused or is still empty."""
    chosen = any("autofocus" in field.widget.attrs for field in form.fields.values())
    if chosen or getattr(form, "is_filled", False):
        return
    shown = form.visible_fields()
    wanted = [each for each in shown if each.errors] or [each for each in shown if not each.value()]
    if wanted:
        wanted[0].field.widget.attrs["autofocus"] = True


class WalledAdmin(ListedAdmin[M], Generic[M]):
    """Rows that belong to a partner: `partner_path` leads from a row to it. With `shared_rows`, staff of every
    partner also see the rows of none.
    """

    partner_path: str
    shared_rows = False
    # What a row's page shows of other tables beside it, found in the same statement.
    beside: Sequence[str] = ()
    # The columns by which a row is found by an identity number, by the kind of what stands in them.
    by_index: Sequence[str] = ()
    by_sealed: Sequence[str] = ()
    form: type[forms.ModelForm[Any]] = WalledForm

    def get_queryset(self, request: HttpRequest) -> QuerySet[M]:
        rows = super().get_queryset(request)
        return of_partner(user_of(request), rows, self.partner_path, shared=self.shared_rows)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> M:
        """Raises Http404 alike for what is not there and what is another partner's, OwnCompany for one's own."""
        rows = self.get_queryset(request)
        rows = rows.select_related(*self.beside) if self.beside else rows
        try:
            found = rows.filter(**{from_field or "pk": object_id}).first()
        except (ValidationError, ValueError) as error:
            raise Http404 from error
        if found is None:
            raise Http404
        return self._not_own(request, found)

    def found(self, request: HttpRequest, pk: object, permission: str) -> M:
        """The row for who has the permission. Raises PermissionDenied, or what `get_object` does."""
        if not request.user.has_perm(permission):
            raise PermissionDenied
        return self._not_own(request, get_object_or_404(self.get_queryset(request), pk=pk))

    def _not_own(self, request: HttpRequest, row: M) -> M:
        company = self._company_of(row)
        if company is not None:
            refuse_own(user_of(request), company.pk)
        return row

    def _company_of(self, row: Model) -> Company | None:
        """The company on the way from a row to its partner."""
        met: Any = row
        for name in self.partner_path.split("__")[:-1]:
            met = getattr(met, name, None)
        return met if isinstance(met, Company) else None

    def formfield_for_dbfield(self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in NAMES:
            kwargs["form_class"] = NAMES[db_field.name]
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> "ModelChoiceField[Any] | None":
        """Staff of one partner are not offered the others to choose from."""
        if db_field.related_model is Partner:
            kwargs["queryset"] = of_partner(user_of(request), Partner.objects.all(), "pk")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """A search for an identity number goes on by the keys of what was found: the number stands neither in the
        address of the list nor in its search field and links."""
        number = bare(request.GET.get("q", "")).upper()
        if not number or not (self.by_index or self.by_sealed) or not self.has_view_permission(request):
            return super().changelist_view(request, extra_context)
        wanted: dict[str, Sequence[Any]] = {f"{column}__in": blind_indexes(number) for column in self.by_index}
        if is_persons(number):
            wanted |= {f"{column}__in": stored_as(number) for column in self.by_sealed}
        # One query a column, each by its index: columns of several tables in one would be read row by row.
        keys = self.get_queryset(request).order_by().values_list("pk", flat=True)
        met = (keys.filter(**{name: values})[:MOST_FOUND] for name, values in wanted.items())
        found = list(dict.fromkeys(chain.from_iterable(met)))[:MOST_FOUND]
        if found:
            return redirect(f"{self.url()}?{urlencode({'pk__in': ','.join(map(str, found))})}")
        if is_persons(number):
            messages.info(request, "Bu kimlik numarasıyla kayıt bulunamadı.")
            return redirect(self.url())
        return super().changelist_view(request, extra_context)

    # Pages beside Django's own.

    def own_urls(self) -> list[URLPattern]:
        """The pages that a class adds, each made by `own`."""
        return []

    def own(self, route: str, view: Any, name: str) -> URLPattern:
        """A page for staff alone, with the name admin:<app>_<model>_<name>."""
        pattern: URLPattern = path(route, self.admin_site.admin_view(_in_place(view)), name=self._name(name))
        return pattern

    def get_urls(self) -> list[URLPattern]:
        return [*self.own_urls(), *super().get_urls()]

    def _name(self, name: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

    def url(self, pk: object = None) -> str:
        """The page of a row; without a key the list."""
        if pk is None:
            return reverse(f"admin:{self._name('changelist')}")
        return reverse(f"admin:{self._name('change')}", args=[pk])

    def back(self, pk: object = None, place: str = "") -> HttpResponse:
        """To the page of a row, and there to the place with this id; without a key to the list."""
        return redirect(f"{self.url(pk)}#{place}" if place else self.url(pk))

    # What the pages show.

    def context(self, request: HttpRequest, row: M) -> dict[str, Any]:
        """What a row's page is given beside what Django gives it."""
        return {}

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        row: M | None = kwargs.get("obj")
        more = self.context(request, row) if row is not None else {}
        return super().render_change_form(request, {**context, **more}, *args, **kwargs)

    def form_page(
        self,
        request: HttpRequest,
        form: BaseForm,
        title: str,
        *,
        row: M | None = None,
        version: int | None = None,
        template: str = "admin/form_page.html",
        awaited: bool = True,
        **more: Any,
    ) -> HttpResponse:
        """A page with one form, about `row` or about the list; 422 when the form was refused.

        One writes at once, unless nothing is `awaited`: support's keys would be typed into the form.
        `version` guards against changes meanwhile: it is that of the row as the page showed it when it was
        opened, and a form that was refused keeps it. `template` extends the common one.
        """
        if version is not None and request.method == "POST":
            version = expected_version(request)
        if awaited or form.errors:
            _focus(form)
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "form": form,
            "row": row,
            "expected_version": version,
            "back_url": self.url(row.pk if row else None),
            "list_url": self.url(),
            "opts": self.opts,
            **more,
        }
        return render(request, template, context, status=422 if form.errors else 200)


class ReadOnlyAdmin(WalledAdmin[M], Generic[M]):
    """Rows that are written by verbs alone: staff look at them and act through buttons."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False


class OperationsAdmin(ListedAdmin[M], Generic[M]):
    """What holds for every partner: who runs the portal changes it, support looks at it if it may."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return runs_the_portal(request.user) and super().has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return runs_the_portal(request.user) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return runs_the_portal(request.user) and super().has_delete_permission(request, obj)


class UnwalledAdmin(OperationsAdmin[M], Generic[M]):
    """Rows of every partner without a wall between them, such as a library lists: not even looked at by others."""

    def has_view_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return runs_the_portal(request.user) and super().has_view_permission(request, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return runs_the_portal(request.user) and super().has_module_permission(request)
