"""Mails that a signed-in person hands in as a file: kept raw, read like any other, believed as the company's."""

import hashlib

from django.conf import settings

from correspondence.incoming import staff_rules
from correspondence.incoming.authentication import SenderAuthentication
from correspondence.incoming.fetching import keep
from correspondence.incoming.processing import parse
from correspondence.models import UPLOADED, Letter, Mail
from correspondence.reading.parsing import Unreadable, envelope
from documents.antivirus import refuse_infected
from identifiers import Refused
from tenancy.models import Company, User

NO_MAIL = (
    "Bu dosya bir e-posta değil. E-postayı posta programınızdan .eml dosyası olarak kaydedip onu yükleyin; "
    "ekran görüntüsü ya da PDF olmaz."
)


def take_upload(*, company: Company, payload: bytes, by: User) -> Mail:
    """Keeps and reads the mail; the same file again is the same mail. The caller lets it do what it may.

    Raises Refused, with a Turkish sentence, for what is no mail, is too large or is infected.
    """
    if len(payload) > settings.UPLOAD_MAX_BYTES:
        most = settings.UPLOAD_MAX_BYTES // 2**20
        raise Refused(f"Dosya {most} MB'tan büyük. E-postayı eki olmadan kaydedip yükleyin.")
    head = envelope(payload)
    if not head.senders or not (head.message_id or head.date):
        raise Refused(NO_MAIL)
    if head.message_id and Letter.objects.filter(message_id=head.message_id).exists():
        raise Refused("Bu, portalın kendi gönderdiği mektup. İYS'den gelen yanıtı yükleyin.")
    refuse_infected(payload)
    digest = hashlib.sha256(payload).hexdigest()
    mail, made = Mail.objects.get_or_create(
        mailbox=f"{UPLOADED}{company.pk}",
        sha256=digest,
        defaults={
            "folder": "upload",
            "uid_validity": 0,
            "uid": digest,
            "stored_name": keep(digest, payload),
            "size": len(payload),
            "company": company,
            "sender_authentication": SenderAuthentication.COMPANY,
            "sender_authentication_why": f"{by} oturumu açıkken yükledi."[:500],
            "match_why": "Firmanın kendisi yükledi.",
        },
    )
    if made:
        try:
            parse(mail, staff_rules.active())
        except Unreadable as error:
            mail.delete()
            raise Refused(NO_MAIL) from error
        mail.save()
    return mail
