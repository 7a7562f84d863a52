"""What is read out of a paper, and what must not be: written from what such papers are, before any rule."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import pytest

from documents.caps import CAPS
from documents.inspection import JPEG, PDF
from documents.reading.asking import read
from documents.reading.papers import Ours, Outcome, Paper
from tests.documents.reading import samples
from tests.documents.reading.samples import (
    ACCOUNTANT,
    ACCOUNTANTS,
    ANOTHERS,
    OTHERS,
    OURS,
    PERSON,
    STREET,
    TITLE,
    Announcement,
    TaxPlate,
    gazette,
)

COMPANY = Ours(tax_number=OURS, trade_name="Mavi Deniz Turizm ve Ticaret Ltd. Şti.")
TRADER = Ours(tax_number=PERSON, trade_name="Ayşe Yıldız")
PLACE = {"province": "İstanbul", "district": "Şişli"}
NUMBER = {"tax_number": OURS}
PLATE = {**NUMBER, "trade_name": TITLE, "tax_office": "ŞİŞLİ", "address": STREET, **PLACE}
PRINTED = {
    **NUMBER,
    "mersis_number": f"0{OURS}00015",
    "trade_name": TITLE,
    "address": "Cumhuriyet Mah. Silahşör Cad. No: 12 İç Kapı No: 4",
    **PLACE,
}
TRADERS = TaxPlate(name="AYŞE YILDIZ", title="", number=OURS, identity=PERSON)
TRADERS_FOUND = {**PLATE, "trade_name": "AYŞE YILDIZ"}
LONG = (
    "MAVİ DENİZ TURİZM SEYAHAT ACENTELİĞİ ORGANİZASYON YAZILIM DANIŞMANLIK İNŞAAT SANAYİ "
    "VE TİCARET LİMİTED ŞİRKETİ"
)
FAR = "ATATÜRK MAH. 1453/2 SK. B BLOK NO: 12/A-3 KAT: 4 DAİRE: 17 MAVİ PLAZA SİTESİ GÜNEY GİRİŞİ YANI"


@dataclass(frozen=True, slots=True)
class Trap:
    make: Callable[[], bytes]
    found: Mapping[str, str] = field(default_factory=dict)
    outcome: Outcome = Outcome.READ
    paper: Paper = Paper.TAX_PLATE
    ours: Ours = COMPANY
    unclear: frozenset[str] = frozenset()


def without(found: Mapping[str, str], *names: str) -> dict[str, str]:
    return {name: value for name, value in found.items() if name not in names}


def plate(**values: str) -> Callable[[], bytes]:
    return TaxPlate(**values).pdf


def announced(*announcements: Announcement, columns: int = 2, pages_before: int = 0) -> Callable[[], bytes]:
    return lambda: gazette(*announcements, columns=columns, pages_before=pages_before)


TWICE = (
    Announcement(),
    Announcement(address="Barbaros Bulvarı No: 7 Beşiktaş/İstanbul"),
)
NOBODYS: dict[str, str] = {}
TRAPS: dict[str, Trap] = {
    "a company's": Trap(plate(), PLATE),
    "a sole trader's, known by the TCKN": Trap(TRADERS.pdf, {**TRADERS_FOUND, "tax_number": PERSON}, ours=TRADER),
    "a sole trader's, known by the VKN": Trap(TRADERS.pdf, TRADERS_FOUND, ours=replace(TRADER, tax_number=OURS)),
    "a sole trader's with a title of its own": Trap(
        plate(name="AYŞE YILDIZ", title="YILDIZ DANIŞMANLIK", identity=PERSON),
        {**PLATE, "trade_name": "YILDIZ DANIŞMANLIK"},
        ours=replace(TRADER, tax_number=OURS),
    ),
    "its TCKN is hidden and its VKN a bar code": Trap(
        plate(name="AYŞE YILDIZ", title="", number="", identity="123******89"),
        without(TRADERS_FOUND, "tax_number"),
        ours=TRADER,
    ),
    "a sole trader of another name, without a number to compare": Trap(
        plate(name="ALİ KAYA", title="", number="", identity=""), NOBODYS, Outcome.UNTIED, ours=TRADER
    ),
    "a sole trader is known by the TCKN, the paper has the VKN alone": Trap(
        plate(name="AYŞE YILDIZ", title="", number=OURS, identity=""), TRADERS_FOUND, ours=TRADER
    ),
    "another company's": Trap(
        plate(number=ANOTHERS, title="BAŞKA GIDA ANONİM ŞİRKETİ"), NOBODYS, Outcome.ANOTHERS
    ),
    "another number under our title": Trap(plate(number=ANOTHERS), NOBODYS, Outcome.ANOTHERS),
    "the accountant's number in the foot": Trap(
        plate(below=f"<p>SMMM Ali Kaya · Vergi Kimlik No: {ACCOUNTANTS} · TC Kimlik No: {ACCOUNTANT}</p>"), PLATE
    ),
    "the accountant's numbers in a box of their own": Trap(
        plate(
            below="<table><tr><td colspan='4'>MESLEK MENSUBUNUN (SMMM/YMM)</td></tr><tr><th>ADI SOYADI</th>"
            f"<td>ALİ KAYA</td><th>VERGİ DAİRESİ</th><td>KADIKÖY</td></tr><tr><th>TC KİMLİK NO</th>"
            f"<td>{ACCOUNTANT}</td><th>VERGİ KİMLİK NO</th><td>{ACCOUNTANTS}</td></tr></table>"
        ),
        PLATE,
    ),
    "the accountant's above the company's": Trap(
        plate(
            heading="VERGİ LEVHASI</h1><p>MESLEK MENSUBU</p><p>Adı Soyadı: ALİ KAYA<br>Vergi Kimlik No: "
            f"{ACCOUNTANTS}</p><p>MÜKELLEFİN</p><h1>"
        ),
        PLATE,
    ),
    "who approved it": Trap(
        plate(
            below="<p>Onaylayan Serbest Muhasebeci Mali Müşavir</p><p>Adı Soyadı: ALİ KAYA</p>"
            f"<p>T.C. Kimlik No: {ACCOUNTANT}</p><p>Vergi Kimlik No: {ACCOUNTANTS}</p>"
        ),
        PLATE,
    ),
    "the company is an accountant itself": Trap(
        plate(title="MAVİ DENİZ SERBEST MUHASEBECİ MALİ MÜŞAVİRLİK A.Ş.", activity="692001-MALİ MÜŞAVİRLİK"),
        {**PLATE, "trade_name": "MAVİ DENİZ SERBEST MUHASEBECİ MALİ MÜŞAVİRLİK A.Ş."},
    ),
    "two numbers for the company": Trap(
        plate(below=f"<p>VERGİ KİMLİK NO: {ANOTHERS}</p>"), NOBODYS, Outcome.SEVERAL
    ),
    "two companies' papers in one file": Trap(
        lambda: samples.merged(TaxPlate().pdf(), TaxPlate(number=ANOTHERS, title="LALE GIDA A.Ş.").pdf()),
        NOBODYS,
        Outcome.SEVERAL,
    ),
    "the same paper twice": Trap(lambda: samples.merged(TaxPlate().pdf(), TaxPlate().pdf()), PLATE),
    "of last year and of this, with other addresses": Trap(
        lambda: samples.merged(TaxPlate().pdf(), TaxPlate(address="BARBAROS BLV. NO: 7 BEŞİKTAŞ/ İSTANBUL").pdf()),
        without(PLATE, "address", "district"),
        unclear=frozenset({"address", "district"}),
    ),
    "several activities": Trap(
        plate(
            activity="791201-TUR OPERATÖRÜ FAALİYETLERİ<br>477801-HEDİYELİK EŞYA TİCARETİ<br>620101-BİLGİSAYAR "
            "PROGRAMLAMA FAALİYETLERİ<br>691001-VERGİ DANIŞMANLIĞI VE ADRES HİZMETLERİ"
        ),
        PLATE,
    ),
    "a title over two lines and an address over two": Trap(
        plate(title=LONG, address=f"{FAR} KADIKÖY/ İSTANBUL"),
        {**PLATE, "trade_name": LONG, "address": FAR, "district": "Kadıköy"},
    ),
    "labels at the top of high cells": Trap(
        plate(title=LONG, address=f"{FAR} KADIKÖY/ İSTANBUL", style="td, th { vertical-align: top }"),
        {**PLATE, "trade_name": LONG, "address": FAR, "district": "Kadıköy"},
    ),
    "no lines and little air between the rows": Trap(
        plate(title=LONG, style="td, th { border: 0; padding: 1pt; vertical-align: top }"),
        {**PLATE, "trade_name": LONG},
    ),
    "labels over their values": Trap(
        lambda: samples.pdf(
            "<h1>VERGİ LEVHASI</h1>"
            + "".join(
                f"<p style='margin: 6pt 0'><b>{label}</b><br>{value}</p>"
                for label, value in (
                    ("Ticaret Unvanı", TITLE),
                    ("Vergi Dairesi", "ŞİŞLİ"),
                    ("Vergi Kimlik Numarası", OURS),
                    ("Adresi", f"{STREET} ŞİŞLİ/ İSTANBUL"),
                    ("Vergi Türü", "Kurumlar Vergisi"),
                )
            )
        ),
        PLATE,
    ),
    "label and value in one line with a colon": Trap(
        lambda: samples.pdf(
            f"<h1>VERGİ LEVHASI</h1><p>Ticaret Unvanı: {TITLE}<br>Vergi Dairesi: ŞİŞLİ<br>Vergi Kimlik No : {OURS}"
            f"<br>İş Yeri Adresi: {STREET} ŞİŞLİ/ İSTANBUL<br>Vergi Türü: Kurumlar Vergisi</p>"
        ),
        PLATE,
    ),
    "values a little below their labels": Trap(lambda: samples.placed(below=5), PLATE),
    "values a little above their labels": Trap(lambda: samples.placed(below=-3), PLATE),
    "rows without any air": Trap(lambda: samples.placed(pitch=10), PLATE),
    "labels as the heads of columns": Trap(
        lambda: samples.pdf(
            "<h1>VERGİ LEVHASI</h1><table><tr><th>ADI SOYADI / UNVANI</th><th>VERGİ DAİRESİ</th>"
            f"<th>VERGİ KİMLİK NO</th></tr><tr><td>{TITLE}</td><td>ŞİŞLİ</td><td>{OURS}</td></tr></table>"
            f"<table><tr><th>İŞ YERİ ADRESİ</th></tr><tr><td>{STREET} ŞİŞLİ/ İSTANBUL</td></tr></table>"
        ),
        PLATE,
    ),
    "a number in groups": Trap(plate(number=f"{OURS[:3]} {OURS[3:6]} {OURS[6:]}"), PLATE),
    "a number with a wrong digit": Trap(
        plate(number=OURS[:-1] + str((int(OURS[-1]) + 1) % 10)), without(PLATE, "tax_number")
    ),
    "an empty title is not its neighbour's label": Trap(plate(title="", name=""), without(PLATE, "trade_name")),
    "an address without a place": Trap(
        plate(address="CUMHURİYET MAH. NO: 12"),
        {**without(PLATE, "province", "district"), "address": "CUMHURİYET MAH. NO: 12"},
    ),
    "an address whose district is another province's": Trap(
        plate(address=f"{STREET} ŞİŞLİ/ ANKARA"),
        {**without(PLATE, "district"), "address": f"{STREET} ŞİŞLİ", "province": "Ankara"},
    ),
    "a district by its old name": Trap(
        plate(address=f"{STREET} EYÜP/ İSTANBUL"), {**PLATE, "district": "Eyüpsultan"}
    ),
    "a district that has become several": Trap(
        plate(address=f"{STREET} MERKEZ/ ANTALYA"),
        {**without(PLATE, "district"), "address": f"{STREET} MERKEZ", "province": "Antalya"},
    ),
    "a district of the province's name": Trap(
        plate(address="FEVZİ ÇAKMAK CAD. NO: 3 DÜZCE MERKEZ / DÜZCE"),
        {**PLATE, "address": "FEVZİ ÇAKMAK CAD. NO: 3", "province": "Düzce", "district": "Merkez"},
    ),
    "a place in brackets": Trap(plate(address=f"{STREET} (ŞİŞLİ/İSTANBUL)"), PLATE),
    "a province before its district": Trap(plate(address=f"{STREET} İSTANBUL / ŞİŞLİ"), PLATE),
    "a country behind the place": Trap(plate(address=f"{STREET} ŞİŞLİ / İSTANBUL / TÜRKİYE"), PLATE),
    "a place without a slash": Trap(plate(address=f"{STREET} ŞİŞLİ İSTANBUL"), PLATE),
    "a firm whose name is a place": Trap(
        plate(title="İSTANBUL VERGİ DANIŞMANLIK ANONİM ŞİRKETİ"),
        {**PLATE, "trade_name": "İSTANBUL VERGİ DANIŞMANLIK ANONİM ŞİRKETİ"},
    ),
    "a name that no field takes": Trap(
        plate(title="MAVİ DENİZ https://mavi.example/a"), without(PLATE, "trade_name")
    ),
    "a title longer than the field": Trap(
        plate(title=" ".join(["MAVİ DENİZ TURİZM"] * 16)), without(PLATE, "trade_name")
    ),
    "letters set apart": Trap(plate(style="body { letter-spacing: 2.5pt; font-size: 7pt }"), PLATE),
    "İ as I and a dot": Trap(plate(title=TITLE.replace("İ", "I\u0307"), office="ŞI\u0307ŞLI\u0307"), PLATE),
    "soft hyphens and ligatures": Trap(
        plate(title="MAVİ TEK\u00adNO\u00adLO\u00adJİ O\ufb01s LİMİTED ŞİRKETİ"),
        {**PLATE, "trade_name": "MAVİ TEKNOLOJİ Ofis LİMİTED ŞİRKETİ"},
    ),
    "labels without Turkish letters": Trap(
        lambda: samples.pdf(
            TaxPlate()
            .html.replace("VERGİ KİMLİK NO", "VERGI KIMLIK NO")
            .replace("ÜNVANI", "UNVANI")
            .replace("VERGİ DAİRESİ", "VERGI DAIRESI")
            .replace("İŞ YERİ ADRESİ", "ISYERI ADRESI")
        ),
        PLATE,
    ),
    "turned by 90 degrees": Trap(lambda: samples.turned(TaxPlate().pdf(), 90), PLATE),
    "upside down": Trap(lambda: samples.turned(TaxPlate().pdf(), 180), PLATE),
    "written sideways": Trap(lambda: samples.drawn_sideways(TaxPlate().pdf()), PLATE),
    "words that nobody sees": Trap(
        lambda: samples.with_hidden(TaxPlate().pdf(), TaxPlate(number=ANOTHERS, title="GİZLİ A.Ş.").pdf()), PLATE
    ),
    "a scan": Trap(samples.scan, NOBODYS, Outcome.NO_TEXT, Paper.UNKNOWN),
    "a scan with the words of a program over it": Trap(
        lambda: samples.scan(TaxPlate().pdf()), NOBODYS, Outcome.NO_TEXT, Paper.UNKNOWN
    ),
    "a scan with the words of a program behind it": Trap(
        lambda: samples.scan(TaxPlate().pdf(), over=True), NOBODYS, Outcome.NO_TEXT, Paper.UNKNOWN
    ),
    "a font that lies about its letters": Trap(
        lambda: samples.wrong_letters(TaxPlate().pdf()), NOBODYS, Outcome.ILLEGIBLE, Paper.UNKNOWN
    ),
    "a font that does not say its letters": Trap(
        lambda: samples.without_letters(TaxPlate().pdf()), NOBODYS, Outcome.ILLEGIBLE, Paper.UNKNOWN
    ),
    "a signature circular": Trap(samples.circular, NOBODYS, Outcome.OTHER_PAPER, Paper.SIGNATURE_CIRCULAR),
    "a letter that speaks of the vergi levhası": Trap(
        lambda: samples.pdf(
            f"<p>İlgili makama, vergi levhası suretimiz ektedir. Ticaret unvanı: {TITLE}, Vergi Kimlik No: {OURS} "
            "Adres: Papatya Sok. No: 1 Çankaya/Ankara. Saygılarımızla, imza ve kaşe.</p>"
        ),
        NOBODYS,
        Outcome.OTHER_PAPER,
        Paper.UNKNOWN,
    ),
    "a gazette": Trap(announced(Announcement()), PRINTED, paper=Paper.GAZETTE),
    "a gazette in one column": Trap(announced(Announcement(), columns=1), PRINTED, paper=Paper.GAZETTE),
    "several companies' announcements, ours among them": Trap(
        announced(*OTHERS[:3], Announcement(), *OTHERS[3:], columns=3), PRINTED, paper=Paper.GAZETTE
    ),
    "a page full of announcements over two columns": Trap(
        announced(*OTHERS, *OTHERS, *OTHERS, Announcement(), *OTHERS), PRINTED, paper=Paper.GAZETTE
    ),
    "a gazette on its side": Trap(
        lambda: samples.drawn_sideways(gazette(*OTHERS, Announcement(), columns=4)), PRINTED, paper=Paper.GAZETTE
    ),
    "the end of an announcement, without its head": Trap(
        lambda: samples.pdf(
            "<p>TÜRKİYE TİCARET SİCİLİ GAZETESİ</p><p>(Baştarafı 12. sayfada) şirket müdürlüğüne seçilmiştir. "
            f"Mersis No: 0{OURS}00015</p>"
        ),
        NOBODYS,
        Outcome.UNTIED,
        Paper.GAZETTE,
    ),
    "an announcement of a branch beside ours": Trap(
        announced(
            Announcement(),
            Announcement(
                title=f"{TITLE} ANKARA ŞUBESİ", mersis=f"0{OURS}00022", address="Tunalı Cad. No: 3 Çankaya/Ankara"
            ),
        ),
        NUMBER,
        paper=Paper.GAZETTE,
        unclear=frozenset({"address", "district", "mersis_number", "province", "trade_name"}),
    ),
    "a gazette without us": Trap(announced(*OTHERS), NOBODYS, Outcome.ANOTHERS, Paper.GAZETTE),
    "forty pages, ours on the thirty-first": Trap(
        lambda: samples.many(OTHERS, 31, Announcement()), PRINTED, paper=Paper.GAZETTE
    ),
    "before there were MERSİS numbers": Trap(
        announced(*OTHERS[:2], Announcement(mersis="", office="İSTANBUL TİCARET SİCİLİ MEMURLUĞU'NDAN")),
        without(PRINTED, "mersis_number", "tax_number"),
        paper=Paper.GAZETTE,
    ),
    "our title under another number": Trap(
        announced(Announcement(mersis=f"0{ANOTHERS}00015")), NOBODYS, Outcome.ANOTHERS, Paper.GAZETTE
    ),
    "the old title beside the new": Trap(
        announced(Announcement(old_title="ESKİ UFUK TURİZM LİMİTED ŞİRKETİ")), PRINTED, paper=Paper.GAZETTE
    ),
    "the new title and address behind the old ones": Trap(
        announced(
            Announcement(
                title="ESKİ UFUK TURİZM LİMİTED ŞİRKETİ",
                address=f"Eski Sok. No: 1 Bornova/İzmir<br>Yeni Ticaret Unvanı: {TITLE}<br>Yeni Adres: "
                "Cumhuriyet Mah. Silahşör Cad. No: 12 İç Kapı No: 4 Şişli/İstanbul",
            )
        ),
        PRINTED,
        paper=Paper.GAZETTE,
    ),
    "a title without its label": Trap(
        lambda: samples.pdf(
            "<p>TÜRKİYE TİCARET SİCİLİ GAZETESİ</p><p>T.C. İSTANBUL TİCARET SİCİLİ MÜDÜRLÜĞÜ'NDEN<br>"
            f"İlan Sıra No: 12<br>Mersis No: 0{OURS}00015<br>Ticaret Sicil/Dosya No: 49606<br>{TITLE}<br>"
            f"Adres : {PRINTED['address']} Şişli/İstanbul<br>Yukarıda bilgileri verilen şirket</p>"
        ),
        PRINTED,
        paper=Paper.GAZETTE,
    ),
    "two announcements of ours with two addresses": Trap(
        announced(*TWICE),
        without(PRINTED, "address", "district"),
        paper=Paper.GAZETTE,
        unclear=frozenset({"address", "district"}),
    ),
    "another company and people in the text": Trap(
        announced(
            Announcement(
                text=f"Ortak LALE GIDA ANONİM ŞİRKETİ, Mersis No: 0{ANOTHERS}00015, Adres: Bornova/İzmir. "
                f"Türkiye uyruklu {PERSON} kimlik no'lu, Ankara / Çankaya adresinde ikamet eden Ali Kaya müdür."
            )
        ),
        PRINTED,
        paper=Paper.GAZETTE,
    ),
    "a title over lines in a narrow column": Trap(
        announced(*OTHERS[:2], Announcement(title=LONG), columns=3),
        {**PRINTED, "trade_name": LONG},
        paper=Paper.GAZETTE,
    ),
    "a number that is hidden": Trap(
        announced(Announcement(mersis="0******5800015")),
        without(PRINTED, "mersis_number", "tax_number"),
        paper=Paper.GAZETTE,
    ),
}


@pytest.mark.parametrize("name", TRAPS)
def test_what_is_read_and_what_is_left(name: str) -> None:
    trap = TRAPS[name]
    reading = read(trap.make(), PDF, trap.ours, caps=CAPS)
    found = {each.field: each.value for each in reading.found}
    assert (reading.paper, reading.outcome) == (trap.paper, trap.outcome), reading
    assert found == trap.found
    assert set(reading.unclear) == trap.unclear


TEXT = "<p>Şirketimizin genel kurulunun tescil edildiği ilan olunur. Müdür on yıl için seçilmiştir.</p>" * 3


@pytest.mark.parametrize(
    "heading",
    [
        "TİCARET SİCİLİ GAZETESİ",
        "TICARET SICIL GAZETESI",
        "Ticaret Sicil Gazetesi",
        "T İ C A R E T   S İ C İ L İ   G A Z E T E S İ",
        "TÜRKİYE<br>TİCARET SİCİLİ<br>GAZETESİ",
        "TÜRKİYE CUMHURİYETİ<br>TİCARET SİCİLİ<br>GAZETESİ",
        "Ticaret Sıcılı<br>Gazetesı",
    ],
)
def test_a_gazette_is_known_by_its_heading_alone(heading: str) -> None:
    reading = read(samples.pdf(f"<h1>{heading}</h1>{TEXT}"), PDF, COMPANY, caps=CAPS)
    assert reading.seen == {Paper.GAZETTE}
    assert reading.outcome == Outcome.UNTIED


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        ("<h1>İMZA<br>SİRKÜLERİ</h1>", {Paper.SIGNATURE_CIRCULAR}),
        (
            "<h1>FAALİYET BELGESİ</h1><table><tr><th>Ticaret Sicili Gazetesi</th><td>5 Mart 2024, 11035</td></tr>"
            "</table>",
            {Paper.CHAMBER_CERTIFICATE},
        ),
        (f"<p>Bu karar Ticaret Sicili Gazetesi'nde yayımlanır.</p>{TEXT}", set()),
    ],
)
def test_a_heading_is_known_where_it_is_broken_and_not_where_it_is_named(body: str, seen: set[Paper]) -> None:
    assert read(samples.pdf(body + TEXT), PDF, COMPANY, caps=CAPS).seen == seen


def test_each_value_says_where_it_stands() -> None:
    reading = read(samples.many(OTHERS, 31, Announcement()), PDF, COMPANY, caps=CAPS)
    assert {each.page for each in reading.found} == {31}


@pytest.mark.parametrize("payload", [b"%PDF-1.7\nnothing\n%%EOF", b"\xff\xd8\xff\xe0 no picture", b""])
def test_a_file_that_cannot_be_opened_is_one_that_was_not_read(payload: bytes) -> None:
    reading = read(payload, PDF, COMPANY, caps=CAPS)
    assert (reading.outcome, reading.found) == (Outcome.UNREAD, ())


def test_a_paper_that_takes_too_long_is_one_that_was_not_read() -> None:
    reading = read(TaxPlate().pdf(), PDF, COMPANY, caps=replace(CAPS, seconds=0.001))
    assert (reading.outcome, reading.found) == (Outcome.UNREAD, ())


def test_a_picture_has_no_words() -> None:
    assert read(b"", JPEG, COMPANY, caps=CAPS).outcome == Outcome.NO_TEXT


def test_another_companys_number_is_told_and_ours_is_not() -> None:
    assert read(TaxPlate(number=ANOTHERS).pdf(), PDF, COMPANY, caps=CAPS).other_number == ANOTHERS
    assert read(TaxPlate().pdf(), PDF, COMPANY, caps=CAPS).other_number == ""
