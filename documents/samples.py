"""Sample legal texts, so that the portal can be tried. They are marked as samples and bind nobody."""

from datetime import date

from documents.models import PARTNER, LegalKind, LegalText

MARK = "ÖRNEK, hukuki metin değildir"

TEXTS: dict[LegalKind, tuple[str, str]] = {
    LegalKind.UNDERTAKING: (
        "İYS Temel Hizmetler Kullanım Taahhütnamesi",
        """İşbu taahhütname ile yukarıda bilgileri yer alan hizmet sağlayıcı, İleti Yönetim Sistemi'nin temel hizmetlerini kullanırken bu metinde yazılı koşullara uyacağını kabul ve taahhüt eder.

1. Hizmet sağlayıcı, başvuru sırasında verdiği bilgilerin ve eklediği belgelerin doğru ve güncel olduğunu, değişiklikleri gecikmeden bildireceğini kabul eder.

2. Hizmet sağlayıcı, ticari elektronik ileti göndereceği alıcıların onaylarını yürürlükteki mevzuata uygun olarak aldığını ve ispat yükümlülüğünün kendisine ait olduğunu kabul eder.

3. Hizmet sağlayıcı, kendisine verilen kullanıcı bilgilerini yetkisiz kişilerle paylaşmayacağını, bu bilgilerle yapılan işlemlerden sorumlu olduğunu kabul eder.

4. Hizmet sağlayıcı, alıcıların ret bildirimlerini süresi içinde uygulayacağını ve sisteme aktaracağını taahhüt eder.

5. Bu taahhütname, hizmet sağlayıcının imzaya yetkili temsilcisi tarafından imzalanarak verilmiştir.""",
    ),
    LegalKind.ASSIGNMENT_FORM: (
        "İş Ortağı Atama Formu",
        """Aşağıda bilgileri yer alan firmamız, İleti Yönetim Sistemi üzerinde ticari elektronik ileti onaylarının ve ret bildirimlerinin firmamız adına aktarılması ve güncel tutulması için aşağıda adı geçen iş ortağını yetkilendirmektedir.

Yetki, aşağıda belirtilen kanalları kapsar ve yazılı olarak geri alınana kadar geçerlidir.""",
    ),
    LegalKind.SALES_CONTRACT: (
        "İLETİ Hizmetleri Satış Sözleşmesi",
        """İşbu Sözleşme'yi kabul etmekle Şirket, Sözleşme konusu siparişi onayladığı takdirde sipariş konusu bedeli ve vergi gibi belirtilen ek ücretleri ödeme yükümlülüğü altına gireceğini ve bu konuda bilgilendirildiğini peşinen kabul eder.

2. Tanımlar
Canlı Ortam: İYS A.Ş. tarafından işletilen ve Mevzuat'ta yer alan İYS platformunun çalıştığı gerçek ortamı.
Hizmet Seviyesi Taahhütnamesi: İLETİ+ Hizmetleri için tanımlanan hizmet seviyesi taahhütlerini.
İLETİ Hizmeti: Entegrasyon Modülü'yle İYS'ye kolay erişim ve veri senkronizasyonu (Seviye 1) ve Canlı Ortam'a erişim hakkını.
İş Ortağı: API lisansı kullanımı ve Canlı Ortam'a erişim hakkı elde ederek kendi müşterilerine İYS entegrasyon hizmeti sunan gerçek veya tüzel kişiyi.
İYS: Ticari elektronik ileti onayı alınmasına, reddetme hakkının kullanılmasına ve şikayet süreçlerinin yönetilmesine imkan tanıyan ve İYS A.Ş. tarafından sağlanan tüm sistem, platform, internet sitesi, çağrı merkezi ve mobil uygulamaları kapsayan İleti Yönetim Sistemi'ni.
İYS API ("API"): İLETİ Hizmetleri'ne entegrasyon sağlamak üzere İYS A.Ş. tarafından sunulan uygulama programı arabirimi ve bununla bağlantılı belgeler, kütüphaneler ve bunlara ilişkin ileride sunulacak sürümler, iyileştirmeler, geliştirmeler, programlama düzeltmeleri, güncellemeler ve yükseltmeleri.

3. Konu
Bu sözleşme, Şirket'in seçtiği İLETİ paketi kapsamındaki hizmetlerin sunulmasına ve bedelinin ödenmesine ilişkin koşulları düzenler.

4. Hizmetin kapsamı
Paket, onaylı iletişim adreslerinin en büyük kanaldaki sayısına göre belirlenir. Sınır aşıldığında bir üst pakete geçilir.

5. Bedel ve ödeme
Bedel, teklifte yazılı tutardır ve ödeme sayfasında kart ile ödenir. Hizmet, ödemenin alınmasıyla tanımlanır.

6. Süre ve sona erme
Paket, teklifte yazılı süre boyunca geçerlidir. Süre bitmeden yenilenmeyen paket sona erer.

7. Uyuşmazlıklar
Bu sözleşmeden doğan uyuşmazlıklarda tarafların yerleşim yerindeki mahkemeler yetkilidir.""",
    ),
    LegalKind.DECLARATION_EXEMPT: (
        "Muaf kuruluş beyanı",
        "Sivil toplum kuruluşu, dernek ve İleti Yönetim Sistemi (İYS) kapsamına girmeyen kurum/kuruluş olarak "
        "e-posta gönderimi yapmaktayım.",
    ),
    LegalKind.DECLARATION_PARTNER: (
        "İş ortağı beyanı",
        f"Evet, İYS üzerinde firmamızı ({PARTNER}) entegratörüm olarak atadım.",
    ),
    LegalKind.DECLARATION_SELF_MANAGED: (
        "Sorumluluk beyanı",
        "Hayır, İYS veri aktarım süreçleri tarafımızca yönetilecek olup tüm sorumluluk firmamıza aittir.",
    ),
    LegalKind.DECLARATION_CORRECTNESS: (
        "Doğruluk beyanı",
        "Girilen bilgilerin doğruluğunu onaylar ve ispat yükümlülüğünün tarafıma ait olduğunu kabul ederim.",
    ),
    LegalKind.DISCLOSURE: (
        "Kişisel verilerin işlenmesi aydınlatma metni",
        "Başvurunuz sırasında verdiğiniz kişisel veriler, İYS kaydınızın yürütülmesi amacıyla işlenir ve başvurunun "
        "gerektirdiği ölçüde İleti Yönetim Sistemi A.Ş. ile paylaşılır.",
    ),
}


def load() -> int:
    """Adds the sample of each kind that has no text yet; returns how many were added."""
    there = set(LegalText.objects.filter(version=1).values_list("kind", flat=True))
    added = [
        LegalText(kind=kind, version=1, valid_from=date(2026, 1, 1), title=title, body=body, is_sample=True)
        for kind, (title, body) in TEXTS.items()
        if kind not in there
    ]
    LegalText.objects.bulk_create(added)
    return len(added)
