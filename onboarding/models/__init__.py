from onboarding.models.assignment import Assignment, AssignmentWay
from onboarding.models.attempt import Closing, Onboarding, QueueItem, RouteChoices, StepRecord
from onboarding.models.codes import CodeReading, CodeSource
from onboarding.models.declaration import Declaration, DeclarationKind
from onboarding.models.package import ContractAcceptance, Offer, Package, PackageChoice, Payment
from onboarding.models.pre_application import (
    ApplicationForm,
    Cargo,
    DocumentKind,
    Remark,
    Submission,
)
from onboarding.models.reminder import Reminder

__all__ = [
    "ApplicationForm",
    "Assignment",
    "AssignmentWay",
    "Cargo",
    "Closing",
    "CodeReading",
    "CodeSource",
    "ContractAcceptance",
    "Declaration",
    "DeclarationKind",
    "DocumentKind",
    "Offer",
    "Onboarding",
    "Package",
    "PackageChoice",
    "Payment",
    "QueueItem",
    "Remark",
    "Reminder",
    "RouteChoices",
    "StepRecord",
    "Submission",
]
