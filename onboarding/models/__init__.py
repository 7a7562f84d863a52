from onboarding.models.application import Application, Closing, QueueItem, RouteChoices, StepRecord
from onboarding.models.assignment import Assignment, AssignmentWay
from onboarding.models.attention import Attention, AttentionKind
from onboarding.models.casework import CaseHolder, MailHolder, Snooze, SnoozeEvent
from onboarding.models.codes import CodeDecision, CodeReading, CodeSource
from onboarding.models.day_exception import DayException, DayKind
from onboarding.models.declaration import Declaration, DeclarationKind
from onboarding.models.desk import ListPlace, SavedFilter
from onboarding.models.evidence_pack import EvidencePack, PackFile, PackState
from onboarding.models.merge import CompanyMerge
from onboarding.models.notes import CaseNote, NoteMention
from onboarding.models.online import (
    ContinueLink,
    CoSignatory,
    Evidence,
    FreeMailDomain,
    HandOff,
    RegistryAnswer,
    RegistryOutcome,
    SignatureCheck,
)
from onboarding.models.package import ContractAcceptance, Offer, Package, PackageChoice, Payment
from onboarding.models.phrases import KeptPhrase, PhraseUse
from onboarding.models.pre_application import (
    ApplicationForm,
    Cargo,
    ChannelChoices,
    DocumentKind,
    Remark,
    Submission,
)
from onboarding.models.reminder import (
    EscalateTo,
    Recipient,
    Reminder,
    ReminderMute,
    ReminderRule,
    WaitsFor,
)

__all__ = [
    "Application",
    "ApplicationForm",
    "Assignment",
    "AssignmentWay",
    "Attention",
    "AttentionKind",
    "Cargo",
    "CaseHolder",
    "CaseNote",
    "ChannelChoices",
    "Closing",
    "CoSignatory",
    "CodeDecision",
    "CodeReading",
    "CodeSource",
    "CompanyMerge",
    "ContinueLink",
    "ContractAcceptance",
    "DayException",
    "DayKind",
    "Declaration",
    "DeclarationKind",
    "DocumentKind",
    "EscalateTo",
    "Evidence",
    "EvidencePack",
    "FreeMailDomain",
    "HandOff",
    "KeptPhrase",
    "ListPlace",
    "MailHolder",
    "NoteMention",
    "Offer",
    "PackFile",
    "PackState",
    "Package",
    "PackageChoice",
    "Payment",
    "PhraseUse",
    "QueueItem",
    "Recipient",
    "RegistryAnswer",
    "RegistryOutcome",
    "Remark",
    "Reminder",
    "ReminderMute",
    "ReminderRule",
    "RouteChoices",
    "SavedFilter",
    "SignatureCheck",
    "Snooze",
    "SnoozeEvent",
    "StepRecord",
    "Submission",
    "WaitsFor",
]
