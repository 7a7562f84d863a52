"""What support types, and what it must find.

Written before the code that reads it; one row was wrong ("nci" begins no word). Each row is what is typed
and the nicknames of what is found, exactly: a nickname that is missing must not be found.
"""

# nickname: what the tests make of it (see tests/finding/people.py)
COMPANIES = {
    "isil": {"title": "IŞIL ÇİÇEKÇİLİK SANAYİ VE TİCARET ANONİM ŞİRKETİ"},
    "incir": {"title": "İNCİR GIDA SAN. VE TİC. LTD. ŞTİ."},
    "inci": {"title": "İnci Kuyumculuk A.Ş."},
    "sekerci": {"title": "Şekerci Öğüt & Oğulları Ltd.Şti."},
    "ag": {"title": "Yeşil-Ağ Bilişim AŞ"},
    "kagit": {"title": "Kâğıthane Matbaacılık Limited Şirketi"},
    "sole": {"title": "Gülsüm ILGAZ"},
    "digits": {"title": "3K 1923 Yapı Kooperatifi"},
    "dotted": {"title": "T.M.S. Lojistik A. Ş."},
}

# (what is typed, who is found by it)
TITLES: list[tuple[str, set[str]]] = [
    ("IŞIL", {"isil"}),
    ("ışıl", {"isil"}),
    ("isil", {"isil"}),
    ("işil", {"isil"}),
    ("Isıl", {"isil"}),
    ("ISIL CICEKCILIK", {"isil"}),
    ("çiçekçilik ışıl", {"isil"}),
    ("çiçek", {"isil"}),
    ("çekçi", set()),  # the middle of a word: words are found from their beginning
    ("ışıl anonim şirketi", {"isil"}),
    ("ışıl a.ş.", {"isil"}),
    ("ışıl aş", {"isil"}),
    ("ışıl A. Ş.", {"isil"}),
    ("IŞIL ÇİÇEKÇİLİK SAN. VE TİC. A.Ş.", {"isil"}),
    ("ışıl çiçekçilik san tic", {"isil"}),
    ("ışıl limited şirketi", set()),  # what it is not
    ("incir", {"incir"}),
    ("İNCİ", {"incir", "inci"}),
    ("inci", {"incir", "inci"}),
    ("INCI", {"incir", "inci"}),
    ("İnci̇", {"incir", "inci"}),  # i with a combining dot, as lower("İ") writes it
    ("inci kuyumculuk", {"inci"}),
    ("incir gıda ltd şti", {"incir"}),
    ("incir gıda ltd. şti.", {"incir"}),
    ("incir gida limited sirketi", {"incir"}),
    ("İNCİR GIDA SANAYİ VE TİCARET LİMİTED ŞİRKETİ", {"incir"}),
    ("incir a.ş.", set()),
    ("seker", {"sekerci"}),
    ("ŞEKERCİ", {"sekerci"}),
    ("öğüt", {"sekerci"}),
    ("ogut", {"sekerci"}),
    ("OGUT OGULLARI", {"sekerci"}),
    ("şekerci öğüt ve oğulları", {"sekerci"}),  # & is "ve"
    ("yesil ag", {"ag"}),
    ("yeşil-ağ", {"ag"}),
    ("yeşil ağ bilişim a.ş.", {"ag"}),
    ("kagithane", {"kagit"}),
    ("kâğıthane", {"kagit"}),
    ("KAĞITHANE MATBAACILIK LTD.ŞTİ", {"kagit"}),
    ("ılgaz", {"sole"}),
    ("ILGAZ gülsüm", {"sole"}),
    ("gulsum ilgaz", {"sole"}),
    ("1923", {"digits"}),
    ("3k", {"digits"}),
    ("tms lojistik", {"dotted"}),
    ("t.m.s.", {"dotted"}),
    ("  inci   kuyumculuk  ", {"inci"}),
    ("“inci kuyumculuk”", {"inci"}),
    ("zeplin", set()),
    ("inci zeplin", set()),
    ("%", set()),
    ("_inci", {"incir", "inci"}),  # no wildcard: the sign is a gap between words
    ("_nci", set()),
    ("'; drop table", set()),
    ("", set()),
    ("   ", set()),
    ("\x00inci", {"incir", "inci"}),
]

# Numbers of the company "isil", and how they are typed. {…} is filled from the made rows.
NUMBERS: list[tuple[str, set[str]]] = [
    ("{vkn}", {"isil"}),
    ("{vkn_spaced}", {"isil"}),  # 123 456 78 90
    ("VKN: {vkn}", {"isil"}),
    ("vergi no {vkn}", {"isil"}),
    ("{vkn_begin}", {"isil"}),  # its first six figures
    ("{mersis}", {"isil"}),
    ("{mersis_dashed}", {"isil"}),  # 0123-4567-8900-0017
    ("mersis {mersis}", {"isil"}),
    ("{tckn_of_sole}", {"sole"}),
    ("TC {tckn_of_sole}", {"sole"}),
    ("{tckn_begin}", set()),  # of an identity number only the whole finds
    ("{reference}", {"isil"}),
    ("{reference_lower}", {"isil"}),
    ("{reference_bare}", {"isil"}),  # without P-
    ("{reference_hash}", {"isil"}),  # [P-7KQ4MX]
    ("{letters}", {"sole"}),  # one in four has no figure
    ("{letters_lower}", {"sole"}),
    ("{letters_bare}", {"sole"}),
    ("başvuru no {letters}", {"sole"}),
    ("ref: {letters_lower}", {"sole"}),
    ("{iys_number}", {"isil"}),
    ("{iys_code}", {"isil"}),
    ("İYS {iys_code}", {"isil"}),
    ("iyskod: {iys_code}", {"isil"}),
    ("{brand_code}", {"isil"}),
    ("brandkod {brand_code}", {"isil"}),
    ("{brand}", {"isil"}),
    ("{brand_lower}", {"isil"}),
    ("0532 123 45 67", {"isil"}),
    ("05321234567", {"isil"}),
    ("+90 532 123 45 67", {"isil"}),
    ("+905321234567", {"isil"}),
    ("905321234567", {"isil"}),
    ("532 123 4567", {"isil"}),
    ("0(532) 123-45-67", {"isil"}),
    ("0090 532 123 45 67", {"isil"}),
    ("ayse@isil-cicek.example", {"isil"}),
    ("AYSE@ISIL-CICEK.EXAMPLE", {"isil"}),
    ("<ayse@isil-cicek.example>", {"isil"}),
    ("Ayşe Öz <ayse@isil-cicek.example>", {"isil"}),
    ("ayse@", {"isil"}),
    ("@isil-cicek.example", {"isil"}),
    ("isil-cicek.example", {"isil"}),
    ("Işıl Çiçekçilik {vkn}", {"isil"}),
    ("ayşe öz 0532 123 45 67", {"isil"}),
    ("Gülsüm Ilgaz {tckn_of_sole}", {"sole"}),
    ("{vkn}zeplin balonculuk", {"isil"}),
    ("zeplin{vkn}", {"isil"}),
    ("{tckn_of_sole}zeplin", {"sole"}),
    ("kep@isil-cicek.example", set()),
    ("9999999999", set()),
    ("P-ZZZZZZ", set()),
]
