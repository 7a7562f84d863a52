"""What İYS writes, in the guide's words and near them; and what only looks like it."""

from typing import Any

from tests.mails.make import BYE, CODE_A, LETTER_A, MEMBER, NUMBER_A, TO_A, Corpus, passed

APPROVED = (
    "Başvurunuz onaylanmıştır.\n\nHizmet sağlayıcı:\nMAVİ DENİZ TURİZM ANONİM ŞİRKETİ\n\n"
    f"İYS Numaranız: {CODE_A}\n\nMarkalarınız:\n\nMavi Deniz\nİYS Numarası: {CODE_A}\n\n"
    "Çınar Işık\nİYS Numarası: 710497\n"
)
CODES = {
    "iys_code": CODE_A,
    "trade_name": "MAVİ DENİZ TURİZM ANONİM ŞİRKETİ",
    "brands": [{"name": "Mavi Deniz", "code": CODE_A}, {"name": "Çınar Işık", "code": "710497"}],
}
REQUEST = (
    f"Mavi Deniz Turizm A.Ş., {CODE_A} İYS koduna sahip firmamız adına İLETİ 25 paketi teklifini "
    "bilgi@mavideniz.example e-posta adresine iletilmesini rica ederiz.\n"
)
LINK = "https://basvuru.iys.example/devam/1"
KINDS: dict[str, dict[str, str]] = {
    "received": {
        "guide": f"Sayın Yetkili,\n\n{NUMBER_A} no'lu başvurunuz alınmıştır. Hesap yöneticilerimiz başvurunuzu "
        "inceleyecektir.",
        "typographic-apostrophe": f"{NUMBER_A} no’lu başvurunuz alınmıştır.",
        "nolu": f"{NUMBER_A} nolu ön başvurunuz tarafımıza ulaşmıştır. Ön başvuru numaranız {NUMBER_A}.",
        "label": f"Başvurunuz sistemimize başarıyla alınmıştır.\nBaşvuru Numarası: {NUMBER_A}",
        "without-accents": f"{NUMBER_A} no'lu basvurunuz alinmistir. Hesap yoneticilerimiz inceleyecektir.",
        "capitals": f"{NUMBER_A} NO'LU BAŞVURUNUZ ALINMIŞTIR.",
        "conditional-lack": f"{NUMBER_A} no'lu başvurunuz alınmıştır. Eksik belge olması halinde sizinle iletişime "
        "geçilecektir.",
        "keep-this-mail": f"{NUMBER_A} no'lu başvurunuz alınmıştır.\nBaşvuru numaranızın yer aldığı size gönderilmiş "
        "e-posta'yı lütfen saklayınız.\nÖn başvuru numarası, İYSKod değildir.",
        "broken-lines": f"{NUMBER_A} no'lu\nbaşvurunuz\nalınmıştır.",
    },
    "changes_asked": {
        "guide": "Başvurunuzda düzeltilmesi gereken bilgiler bulunmaktadır: web sitesi açılmıyor.",
        "missing-paper": "Sayın Yetkili,\n\nBaşvurunuzda eksik belge bulunmaktadır. İmza sirkülerini iletiniz.",
        "upload-again": "Taahhütnameyi her sayfası kaşeli olacak şekilde tekrar yüklemeniz gerekmektedir.",
        "please-correct": "Vergi dairesi bilgisini düzeltmenizi rica ederiz.",
        "after-all-received": f"{NUMBER_A} no'lu başvurunuz alınmıştır; ancak düzeltilmesi gereken alanlar vardır.",
        "papers": "Evrakınız eksik: ticaret sicil gazetesi okunmuyor.",
    },
    "continue_link": {
        "guide": f"Ön başvurunuz onaylanmıştır.\n\nAşağıdaki bağlantıyla başvurunuza devam edebilirsiniz.\n{LINK}\n",
        "short": f"Başvurunuza devam etmek için: {LINK}",
    },
    "approved": {
        "guide": APPROVED,
        "capitals": APPROVED.replace("i", "İ").upper(),
        "slashes": f"Hizmet sağlayıcı: MAVİ DENİZ TURİZM ANONİM ŞİRKETİ / İYS Numaranız: {CODE_A} / Markalarınız: "
        f"Mavi Deniz / İYS Numarası: {CODE_A} / Çınar Işık / İYS Numarası: 710497",
        "next-line": APPROVED.replace(f"Numaranız: {CODE_A}", f"Numaranız:\n{CODE_A}"),
        "dashes": f"Başvurunuz onaylanmıştır.\nHizmet sağlayıcı: MAVİ DENİZ TURİZM ANONİM ŞİRKETİ\nİYS Numaranız : "
        f"{CODE_A}\nMarkalarınız:\n- Mavi Deniz - İYS Numarası: {CODE_A}\n- Çınar Işık – İYS Numarası: 710497",
        "much-space": APPROVED.replace(" ", "   ").replace("\n", "\n\n\n"),
        "number-too": f"{NUMBER_A} no'lu başvurunuz alınmıştır ve incelenmiştir.\n{APPROVED}",
    },
    "offer": {
        "guide": "Sayın Yetkili,\n\nTeklifimizi ekte bilgilerinize sunarız. Teklifi çevrimiçi görüntülemek ve ödeme "
        "yapmak için buraya tıklayınız.\nhttps://teklif.iys.example/1",
        "names-the-code": f"İYS Numaranız: {CODE_A}\nTeklifimizi ekte bilgilerinize sunarız.",
        "look": "İLETİ-25 paketi için teklifi incelemek ve ödemek için: https://teklif.iys.example/2",
    },
    "payment_received": {
        "guide": "Ödemeniz alınmıştır. İLETİ-25 paketiniz tanımlanmıştır.",
        "package": "İLETİ-25 paketiniz hesabınıza tanımlanmıştır.",
        "without-accents": "Odemeniz alinmistir.",
    },
    "payment_failed": {
        "guide": "Ödemeniz alınamamıştır, kartınızı kontrol ediniz.",
        "failed": "Ödeme işleminiz başarısız oldu.",
        "refused": "Ödeme işleminiz bankanızca reddedilmiştir.",
        "not-made": "Ödeme işlemi gerçekleştirilememiştir. Ödemeniz alınmıştır bilgisi gelmeden işlem yapmayınız.",
    },
    "assignment_confirmed": {
        "guide": "Euromsg için iş ortağı atamanız tamamlanmıştır.",
        "done": "Firmanızın iş ortağı ataması yapılmıştır.",
        "named": "Kıyı İletişim Hizmetleri A.Ş. iş ortağı olarak atanmıştır.",
    },
    "refused": {
        "application": "Başvurunuz reddedilmiştir: belgeler okunmuyor.",
        "assignment": "İş ortağı atama talebiniz reddedilmiştir: imza uyuşmuyor.",
        "not-approved": f"Başvurunuz onaylanmamıştır. İYS Numaranız: {CODE_A}",
        "not-found-fit": "Belgeleriniz uygun bulunmamıştır. Ödemeniz alınmıştır.",
        "not-accepted": "Başvurunuz kabul edilmemiştir.",
        "negative": "Başvurunuz olumsuz sonuçlanmıştır.",
        "past": "Başvurunuz incelendi ve reddedildi.",
        "capitals": "BAŞVURUNUZ ONAYLANMAMIŞTIR.",
        "without-accents": "Basvurunuz onaylanmamistir.",
    },
    "unknown": {
        "greeting": "Merhaba, nasılsınız?",
        "question": "Onay süreci hakkında bilgi verir misiniz? İYS Numaranız nedir?",
        "empty": "",
        "not-yet": "Başvurunuz henüz onaylanmamıştır, inceleme sürüyor.",
        "not-yet-with-code": f"Başvurunuz henüz sonuçlanmadı. İYS Numaranız: {CODE_A} olarak ayrılmıştır.",
        "approved-without-code": "Başvurunuz onaylanmıştır, kodlarınız ayrıca gönderilecektir.",
        "word-for-number": "Söz konusu nolu başvurunuz alınmıştır.",
        "phone": "Sizi 0850 333 3338 numarasından aradık, ulaşamadık.",
        "holiday": "29 Ekim dolayısıyla ofislerimiz kapalıdır.",
        "price-list": "İLETİ paketlerimizin yeni fiyatları ektedir.",
    },
}
EXTRACTED = {
    "approved": CODES,
    "received": {"application_number": NUMBER_A},
    "continue_link": {"continue_url": LINK},
}


def add_to(corpus: Corpus) -> None:
    for kind, texts in KINDS.items():
        for name, text in texts.items():
            told: dict[str, Any] = {"extracted": EXTRACTED.get(kind, {})}
            if name == "capitals" and kind == "approved":
                told = {"extracted": {"iys_code": CODE_A}}
            corpus.add(f"ordinary-{kind}-{name}", text + BYE, kind=kind, **told)
    member: dict[str, Any] = {
        "sender": MEMBER,
        "results": passed("mavideniz.example"),
        "sender_authentication": "company",
    }
    corpus.add("ordinary-request-of-a-member", REQUEST, kind="package_request", **member)
    corpus.add(
        "ordinary-request-to-satis-with-copy",
        REQUEST,
        kind="package_request",
        extra=f"Cc: {TO_A}\n",
        **{**member, "to": "satis@iys.org.tr"},
    )
    corpus.add("ordinary-member-asks", "Teklif ne zaman gelir?", **member)
    corpus.add("ordinary-member-claims-payment", "Ödemeniz alınmıştır.", kind="payment_received", **member)
    thread: dict[str, Any] = {"extra": f"In-Reply-To: {LETTER_A}\nReferences: {LETTER_A}\n"}
    paid = "Ödemeniz alınmıştır."
    corpus.add("ordinary-thread-to-the-copy-box", paid, kind="payment_received", to="iys@kiyi.example", **thread)
    corpus.add(
        "ordinary-number-of-a-trusted-sender",
        f"{NUMBER_A} no'lu başvurunuz alınmıştır.",
        kind="received",
        to="iys@kiyi.example",
    )
    corpus.add(
        "ordinary-code-of-a-trusted-sender",
        f"{CODE_A} İYS kodlu firmanız için ödemeniz alınmıştır.",
        kind="payment_received",
        to="iys@kiyi.example",
    )
    corpus.add(
        "ordinary-plus-address",
        paid,
        kind="payment_received",
        to=TO_A.replace("t-", "takip+"),
    )
    corpus.add(
        "ordinary-delivered-to",
        paid,
        kind="payment_received",
        to="bilgi@mavideniz.example",
        extra=f"Delivered-To: {TO_A}\n",
    )
    corpus.add(
        "ordinary-capitals-in-the-address",
        paid,
        kind="payment_received",
        to=TO_A.upper().replace("TAKİP", "TAKIP"),
    )
    corpus.add("ordinary-no-trace", paid, kind="payment_received", to="iys@kiyi.example", owner=None)
