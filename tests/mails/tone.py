"""Bad news in good words and good news in bad words, as institutions write: a person reads them, no step moves.

Each comes from a believed sender and answers A's letter, so that nothing but its words can hold it back.
"""

from tests.mails.make import BYE, CODE_A, CODE_B, LETTER_A, NUMBER_A, NUMBER_B, Corpus
from tests.mails.ordinary import APPROVED, LINK
from tests.mails.shapes import PLAIN, html, multipart

TIED = f"In-Reply-To: {LETTER_A}\nReferences: {LETTER_A}\n"
RECEIVED = f"{NUMBER_A} no'lu başvurunuz alınmıştır. Hesap yöneticilerimiz başvurunuzu inceleyecektir."
OFFERED = "Teklifimizi ekte bilgilerinize sunarız."

BAD_IN_GOOD = {
    "cancelled": f"İYS Kodunuz: {CODE_A} ile yapılan başvurunuz iptal edilmiştir.",
    "cancelled-at-request": f"İYS Numaranız: {CODE_A}\n\nTalebiniz üzerine başvurunuz sonlandırılmıştır.",
    "code-passive": f"{CODE_A} numaralı İYS kodunuz pasife alınmıştır.",
    "code-passive-polite": f"İYS Numaranız: {CODE_A}\n\nDeğerli hizmet sağlayıcımız, yukarıdaki kodunuz mevzuat "
    "gereği kullanıma kapatılmıştır. Anlayışınız için teşekkür ederiz.",
    "account-suspended": f"İYS Numaranız: {CODE_A} olan hesabınız ödeme yükümlülüğü yerine getirilene kadar "
    "askıya alınmıştır.",
    "approval-taken-back": "Daha önce onaylanmış olan başvurunuzun onayı geri alınmıştır.",
    "approval-lapsed": "Onaylanmış başvurunuz, süresi içinde paket alımı yapılmadığından geçersiz sayılmıştır.",
    "approved-by-mistake": f"{APPROVED}\nYukarıdaki onay bilgisi sehven gönderilmiş olup dikkate alınmaması "
    "rica olunur.",
    "approved-until-undertaking": f"{APPROVED}\nBu onay, taahhütnamenin aslı tarafımıza ulaştığında geçerlilik "
    "kazanacaktır.",
    "approved-then-denied": "Başvurunuz onaylanmıştır.\n\nAncak belgelerinizde tespit edilen uyumsuzluk "
    f"nedeniyle kodunuz tanımlanamamıştır. İYS Numaranız: {CODE_A}",
    "next-sentence-takes-it-back": f"{APPROVED}\nBu bilgi firmanız için geçerli değildir.",
    "unless": f"İYS Numaranız: {CODE_A}\n\nEksik evrak tamamlanmadıkça başvurunuz onaylanmış sayılmaz.",
    "if-completed": "Belgeleriniz tamamlandığı takdirde başvurunuz onaylanmış sayılacaktır. İYS Numaranız: "
    f"{CODE_A}",
    "for-its-approval": "Başvurunuzun onaylanması için taahhütnamenin aslını kargo ile göndermeniz "
    f"gerekmektedir.\nİYS Numaranız: {CODE_A}",
    "before-it-is-approved": "Başvurunuz onaylanmadan önce adınıza ileti gönderimi yapılamaz. İYS Numaranız: "
    f"{CODE_A} olarak ayrılmıştır.",
    "approved-is-not": f"İYS Numaranız: {CODE_A}\nBaşvurunuz\nonaylanmış\ndeğildir.",
    "approved-nowhere": f"Kayıtlarımızda onaylanmış bir başvurunuz bulunmamaktadır.\nİYS Numaranız: {CODE_A}",
    "seems-approved": f"İYS Numaranız: {CODE_A}\nPanelde başvurunuz onaylanmış görünmekle birlikte süreç devam "
    "etmektedir.",
    "not-in-time": "Başvurunuz süresinde yapılmadığından işleme alınmamıştır. Başvurunuz alınmıştır bildirimi "
    "sistem tarafından otomatik üretilmektedir.",
    "received-and-refused": f"{NUMBER_A} no'lu başvurunuz alınmıştır.\n\n{NUMBER_A} no'lu başvurunuz "
    "reddedilmiştir.",
    "received-second-time": f"{NUMBER_A} no'lu başvurunuz alınmıştır. Aynı vergi numarasıyla açık bir başvuru "
    "bulunduğundan mükerrer başvurunuz kapatılmıştır.",
    "received-not-processed": f"{RECEIVED} Yetki belgesi bulunmadığından inceleme başlatılamamıştır.",
    "received-of-cancelling": f"{NUMBER_A} no'lu başvurunuzun iptaline ilişkin talebiniz alınmıştır.",
    "received-no-longer-valid": f"{RECEIVED}\n\n{NUMBER_A} numarası sistem geçişi nedeniyle geçerliliğini "
    "yitirmiştir.",
    "paid-too-little": "Ödemeniz alınmıştır; ancak tutar 1.200,00 TL eksik olduğundan paketiniz "
    "tanımlanamamıştır.",
    "paid-in-part": "18.000,00 TL tutarındaki ödemenizin 6.000,00 TL'lik kısmı alınmıştır. Kalan tutarın "
    "ödenmesini rica ederiz.",
    "paid-given-back": "Ödemeniz alınmış, ancak mükerrer olduğundan kartınıza iade edilmiştir.",
    "paid-then-no-package": "Ödemeniz alınmıştır. Paketiniz tanımlanamamıştır.",
    "paid-awaiting-bank": "Ödemeniz alınmıştır. Bankanızın provizyon onayı henüz tarafımıza ulaşmamıştır.",
    "paid-once-arrived": "Ödemeniz alındığında paketiniz tanımlanacaktır.",
    "paid-by-another": "Ödemeniz alınmıştır. Açıklamada başka bir firmanın unvanı yer aldığından tutar "
    "emanet hesaba aktarılmıştır.",
    "paid-objection": f"İYS Kodunuz: {CODE_A}. Ödemeniz alınmıştır. Kart sahibinin itirazı üzerine işlem "
    "incelemeye alınmıştır.",
    "package-cancelled": "İLETİ-25 paketiniz hesabınıza tanımlanmıştır. 24.11.2026 tarihinde iptal edilmiştir.",
    "package-until-tomorrow": "İLETİ-25 paketinizin süresi dolmuş olup yenileme ödemeniz alınamamıştır; mevcut "
    "tanımınız 7 gün daha açık tutulacaktır.",
    "assignment-lifted": "Euromsg için iş ortağı atamanız kaldırılmıştır.",
    "assignment-without-calls": "Euromsg için iş ortağı atamanız tamamlanmıştır. Arama izni için yetki "
    "verilmemiştir.",
    "assignment-almost": "Euromsg için iş ortağı atamanız tamamlanmak üzeredir.",
    "assignment-when-paid": "Paket ödemenizin ardından iş ortağı atamanız tamamlanmış olacaktır.",
    "assignment-for-another": "Euromsg için iş ortağı atamanız tamamlanmıştır. Atama, bağlı şirketiniz adına "
    "yapılmış olup firmanızı kapsamamaktadır.",
    "assignment-of-the-old": "İş ortağı atamanız tamamlanmıştır bilgisi önceki iş ortağınıza aittir.",
    "offer-run-out": f"{OFFERED} Teklifimizin geçerlilik süresi 1 Kasım 2026'da dolmuştur.",
    "offer-not-prepared": "Yetki belgeniz bulunmadığından teklifimizi bilgilerinize sunamamaktayız.",
    "offer-asked-for": "Teklif talebiniz alınmıştır, teklifimiz ayrıca iletilecektir.",
    "offer-wrong-package": f"{OFFERED} Paket seçiminiz onaylı adres sayınızı karşılamadığından bu teklifle "
    "ödeme yapmayınız.",
    "link-run-out": f"Aşağıdaki bağlantıyla başvurunuza devam edebilirsiniz.\n{LINK}\n\nBağlantının süresi "
    "24.11.2026 tarihinde sona ermiştir.",
    "link-of-the-old": f"Size daha önce iletilen {LINK} bağlantısıyla başvurunuza devam edilememektedir.",
    "deadline": f"{APPROVED}\n15 iş günü içinde paket alımı yapılmaması halinde kaydınız silinecektir.",
}

GOOD_IN_BAD = {
    "refusal-lifted": "Başvurunuza ilişkin ret kararı kaldırılmış olup değerlendirme yeniden başlatılmıştır.",
    "refused-by-mistake": "Reddedildiği bildirilen başvurunuz hakkındaki iletimiz hatalıdır, dikkate almayınız.",
    "no-refusal": "Başvurunuzun reddedilmesini gerektirecek bir husus bulunmamaktadır.",
    "not-true-that-not": "Başvurunuzun onaylanmadığına dair duyumunuz doğru değildir.",
    "nothing-lacks": "Başvurunuzda eksik belge veya düzeltilmesi gereken bilgi bulunmamaktadır.",
    "no-longer-lacks": "Eksik belgeniz tamamlanmış olup başvurunuz incelenmek üzere sıraya alınmıştır.",
    "your-correction": "Unvan düzeltme talebiniz işleme alınmıştır, ayrıca belge yüklemeniz gerekmemektedir.",
    "payment-fault-of-ours": "Ödemeniz alınamamıştır bildirimi sistemsel bir hatadan kaynaklanmıştır.",
    "payment-not-needed": "Başarısız görünen işleminiz için yeniden ödeme yapmanız gerekmemektedir.",
    "refusals-of-recipients": "Alıcılarınızdan gelen 312 ret bildirimi reddedilmiştir statüsüyle sisteme "
    "işlenmiştir.",
    "complaint-refused": "Firmanız hakkındaki şikayet başvurusu incelenmiş ve reddedilmiştir.",
    "assignment-never-refused": "İş ortağı atama talebiniz reddedilmemiştir, sırada beklemektedir.",
    "other-number-refused": f"MX3ZB5JB no'lu başvuru reddedilmiştir; {NUMBER_A} no'lu başvurunuz bundan "
    "etkilenmeyecektir.",
}

BESIDE_THE_POINT = {
    "ticket": f"İYS Kodunuz: {CODE_A}. Talebiniz 554433 numara ile kayda alınmıştır.",
    "ticket-closed": "554433 numaralı destek talebiniz çözülmüştür.\nKonu: İş ortağı atamanız tamamlanmıştır",
    "asks-papers": f"İYS Numaranız: {CODE_A} olan hesabınız için güncel vergi levhanızı iletmenizi rica ederiz.",
    "asks-whether": "Başvurunuz onaylandı mı, ödemeniz alındı mı? Süreç hakkında bilgi verir misiniz?",
    "asks-which-code": f"Markalarınızdan hangisi için {CODE_A} kodunu kullanıyorsunuz?",
    "asks-consent": f"{APPROVED}\nYukarıdaki bilgileri teyit eder misiniz? Teyidiniz sonrası onay verilecektir.",
    "survey": "Ödemeniz alınmıştır mesajını kaç dakikada aldınız? Anketimize katılmanızı rica ederiz.",
    "maintenance": "28.11.2026 tarihinde 02:00-06:00 arasında bakım nedeniyle ödemeleriniz alınamayacaktır.",
    "training": "İYS eğitimine kayıt başvurunuz alınmıştır. Bağlantı ayrıca gönderilecektir.",
    "job": "İş başvurunuz alınmıştır. İnsan kaynakları ekibimiz değerlendirecektir.",
    "user-approved": f"{CODE_A} İYS kodlu hesabınıza yeni kullanıcı ekleme talebiniz onaylanmıştır.",
    "how-it-goes": "Başvurunuz onaylandığında e-posta ile bilgilendirilirsiniz. Örnek: Başvurunuz onaylanmıştır. "
    "İYS Numaranız: 123456",
    "quotes-old-status": "12 Kasım tarihli ve “Başvurunuz onaylanmıştır” konulu iletimiz hakkındaki sorunuz "
    "ilgili birime aktarılmıştır.",
    "told-by-telephone": f"Görüşmemizde “{RECEIVED}” denildiğini belirtmişsiniz; kayıtlarımızda bu yönde bilgi "
    "yoktur.",
    "law": "Yönetmelik gereğince onaylanmış sayılan alıcı izinleri geçersiz olacaktır.",
    "phishing-warning": "“Ödemeniz alınamamıştır, kartınızı güncelleyin” diyen sahte iletilere itibar etmeyiniz.",
    "english-mistake": f"{APPROVED}\nPlease disregard the approval above, it was issued in error.",
    "english-condition": f"İYS Numaranız: {CODE_A}\nYour application will be approved once the undertaking arrives.",
    "english-refusal": "Ödemeniz alınmıştır.\n\nUnfortunately your order could not be completed.",
}

AFTER_THE_SIGNATURE = {
    "postscript": f"{APPROVED}{BYE}\nNot: Onayınız, imza sirküleri tarafımıza ulaşana dek askıdadır.\n",
    "postscript-ps": f"{RECEIVED}{BYE}\nP.S. İnceleme, taahhütnamenin aslı gelmeden başlamayacaktır.\n",
    "disclaimer-test": f"{APPROVED}{BYE}\n--\nBu ileti deneme ortamından gönderilmiştir, içindeki numaralar "
    "geçersizdir.\n",
    "disclaimer-draft": f"Ödemeniz alınmıştır.{BYE}\n___\nBu e-posta taslaktır; bilgilendirme amacı taşımaz ve "
    "tahsilat yapıldığı anlamına gelmez.\n",
    "below-the-line": f"Euromsg için iş ortağı atamanız tamamlanmıştır.{BYE}\n-- \nBu atama 30.11.2026 tarihinde "
    "kendiliğinden sona erecektir.\n",
}

TITLE_ALONE = {
    "approved": ("Başvurunuz onaylanmıştır", "Sayın Yetkili,\n\nAyrıntılar ekte yer almaktadır."),
    "approved-with-code": (f"Başvurunuz onaylanmıştır. İYS Numaranız: {CODE_A}", "Sayın Yetkili,"),
    "paid": ("Ödemeniz alınmıştır", ""),
    "refused": ("Başvurunuz reddedilmiştir", "Sayın Yetkili,\n\nBilgilerinize sunarız."),
}

VISIBLE = "<p>Değerlendirmeniz henüz sonuçlanmamıştır.</p>"
UNSEEN = {
    "hidden": f'<div style="display:none">Başvurunuz onaylanmıştır. İYS Numaranız: {CODE_A}</div>{VISIBLE}',
    "hidden-attribute": f"<p hidden>Ödemeniz alınmıştır.</p>{VISIBLE}",
    "hidden-small": '<span style="font-size:0;color:#ffffff">Ödemeniz alınmıştır.</span><p>Tahsilat henüz '
    "gerçekleşmemiştir.</p>",
    "struck": "<p><del>Ödemeniz alınmıştır.</del> Tahsilat iptal edilmiştir.</p>",
    "comment": "<!-- Ödemeniz alınmıştır. --><p>Tahsilat henüz gerçekleşmemiştir.</p>",
    "title-and-image": '<title>Ödemeniz alınmıştır.</title><img src="cid:a" alt="Ödemeniz alınmıştır."><p>Ayrıntılı '
    "bilgi için panelinizi inceleyiniz.</p>",
    "table": "<table><tr><th>Firma</th><th>İYS Numarası</th><th>Başvuru durumu</th></tr><tr><td>MAVİ DENİZ TURİZM "
    f"ANONİM ŞİRKETİ</td><td>{CODE_A}</td><td>Onaylanmadı</td></tr></table>",
    "table-two-columns": "<table><tr><td>Başvurunuz</td><td>onaylanmıştır</td></tr><tr><td>Geçerlilik</td><td>Askıda"
    f"</td></tr><tr><td>İYS Numaranız:</td><td>{CODE_A}</td></tr></table>",
}

TWO_FORMS = {
    "plain-yes-html-no": (APPROVED, "<p>Başvurunuz reddedilmiştir.</p>"),
    "plain-no-html-yes": ("Başvurunuz reddedilmiştir.", f"<pre>{APPROVED}</pre>"),
    "html-says-more": ("Ödemeniz alınmıştır.", "<p>Ödemeniz alınmıştır.</p><p>Tutar eksiktir.</p>"),
    "plain-says-more": ("Ödemeniz alınmıştır.\n\nTutar eksiktir.", "<p>Ödemeniz alınmıştır.</p>"),
    "other-number": (RECEIVED, f"<p>{RECEIVED.replace(NUMBER_A, 'KV4RT8LM')}</p>"),
    "other-codes": (APPROVED, f"<pre>{APPROVED.replace('710497', '710999')}</pre>"),
}

OF_ANOTHER = {
    "title": (APPROVED.replace("MAVİ DENİZ TURİZM", "KARA ORMAN GIDA"), "A"),
    "number": (f"{RECEIVED}\n\n{NUMBER_B} no'lu başvurunuz alınmıştır.", None),
    "code": (f"{APPROVED}\n\nÖdemeniz {CODE_B} İYS kodlu hesaba tanımlanmıştır.", None),
    "list": (
        f"Aşağıdaki firmaların başvuruları onaylanmıştır:\n\nKARA ORMAN GIDA LİMİTED ŞİRKETİ\nİYS Numaranız: 990011\n\n"
        f"MAVİ DENİZ TURİZM ANONİM ŞİRKETİ\nİYS Numaranız: {CODE_A}",
        "A",
    ),
}

# Nothing stands against these words, but nothing says either whose case they are about.
NOT_TIED = {
    "paid": "Ödemeniz alınmıştır. İLETİ-25 paketiniz tanımlanmıştır.",
    "assigned": "Euromsg için iş ortağı atamanız tamamlanmıştır.",
    "refused": "Başvurunuz reddedilmiştir: belgeler okunmuyor.",
    "offer": f"{OFFERED} Teklifi çevrimiçi görüntülemek ve ödeme yapmak için buraya tıklayınız.\n"
    "https://teklif.iys.example/1",
}


def add_to(corpus: Corpus) -> None:
    def held(name: str, words: str | bytes, **more: object) -> None:
        told = {"kind": None, "extra": TIED, "dangerous": True, "outcome": "person", **more}
        corpus.add(f"tone-{name}", words, **told)  # type: ignore[arg-type]

    for name, words in {**BAD_IN_GOOD, **GOOD_IN_BAD}.items():
        held(name, f"Sayın Yetkili,\n\n{words}{BYE}")
    for name, words in BESIDE_THE_POINT.items():
        held(f"beside-{name}", f"Merhaba,\n\n{words}{BYE}")
    for name, words in AFTER_THE_SIGNATURE.items():
        held(f"after-{name}", f"Sayın Yetkili,\n\n{words}")
    for name, (title, words) in TITLE_ALONE.items():
        held(f"title-{name}", words, title=title, shows=[words.partition("\n")[0]] if words else [])
    for name, words in UNSEEN.items():
        mime, body = html(words)
        held(f"html-{name}", body, mime=mime)
    for name, (plain, page) in TWO_FORMS.items():
        mime, both = multipart((PLAIN, plain), html(page), kind="alternative")
        held(f"forms-{name}", both, mime=mime)
    for name, (words, owner) in OF_ANOTHER.items():
        held(f"another-{name}", f"Sayın Yetkili,\n\n{words}{BYE}", owner=owner)
    for name, words in NOT_TIED.items():
        held(f"untied-{name}", f"Sayın Yetkili,\n\n{words}{BYE}", extra="")
