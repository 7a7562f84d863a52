"""A mail that a signed-in person uploads as a file: stored, parsed, classified and applied like any other, as the
word of the person's company."""

import hashlib
from email.message import EmailMessage
from email.policy import SMTP

from django.conf import settings
from django.db import transaction

from correspondence.addresses import tracking_address
from correspondence.incoming import taught
from correspondence.incoming.authentication import SenderAuthentication
from correspondence.incoming.fetching import store_raw
from correspondence.incoming.processing import classify, parse, recognise_machine
from correspondence.models import UPLOADED, Letter, Mail
from correspondence.reading.parsing import Unreadable, envelope
from documents.antivirus import refuse_infected
from documents.inspection import Inspected
from identifiers import Refused
from onboarding.mail import applying
from tenancy.models import Company, User
from wall.crossings import Crossing
from wall.standing import crossing

NO_MAIL = (
    "Bu dosya bir e-posta değil. E-postayı posta programınızdan .eml dosyası olarak kaydedip onu yükleyin; "
    "ekran görüntüsü ya da PDF olmaz."
)


def is_mail(payload: bytes) -> bool:
    head = envelope(payload)
    return bool(head.senders and (head.message_id or head.date))


def upload(*, company: Company, payload: bytes, by: User) -> Mail:
    """Stores the mail and lets it do what it may; the same file again is the same mail.

    Raises Refused, with a Turkish sentence, for what is no mail, is too large or is infected.
    """
    if len(payload) > settings.UPLOAD_MAX_BYTES:
        most = settings.UPLOAD_MAX_BYTES // 2**20
        raise Refused(f"Dosya {most} MB'tan büyük. E-postayı eki olmadan kaydedip yükleyin.")
    if not is_mail(payload):
        raise Refused(NO_MAIL)
    head = envelope(payload)
    if head.message_id and _is_own(head.message_id):
        raise Refused("Bu, portalın kendi gönderdiği mektup. İYS'den gelen yanıtı yükleyin.")
    refuse_infected(payload)
    return _keep(company, payload, by)


def upload_offer(*, company: Company, pdf: Inspected, filename: str, by: User) -> Mail:
    """İYS's offer that came to the company as a file alone: in a mail of the person's, so that support decides
    about it as about every mail. The same file again is the same mail."""
    digest = hashlib.sha256(pdf.payload).hexdigest()
    mail = EmailMessage()
    mail["Message-ID"] = f"<teklif-{company.pk}-{digest}@{settings.TRACKING_DOMAIN}>"
    mail["From"], mail["To"] = by.email, tracking_address(company).email
    mail["Subject"] = "İYS'nin teklif dosyası"
    mail.set_content(f"{by} İYS'nin teklifini dosya olarak portala yükledi.\n")
    mail.add_attachment(pdf.payload, maintype="application", subtype="pdf", filename=filename)
    mail.set_boundary(digest)
    return _keep(company, mail.as_bytes(policy=SMTP), by)


def _keep(company: Company, payload: bytes, by: User) -> Mail:
    digest = hashlib.sha256(payload).hexdigest()
    # The poller never meets the row of a file that was not read: it would ask what our mail server says of it.
    with transaction.atomic():
        mail, made = Mail.objects.get_or_create(
            mailbox=f"{UPLOADED}{company.pk}",
            sha256=digest,
            defaults={
                "folder": "upload",
                "uid_validity": 0,
                "uid": digest,
                "stored_name": store_raw(digest, payload),
                "size": len(payload),
                "company": company,
                "sender_authentication": SenderAuthentication.COMPANY,
                "sender_authentication_why": f"{by} oturumu açıkken yükledi."[:500],
                "match_why": "Firmanın kendisi yükledi.",
            },
        )
        if made:
            try:
                parsed = parse(mail)
                recognise_machine(parsed)
                classify(parsed, taught.active())
            except Unreadable as error:
                raise Refused(NO_MAIL) from error
            mail.save()
    applying.apply(mail=mail)
    mail.refresh_from_db()
    return mail


def _is_own(message_id: str) -> bool:
    """Whether the portal itself has written it."""
    with crossing(Crossing.OWN_LETTER):
        return Letter.objects.filter(message_id=message_id).exists()
