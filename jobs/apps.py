from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "jobs"

    def ready(self) -> None:
        # Tasks import models, which exist only now.
        from correspondence.outgoing import notify
        from jobs.tasks import deliver, send_codes, send_sms
        from verification import sms

        notify.deliver_with(deliver, send_codes)
        sms.send_with(send_sms)
