"""What was found, as support reads it: in groups, of what the reader may see, with the page that each leads to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from correspondence.incoming.decisions import seen_by
from correspondence.models import Mail
from finding.looking import Match
from finding.models import Kind
from onboarding.models import Application
from tenancy.models import Company, User
from tenancy.walls import of_partner

SHOWN = 8  # lines of a group
OF_COMPANIES = frozenset({Kind.TITLE, Kind.TAX_NUMBER, Kind.MERSIS})
OF_APPLICATIONS = frozenset({Kind.REFERENCE, Kind.IYS_NUMBER, Kind.IYS_CODE})
CASE, COMPANY, MAIL = "onboarding.view_application", "tenancy.view_company", "correspondence.view_mail"


@dataclass(frozen=True, slots=True)
class Line:
    """`url` is empty where the reader has no page to be led to."""

    url: str
    title: str
    detail: str
    matched: str
    is_whole: bool
    is_near: bool
    company: UUID | None


@dataclass(slots=True)
class Group:
    """`permissions`: any one of them shows it."""

    title: str
    kinds: frozenset[Kind]
    permissions: tuple[str, ...]
    lines: list[Line] = field(default_factory=list)
    has_more: bool = False


def groups() -> list[Group]:
    return [
        Group("Firmalar", OF_COMPANIES, (CASE, COMPANY)),
        Group("Başvurular", OF_APPLICATIONS, (CASE,)),
        Group("Markalar", frozenset({Kind.BRAND, Kind.BRAND_CODE}), (CASE,)),
        Group("Kişiler", frozenset({Kind.PERSON, Kind.IDENTITY, Kind.PHONE, Kind.EMAIL}), (CASE, COMPANY)),
        Group("E-postalar", frozenset({Kind.SUBJECT, Kind.SENDER}), (MAIL,)),
    ]


def shown(user: User, matches: Sequence[Match]) -> list[Group]:
    """The groups that hold something for this reader. What its own table does not show is not here either."""
    seen = [group for group in groups() if any(map(user.has_perm, group.permissions))]
    kinds = {kind for group in seen for kind in group.kinds}
    known = _Known(user, [match for match in matches if match.word.kind in kinds])
    for group in seen:
        mine = [match for match in known.matches if match.word.kind in group.kinds]
        lines = _once(line for line in map(known.line, mine) if line is not None)
        group.lines, group.has_more = lines[:SHOWN], len(lines) > SHOWN
    return [group for group in seen if group.lines]


def _once(lines: Iterable[Line]) -> list[Line]:
    """What was found as it was typed is not guessed besides."""
    found = list(dict.fromkeys(lines))
    exact = {(line.url, line.title) for line in found if not line.is_near}
    return [line for line in found if not line.is_near or (line.url, line.title) not in exact]


class _Known:
    """The rows that the matches speak of, behind the reader's wall."""

    def __init__(self, user: User, matches: Sequence[Match]) -> None:
        self.user = user
        self.matches = matches
        words = [match.word for match in matches]
        self.companies = of_partner(user, Company.objects.all()).in_bulk(
            {word.company_id for word in words if word.company_id}
        )
        wanted = {word.application_id for word in words if word.application_id and not word.mail_id}
        found = of_partner(user, Application.objects.prefetch_related("records"), "company__partner")
        self.live: dict[UUID, Application] = {}
        self.applications: dict[UUID, Application] = {}
        if user.has_perm(CASE):
            for each in found.filter(Q(pk__in=wanted) | Q(company__in=self.companies, closed_at=None)):
                self.applications[each.pk] = each
                if each.closed_at is None:
                    self.live[each.company_id] = each
        mails = seen_by(user, Mail.objects.defer("sentences", "kept_answer"))
        keys = {word.mail_id for word in words if word.mail_id}
        self.mails: Mapping[UUID, Mail] = mails.in_bulk(keys) if keys else {}

    def line(self, match: Match) -> Line | None:
        word = match.word
        company = self.companies.get(word.company_id) if word.company_id else None
        if word.mail_id is not None:
            return self._mail(match, self.mails.get(word.mail_id), company)
        if company is None:
            return None
        application = self.applications.get(word.application_id) if word.application_id else None
        application = application or self.live.get(company.pk)
        at = [f"{application.reference} · {application.stands_at}"] if application else []
        if word.kind in OF_COMPANIES:
            title, detail = company.trade_name, [f"VKN {company.tax_number}", *at]
        elif application is not None and word.kind in OF_APPLICATIONS:
            title, detail = company.trade_name, at
        else:
            title, detail = word.label or company.trade_name, [company.trade_name, *at]
        return Line(
            self._page(company, application),
            title,
            " · ".join(detail),
            word.get_kind_display(),
            match.is_whole,
            match.is_near,
            company.pk,
        )

    def _page(self, company: Company, application: Application | None) -> str:
        """Straight to the case; without one to the company."""
        if application is not None:
            return reverse("admin:onboarding_application_change", args=[application.pk])
        return reverse("admin:tenancy_company_change", args=[company.pk]) if self.user.has_perm(COMPANY) else ""

    def _mail(self, match: Match, mail: Mail | None, company: Company | None) -> Line | None:
        if mail is None:
            return None
        day: Any = date_format(localtime(mail.received_at), "j F Y")
        detail = [mail.from_email, day, company.trade_name if company else "firması bilinmiyor"]
        return Line(
            reverse("admin:correspondence_mail_change", args=[mail.pk]),
            str(mail),
            " · ".join(filter(None, detail)),
            match.word.get_kind_display(),
            match.is_whole,
            match.is_near,
            mail.company_id,
        )


def the_one(found: Sequence[Group]) -> str:
    """The page of the one company that is meant, when a number was typed to its end and is nobody else's; empty
    otherwise."""
    lines = [line for group in found for line in group.lines]
    whole = {line.url for line in lines if line.is_whole and line.url}
    others = {line.company for line in lines}
    return whole.pop() if len(whole) == 1 and len(others) == 1 else ""
