from django.apps import AppConfig


class TenancyConfig(AppConfig):
    name = "tenancy"
    verbose_name = "Firmalar ve kişiler"

    def ready(self) -> None:
        from tenancy.rows import checks  # noqa: F401 - registers them
