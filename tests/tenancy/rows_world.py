"""Two partners with a company each, and a row in every table that is walled, in the database of DATABASE_URL.

`python -m tests.tenancy.rows_world` prints as JSON who is who. It runs as a worker would.
"""

import json
import os
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

PASSWORD = "gizli-parola-12"
SIDES = ("kiyi", "liman")
# What the database checks of a row beside its columns.
BESIDES: Mapping[str, Mapping[str, Any]] = {
    "onboarding.Declaration": {"exemption_basis": "kamu"},
    "onboarding.Snooze": {"event": "company"},
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iysportal.settings")
    import django

    django.setup()
    from django.db import transaction

    from onboarding.first_data import load

    load()
    with transaction.atomic():
        sides = [_side(name, is_default=not number) for number, name in enumerate(SIDES)]
    print(json.dumps(sides))


def _side(name: str, *, is_default: bool) -> Mapping[str, Any]:
    """What belongs to one partner: a company with an application, and one row of everything else."""
    from allauth.account.models import EmailAddress
    from django.contrib.auth.models import Group
    from django.db import connection

    from onboarding.models import Application
    from partners.models import Partner
    from tenancy.models import Company, Membership, User
    from tenancy.rows.declared import declared, models
    from tests.scenarios.factories import open_application, vkn

    partner = Partner.objects.create(
        name=name, legal_name=name, copy_address=f"c@{name}.example", is_default=is_default
    )
    people = {
        "staff": User.objects.create_user(f"destek@{name}.example", PASSWORD, is_staff=True, partner=partner),
        "owner": User.objects.create_user(f"sahip@{name}.example", PASSWORD),
    }
    people["staff"].groups.set(Group.objects.all())
    company = Company.objects.create(partner=partner, trade_name=f"Gizli {name} A.Ş.", tax_number=vkn(len(name)))
    Membership.objects.create(user=people["owner"], company=company, role="owner")
    application: Application = open_application(company)
    made: dict[str, Any] = {
        "partners.Partner": partner,
        "tenancy.User": people["owner"],
        "tenancy.Company": company,
        "onboarding.Application": application,
    }
    # The journal's links are the database's own, made when a transaction ends: here at once.
    connection.check_constraints()
    known, kinds = models(), declared()
    waiting = [label for label in kinds if kinds[label].is_walled and label not in made]
    while waiting:
        ready = [
            label for label in waiting if _needs(known[label]) - {"tenancy.User"} <= set(made) | _nobodys(kinds)
        ]
        assert ready, f"These wait for each other: {waiting}"
        for label in ready:
            path = kinds[label].path
            model: Any = known[label]
            parent = made[model._meta.get_field(path).related_model._meta.label]
            made[label] = model.objects.filter(**{path: parent}).first() or _row(model, made, path)
            waiting.remove(label)
    for each in people.values():
        EmailAddress.objects.update_or_create(
            user=each, defaults={"email": each.email, "verified": True, "primary": True}
        )
    return {
        "name": name,
        "partner": partner.pk,
        "company": str(company.pk),
        "staff": people["staff"].pk,
        "owner": people["owner"].pk,
        "emails": {role: each.email for role, each in people.items()},
        "keys": {known[label]._meta.db_table: str(row.pk) for label, row in made.items()},
    }


def _needs(model: Any) -> set[str]:
    return {each.related_model._meta.label for each in model._meta.fields if each.is_relation and not each.null}


def _nobodys(kinds: Mapping[str, Any]) -> set[str]:
    return {label for label, kind in kinds.items() if not kind.is_walled}


def _row(model: Any, made: Mapping[str, Any], path: str = "") -> Any:
    """A row with the least in it; relations lead to what was made for the same side."""
    values = {}
    for each in model._meta.fields:
        if each.is_relation:
            label = each.related_model._meta.label
            if label in made and (not each.null or each.name == path):
                values[each.name] = made[label]
            elif not each.null:
                values[each.name] = each.related_model.objects.first() or _row(each.related_model, made)
        elif (model._meta.label, each.name) == ("finding.Word", "owner"):
            values[each.name] = made["partners.Partner"].pk
        elif each.name == "application_id":
            values[each.name] = made["onboarding.Application"].pk
        elif not (each.primary_key or each.null or each.has_default() or getattr(each, "auto_now_add", False)):
            values[each.name] = _value(each)
    return model.objects.create(**{**values, **BESIDES.get(model._meta.label, {})})


def _value(field: Any) -> Any:
    from django.utils import timezone

    if field.blank and field.empty_strings_allowed:
        return ""
    if field.choices:
        return next(iter(field.flatchoices))[0]
    kind = field.get_internal_type()
    if kind in ("DateTimeField", "DateField"):
        return timezone.now() if kind == "DateTimeField" else timezone.localdate()
    if kind in ("CharField", "TextField", "EmailField", "URLField", "SlugField"):
        return (uuid4().hex * 2)[: field.max_length or 32]
    if kind == "UUIDField":
        return uuid4()
    if kind == "BinaryField":
        return b"x"
    if kind == "JSONField":
        return {}
    if kind == "GenericIPAddressField":
        return "192.0.2.1"
    return 1


if __name__ == "__main__":
    main()
