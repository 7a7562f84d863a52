"""The wall as staff meet it: the admin for support of the company's partner, of another one, and a superuser."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from datetime import date
from functools import cache
from typing import Any
from uuid import uuid4

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from correspondence.models import TaughtSentence
from correspondence.models.sending import SendingHold
from correspondence.outgoing import control
from documents.models import DisclosureShown, LegalText, Place
from journal.models import Entry
from onboarding.actions import looks
from onboarding.models import CompanyMerge, DayException, DayKind, KeptPhrase, PhraseUse
from onboarding.steps import PRE_APPLICATION
from partners.models import IysContact, Partner
from team.importing import running
from team.models import CompanyImport
from tenancy.models import Invitation, JoinRequest
from tenancy.roles import Role
from tests.scenarios.browser import signed_in, words
from tests.scenarios.camp import Camp
from tests.scenarios.cast import Cast
from tests.scenarios.factories import CompanyFactory, UserFactory
from tests.scenarios.support import CORRESPONDENCE, REVIEW, colleague
from tests.tenancy import scenes
from tests.tenancy.answers import Status, To
from tests.tenancy.test_wall import rows, undone, urls

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("camp")]

# Statuses of GET and POST for support of the company's partner, of another partner, and for a superuser.
Due = tuple[str, str, str]
READ_ONLY: Mapping[str, Due] = {
    "changelist": ("200/200", "200/200", "200/200"),
    "add": ("403/403", "403/403", "403/403"),
    "history": ("200/200", "404/404", "200/200"),
    "delete": ("403/403", "404/404", "403/403"),
    "change": ("200/403", "404/404", "200/403"),
}
# What support has no permission for at all; a row of another partner's is not even there.
WALLED: Mapping[str, Due] = {
    "changelist": ("403/403", "403/403", "200/200"),
    "add": ("403/403", "403/403", "200/200"),
    "history": ("403/403", "404/404", "200/200"),
    "delete": ("403/403", "404/404", "200/200"),
    "change": ("403/403", "404/404", "200/200"),
}
# What is the same for every partner, and what support of every partner looks at.
SEEN_BY_ALL: Mapping[str, Due] = {
    "changelist": ("200/200", "200/200", "200/200"),
    "add": ("403/403", "403/403", "200/200"),
    "history": ("200/200", "200/200", "200/200"),
    "delete": ("403/403", "403/403", "200/200"),
    "change": ("200/403", "200/403", "200/200"),
}
# What is the same for every partner, and for who runs the portal alone.
COMMON: Mapping[str, Due] = dict.fromkeys(WALLED, ("403/403", "403/403", "200/200"))
NEVER: Due = ("403/403", "403/403", "403/403")

MODELS: Mapping[str, Mapping[str, Due]] = {
    "onboarding_application": READ_ONLY,
    # A row of the queue is the application's own page.
    "onboarding_queueitem": {**READ_ONLY, "change": ("302/302", "404/404", "302/302")},
    # Added where one decides, worded anew and taken away in its list.
    "onboarding_keptphrase": {
        **READ_ONLY,
        **dict.fromkeys(("delete", "change"), ("200/200", "404/404", "200/200")),
    },
    "correspondence_letter": READ_ONLY,
    "correspondence_mail": READ_ONLY,
    "correspondence_taughtsentence": {**READ_ONLY, "change": ("200/200", "404/404", "200/200")},
    "correspondence_trackingaddress": READ_ONLY,
    "correspondence_sendinghold": READ_ONLY,
    "journal_entry": READ_ONLY,
    "documents_disclosureshown": READ_ONLY,
    "tenancy_joinrequest": READ_ONLY,
    "tenancy_membership": {
        **WALLED,
        "add": ("403/403", "403/403", "404/404"),
        "delete": ("403/403", "404/404", "403/403"),
        "change": ("403/403", "404/404", "200/403"),
    },
    # A list of companies is brought in by who has been given it.
    "team_companyimport": {
        "changelist": ("403/403", "403/403", "200/200"),
        "add": ("403/403", "403/403", "200/422"),
        "history": ("403/403", "404/404", "200/200"),
        "delete": ("403/403", "404/404", "403/403"),
        "change": ("403/403", "404/404", "200/403"),
    },
    "tenancy_invitation": {
        **WALLED,
        "add": NEVER,
        "delete": ("403/403", "404/404", "403/403"),
        "change": ("403/403", "404/404", "200/403"),
    },
    # For few; begun for the company that the address names: tests/onboarding/admin/test_merges.py.
    "onboarding_companymerge": {
        **WALLED,
        "add": ("403/403", "403/403", "404/404"),
        "delete": ("403/403", "404/404", "403/403"),
        "change": ("403/403", "404/404", "200/403"),
    },
    # Begun for the company that the address names: tests/tenancy/test_company_looks.py.
    "tenancy_companylook": {**READ_ONLY, "add": ("404/404", "404/404", "404/404")},
    "support_question": {**READ_ONLY, "change": ("200/422", "404/404", "200/422")},
    "brands_brand": {
        **WALLED,
        "add": NEVER,
        "delete": ("403/403", "404/404", "403/403"),
        "change": ("403/403", "404/404", "200/403"),
    },
    "partners_partner": WALLED,
    "tenancy_company": {**WALLED, "delete": ("403/403", "404/404", "403/403")},
    "onboarding_package": COMMON,
    "onboarding_dayexception": SEEN_BY_ALL,
}
# Rows that are of no company; who may reach them is asked by each list alone.
OF_NO_COMPANY = {
    "tenancy_user", "onboarding_freemaildomain", "onboarding_reminderrule",
    "correspondence_partnermailbox", "documents_legaltext", "partners_iyscontact", "account_emailaddress",
    "auth_group", "privacy_retentionrule", "privacy_erasure",
}  # fmt: skip
NEVER_ADDED = {"partners_iyscontact", "privacy_erasure"}

# Pages of one application, mail, letter …: what stands behind its id, and what support gets. Another partner: 404.
ACTS: Mapping[str, tuple[tuple[object, ...], str]] = {
    "onboarding_application_move": ((), "302/302"),
    "onboarding_application_take": ((), "302/204"),
    "onboarding_application_give": ((), "302/302"),
    "onboarding_application_snooze": ((), "200/422"),
    "onboarding_application_wake": ((), "302/302"),
    "onboarding_application_write": ((), "200/422"),
    "onboarding_application_note": ((), "200/422"),
    "onboarding_application_note_seen": ((0,), "404/404"),
    "onboarding_application_ask_changes": (("pre_application",), "200/302"),
    "onboarding_application_answer": (("status_query", "received"), "200/422"),
    "onboarding_application_fill_in": ((), "302/302"),
    "onboarding_application_hand_in": (("signature_circular",), "200/422"),
    "onboarding_application_identity": ((), "200/422"),
    "onboarding_application_approve_online": ((), "302/302"),
    "onboarding_application_accept_evidence": ((), "302/302"),
    "onboarding_application_confirm_signature": ((), "302/302"),
    "onboarding_application_add_mark": ((), "200/422"),
    "onboarding_application_mute": ((), "200/422"),
    "onboarding_application_unmute": ((), "302/302"),
    "onboarding_application_package_end": ((), "200/302"),
    "onboarding_application_pack": ((), "302/302"),
    "onboarding_application_pack_file": (("zip",), "302/302"),
    "onboarding_application_settle_mark": ((0,), "404/404"),
    "correspondence_mail_html": ((), "200/200"),
    "correspondence_mail_attachment": ((0,), "404/404"),
    "correspondence_mail_take": ((), "302/302"),
    "correspondence_mail_attach": ((), "302/404"),
    "correspondence_mail_classify": (("status_query", "received"), "200/422"),
    "correspondence_mail_together": ((), "302/302"),
    "correspondence_mail_act": (("dosyala",), "302/302"),
    "correspondence_mail_teach": ((0,), "302/302"),
    "correspondence_mail_reply": ((), "302/422"),
    "correspondence_letter_act": (("gordum",), "302/302"),
    "correspondence_letter_html": ((), "200/200"),
    "correspondence_letter_attachment": ((0,), "404/404"),
    "correspondence_trackingaddress_rotate": ((), "302/302"),
    "support_question_close": ((), "302/302"),
}
# A list of companies is its partner's, and brought in by who has been given it.
IMPORT_ACTS: Mapping[str, Due] = {
    "team_companyimport_columns": ("403/403", "403/403", "200/422"),
    "team_companyimport_start": ("403/403", "403/403", "302/302"),
    "team_companyimport_stop": ("403/403", "403/403", "302/302"),
    "team_companyimport_report": ("403/403", "403/403", "302/200"),
}
# Two companies become one, and two again, by who has been given it.
MERGE_ACTS: Mapping[str, Due] = {"onboarding_companymerge_undo": ("403/403", "403/403", "200/422")}
# A company goes to another partner by who runs the portal: nobody else sees both.
MOVE_ACTS: Mapping[str, Due] = {"tenancy_company_move": ("403/403", "403/403", "200/422")}
MOVE_TO = "tenancy_company_move_to"
NOTHING: Mapping[str, Any] = {
    "moved": {},
    "changed": [],
    "removed": [],
    "dropped": None,
    "versions": {},
    "earlier": [],
}
MERGE = "onboarding_companymerge_preview"
# A company's people are changed by who has been given it; support's groups have not.
PEOPLE_ACTS: Mapping[str, Due] = {
    "tenancy_membership_role": ("403/403", "403/403", "200/422"),
    "tenancy_membership_remove": ("403/403", "403/403", "200/422"),
}
DOCUMENT, PAGE, HOLD, LIFT = (
    "onboarding_application_document", "onboarding_application_page", "correspondence_sendinghold_hold",
    "correspondence_sendinghold_lift",
)  # fmt: skip
# A person's own filters of a list: nobody else's rows are reached through them.
FILTERS = ("onboarding_queueitem_filters", "onboarding_application_filters")
# Ends the person's own look and no other.
OWN_LOOK = "tenancy_companylook_end"
# Behind the search field: every person of support's, who finds there what the other pages show (tests/finding).
FIND = "finding_word_changelist"
# The figures, for who has been given them (tests/figures).
FIGURES: Mapping[str, tuple[tuple[object, ...], Due]] = {
    "figures_figure_changelist": ((), ("403/403", "403/403", "200/200")),
    "figures_figure_csv": (("huni",), ("403/403", "403/403", "302/200")),
}
OF_THE_SITE = {"index", "login", "logout", "password_change", "password_change_done", "autocomplete", "jsi18n",
               "app_list", "None"}  # fmt: skip


class Staff:
    def __init__(self) -> None:
        self.cast = cast = Cast()
        scenes.written_to(cast)
        cast.submit()
        partner = cast.company.partner
        IysContact.current().save()
        DayException.objects.create(day=date(2026, 5, 25), kind=DayKind.OFF, reason="İdari izin")
        self.elsewhere = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
        JoinRequest.objects.create(user=UserFactory.create(), company=cast.company, trade_name="Gizli unvan")
        self.support = colleague(*REVIEW, *CORRESPONDENCE, partner=partner)
        DisclosureShown.objects.create(
            text=LegalText.objects.all()[0], place=Place.DOSSIER, partner=partner, company=cast.company
        )
        control.hold_sending(partner=partner, target="", reason="Gizli neden", by=self.support)
        TaughtSentence.objects.create(
            partner=partner, text="Gizli dosyanız kayda girmiştir", taught_by=self.support
        )
        looks.begin(company=cast.company, person=self.support, role=Role.OWNER, reason="Gizli neden")
        Invitation.objects.create(
            company=cast.company,
            email="gizli@mavideniz.example",
            role=Role.OWNER,
            invited_by=self.support,
            expires_at=timezone.now(),
        )
        shell = CompanyFactory.create(partner=partner, merged_into=cast.company)
        CompanyMerge.objects.create(
            stays=cast.company, goes=shell, by=self.support, reason="Gizli neden", at=timezone.now(), taken=NOTHING
        )
        running.keep(partner=partner, by=self.support, name="Gizli liste", rows=[["Gizli", "", ""]])
        KeptPhrase.objects.create(partner=partner, use=PhraseUse.REJECT, text="Gizli cümle")
        self.clients = (
            signed_in(self.support),
            signed_in(colleague(*REVIEW, *CORRESPONDENCE, partner=self.elsewhere)),
            signed_in(UserFactory.create(is_staff=True, is_superuser=True)),
        )

    def row(self, kind: str) -> Any:
        """The id of the company's row of this model (of its partner's, where the company has none)."""
        company = self.cast.company
        found: Mapping[str, Callable[[], Any]] = {
            "onboarding_application": lambda: self.cast.application,
            "onboarding_queueitem": lambda: self.cast.record(PRE_APPLICATION),
            "correspondence_letter": lambda: company.letters.latest("created_at"),
            "correspondence_mail": company.mails.get,
            "correspondence_taughtsentence": lambda: TaughtSentence.objects.get(partner=company.partner),
            "correspondence_trackingaddress": lambda: company.tracking_addresses.all()[0],
            "documents_disclosureshown": lambda: DisclosureShown.objects.get(company=company),
            "journal_entry": lambda: Entry.objects.filter(company=company).latest("pk"),
            "tenancy_joinrequest": lambda: JoinRequest.objects.get(company=company, settled_at=None),
            "tenancy_membership": lambda: company.memberships.get(role=Role.EDITOR),
            "team_companyimport": lambda: CompanyImport.objects.get(partner=company.partner),
            "tenancy_invitation": company.invitations.get,
            "support_question": company.questions.get,
            "brands_brand": company.brands.get,
            "partners_partner": lambda: company.partner,
            "tenancy_company": lambda: company,
            "tenancy_companylook": company.looks.get,
            "onboarding_companymerge": lambda: CompanyMerge.objects.get(stays=company),
            "correspondence_sendinghold": lambda: SendingHold.objects.get(partner=company.partner),
        }
        if kind in found:
            return found[kind]().pk
        labels = {f"{each._meta.app_label}_{each._meta.model_name}": each for each in admin.site._registry}
        model = labels[kind]
        return model._base_manager.all()[0].pk

    def acts(self, table: Mapping[str, Due]) -> list[tuple[str, Due]]:
        return [
            (reverse(f"admin:{name}", args=[self.row(name.rpartition("_")[0])]), due)
            for name, due in table.items()
        ]

    def people_acts(self) -> list[tuple[str, Due]]:
        add = f"{reverse('admin:tenancy_membership_add')}?firma={self.cast.company.pk}"
        return [*self.acts(PEOPLE_ACTS), (add, ("403/403", "403/403", "200/422"))]

    def gets(self, path: str) -> Due:
        support, elsewhere, superuser = (both(client, path) for client in self.clients)
        return support, elsewhere, superuser


def both(client: Client, path: str) -> str:
    """The statuses of GET and POST, of which nothing stays."""
    with undone():
        shown = client.get(path).status_code
    with undone(), undrawn() if path in lists() else nullcontext():
        return f"{shown}/{client.post(path).status_code}"


@cache
def lists() -> set[str]:
    return {reverse(f"admin:{kind}_changelist") for kind in {*MODELS, *OF_NO_COMPANY}}


@contextmanager
def undrawn() -> Iterator[None]:
    """For a list to which nothing is posted: it would draw the same once more."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SimpleTemplateResponse, "rendered_content", "")
        yield


@pytest.fixture(scope="module")
def hired(camp: Camp) -> Callable[[], Staff]:
    return camp.reached(Staff)


@pytest.fixture
def staff(hired: Callable[[], Staff]) -> Staff:
    return hired()


def names() -> Iterator[str]:
    return (name.removeprefix("admin:") for name, _pattern in urls() if name.startswith("admin:"))


def test_every_url_of_the_admin_is_in_a_table() -> None:
    known = {f"{kind}_{page}" for kind in {*MODELS, *OF_NO_COMPANY} for page in READ_ONLY}
    others = {DOCUMENT, PAGE, MERGE, MOVE_TO, HOLD, LIFT, FIND, OWN_LOOK, *FILTERS, *FIGURES}
    acts = {*ACTS, *PEOPLE_ACTS, *IMPORT_ACTS, *MERGE_ACTS, *MOVE_ACTS}
    assert set(names()) == known | acts | OF_THE_SITE | others


def test_each_list_and_row_is_for_the_companys_own_partner(staff: Staff) -> None:
    wrong = []
    for kind, pages in MODELS.items():
        for page, due in pages.items():
            args = () if page in ("changelist", "add") else (staff.row(kind),)
            got = staff.gets(reverse(f"admin:{kind}_{page}", args=args))
            wrong += [f"{kind} {page}: {due}, not {got}"] if got != due else []
    assert not wrong, "\n".join(wrong)


def test_what_is_of_no_company_is_for_who_runs_the_portal(staff: Staff) -> None:
    wrong = []
    for kind in sorted(OF_NO_COMPANY):
        for page in ("changelist", "add"):
            due = ("403/403", "403/403", "403/403" if (page, kind in NEVER_ADDED) == ("add", True) else "200/200")
            got = staff.gets(reverse(f"admin:{kind}_{page}"))
            wrong += [f"{kind} {page}: {due}, not {got}"] if got != due else []
    assert not wrong, "\n".join(wrong)


def test_another_partners_support_finds_no_page_of_a_row_and_changes_nothing(staff: Staff) -> None:
    support, elsewhere, superuser = staff.clients
    paths = {}
    for name, (args, _due) in ACTS.items():
        kind = next(each for each in MODELS if name.startswith(f"{each}_"))
        paths[name] = reverse(f"admin:{name}", args=[staff.row(kind), *args])
    before, wrong = rows(), []
    for name, path in paths.items():
        seen = (elsewhere.get(path).status_code, elsewhere.post(path, {"note": "x"}).status_code)
        wrong += [f"{name}: 404, not {seen}"] if seen != (404, 404) else []
    wrong += [f"changed: {row}" for row in before ^ rows()]
    for name, path in paths.items():
        due = ACTS[name][1]
        for who, client in (("support", support), ("superuser", superuser)):
            got = both(client, path)
            wrong += [f"{name} {who}: {due}, not {got}"] if got != due else []
    assert not wrong, "\n".join(wrong)


def test_a_companys_people_are_changed_by_who_has_been_given_it(staff: Staff) -> None:
    wrong = []
    rights = [*(f"{right}_membership" for right in ("add", "change", "delete")), "add_companyimport"]
    rights.append("add_companymerge")
    elsewhere = signed_in(colleague(*rights, partner=staff.elsewhere))
    for path, due in (*staff.people_acts(), *staff.acts({**IMPORT_ACTS, **MERGE_ACTS})):
        got = staff.gets(path)
        wrong += [f"{path}: {due}, not {got}"] if got != due else []
        wrong += [path for got in (elsewhere.get(path), elsewhere.post(path)) if got.status_code != 404]
    assert not wrong, "\n".join(wrong)


def test_two_companies_are_merged_by_who_has_been_given_it(staff: Staff) -> None:
    other = CompanyFactory.create(partner=staff.cast.company.partner)
    path = reverse(f"admin:{MERGE}", args=[other.pk, staff.cast.company.pk])
    assert staff.gets(path) == ("403/403", "403/403", "200/422")
    elsewhere = signed_in(colleague("add_companymerge", partner=staff.elsewhere))
    assert (elsewhere.get(path).status_code, elsewhere.post(path).status_code) == (404, 404)


def test_a_company_goes_to_another_partner_by_who_runs_the_portal(staff: Staff) -> None:
    ((path, due),) = staff.acts(MOVE_ACTS)
    assert staff.gets(path) == due
    assert staff.gets(reverse(f"admin:{MOVE_TO}", args=[staff.cast.company.pk, staff.elsewhere.pk])) == due
    rights = ["change_company", "view_company"]
    bound = UserFactory.create(is_staff=True, is_superuser=True, partner=staff.elsewhere)
    for client in (signed_in(colleague(*rights, partner=staff.cast.company.partner)), signed_in(bound)):
        assert both(client, path) == "403/403"


def test_a_document_is_not_found_through_another_partners_or_companys_application(staff: Staff) -> None:
    document = staff.cast.company.documents.all()[0]
    other = Cast(code="820593")
    for name, more in ((DOCUMENT, []), (PAGE, [1])):
        own, foreign = (
            reverse(f"admin:{name}", args=[each.pk, document.pk, *more])
            for each in (staff.cast.application, other.application)
        )
        assert staff.gets(own) == ("200/200", "404/404", "200/200")
        assert staff.gets(foreign) == ("404/404", "404/404", "404/404")


def test_a_hold_is_lifted_by_the_partners_own_support_alone(staff: Staff) -> None:
    assert staff.gets(reverse(f"admin:{HOLD}")) == ("200/422", "200/422", "200/422")
    path = reverse(f"admin:{LIFT}", args=[staff.row("correspondence_sendinghold")])
    assert staff.gets(path) == ("302/302", "404/404", "302/302")


def test_no_list_shows_another_partners_rows(staff: Staff) -> None:
    secrets = (staff.cast.company.trade_name, staff.cast.application.reference, "Gizli")
    wrong = []
    for kind, pages in MODELS.items():
        if pages["changelist"][1] != "200/200":
            continue
        page = staff.clients[1].get(reverse(f"admin:{kind}_changelist")).content.decode()
        wrong += [f"{kind} shows {secret}" for secret in secrets if secret in page]
    assert not wrong, "\n".join(wrong)


def test_only_ones_own_look_is_ended(staff: Staff) -> None:
    assert staff.gets(reverse(f"admin:{OWN_LOOK}")) == ("302/302", "302/302", "302/302")
    assert staff.cast.company.looks.get().ended_at is None


def test_everybody_in_support_may_look_for_something(staff: Staff) -> None:
    assert staff.gets(reverse(f"admin:{FIND}")) == ("200/200", "200/200", "200/200")


def test_figures_are_for_who_has_been_given_them(staff: Staff) -> None:
    for name, (args, due) in FIGURES.items():
        assert staff.gets(reverse(f"admin:{name}", args=args)) == due


def test_nobody_but_staff_comes_in(staff: Staff) -> None:
    """Not who is not signed in, and not the owner of a company."""
    wrong = []
    for name in sorted(set(names()) - {"login", "logout", "None", "app_list"}):
        kind = next((each for each in {*MODELS, *OF_NO_COMPANY} if name.startswith(f"{each}_")), "")
        args: tuple[object, ...] = ()
        if name in ACTS:
            args = (staff.row(kind), *ACTS[name][0])
        elif name in FIGURES:
            args = FIGURES[name][0]
        elif name in {**PEOPLE_ACTS, **IMPORT_ACTS, **MERGE_ACTS, **MOVE_ACTS}:
            args = (staff.row(kind),)
        elif name == MERGE:
            args = (staff.cast.company.pk, staff.cast.company.pk)
        elif name == MOVE_TO:
            args = (staff.cast.company.pk, staff.elsewhere.pk)
        elif name.endswith(("_history", "_delete", "_change", "_lift")) and kind:
            args = (1 if name == LIFT else staff.cast.application.pk,)
        elif name in (DOCUMENT, PAGE):
            args = (staff.cast.application.pk, staff.cast.application.pk, *([1] if name == PAGE else []))
        path = reverse(f"admin:{name}", args=args)
        due = To("admin:login", tail=f"?next={path}")
        for who, client in (("nobody", Client()), ("owner", staff.cast.browsers["owner"])):
            for got in (client.get(path), client.post(path)):
                it = due.wrong(got)
                wrong += [f"{name} {who}: {it}"] if it else []
    assert not wrong, "\n".join(wrong)


def test_what_holds_for_all_is_seen_by_every_support_and_changed_by_who_may_teach_all(staff: Staff) -> None:
    row = TaughtSentence.objects.create(text="Dosyanız hepimiz için kayda girmiştir")
    path = reverse("admin:correspondence_taughtsentence_change", args=[row.pk])
    assert staff.gets(path) == ("200/403", "200/403", "200/200")
    staff.support.user_permissions.add(Permission.objects.get(codename="teach_for_all"))
    assert staff.gets(path)[0] == "200/200"


def test_staff_of_no_partner_find_nothing(staff: Staff) -> None:
    nobodys = UserFactory.create(is_staff=True)
    nobodys.user_permissions.set(staff.support.user_permissions.all())
    path = reverse("admin:onboarding_application_change", args=[staff.cast.application.pk])
    assert Status(404).wrong(signed_in(nobodys).get(path)) == ""


def test_iyss_addresses_are_given_by_who_may_change_them_alone(staff: Staff) -> None:
    IysContact.objects.all().delete()
    assert staff.gets(reverse("admin:partners_iyscontact_add")) == ("403/403", "403/403", "200/200")


def test_what_was_never_there_looks_the_same(staff: Staff) -> None:
    never, foreign = (
        staff.clients[1].get(reverse("admin:onboarding_application_change", args=[key]))
        for key in (uuid4(), staff.cast.application.pk)
    )
    assert never.status_code == foreign.status_code == 404
    assert words(never) == words(foreign)
