from django.apps import AppConfig
from django.db.models.signals import post_migrate


class FindingConfig(AppConfig):
    name = "finding"
    verbose_name = "Bul"

    def ready(self) -> None:
        from correspondence.models import Mail
        from finding import lists, triggers
        from onboarding.models import Application
        from tenancy.admin.lists import SEARCHES
        from tenancy.models import Company

        SEARCHES.update({Company: lists.companies, Application: lists.applications, Mail: lists.mails})
        post_migrate.connect(triggers.install, sender=self, dispatch_uid="finding_marks")
