from django.apps import AppConfig
from django.db.models.signals import post_migrate


class JournalConfig(AppConfig):
    name = "journal"
    verbose_name = "Günlük"

    def ready(self) -> None:
        from journal import triggers

        post_migrate.connect(triggers.install, sender=self, dispatch_uid="journal_link")
