from django.apps import AppConfig


class TelemetryConfig(AppConfig):
    name = "telemetry"
    verbose_name = "Çalışma bilgileri"

    def ready(self) -> None:
        from telemetry import carrying, timings

        carrying.connect()
        timings.connect()
