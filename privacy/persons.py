"""What the portal knows of one person, given to that person (KVKK 11); and the person's data erased (KVKK 7)."""

import io
import json
import secrets
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import ForeignKey, QuerySet
from django.utils import timezone

from accounts.models import Session
from correspondence.models import Audience, Letter
from documents.models import DisclosureShown, DraftUpload, LegalText
from onboarding.models import Application, ApplicationForm
from privacy.forgetting import Forgotten, forget
from privacy.models import PersonRequest
from tenancy import memberships
from tenancy.encryption import EncryptedTextField
from tenancy.models import Company, Invitation, JoinRequest, Membership, User
from verification import sms_notices
from verification.models import OneTimeCode, SmsChoice, SmsDelivery
from wall.standing import inside

ERASED = "@silindi.invalid"  # a domain that never exists (RFC 2606)
README = """Bu dosyada {partner} İYS kayıt portalında sizinle ilgili tutulan veriler var ({when}).

bilgiler.json: hesabınız, üyelikleriniz, oturumlarınız, size gönderilen mektupların listesi, yaptığınız işlemler ve
imza yetkilisi olarak yazıldığınız başvurular. Firmaların belgeleri firmalarındır; onları firmanızın sahibi
portaldan indirir.

Verilerinizin düzeltilmesini ya da silinmesini isteyebilirsiniz (6698 sayılı Kanun, madde 11). Nelerin neden
saklandığı portalın “Kişisel verilerim” sayfasında yazar.
"""
# What is of no use to a person and of much to a thief, or describes the file and not the person.
LEFT_OUT = (
    "password",
    "sha256",
    "digest",
    "stored_name",
    "token",
    "code",
    "session_key",
    "data",
    "hash",
    "sealed_words",
)


# Columns about the signatory, who is mostly somebody else than who filled them in.
OTHERS = ("signatory", "details")


class CannotBeErased(Exception):
    """Why the person stays for now; the message is a Turkish sentence."""


@dataclass(frozen=True, slots=True)
class Held:
    """A company that would be without an owner if this person went."""

    company: Company
    has_heir: bool
    may_withdraw: bool


def export(user: User) -> bytes:
    """A ZIP with everything that names the person, as JSON that people can read too."""
    made = timezone.localtime()
    told = {
        "hazırlandı": made,
        "hesap": _told(user),
        "size gönderilen mektuplar": list(_letters(user).values("subject", "created_at", "sent_at")),
        "sizi adınızla içeren davetler": [
            _told(each) for each in Invitation.objects.filter(email__iexact=user.email)
        ],
        "imza yetkilisi olduğunuz başvurular": [
            _told(each) for each in ApplicationForm.objects.filter(signatory_email__iexact=user.email)
        ],
        "bağlantıyla açtığınız sayfada gösterilen aydınlatma metinleri": [
            _told(each) for each in DisclosureShown.objects.filter(address__iexact=user.email)
        ],
        "SMS ile haber aldığınız numara": [_told(each) for each in SmsChoice.objects.filter(person=user)],
        **{label: rows for label, rows in _by_table(user) if rows},
    }
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        partner = user.partner or getattr(user.companies.first(), "partner", None)
        packed.writestr(
            "OKUYUN.txt", README.format(partner=partner or "İş ortağının", when=f"{made:%d.%m.%Y %H:%M}")
        )
        packed.writestr("bilgiler.json", json.dumps(told, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder))
    return whole.getvalue()


def _letters(user: User) -> "QuerySet[Letter]":
    """Sought in the text of the list, which every database can."""
    return Letter.objects.filter(to__icontains=json.dumps(user.email))


def _by_table(user: User) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every table that points to the person, with each key that does."""
    for model in apps.get_models():
        for each in model._meta.concrete_fields:  # noqa: SLF001 - Django's way to ask a model
            if isinstance(each, ForeignKey) and each.related_model is User and not model._meta.proxy:  # noqa: SLF001
                rows: QuerySet[Any] = QuerySet(model)
                label = f"{model._meta.verbose_name} ({each.verbose_name})"  # noqa: SLF001
                yield label, [_told(row, of_others=True) for row in rows.filter(**{each.name: user})]


def _told(row: Any, *, of_others: bool = False) -> dict[str, Any]:
    """The row's own columns; of what it points to, only the name of a company or of a legal text.

    A row that the person wrote may be `of_others`: then it goes without whoever else stands in it.
    """
    said: dict[str, Any] = {}
    for each in row._meta.concrete_fields:  # noqa: SLF001
        if each.name.endswith(LEFT_OUT) or isinstance(each, models.AutoField):
            continue
        if of_others and (
            isinstance(each, EncryptedTextField | models.EmailField) or each.name.startswith(OTHERS)
        ):
            continue
        if isinstance(each, ForeignKey):
            if each.related_model in (Company, Application, LegalText) and getattr(row, each.attname):
                said[str(each.verbose_name)] = str(getattr(row, each.name))
            continue
        said[str(each.verbose_name)] = row.serializable_value(each.attname)
    return said


def erase(user: User) -> Forgotten:
    """Makes the account nobody's and takes away what is the person's alone.

    What the law has kept stays and then names nobody: declarations, acceptances, the journal of companies. Raises
    CannotBeErased while a company would be left without an owner, or while the person is staff.
    """
    with transaction.atomic():
        # Not a lock that keeps rows from pointing here: who joins holds the company's row and waits for this one.
        user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        gone = Forgotten()
        gone.rows["tenancy.Membership"] = leave_all(user)
        email = user.email
        for rows in (
            Session.objects.filter(user=user),
            Authenticator.objects.filter(user=user),
            EmailAddress.objects.filter(user=user),
            PersonRequest.objects.filter(user=user),
            DraftUpload.objects.filter(person=user),
            JoinRequest.objects.filter(user=user),
            Invitation.objects.filter(email__iexact=email),
            OneTimeCode.objects.filter(target__iexact=email),
            OneTimeCode.objects.filter(application_id=sms_notices.about(user)),
            SmsDelivery.objects.filter(person=user),
            SmsChoice.objects.filter(person=user),
            _letters(user).filter(audience=Audience.ACCOUNT),
        ):
            more = forget(rows)
            gone.rows.update(more.rows)
            gone.files += more.files
        # That the text stood there is the partner's to prove, as long as the company's record is kept.
        DisclosureShown.objects.filter(address__iexact=email).update(address="")
        user.email = f"{user.pk}-{secrets.token_hex(4)}{ERASED}"
        user.full_name = "Silinmiş kişi"
        user.is_active = False
        user.last_login = None
        user.set_unusable_password()
        user.save()
        user.groups.clear()
        user.user_permissions.clear()
        gone.rows["tenancy.User"] += 1
    return gone


def holding(user: User) -> list[Held]:
    """The companies in which the person has to stay: nobody need stay alone where nothing is under way."""
    found = []
    for membership in user.memberships.select_related("company").order_by("created_at", "pk"):
        company = membership.company
        with inside(company.pk):
            live = _live(company).first()
            others = Membership.objects.filter(company=company).exclude(pk=membership.pk)
            if memberships.is_only_owner(membership) and (live or others.exists()):
                heirs = others.filter(user__is_active=True)
                found.append(Held(company, heirs.exists(), live is not None and live.finished_at is None))
    return found


def _live(company: Company) -> "QuerySet[Application]":
    return Application.objects.filter(company=company, closed_at=None)


def leave_all(user: User) -> int:
    """Out of how many companies. Raises CannotBeErased: for staff, and where the person is `holding` one."""
    if user.is_staff:
        raise CannotBeErased("Destek ekibindeki bir hesabı yalnızca yöneticiniz kapatabilir.")
    mine = list(user.memberships.select_related("company"))
    for membership in mine:
        company = membership.company
        with inside(company.pk):
            goes = memberships.remove if _live(company).exists() else memberships.desert
            try:
                goes(membership=membership)
            except memberships.LastOwner:
                names = ", ".join(each.company.trade_name for each in holding(user))
                raise CannotBeErased(f"Tek sahibi olduğunuz firmalar var: {names}.") from None
    return len(mine)
