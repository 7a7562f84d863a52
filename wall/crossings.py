"""The few questions that nobody can answer from within a wall, each with its reason. PURE.

A crossing opens the named tables for reading, for one look-up. What is found says whose wall the rest stands in.
"""

from collections.abc import Sequence
from enum import Enum


class Crossing(Enum):
    """Its name in the database, why it is needed, and the models whose rows it lets be read."""

    def __init__(self, key: str, why: str, models: Sequence[str]) -> None:
        self.key = key
        self.why = why
        self.models = models

    DOOR = (
        "door",
        "log-in, sign-up and reset find out who somebody is: they look for an address before anybody is known",
        ("tenancy.User", "account.EmailAddress", "account.EmailConfirmation"),
    )
    SESSION = (
        "session",
        "whose a session is comes with its row, which the key in a cookie alone finds; nobody is known before",
        ("tenancy.User",),
    )
    HOST = (
        "host",
        "a visitor who is not known meets the partner of the host name that was asked for, with its logo",
        ("partners.Partner", "partners.Logo"),
    )
    INVITATION = (
        "invitation",
        "who is invited does not belong to the company yet",
        ("tenancy.Invitation", "tenancy.Company", "tenancy.Membership", "tenancy.User", "partners.Partner"),
    )
    TAX_NUMBER = (
        "tax_number",
        "a tax number is one company in the whole portal, so whoever types it asks all companies",
        ("tenancy.Company",),
    )
    TAX_OFFICES = (
        "tax_offices",
        "the names of tax offices that several companies of a province have written are suggested to the next one",
        ("tenancy.Company",),
    )
    SIGNING_LINK = (
        "signing_link",
        "a signatory without an account is known by the unguessable link alone",
        ("onboarding.HandOff", "onboarding.Application", "tenancy.Company", "partners.Partner"),
    )
    STATUS = (
        "status",
        "the public form is asked by people without an account, by a number and an address",
        ("onboarding.Application", "onboarding.ApplicationForm", "tenancy.Company"),
    )
    ACCOUNT_HOST = (
        "account_host",
        "letters of an account are written in the name of the person's own partner, before the person is known",
        ("tenancy.User", "tenancy.Membership", "tenancy.Company", "partners.Partner"),
    )
    POSTED = (
        "posted",
        "a letter to a person belongs to no company, and whether its cause had one is asked by the cause alone",
        ("correspondence.Letter",),
    )
    OWN_LETTER = (
        "own_letter",
        "a letter of the portal's own is no answer to it, whichever company it was written for",
        ("correspondence.Letter",),
    )
    CODES = (
        "codes",
        "a code of İYS is one company's: support hears who else has it, a closed application gives it up",
        ("onboarding.Application", "brands.Brand", "tenancy.Company"),
    )
    USUAL_WAIT = (
        "usual_wait",
        "how long a wait usually takes is the middle of all companies' waits; only the days are kept",
        ("journal.Entry",),
    )
    STAFF_TO_TELL = (
        "staff_to_tell",
        "what a company does is told by mail to staff of its partner, whom the company does not see",
        ("tenancy.User",),
    )
    PARTNERS = (
        "partners",
        "whether there is more than one partner, and whether each is ready for live mail",
        ("partners.Partner",),
    )
    PERSON = (
        "person",
        "support takes somebody in by the address of an account that is of no company which it sees yet",
        ("tenancy.User",),
    )
    HEALTH = (
        "health",
        "monitors ask how much waits and since when, over all companies; counts and times alone leave",
        ("correspondence.Letter", "correspondence.Mail", "correspondence.SendingHold", "tenancy.Company"),
    )
    TAKEN = (
        "taken",
        "a form refuses an address or a number that somebody has, whoever that is, before the database does",
        ("tenancy.Company", "tenancy.User", "partners.Partner"),
    )
