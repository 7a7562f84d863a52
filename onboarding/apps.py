from django.apps import AppConfig


class OnboardingConfig(AppConfig):
    name = "onboarding"
    verbose_name = "Altı adım"

    def ready(self) -> None:
        # Models exist only now.
        from django.contrib.auth.signals import user_logged_out

        from onboarding import checks  # noqa: F401 - registers them
        from onboarding.actions.looks import signed_out

        user_logged_out.connect(signed_out)
