"""Support staff's pages: the queue, the whole application on one page, the catalogue."""

from onboarding.admin.application.admin import ApplicationAdmin
from onboarding.admin.catalogue import FreeMailDomainAdmin, PackageAdmin
from onboarding.admin.companies import MovableCompanyAdmin
from onboarding.admin.days import DayExceptionAdmin
from onboarding.admin.looks import CompanyLookAdmin
from onboarding.admin.mails.admin import MailAdmin
from onboarding.admin.merges import CompanyMergeAdmin
from onboarding.admin.phrases import KeptPhraseAdmin
from onboarding.admin.queue import QueueAdmin
from onboarding.admin.rules import ReminderRuleAdmin
from onboarding.admin.taught import TaughtSentenceAdmin

__all__ = [
    "ApplicationAdmin",
    "CompanyLookAdmin",
    "CompanyMergeAdmin",
    "DayExceptionAdmin",
    "FreeMailDomainAdmin",
    "KeptPhraseAdmin",
    "MailAdmin",
    "MovableCompanyAdmin",
    "PackageAdmin",
    "QueueAdmin",
    "ReminderRuleAdmin",
    "TaughtSentenceAdmin",
]
