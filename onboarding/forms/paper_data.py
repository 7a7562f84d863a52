"""The form of what a paper lacks."""

from typing import Any

from onboarding.forms.dossier import DossierForm


class PaperDataForm(DossierForm):
    """Nobody has named a signatory there at whose telephone the company is reached otherwise."""

    def __init__(self, *args: Any, **about: Any) -> None:
        super().__init__(*args, **about)
        if phone := self.fields.get("contact_phone"):
            phone.required, phone.help_text = True, "Sabit, 0850 ya da cep"
