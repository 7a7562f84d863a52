from typing import Any

from django.core.management.base import BaseCommand

from onboarding import first_data


class Command(BaseCommand):
    help = "Makes support's groups, İYS's addresses and the package catalogue where they are missing."

    def handle(self, *args: Any, **options: Any) -> None:
        first_data.load()
