"""Step 6, İYS bilgilerinin panele eklenmesi (guide, "6. Adım"): one of three exclusive declarations."""

from journal.parties import Party
from onboarding.machine import State, move, step
from tenancy.roles import Role


class PanelSettings(State):
    FORM = "form"
    SAVED = "saved"
    WITHDRAWN = "withdrawn"


S = PanelSettings

PANEL_SETTINGS = step(
    6,
    "panel_settings",
    "İYS bilgileri",
    initial=S.FORM,
    turns={S.FORM: Party.COMPANY},
    done=S.SAVED,
    stopped=(),
    withdrawn=S.WITHDRAWN,
    # What is confirmed or made anew is a declaration.
    stale_role=Role.OWNER,
    labels={
        S.FORM: "İYS bilgilerinizi kaydedin",
        S.SAVED: "Beyanınız kaydedildi",
        S.WITHDRAWN: "Başvuru geri çekildi",
    },
    support_labels={
        S.FORM: "Firma İYS bilgilerini kaydedecek",
        S.SAVED: "Firma İYS bilgilerini kaydetti",
        S.WITHDRAWN: "Firma başvuruyu geri çekti",
    },
    moves=(
        move("save", "Kaydet", S.FORM, S.SAVED, Party.COMPANY, role=Role.OWNER),
        move("declare_anew", "Beyanı değiştir", S.SAVED, S.SAVED, Party.COMPANY, role=Role.OWNER),
    ),
)
