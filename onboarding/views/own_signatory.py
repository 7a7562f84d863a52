"""The button “İmza yetkilisi benim”: whoever fills the page in is the one who signs."""

from django.http import QueryDict

from accounts.addresses import verified_address
from identifiers import phone
from onboarding.forms.dossier import OwnDossierForm
from onboarding.forms.fields import SecretField
from onboarding.models import ApplicationForm
from tenancy.access import CompanyRequest

BUTTON = "me"


def typed(request: CompanyRequest, data: QueryDict | None) -> QueryDict | None:
    """What was posted, with what the button fills in."""
    if data is None or BUTTON not in data:
        return data
    filled = data.copy()
    for name, value in _of_person(request).items():
        filled[name] = value
    # Whoever is reached for the firm on a mobile telephone is reached there as its signatory as well.
    if not filled.get("signatory_mobile") and phone.is_mobile(request.company.contact_phone):
        filled["signatory_mobile"] = phone.pretty(request.company.contact_phone)
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


def is_offered(request: CompanyRequest, form: OwnDossierForm) -> bool:
    """Whether the page asks for what the person's own account has, and stands otherwise."""
    asked = {
        name: value
        for name, value in _of_person(request).items()
        if name in form.fields and not form.fields[name].disabled
    }
    return all(asked.values()) and any(form[name].value() != value for name, value in asked.items())


def _of_person(request: CompanyRequest) -> dict[str, str]:
    """What the account says of a signatory who fills the page in herself; an address only when it is proved."""
    return {"signatory_name": request.user.full_name, "signatory_email": verified_address(request.user)}
