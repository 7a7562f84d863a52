from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Hesaplar"

    def ready(self) -> None:
        # Its modules have models, which are there only now.
        from accounts import signals, watch

        signals.connect()
        watch.connect()
