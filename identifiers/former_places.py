"""Names that provinces and districts had before, or have for short, and what they are called now. PURE.

Old papers, registers and habits still have them. Law 5747 of 2008 made districts within the metropolitan cities
and put Eminönü into Fatih, law 6360 of 2012 divided or named anew the central districts of fourteen provinces;
before and between, laws divided other centres and gave single places another name.
"""

from collections.abc import Mapping

PROVINCES: Mapping[str, str] = {
    "Afyon": "Afyonkarahisar",
    "Antep": "Gaziantep",
    "G.Antep": "Gaziantep",
    "İçel": "Mersin",
    "K.Maraş": "Kahramanmaraş",
    "Maraş": "Kahramanmaraş",
    "Ş.Urfa": "Şanlıurfa",
    "Urfa": "Şanlıurfa",
}
# By province: the former name, and every district of today that it may be in now.
DISTRICTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "Adana": {"Merkez": ("Çukurova", "Sarıçam", "Seyhan", "Yüreğir")},
    "Afyonkarahisar": {"Sincanlı": ("Sinanpaşa",)},
    "Ankara": {"Kazan": ("Kahramankazan",)},
    "Antalya": {
        "Kale": ("Demre",),
        "Merkez": ("Aksu", "Döşemealtı", "Kepez", "Konyaaltı", "Muratpaşa"),
    },
    "Aydın": {"Merkez": ("Efeler",), "Yenihisar": ("Didim",)},
    "Balıkesir": {"Merkez": ("Altıeylül", "Karesi")},
    "Bursa": {"M.Kemalpaşa": ("Mustafakemalpaşa",), "Merkez": ("Nilüfer", "Osmangazi", "Yıldırım")},
    "Denizli": {"Akköy": ("Pamukkale",), "Merkez": ("Merkezefendi", "Pamukkale")},
    "Diyarbakır": {"Merkez": ("Bağlar", "Kayapınar", "Sur", "Yenişehir")},
    "Erzurum": {"Ilıca": ("Aziziye",), "Merkez": ("Palandöken", "Yakutiye")},
    "Eskişehir": {"Merkez": ("Odunpazarı", "Tepebaşı")},
    "Gaziantep": {"Merkez": ("Şahinbey", "Şehitkamil")},
    "Hatay": {"Merkez": ("Antakya", "Defne")},
    "İstanbul": {"Eminönü": ("Fatih",), "Eyüp": ("Eyüpsultan",)},
    "Kahramanmaraş": {"Merkez": ("Dulkadiroğlu", "Onikişubat")},
    "Kayseri": {"Merkez": ("Kocasinan", "Melikgazi")},
    "Kocaeli": {"Merkez": ("Başiskele", "İzmit", "Kartepe")},
    "Konya": {"Konya Ereğlisi": ("Ereğli",), "Merkez": ("Karatay", "Meram", "Selçuklu")},
    "Malatya": {"Merkez": ("Battalgazi", "Yeşilyurt")},
    "Manisa": {"Merkez": ("Şehzadeler", "Yunusemre")},
    "Mardin": {"Merkez": ("Artuklu",)},
    "Mersin": {"Merkez": ("Akdeniz", "Mezitli", "Toroslar", "Yenişehir")},
    "Muğla": {"Merkez": ("Menteşe",)},
    "Ordu": {"Merkez": ("Altınordu",)},
    "Sakarya": {"Merkez": ("Adapazarı", "Arifiye", "Erenler", "Serdivan")},
    "Samsun": {"Merkez": ("Atakum", "Canik", "İlkadım"), "Ondokuzmayıs": ("19 Mayıs",)},
    "Siirt": {"Aydınlar": ("Tillo",)},
    "Şanlıurfa": {"Merkez": ("Eyyübiye", "Haliliye", "Karaköprü")},
    "Tekirdağ": {"M.Ereğlisi": ("Marmaraereğlisi",), "Merkez": ("Süleymanpaşa",)},
    "Trabzon": {"Merkez": ("Ortahisar",)},
    "Van": {"Merkez": ("Edremit", "İpekyolu", "Tuşba")},
    # Never its name, but how everybody tells it from the other two.
    "Zonguldak": {"Karadeniz Ereğli": ("Ereğli",), "Kdz. Ereğli": ("Ereğli",)},
}
