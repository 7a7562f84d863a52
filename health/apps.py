from django.apps import AppConfig
from django.db.models.signals import post_migrate


class HealthConfig(AppConfig):
    name = "health"
    verbose_name = "Sağlık"

    def ready(self) -> None:
        from health import planning

        post_migrate.connect(planning.switch_off, sender=self, dispatch_uid="no compiled queries")
