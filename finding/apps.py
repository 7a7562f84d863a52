from django.apps import AppConfig
from django.db.models.signals import post_migrate


class FindingConfig(AppConfig):
    name = "finding"
    verbose_name = "Bul"

    def ready(self) -> None:
        from finding import lists, near, triggers
        from tenancy.admin import searching

        searching.SEARCH[:] = [lists.search]
        searching.NEAR[:] = [near.companies]
        post_migrate.connect(triggers.install, sender=self, dispatch_uid="finding_marks")
