"""What Django's admin says in English, or in Turkish that nobody speaks, in words of ours."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.actions import delete_selected
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Field, ManyToManyField, Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from tenancy.admin.searching import FoundBy

DJANGOS = "Can "
MAY = {"add": "ekleyebilir", "change": "değiştirebilir", "delete": "silebilir", "view": "görebilir"}


def boolean(column: "Field[Any, Any]") -> Any:
    """A column of a list; Django's own is a picture that is called True."""

    @admin.display(description=column.verbose_name, ordering=column.name)
    def said(row: Any) -> str:
        return yes_or_no(getattr(row, column.name))

    return said


def yes_or_no(value: object) -> str:
    return "–" if value is None else "Evet" if value else "Hayır"


@admin.action(permissions=["delete"], description="Seçilenleri sil…")
def delete_chosen(page: "ModelAdmin[Any]", request: HttpRequest, rows: "QuerySet[Any]") -> HttpResponseBase | None:
    """Django's own, with a count in Turkish: after a number the noun is not in the plural."""
    _objects, _counts, forbidden, protected = page.get_deleted_objects(rows, request)
    if not request.POST.get("post") or forbidden or protected:
        return delete_selected(page, request, rows)
    count = len(rows)
    page.log_deletions(request, rows)
    page.delete_queryset(request, rows)
    messages.success(request, f"{count} kayıt silindi.")
    return None


class _PermissionsField(forms.ModelMultipleChoiceField[Permission]):
    def label_from_instance(self, obj: Any) -> str:
        """Django's own four have English names; ours have names of their own."""
        may = MAY.get(obj.codename.partition("_")[0]) if obj.name.startswith(DJANGOS) else obj.name
        return f"{obj.content_type} | {may}"


class _GroupAdmin(GroupAdmin):
    search_fields = ()
    found_by = FoundBy(texts=("name",))

    def formfield_for_manytomany(
        self, db_field: "ManyToManyField[Any, Any]", request: HttpRequest | None = None, **kwargs: Any
    ) -> Any:
        if db_field.related_model is Permission:
            # Of tables that have no page Django's own four mean nothing.
            types = ContentType.objects.get_for_models(*admin.site._registry).values()  # noqa: SLF001
            of_pages = Q(content_type__in=[each.pk for each in types])
            kwargs |= {
                "form_class": _PermissionsField,
                "queryset": Permission.objects.filter(of_pages | ~Q(name__startswith=DJANGOS)),
            }
        return super().formfield_for_manytomany(db_field, request, **kwargs)


def install() -> None:
    admin.site.add_action(delete_chosen, "delete_selected")
    admin.site.unregister(Group)
    admin.site.register(Group, _GroupAdmin)
