from django.apps import AppConfig
from django.db.backends.signals import connection_created


class WallConfig(AppConfig):
    name = "wall"

    def ready(self) -> None:
        from wall.statements import install

        connection_created.connect(install, dispatch_uid="the wall before every statement")
