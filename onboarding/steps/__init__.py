"""The six steps, in the order in which İYS wants them ("6 Adımda İleti Yönetim Sistemi"). Read this first.

PURE.
"""

from onboarding.steps.code_receipt import CODE_RECEIPT
from onboarding.steps.package_contract import PACKAGE_CONTRACT
from onboarding.steps.panel_settings import PANEL_SETTINGS
from onboarding.steps.partner_assignment import PARTNER_ASSIGNMENT
from onboarding.steps.pre_application import PRE_APPLICATION
from onboarding.steps.status_query import STATUS_QUERY

STEPS = (
    PRE_APPLICATION,
    STATUS_QUERY,
    CODE_RECEIPT,
    PACKAGE_CONTRACT,
    PARTNER_ASSIGNMENT,
    PANEL_SETTINGS,
)
BY_KEY = {step.key: step for step in STEPS}
# Step 1 writes the dossier and step 2 corrects it; the contracts are chosen in step 4 and signed in step 5.
DOSSIER = (PRE_APPLICATION, STATUS_QUERY)
CONTRACTS = (PACKAGE_CONTRACT, PARTNER_ASSIGNMENT)


def step_choices() -> list[tuple[str, str]]:
    """For columns: the key of a step and its title."""
    return [(step.key, step.title) for step in STEPS]


__all__ = [
    "BY_KEY",
    "CODE_RECEIPT",
    "CONTRACTS",
    "DOSSIER",
    "PACKAGE_CONTRACT",
    "PANEL_SETTINGS",
    "PARTNER_ASSIGNMENT",
    "PRE_APPLICATION",
    "STATUS_QUERY",
    "STEPS",
    "step_choices",
]
