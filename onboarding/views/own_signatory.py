"""The button “İmza yetkilisi benim”: whoever fills the page in is the one who signs.

Whom the registry has named is not to be chosen any more: the account is that very person's or nobody's there.
"""

from django.http import QueryDict

from accounts.addresses import verified_address
from identifiers import masking, phone, turkish
from onboarding.actions.pre_application import online
from onboarding.forms.dossier import OwnDossierForm
from onboarding.forms.fields import SecretField
from onboarding.models import Application, ApplicationForm
from tenancy.access import CompanyRequest
from tenancy.models import User

BUTTON = "me"


def typed(request: CompanyRequest, data: QueryDict | None, application: Application) -> QueryDict | None:
    """What was posted, with what the button fills in."""
    if data is None or BUTTON not in data or is_somebody_else(request.user, application):
        return data
    filled = data.copy()
    for name, value in _of_person(request).items():
        filled[name] = value
    # Whoever is reached for the firm on a mobile telephone is reached there as its signatory as well.
    if not filled.get("signatory_mobile") and phone.is_mobile(request.company.contact_phone):
        filled["signatory_mobile"] = phone.pretty(request.company.contact_phone)
    # A sole trader's tax number is the owner's own.
    stored, number = application.application_form, request.company.full_tax_number
    if masking.is_persons(number) and not (stored.signatory_identity or filled.get("signatory_foreign")):
        filled["signatory_identity"] = filled.get("signatory_identity") or number
    return filled


def asks_anew(form: OwnDossierForm, request: CompanyRequest, stored: ApplicationForm) -> str:
    """The identity number and the telephone of whoever was the signatory before are not this one's: says so.

    To be called before the form is validated; empty where nobody else gives way.
    """
    before, name = stored.signatory_name, form.fields.get("signatory_name")
    if BUTTON not in request.POST or not before or before == request.user.full_name:
        return ""
    if name is None or name.disabled:
        return ""
    identity, mobile = form.fields.get("signatory_identity"), form.fields.get("signatory_mobile")
    if isinstance(identity, SecretField):
        identity.required, identity.kept = True, False
        identity.help_text = form.base_fields["signatory_identity"].help_text
        form.kept_identity = form.gone["signatory_identity"] = ""
    if mobile is not None and not mobile.disabled and "signatory_mobile" in form.untouched:
        form.gone["signatory_mobile"] = ""
        form.put("signatory_mobile", "")
    numbers = ", ".join(filter(None, (stored.signatory_email, stored.signatory_mobile)))
    return f"Önceki imza yetkilisi {before} ({numbers}) yerine siz yazıldınız; numaralarınızı yazın."


def is_somebody_else(user: User, application: Application) -> bool:
    """Whether the registry has named another person as the one who signs."""
    name = application.application_form.signatory_name
    return "signatory_name" in online.fixed(application) and turkish.skeleton(name) != turkish.skeleton(
        user.full_name
    )


def is_offered(request: CompanyRequest, form: OwnDossierForm, application: Application) -> bool:
    """Whether the page asks for what the person's own account has, and stands otherwise."""
    if is_somebody_else(request.user, application):
        return False
    asked = {
        name: value
        for name, value in _of_person(request).items()
        if name in form.fields and not form.fields[name].disabled
    }
    return all(asked.values()) and any(form[name].value() != value for name, value in asked.items())


def _of_person(request: CompanyRequest) -> dict[str, str]:
    """What the account says of a signatory who fills the page in herself; an address only when it is proved."""
    return {"signatory_name": request.user.full_name, "signatory_email": verified_address(request.user)}
