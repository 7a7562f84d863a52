"""One run of the portal's code on a database that will be restored: `python -m tests.faults.restoring WHAT`.

`post` writes letters to İYS and to a company, `more` another one, `deliver` is a worker's turn, `forget` takes
away what the file store knows of it, and `state` prints each letter's subject and status as JSON.
"""

import json
import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "iysportal.settings"
django.setup()

from django.core.files.storage import storages  # noqa: E402

from correspondence.models import Audience, Letter  # noqa: E402
from correspondence.outgoing import delivery, outbox, restored  # noqa: E402
from partners.models import Partner  # noqa: E402
from tenancy.models import Company  # noqa: E402


def post(*subjects: str, audience: Audience = Audience.IYS) -> None:
    partner = Partner.objects.get_or_create(is_default=True, defaults={"name": "Kıyı", "legal_name": "Kıyı"})[0]
    company, _made = Company.objects.get_or_create(
        tax_number="6140881534", defaults={"trade_name": "Mavi Deniz Turizm A.Ş.", "partner": partner}
    )
    to_iys = audience is Audience.IYS
    for subject in subjects:
        outbox.post(
            company=company,
            idempotency_key=subject,
            body=outbox.Body(subject, f"Sayın Yetkili, {subject}\n", f"<p>Sayın Yetkili, {subject}</p>"),
            address=outbox.Address(
                audience,
                ["onkayit@iys.example" if to_iys else "yonetici@mavideniz.example"],
                cc=["kopya@kiyi.example"] if to_iys else [],
            ),
        )


def main(what: str) -> None:
    match what:
        case "post":
            post("Başvuru", "Ek belge", "Soru")
            post("Haber", "İkinci haber", audience=Audience.COMPANY)
        case "more":
            post("Geri yüklemeden sonra")
        case "deliver":
            delivery.deliver()
        case "forget":
            storages["private"].delete(restored.STORED)
        case "state":
            print(json.dumps(dict(Letter.objects.values_list("subject", "status"))))


if __name__ == "__main__":
    main(sys.argv[1])
