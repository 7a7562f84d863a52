"""What support types amiss, from the middle of a word on, in one word or apart, and what it must find.

Written before the code that guesses. A row is what is typed, the nicknames of what begins so, and those of what is
guessed beside it, exactly.
"""

COMPANIES = {
    "one": {"title": "KUZEYRÜZGARI ENERJİ SANAYİ VE TİCARET A.Ş."},
    "two": {"title": "Kuzey Rüzgârı Turizm Ltd. Şti."},
    "gulsoy": {"title": "Gülsoylar İnşaat Taahhüt A.Ş."},
    "tree": {"title": "Özdemir Ağaç Ürünleri Limited Şirketi"},
    "figures": {"title": "Teknik34 Makine A.Ş."},
    "figure": {"title": "1923 Yapı Kooperatifi"},
    "baker": {"title": "Ali'nin Fırını Gıda Ltd. Şti."},
    "short": {"title": "Aba Et Süt Ltd. Şti."},
    "iron": {"title": "Iğdır Demir Çelik A.Ş."},
    "flower": {"title": "IŞIL ÇİÇEKÇİLİK A.Ş."},
}

AMISS: list[tuple[str, set[str], set[str]]] = [
    # the middle of a word
    ("rüzgar", {"two"}, {"one"}),
    ("RÜZGARI", {"two"}, {"one"}),
    ("rüzg", {"two"}, {"one"}),
    ("soylar", set(), {"gulsoy"}),
    ("çekçi", set(), {"flower"}),
    ("enerji rüzgar", set(), {"one"}),
    # one letter
    ("Kuzey Rüzgarri", set(), {"one", "two"}),
    ("Rüzgarri", set(), {"one", "two"}),
    ("kzuey rüzgarı", set(), {"one", "two"}),  # swapped
    ("Kuzye", set(), {"one", "two"}),
    ("ruzagri", set(), {"two"}),
    ("kuzeyruzagri", set(), {"one"}),
    ("güllsoylar", set(), {"gulsoy"}),  # one too many
    ("gülsolar", set(), {"gulsoy"}),  # one missing
    ("gilsoylar", set(), {"gulsoy"}),  # the key beside it
    ("gulsoylat", set(), {"gulsoy"}),
    ("hülsoylar", set(), {"gulsoy"}),  # the first one
    ("gülsiy", set(), {"gulsoy"}),  # of a beginning
    ("Özdemur ağaç", set(), {"tree"}),
    ("ozdemir agca", set(), {"tree"}),
    ("igdri demir", set(), {"iron"}),
    ("çiçekçillik", set(), {"flower"}),
    ("alinni fırını", set(), set()),  # two
    ("finini", set(), {"baker"}),
    ("gülsoylar taahut", set(), {"gulsoy"}),
    ("gülsoylar inş taahhüd a.ş.", set(), {"gulsoy"}),
    ("gülsolar ltd şti", set(), set()),  # what it is not
    # in one word, and apart
    ("kuzeyrüzgarı", {"one"}, {"two"}),
    ("kuzey rüzgarı", {"two"}, {"one"}),
    ("kuzey rüzgarı enerji", set(), {"one"}),
    ("kuzey rüzgarı turizm", {"two"}, set()),
    ("gül soylar", set(), {"gulsoy"}),
    ("özdemirağaç", set(), {"tree"}),
    # more than one error
    ("gilsoylat", set(), set()),
    ("zeplin", set(), set()),
    # short words: found as they are or not at all
    ("a", {"short", "tree", "baker"}, set()),
    ("ab", {"short"}, set()),
    ("ac", set(), set()),
    ("ava", set(), set()),
    ("sut", {"short"}, set()),
    ("sıt", set(), set()),
    ("oy", set(), set()),
    # figures are never guessed
    ("1924", set(), set()),
    ("9123", set(), set()),
    ("192", {"figure"}, set()),
    ("teknik34", {"figures"}, set()),
    ("teknik43", set(), set()),
    ("tekni34", set(), set()),
    ("34", set(), set()),
    ("1923 yapi", {"figure"}, set()),
    ("1923 yaip", set(), {"figure"}),
    ("1924 yapi", set(), set()),
    # what is no word
    ("a.ş.", set(), set()),
    ("A.Ş", set(), set()),
    ("ltd şti", set(), set()),
    ("%", set(), set()),
    ("%%%%%%", set(), set()),
    ("ku%y", set(), set()),  # no wildcards
    ("kuze_", {"one", "two"}, set()),
    ("kuz%y", set(), {"one", "two"}),  # a word that lacks a letter
    ("'", set(), set()),
    ("''; drop table finding_part; --", set(), set()),
    ('"kuzey"', {"one", "two"}, set()),
    ("\\kuzey\\", {"one", "two"}, set()),
    ("ali'nin", {"baker"}, set()),
    ("ali’nin firini", {"baker"}, set()),
    ("alinin firini", set(), {"baker"}),
    ("🌬🌬🌬🌬", set(), set()),
    ("🌬 kuzey 🌬", {"one", "two"}, set()),
    ("kuzey🌬ruzgari", {"two"}, {"one"}),
    ("k" * 400, set(), set()),
    ("kuzeyruzgari" * 33, set(), set()),
    (" ".join("kuzey" for _each in range(66)), {"one", "two"}, set()),
    ("?uzey", set(), {"one", "two"}),  # as "uzey": it is no mark of a gap
    ("?kuey", set(), {"one", "two"}),
    ("\x00kuzey", {"one", "two"}, set()),
    ("", set(), set()),
]
