from django.apps import AppConfig
from django.db.models.signals import post_save


class CorrespondenceConfig(AppConfig):
    name = "correspondence"
    verbose_name = "Yazışma"

    def ready(self) -> None:
        from correspondence import addresses

        # Companies are made in several places below and above this app: none of them can forget the address.
        post_save.connect(addresses.give_first, sender="tenancy.Company", dispatch_uid="first tracking address")
