"""Mails as bytes, the way a mail server hands them over."""

from email.message import EmailMessage
from email.policy import SMTP

from correspondence.models import Letter
from tenancy.models import Company

OURS = "mx.portal.example"


def mail(
    *,
    sender: str = "onkayit@iys.org.tr",
    to: str = "t-aaaaaaaaaaaaaaaaaaaa@takip.portal.example",
    text: str = "",
    html: str = "",
    subject: str = "Ynt: Başvurunuz",
    verdict: str | None = "pass",
    domain: str = "iys.org.tr",
    authserv_id: str = OURS,
    in_reply_to: str = "",
    message_id: str = "<1@iys.org.tr>",
    pdf: bytes | None = None,
    **headers: str,
) -> bytes:
    """A mail with our own server's Authentication-Results on top, unless `verdict` is None."""
    message = EmailMessage()
    message["From"] = f"İYS <{sender}>"
    message["To"] = to
    message["Subject"] = subject
    message["Message-ID"] = message_id
    if in_reply_to:
        message["In-Reply-To"] = in_reply_to
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    if pdf is not None:
        message.add_attachment(pdf, maintype="application", subtype="pdf", filename="teklif.pdf")
    raw = message.as_bytes(policy=SMTP)
    if verdict is None:
        return raw
    return f"Authentication-Results: {authserv_id}; dmarc={verdict} header.from={domain}\r\n".encode() + raw


def asked(company: Company) -> str:
    """The Message-ID that an answer to the company's last letter names; empty when it has none."""
    letters = Letter.objects.filter(company=company).exclude(application_id=None).order_by("-created_at")
    return letters.values_list("message_id", flat=True).first() or ""


RECEIVED = (
    "Sayın Yetkili,\n\nMX3ZB5JA no'lu başvurunuz alınmıştır. Hesap yöneticilerimiz başvurunuzu inceleyecektir.\n"
)
APPROVED = (
    "Başvurunuz onaylanmıştır.\n\nHizmet sağlayıcı:\nMAVİ DENİZ TURİZM ANONİM ŞİRKETİ\n\nİYS Numaranız: 710482\n\n"
    "Markalarınız:\n\nMavi Deniz\nİYS Numarası: 710482\n\nMavi Deniz Outlet\nİYS Numarası: 710497\n"
)
OFFER = (
    "Sayın Yetkili,\n\n"
    "Teklifimizi ekte bilgilerinize sunarız. Teklifi çevrimiçi görüntülemek ve ödeme yapmak için "
    "buraya tıklayınız.\n"
)
OFFER_HTML = (
    "<p>Teklifimizi ekte bilgilerinize sunarız. Teklifi çevrimiçi görüntülemek ve ödeme yapmak için "
    '<a href="https://teklif.example/1">buraya tıklayınız.</a></p>'
    '<p><a href="https://teklif.example/ode/1">Ödeme yapmak için tıklayınız.</a></p>'
    '<p><a href="https://teklif.example/1">Teklifi incelemek için tıklayınız.</a></p>'
)
PAID = "Ödemeniz alınmıştır. İLETİ-5 paketiniz tanımlanmıştır.\n"
ASSIGNED = "Kıyı İletişim için iş ortağı atamanız tamamlanmıştır.\n"
ASSIGNMENT_REFUSED = "İş ortağı atama talebiniz reddedilmiştir: imza uyuşmuyor.\n"
CHANGES = "Başvurunuzda düzeltilmesi gereken bilgiler bulunmaktadır: web sitesi açılmıyor.\n"
REQUEST = (
    "Mavi Deniz Turizm A.Ş., 710482 İYS koduna sahip firmamız adına İLETİ 5 paketi teklifini "
    "bilgi@mavideniz.example e-posta adresine iletilmesini rica ederiz.\n"
)
