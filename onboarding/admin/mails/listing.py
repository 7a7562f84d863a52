"""What the list of mails in says of its rows beside their own columns: who is at each, and how long it waits."""

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from correspondence.incoming import decisions
from onboarding.models import CaseHolder, MailHolder
from onboarding.overview.waited import days_waited
from tenancy.admin.paging import PagedList


class MailList(PagedList):
    def get_results(self, request: HttpRequest) -> None:
        """As many queries for a page as for one row."""
        super().get_results(request)
        now = timezone.now()
        mails = list(self.result_list)
        cases = CaseHolder.objects.in_force(now).filter(
            Q(application__in={mail.application_id for mail in mails if mail.application_id})
            | Q(application__closed_at=None, application__company__in={mail.company_id for mail in mails})
        )
        by_case = {each.application_id: each for each in cases.select_related("holder", "application")}
        by_company = {each.application.company_id: each for each in by_case.values()}
        beside = MailHolder.objects.in_force(now).filter(mail__in=mails).select_related("holder")
        by_mail = {each.mail_id: each for each in beside}
        for mail in mails:
            at_case = by_case.get(mail.application_id) if mail.application_id else by_company.get(mail.company_id)
            mail.held_by = at_case or by_mail.get(mail.pk)
        undecided = [mail for mail in mails if mail.status in decisions.UNDECIDED]
        days = days_waited((mail.received_at for mail in undecided), now)
        for mail, its_days in zip(undecided, days, strict=True):
            mail.waits = its_days
        self.result_list = mails
