from django.apps import AppConfig


class TeamConfig(AppConfig):
    name = "team"
    verbose_name = "Ekip ekranları"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from team.entry import came_in

        user_logged_in.connect(came_in)
