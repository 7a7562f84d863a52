"""Words of Turkish trade titles: what a firm is in law, what it does, how both are shortened. PURE.

A trade title has a name, the business in words, and the kind of company (Turkish Commercial Code 6102, articles 41
to 48). Everybody shortens the last two, and no two alike: İNŞ., TAAH., SAN. VE TİC. LTD. ŞTİ.
"""

# The kind of company. Two titles of different kinds are two companies, whatever their names are.
KINDS = frozenset(["anonim", "limited", "kollektif", "komandit", "kooperatif"])
# How kinds are shortened, besides A.Ş. and A.O.; and what stands beside the kind and says no more.
SHORT_KINDS = {
    "kol": "kollektif",
    "koll": "kollektif",
    "kom": "komandit",
    "koop": "kooperatif",
    "ltd": "limited",
    "ort": "ortaklığı",
    "şrk": "şirketi",
    "şti": "şirketi",
}
BESIDE_KINDS = frozenset(["şirketi", "ortaklığı", "sorumlu", "sınırlı"])
# Between other words; a title is the same with and without.
JOINING = frozenset(["ve"])
# Nearly every title has them, and they are the first to be left out.
FILLING = frozenset(["sanayi", "ticaret"])
_BUSINESS = """
acente acentelik ahşap akaryakıt aksesuar alet aletleri alüminyum ambalaj analiz araç aracılık araçları
araştırma arge arıtma asansör atık ayakkabı aydınlatma bakım balıkçılık basım baskı bayilik belgelendirme
besicilik beton bijuteri bilgi bilgisayar bilişim boru boya büro cam çelik çevre çiçekçilik cihaz cihazlar
cihazları çikolata çimento çözümleri dağıtım danışmanlık dayanıklı değirmencilik dekorasyon demir denetim
denizcilik depolama deri dericilik dernek dershane dış doğal doğalgaz döküm dokuma donanım dönüşüm eczacılık
eğitim eğlence elektrik elektromekanik elektronik elektroteknik emlak endüstri endüstriyel enerji et ev
fabrika fidancılık film finans fırıncılık fuarcılık gayrimenkul gaz gazetecilik geliştirme gemi gemicilik
gereçleri geri gıda gıdacılık giyim gözetim grup gübre gümrük gümrükleme güvenlik haberleşme hafriyat halı
harita hastane havacılık havalandırma hayvancılık hediyelik hijyen hırdavat hizmet hizmetleri holding hukuk
hurda iç içecek ihracat ihtiyaç iktisadi ilaç iletişim imalat inşaat inşaatçılık internet iplik ısıtma işleri
işletme işletmeciliği işletmecilik işletmeleri ithalat izolasyon jeneratör kablo kadastro kafe kağıt kalıp
kalite kaplama kargo kauçuk kaynak kereste kimya kimyasal kimyasallar kimyevi kiralama kırtasiye klima
konfeksiyon konserve kontrol köpük kozmetik kumaş kurumları kurye kuyumculuk laboratuvar lastik lojistik
lokanta maddeleri maden madencilik madenleri mağazacılık mağazaları makine makineleri malzeme malzemeleri
mamulleri market matbaa matbaacılık medikal medya mefruşat menkul merkezi mermer meşrubat metal mimarlık
mobilya mobilyacılık motor muhasebe mühendislik mümessillik müşavirlik müteahhitlik müzik nakış nakliyat
nakliye nakliyecilik nalburiye odun öğretim ölçüm onarım optik organizasyon orman örme ortaöğretim otelcilik
oto otomasyon otomobil otomotiv oyuncak parça parfümeri parke pastacılık pazarlama perakende perde petrokimya
petrol peyzaj planlama plastik pompa prefabrik prodüksiyon proje pvc radyo reklam reklamcılık rent restoran
saat sac sağlık sanayi satış savunma seramik sertifikasyon servis seyahat sigorta sigortacılık sinema sistem
sistemleri soğutma sondaj sosyal spor su süt taahhüt tanıtım tarım tarımsal tasarım taşıma taşımacılık taşıt
taşıtları tavukçuluk tedarik teknik teknoloji teknolojileri tekstil tekstilcilik telekomünikasyon televizyon
temizlik temsilcilik tesis tesisat tesisleri test tıbbi ticaret tohumculuk toptan triko tuhafiye tüketim
turistik turizm ulaşım uluslararası un unlu üretim ürün ürünleri vakıf vasıta vinç yağ yalıtım yapı yatırım
yatırımları yayın yayıncılık yazılım yedek yem yemek yönetim yönetimi yumurta yün ziraat zirai züccaciye
"""
BUSINESS = frozenset(_BUSINESS.split())
# A firm that has one of these in its title is seldom the one that has not: they make sister companies.
NEVER_LEFT_OUT = frozenset(["dernek", "dış", "grup", "holding", "iç", "iktisadi", "uluslararası", "vakıf"])
# One word in two spellings or endings.
SPELLINGS = {
    "acentası": "acente",
    "acentesi": "acente",
    "acenteliği": "acentelik",
    "derneği": "dernek",
    "grubu": "grup",
    "hizmetler": "hizmetleri",
    "kolektif": "kollektif",
    "kooperatifi": "kooperatif",
    "laboratuar": "laboratuvar",
    "limitet": "limited",
    "makina": "makine",
    "makinaları": "makineleri",
    "mühendisliği": "mühendislik",
    "müteahhitliği": "müteahhitlik",
    "ortaklık": "ortaklığı",
    "sanayii": "sanayi",
    "şirket": "şirketi",
    "taahhüdü": "taahhüt",
    "ticareti": "ticaret",
    "vakfı": "vakıf",
    "zücaciye": "züccaciye",
}
# Shortened without a dot as well. None of them is a word or a likely name.
UNDOTTED = frozenset(
    ["elk", "eğt", "ihr", "inş", "ith", "ltd", "mlz", "müh", "müş", "nak", "paz", "san", "şrk", "şti", "taah"]
) | frozenset(["teks", "tic", "tks", "trz"])
