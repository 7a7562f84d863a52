"""To whom the rows of every model belong. One table, so that the whole second wall is read in one place.

A model that is missing here makes checks, tests and `manage.py migrate` fail.
"""

from collections.abc import Mapping

from django.apps import apps
from django.db.models import Model

from tenancy.rows.kinds import (
    ADD,
    ALL,
    AT_THE_DOOR,
    BY_KEY,
    COMPANY,
    EVERYTHING,
    PARTNER,
    PERSON,
    READ,
    Kind,
    Side,
    leads_to_seen,
    nobodys,
    of_company,
    of_parent,
    of_partner,
    of_person,
)

# Tables that no model knows any more, kept for the version before; closed to all roles.
KEPT: Mapping[str, str] = {
    "correspondence_readingrule": "phrases of staff, before there were whole sentences",
}
MIGRATIONS = "django_migrations"  # Django's own table, which is no model

_OF_SEEN_COMPANY = f"EXISTS (SELECT 1 FROM tenancy_company c WHERE c.id = company_id{BY_KEY})"

# A member of several companies sees all of them, to choose; and the shells of those that were merged into one.
_COMPANY = Kind(
    web=Side(
        f"id = {COMPANY}",
        seen=f"wall_is_member(id) OR merged_into_id = {COMPANY} OR wall_is_member(merged_into_id)",
        # Of a partner that is seen: of the one it has, or of the host name under which it is founded.
        written=f"id = {COMPANY} AND wall_sees('partners_partner', partner_id::text)",
    ),
    staff=Side(f"{EVERYTHING} OR partner_id = {PARTNER}"),
    path="partner",
)
# By a function: a role that is web and staff meets the policies of both. It keeps its plan; `wall_sees` cannot.
_MEMBERSHIP = Kind(
    web=Side(f"company_id = {COMPANY}", seen=f"user_id = {PERSON}"),
    staff=Side("wall_sees_company(company_id)"),
    path="company",
)
# Who asks to join sees no company yet. It may have been asked at the portal of another partner than the company's.
_JOIN_REQUEST = Kind(
    web=Side(f"user_id = {PERSON}"),
    staff=Side(_OF_SEEN_COMPANY),
    path="company",
    came_from=("partner",),
)
# Beside oneself: who stands in a row that is seen, as a member, as who answered or signed. No page of companies
# makes anybody staff.
_USER = Kind(
    web=Side(
        f"id = {PERSON} OR {AT_THE_DOOR}",
        seen="wall_knows(id)",
        written=f"(id = {PERSON} OR {AT_THE_DOOR}) AND (NOT is_staff AND NOT is_superuser AND partner_id IS NULL "
        "OR wall_keeps_rights(id, partner_id, is_staff, is_superuser))",
    ),
    staff=Side(f"{EVERYTHING} OR partner_id = {PARTNER} OR id = {PERSON}", seen="wall_knows(id)"),
    path="partner",
)
_PARTNER = Kind(
    web=Side(seen=f"id = {PARTNER} OR wall_has_company_of(id)", may=READ),
    staff=Side(f"{EVERYTHING} OR id = {PARTNER}"),
)
# What happened to an application that came with a merged company stays in that company's chain, and is read on.
_ENTRY = Kind(
    web=Side(
        f"company_id = {COMPANY}",
        seen="EXISTS (SELECT 1 FROM tenancy_company c "
        f"WHERE c.id = company_id AND c.merged_into_id = {COMPANY}{BY_KEY})",
        may=ADD,
    ),
    staff=Side(_OF_SEEN_COMPANY, may=ADD),
    path="company",
    may=ADD,
)
# A letter to a person (a code, a reset) or to staff is of no company: written by who causes it, read by workers.
_LETTER = Kind(
    web=Side(f"company_id = {COMPANY}", written=f"company_id IS NULL OR company_id = {COMPANY}"),
    staff=Side(
        _OF_SEEN_COMPANY,
        written=f"company_id IS NULL OR {_OF_SEEN_COMPANY}",
    ),
    path="company",
)
# A mail that is nobody's yet is for the partner into whose mailbox it came, and for the only partner there is.
_MAIL = Kind(
    web=Side(f"company_id = {COMPANY}"),
    staff=Side(
        f"{_OF_SEEN_COMPANY} OR company_id IS NULL AND "
        f"({EVERYTHING} OR partner_id = {PARTNER} "
        f"OR partner_id IS NULL AND {PARTNER} IS NOT NULL AND wall_has_one_partner())",
        written=f"company_id IS NULL OR {_OF_SEEN_COMPANY}",
    ),
    path="company",
)
# Of a company, or of a person alone: who signs up has none, and is not known yet. A proof, which nobody changes.
_DISCLOSURE_SHOWN = Kind(
    web=Side(f"company_id = {COMPANY} OR user_id = {PERSON} OR company_id IS NULL AND {AT_THE_DOOR}", may=ADD),
    staff=Side(
        f"{EVERYTHING} OR partner_id = {PARTNER} OR {_OF_SEEN_COMPANY}",
        may=READ,
    ),
    path="company",
)
# Of who chose it, in one company; nobody else's, support's neither.
_DRAFT_UPLOAD = Kind(web=Side(f"company_id = {COMPANY} AND person_id = {PERSON}"), staff=None, path="company")

# As sub-queries, which are asked once for each query and not for each row: thousands of words are read at a time.
_WORD = Kind(
    web=None, staff=Side(f"(SELECT {EVERYTHING}) OR owner = (SELECT {PARTNER})", may=READ), path="company"
)
_PART = Kind(
    web=None, staff=Side(f"(SELECT {EVERYTHING}) OR partner_id = (SELECT {PARTNER})", may=READ), path="partner"
)


def declared() -> Mapping[str, Kind]:
    """The kind of each model, by its label. Needs Django's models loaded."""
    return {
        "partners.Partner": _PARTNER,
        "partners.Logo": of_parent("partners.Logo", "partner", web=READ),
        "partners.IysContact": nobodys("İYS's addresses"),
        "tenancy.User": _USER,
        "tenancy.User_groups": of_parent("tenancy.User_groups", "user", web=READ),
        "tenancy.User_user_permissions": of_parent("tenancy.User_user_permissions", "user", web=READ),
        "tenancy.Company": _COMPANY,
        "tenancy.Membership": _MEMBERSHIP,
        "tenancy.PastMembership": of_company("tenancy.PastMembership"),
        "tenancy.Invitation": of_company("tenancy.Invitation"),
        # Of support alone: whether one goes on is asked as staff, on a company's pages too.
        "tenancy.CompanyLook": Kind(
            web=None,
            staff=Side(leads_to_seen(apps.get_model("tenancy.CompanyLook"), "company")),
            path="company",
        ),
        "tenancy.JoinRequest": _JOIN_REQUEST,
        "journal.Entry": _ENTRY,
        # Written by the database itself (journal/triggers.py).
        "journal.Link": of_company("journal.Link", may=READ),
        "journal.Head": of_company("journal.Head", may=READ),
        "documents.DisclosureShown": _DISCLOSURE_SHOWN,
        "documents.Document": of_company("documents.Document"),
        "documents.DraftUpload": _DRAFT_UPLOAD,
        "documents.PaperReading": of_parent("documents.PaperReading", "document"),
        "documents.KeyRotation": nobodys("how far a change of keys has come", web="", staff=READ),
        "documents.LegalText": nobodys("the legal texts, the same for all"),
        "correspondence.SendingHold": of_partner("correspondence.SendingHold", shared=True, seen_by_company=True),
        "correspondence.SendingDay": nobodys("how many letters went on a day", web="", staff=READ),
        "correspondence.SendingMark": nobodys("how far sending has come, and in which database", web=""),
        "correspondence.SendingAccount": of_company("correspondence.SendingAccount"),
        "correspondence.Letter": _LETTER,
        "correspondence.LetterAttachment": of_parent("correspondence.LetterAttachment", "letter"),
        "correspondence.Mail": _MAIL,
        "correspondence.MailboxCursor": nobodys("how far a mailbox is read, by workers alone", web="", staff=""),
        "correspondence.PartnerMailbox": of_partner("correspondence.PartnerMailbox"),
        "correspondence.TaughtSentence": of_partner(
            "correspondence.TaughtSentence", shared=True, seen_by_company=True, added_for_all=True
        ),
        "correspondence.TrackingAddress": of_company("correspondence.TrackingAddress"),
        "verification.OneTimeCode": of_company("verification.OneTimeCode"),
        "verification.SmsChoice": of_person("verification.SmsChoice", "person"),
        "verification.SmsNotice": of_company("verification.SmsNotice"),
        "verification.SmsDelivery": of_parent("verification.SmsDelivery", "notice"),
        "brands.Brand": of_company("brands.Brand"),
        "brands.Reach": of_parent("brands.Reach", "brand"),
        "brands.YearlyFigures": of_company("brands.YearlyFigures"),
        "support.Question": of_company("support.Question"),
        "support.Message": of_parent("support.Message", "question"),
        "support.LastLook": of_parent("support.LastLook", "membership"),
        "team.ForwardTest": of_company("team.ForwardTest"),
        "team.CompanyImport": of_partner("team.CompanyImport"),
        "team.ImportRow": of_parent("team.ImportRow", "company_import", web=""),
        "onboarding.Application": of_company("onboarding.Application"),
        "onboarding.ReminderMute": of_company("onboarding.ReminderMute"),
        # Of support alone; its partner sees both companies.
        "onboarding.CompanyMerge": Kind(
            web=None,
            staff=Side(leads_to_seen(apps.get_model("onboarding.CompanyMerge"), "stays")),
            path="stays",
        ),
        **{
            label: of_parent(label, "application")
            for label in (
                "onboarding.ApplicationForm",
                "onboarding.Assignment",
                "onboarding.Cargo",
                "onboarding.CodeReading",
                "onboarding.ContinueLink",
                "onboarding.ContractAcceptance",
                "onboarding.CoSignatory",
                "onboarding.Declaration",
                "onboarding.Evidence",
                "onboarding.EvidencePack",
                "onboarding.HandOff",
                "onboarding.Offer",
                "onboarding.PackageChoice",
                "onboarding.Payment",
                "onboarding.RegistryAnswer",
                "onboarding.Remark",
                "onboarding.Reminder",
                "onboarding.StepRecord",
                "onboarding.Submission",
            )
        },
        # Of support alone.
        **{
            label: of_parent(label, "application", web="")
            for label in ("onboarding.CaseHolder", "onboarding.CaseNote", "onboarding.Snooze")
        },
        "onboarding.MailHolder": of_parent("onboarding.MailHolder", "mail", web=""),
        "onboarding.NoteMention": of_parent("onboarding.NoteMention", "note", web=""),
        "onboarding.SavedFilter": of_person("onboarding.SavedFilter", "user", web=False),
        "onboarding.KeptPhrase": of_partner("onboarding.KeptPhrase"),
        "onboarding.Attention": of_parent("onboarding.Attention", "record"),
        "onboarding.CodeDecision": of_parent("onboarding.CodeDecision", "reading"),
        "onboarding.SignatureCheck": of_parent("onboarding.SignatureCheck", "document"),
        "onboarding.DayException": nobodys("days off and working days beside the calendar"),
        "onboarding.FreeMailDomain": nobodys("domains of free mailboxes"),
        "onboarding.Package": nobodys("İYS's price list"),
        "onboarding.ReminderRule": nobodys("when somebody is reminded, the same for all"),
        "account.EmailAddress": of_person("account.EmailAddress", "user"),
        "account.EmailConfirmation": of_parent("account.EmailConfirmation", "email_address"),
        "admin.LogEntry": of_person("admin.LogEntry", "user", web=False),
        "auth.Group": nobodys("groups of permissions"),
        "auth.Permission": nobodys("permissions, made by migrations", staff=READ),
        "auth.Group_permissions": nobodys("what a group may"),
        "contenttypes.ContentType": nobodys("the models, by number", staff=READ),
        "mfa.Authenticator": of_person("mfa.Authenticator", "user"),
        "accounts.Session": nobodys(
            "found by its key alone, before anybody is known; keys are hashes, contents encrypted", web=ALL
        ),
        "limits.Counter": nobodys("what was used of a quota; its keys are hashes and name nobody", web=ALL),
        "jobs.Lease": nobodys("which work is in whose hands now", web="", staff=READ),
        "telemetry.Pulse": nobodys("when beat, workers and mailboxes were last at work", staff=READ),
        "health.ToldFinding": nobodys("what who runs the portal was told of", web="", staff=READ),
        "health.Stuck": nobodys("what the nightly check has found, in counts", staff=READ),
        "privacy.PersonRequest": of_person("privacy.PersonRequest", "user"),
        # Of the nightly run alone.
        "privacy.ErasureWarning": Kind(
            web=None,
            staff=Side(leads_to_seen(apps.get_model("privacy.ErasureWarning"), "company"), may=READ),
            path="company",
        ),
        # Of support alone, which finds its partner's rows by them; written by workers.
        # Counts of a partner, by workers; no company sees them.
        "figures.Figure": Kind(
            web=None, staff=Side(f"{EVERYTHING} OR partner_id = {PARTNER}", may=READ), path="partner"
        ),
        "figures.Gathered": nobodys("until which day the figures go", web="", staff=READ),
        "finding.Word": _WORD,
        "finding.Part": _PART,
        "finding.Mark": nobodys("which words are out of date, by ids; written by triggers", web="", staff=""),
        "privacy.RetentionRule": nobodys("how long data are kept, the same for all"),
        "privacy.Erasure": nobodys("what was erased; it says of whom by an id that is gone", web="", staff=READ),
        "sessions.Session": nobodys("sessions of before 0.2.0, which open nothing", web="", staff=""),
    }


def models() -> Mapping[str, type[Model]]:
    """Every model that has a table of its own, by its label."""
    known = apps.get_models(include_auto_created=True)
    return {
        each._meta.label: each  # noqa: SLF001 - Django's way to ask a model
        for each in known
        if each._meta.managed and not each._meta.proxy  # noqa: SLF001
    }


def undeclared() -> set[str]:
    return set(models()) - set(declared())
