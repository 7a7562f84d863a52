from django.apps import AppConfig


class OnboardingConfig(AppConfig):
    name = "onboarding"
    verbose_name = "Altı adım"

    def ready(self) -> None:
        from onboarding import checks  # noqa: F401 - registers them
