"""What İYS sends day by day: the guide's sentences between greetings, thanks, contact lines and legal feet.

Each comes from a believed sender, answers A's letter and says one thing: the machine decides it without a person.
"""

import re
from typing import Any

from tests.mails.make import BYE, CODE_A, NUMBER_A, Corpus
from tests.mails.ordinary import APPROVED, CODES, LINK
from tests.mails.shapes import PLAIN, html, multipart
from tests.mails.tone import RECEIVED, TIED

TITLE = "MAVİ DENİZ TURİZM ANONİM ŞİRKETİ"
PERSON = (
    "\n\nSaygılarımla,\n\nDeniz Kaya\nHesap Yöneticisi\nİleti Yönetim Sistemi A.Ş.\nT: 0850 333 3338\n"
    "E: onkayit@iys.org.tr\nwww.iys.org.tr\n"
)
SHORT = "\n\nİyi çalışmalar dileriz.\n\nİYS\n"
CONTACT = "\n\nSorularınız için 0850 333 3338 numaralı telefondan bize ulaşabilirsiniz."
NO_REPLY = "\n\nBu e-posta otomatik olarak gönderilmiştir, lütfen yanıtlamayınız."
THANKS = "\n\nİlginiz için teşekkür ederiz."
WEB = "\n\nAyrıntılı bilgi için www.iys.org.tr adresini ziyaret edebilirsiniz."
ADVERT = "\n\nİLETİ paketlerimiz hakkında bilgi almak için https://iys.org.tr adresini ziyaret edebilirsiniz."
KEEP = "\n\nBaşvuru numaranızın yer aldığı size gönderilmiş e-posta'yı lütfen saklayınız."
NOT_THE_CODE = "\n\nDikkat: Ön başvuru numarası, İYSKod değildir."
STAGES = (
    "\n\nBaşvurunuzun değerlendirme aşamaları ve İleti Yönetim Sistemi platformunun Hizmet Sağlayıcılar için aktif "
    "olmasına ilişkin bildirimler telefon ve e-posta yoluyla yapılacaktır."
)
TURNS = "\n\nBilgi ve belgelerinizin tümünün doğruluğu sağlanana dek birkaç kez bildirim yapılabilir."
ADDRESS = (
    "\nİLETİ YÖNETİM SİSTEMİ A.Ş.\nEsentepe Mah. Harman 1 Sokak No: 10-5 TOBB Plaza Şişli / İstanbul\n"
    "0850 333 3338 | www.iys.org.tr\n"
)
LEGAL = (
    "\n--------------------\nBu e-posta ve ekleri gizli bilgi içerebilir ve yalnızca gönderildiği kişiye özeldir. "
    "Yanlışlıkla aldıysanız lütfen göndericiye bildiriniz ve e-postayı siliniz.\n"
)
LIABILITY = (
    "\nKullanıcı tarafından sağlanan yanlış veya eksik bilgilerden kaynaklanan sorunlardan şirketimiz sorumlu "
    "tutulamaz.\n"
)
PRIVACY = (
    "\nKişisel verilerinizin işlenmesine ilişkin aydınlatma metnine www.iys.org.tr adresinden ulaşabilirsiniz.\n"
)

BLOCK = APPROVED.partition("\n\n")[2]
VIEW, PAY = "https://teklif.iys.example/7", "https://teklif.iys.example/ode/7"
# The first of each kind is written in HTML too, alone and beside its plain form.
KINDS: dict[str, dict[str, str]] = {
    "received": {
        "guide": f"Sayın Yetkili,\n\n{RECEIVED}{STAGES}{KEEP}{NOT_THE_CODE}{BYE}",
        "liability": f"Sayın Yetkili,\n\n{RECEIVED}{BYE}{LIABILITY}",
        "all-feet": f"Sayın İlgili,\n\n{RECEIVED}{CONTACT}{BYE}{LEGAL}{LIABILITY}{PRIVACY}",
        "person": f"Merhaba,\n\n{NUMBER_A} numaralı başvurunuz alınmıştır.{THANKS}{PERSON}",
        "to-the-firm": f"Sayın {TITLE} Yetkilisi,\n\n{NUMBER_A} no'lu ön başvurunuz alınmıştır. Hesap "
        f"yöneticilerimiz başvurunuzu inceleyecektir.{TURNS}{BYE}",
        "by-label": f"Sayın Yetkili,\n\nBaşvurunuz alınmıştır.\nBaşvuru No: {NUMBER_A}{NO_REPLY}{BYE}",
        "reached-us": f"İyi günler,\n\n{NUMBER_A} no'lu başvurunuz tarafımıza ulaşmıştır.{SHORT}",
        "windows-lines": f"Sayın Yetkili,\n\n{NUMBER_A} no’lu başvurunuz alınmıştır. Hesap\nyöneticilerimiz "
        f"başvurunuzu inceleyecektir.{WEB}{BYE}{ADDRESS}",
        "advert": f"Sayın Yetkili,\n\n{RECEIVED}{ADVERT}{BYE}",
    },
    "changes_asked": {
        "guide": "Sayın Yetkili,\n\nBaşvurunuzda düzeltilmesi gereken bilgiler bulunmaktadır: web sitesi "
        f"açılmıyor.{BYE}",
        "list": "Sayın Yetkili,\n\nBaşvurunuzda düzeltilmesi gereken bilgiler bulunmaktadır:\n\n- Web sitesi "
        f"açılmıyor.\n- Vergi dairesi yanlış girilmiş.{TURNS}{BYE}",
        "missing-paper": f"Sayın Yetkili,\n\nBaşvurunuzda eksik belge bulunmaktadır: imza sirküleri.{CONTACT}{PERSON}",
        "upload-again": f"Merhaba,\n\nTaahhütnameyi tekrar yüklemenizi rica ederiz.{THANKS}{BYE}{LEGAL}",
        "correct": f"Sayın Yetkili,\n\n{NUMBER_A} no'lu başvurunuzda vergi dairesi bilgisini düzeltmenizi rica "
        f"ederiz.{BYE}{LIABILITY}",
    },
    "continue_link": {
        "guide": "Sayın Yetkili,\n\nÖn başvurunuz onaylanmıştır.\n\nAşağıdaki bağlantıyla başvurunuza devam "
        f"edebilirsiniz.\n\n{LINK}{BYE}",
        "alone": f"Sayın Yetkili,\n\nAşağıdaki bağlantıyla başvurunuza devam edebilirsiniz.\n{LINK}{CONTACT}{BYE}"
        f"{LEGAL}",
        "with-number": f"Merhaba,\n\n{NUMBER_A} no'lu ön başvurunuz onaylanmıştır. Başvurunuza devam etmek için: "
        f"{LINK}{NO_REPLY}{SHORT}",
    },
    "approved": {
        "guide": f"Sayın Yetkili,\n\n{APPROVED}{BYE}",
        "block-alone": f"{BLOCK}{BYE}",
        "intro": f"Sayın Yetkili,\n\nBaşvurunuz onaylanmıştır. İYS bilgileriniz aşağıda yer almaktadır.\n\n{BLOCK}"
        f"{CONTACT}{BYE}{LEGAL}",
        "person": f"Sayın Ada Yalın,\n\n{APPROVED}{PERSON}{LIABILITY}",
        "one-line-brands": f"Sayın Yetkili,\n\nBaşvurunuz onaylanmıştır.\n\nHizmet sağlayıcı: {TITLE}\nİYS "
        f"Numaranız: {CODE_A}\nMarkalarınız:\nMavi Deniz - İYS Numarası: {CODE_A}\nÇınar Işık - İYS Numarası: "
        f"710497{KEEP.replace('Başvuru numaranızın', 'İYS numaranızın')}{BYE}",
        "advert": f"Değerli hizmet sağlayıcımız,\n\n{APPROVED}{ADVERT}{THANKS}{BYE}{ADDRESS}",
    },
    "offer": {
        "guide": "Sayın Yetkili,\n\nTeklifimizi ekte bilgilerinize sunarız. Teklifi çevrimiçi görüntülemek ve "
        f"ödeme yapmak için buraya tıklayınız.\n{VIEW}\n\nSaygılarımızla,\n\n--\nİleti Yönetim Sistemi A.Ş.\n",
        "two-links": "Sayın Yetkili,\n\nTeklifimizi ekte bilgilerinize sunarız.\n\nTeklifi incelemek için "
        f"tıklayınız: {VIEW}\nÖdeme yapmak için tıklayınız: {PAY}{CONTACT}{BYE}",
        "package": f"Merhaba,\n\nİLETİ-25 paketi teklifimizi ekte bilgilerinize sunarız.\n{VIEW}{THANKS}{PERSON}{LEGAL}",
    },
    "payment_received": {
        "guide": f"Sayın Yetkili,\n\nÖdemeniz alınmıştır. İLETİ-25 paketiniz tanımlanmıştır.{BYE}",
        "sum": "Sayın Yetkili,\n\nİLETİ-25 paketi için 18.000,00 TL tutarındaki ödemeniz alınmıştır.\n\n"
        f"Teşekkür ederiz.{BYE}",
        "done": f"Merhaba,\n\nÖdeme işleminiz başarıyla tamamlanmıştır.{NO_REPLY}{SHORT}",
        "with-code": f"Sayın Yetkili,\n\n{CODE_A} İYS kodlu firmanız için ödemeniz alınmıştır.{ADVERT}{BYE}{LEGAL}",
        "package": f"Sayın Yetkili,\n\nİLETİ-75 paketiniz hesabınıza tanımlanmıştır.{CONTACT}{PERSON}",
    },
    "payment_failed": {
        "guide": "Sayın Yetkili,\n\nÖdemeniz alınamamıştır. Lütfen kart bilgilerinizi kontrol ederek tekrar "
        f"deneyiniz.{BYE}",
        "failed": f"Sayın Yetkili,\n\nÖdeme işleminiz başarısız olmuştur.{CONTACT}{BYE}{LEGAL}",
        "not-made": f"Merhaba,\n\nÖdeme işleminiz gerçekleştirilememiştir.{PERSON}",
    },
    "assignment_confirmed": {
        "guide": f"Sayın Yetkili,\n\nEuromsg için iş ortağı atamanız tamamlanmıştır.{BYE}",
        "request-approved": f"Sayın Yetkili,\n\nİş ortağı atama talebiniz onaylanmıştır.{THANKS}{PERSON}{LEGAL}",
        "named": f"Merhaba,\n\nKıyı İletişim Hizmetleri A.Ş. firmanızın iş ortağı olarak atanmıştır.{WEB}{SHORT}",
    },
    "refused": {
        "guide": f"Sayın Yetkili,\n\n{NUMBER_A} no'lu başvurunuz reddedilmiştir: belgeler okunmuyor.{BYE}",
        "unfit": f"Sayın Yetkili,\n\nBaşvurunuz uygun bulunmamıştır.{CONTACT}{PERSON}",
        "assignment": f"Sayın Yetkili,\n\nİş ortağı atama talebiniz reddedilmiştir.{BYE}{LEGAL}{LIABILITY}",
        "assignment-not-approved": "Merhaba,\n\nİş ortağı atama talebiniz onaylanmamıştır: imza uyuşmuyor."
        f"{CONTACT}{SHORT}",
    },
}
# What is read out of each kind; where a mail does not name the number, nothing is asked.
TOLD: dict[str, dict[str, Any]] = {
    "approved": CODES,
    "received": {"application_number": NUMBER_A},
    "continue_link": {"continue_url": LINK},
    "offer": {"view_url": VIEW},
}
LINKED = {LINK: "Başvuruya Devam Et"}


def page(words: str) -> str:
    """The words as an institution's mailing program sets them: a table for a frame, a logo, buttons for links."""
    words = re.sub(r"(buraya tıklayınız\.)\n(\S+)", r'<a href="\2">\1</a>', words)
    for address, label in LINKED.items():
        words = words.replace(address, f'<a style="background:#0a5;color:#fff" href="{address}">{label}</a>')
    paragraphs = (
        f'<p style="margin:0 0 12px 0;font-family:Arial">{block.strip()}</p>'
        for block in re.split(r"\n\n+", words.strip())
    )
    inner = "\n".join(paragraphs).replace("\n", "<br>\r\n").replace("</p><br>", "</p>")
    return (
        '<html><head><meta charset="utf-8"><style>td { padding: 8px }</style></head><body bgcolor="#f4f4f4">\n'
        '<table width="600" cellpadding="0"><tr><td><img src="cid:logo" alt="" width="120"></td></tr>\n'
        f"<tr><td>{inner}</td></tr></table>\n</body></html>\n"
    )


def add_to(corpus: Corpus) -> None:
    for kind, texts in KINDS.items():
        told: dict[str, Any] = {"kind": kind, "outcome": "moves", "extra": TIED, "extracted": TOLD.get(kind, {})}
        for name, words in texts.items():
            corpus.add(f"known-{kind}-{name}", words, **told)
        words = texts["guide"]
        mime, body = html(page(words))
        corpus.add(f"known-{kind}-html", body, mime=mime, **told)
        mime, both = multipart((PLAIN, words), html(page(words)), kind="alternative")
        corpus.add(f"known-{kind}-both", both, mime=mime, **told)
    pdf = ("Content-Type: application/pdf; name=teklif.pdf\nContent-Disposition: attachment\n", b"%PDF-1.4")
    mime, offered = multipart((PLAIN, KINDS["offer"]["guide"].replace(f"\n{VIEW}", "")), pdf)
    corpus.add(
        "known-offer-paper-alone",
        offered,
        mime=mime,
        kind="offer",
        outcome="moves",
        extra=TIED,
        attachments=["teklif.pdf"],
    )
    # An approval set as a table, whose cells need no colon.
    table = (
        "<p>Sayın Yetkili,</p><p>Başvurunuz onaylanmıştır.</p><table border=1><tr><td>Hizmet sağlayıcı</td><td>"
        f"{TITLE}</td></tr><tr><td>İYS Numaranız</td><td><b>{CODE_A}</b></td></tr></table><p>Markalarınız:</p><table>"
        f"<tr><td>Mavi Deniz</td><td>İYS Numarası: {CODE_A}</td></tr><tr><td>Çınar Işık</td><td>İYS Numarası: 710497"
        "</td></tr></table><p>Saygılarımızla,<br>İleti Yönetim Sistemi A.Ş.</p>"
    )
    mime, body = html(table)
    corpus.add(
        "known-approved-table", body, mime=mime, kind="approved", outcome="moves", extra=TIED, extracted=CODES
    )
    # Tied by what only this application has, though the mail answers nothing.
    corpus.add(
        "known-received-by-its-number",
        f"Sayın Yetkili,\n\n{RECEIVED}{BYE}",
        kind="received",
        outcome="moves",
        extracted={"application_number": NUMBER_A},
    )
    corpus.add(
        "known-payment_received-by-its-code",
        f"Sayın Yetkili,\n\n{CODE_A} İYS kodlu firmanız için ödemeniz alınmıştır.{BYE}",
        kind="payment_received",
        outcome="moves",
    )
    corpus.add(
        "known-assignment_confirmed-by-its-title",
        f"Sayın {TITLE},\n\nEuromsg için iş ortağı atamanız tamamlanmıştır.{BYE}",
        kind="assignment_confirmed",
        outcome="moves",
    )
