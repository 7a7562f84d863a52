"""Papers laid out as GİB's e-vergi levhası and TOBB's gazette are, with invented companies and people."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
from PIL import Image, ImageDraw

from documents.rendering import html_to_pdf
from tests.scenarios.factories import tckn, vkn

OURS, ANOTHERS, ACCOUNTANTS = vkn(1), vkn(2), vkn(3)
PERSON, ACCOUNTANT = tckn(1), tckn(2)
TITLE = "MAVİ DENİZ TURİZM VE TİCARET LİMİTED ŞİRKETİ"
STREET = "CUMHURİYET MAH. SİLAHŞÖR CAD. NO: 12 İÇ KAPI NO: 4"
SHEET = """
@page { size: A4 landscape; margin: 1.2cm }
body { font: 9pt DejaVu Sans } h1, .head { text-align: center; font-size: 13pt; margin: 0 }
table { width: 100%; border-collapse: collapse; margin-top: 8pt }
td, th { border: .5pt solid; padding: 3pt; text-align: left }
th { font-weight: bold; width: 14% } td { width: 36% }
"""


def pdf(body: str, style: str = SHEET) -> bytes:
    return html_to_pdf(f"<style>{style}</style>{body}")


@dataclass(frozen=True, slots=True)
class TaxPlate:
    """A vergi levhası. `below` stands under its tables."""

    name: str = ""
    title: str = TITLE
    address: str = f"{STREET} ŞİŞLİ/ İSTANBUL"
    office: str = "ŞİŞLİ"
    number: str = OURS
    identity: str = ""
    activity: str = "791201-TUR OPERATÖRÜ FAALİYETLERİ"
    below: str = ""
    heading: str = "VERGİ LEVHASI"
    style: str = ""

    @property
    def html(self) -> str:
        return f"""
<p class="head">T.C.<br>HAZİNE VE MALİYE BAKANLIĞI<br>GELİR İDARESİ BAŞKANLIĞI</p><h1>{self.heading}</h1>
<table>
<tr><th>ADI SOYADI</th><td>{self.name}</td><th>VERGİ DAİRESİ</th><td>{self.office}</td></tr>
<tr><th>TİCARET ÜNVANI</th><td>{self.title}</td><th>VERGİ KİMLİK NO</th><td>{self.number}</td></tr>
<tr><th>İŞ YERİ ADRESİ</th><td>{self.address}</td><th>TC KİMLİK NO</th><td>{self.identity}</td></tr>
<tr><th>VERGİ TÜRÜ</th><td>KURUMLAR VERGİSİ</td><th>İŞE BAŞLAMA TARİHİ</th><td>02.05.2016</td></tr>
<tr><th>ANA FAALİYET KODU VE ADI</th><td colspan="3">{self.activity}</td></tr>
</table>
<table><tr><th>TAKVİM YILI</th><th>BEYAN OLUNAN MATRAH</th><th>TAHAKKUK EDEN VERGİ</th></tr>
<tr><td>2023</td><td>1.234.567,89</td><td>308.641,97</td></tr>
<tr><td>2024</td><td>2.345.678,90</td><td>586.419,72</td></tr></table>
<p>ONAY KODU: 1A2B3C4D5E · ONAY ZAMANI: 12.05.2025 10:21:35</p>{self.below}"""

    def pdf(self) -> bytes:
        return pdf(self.html, SHEET + self.style)


def placed(*, below: float = 0, pitch: float = 22) -> bytes:
    """Each label and value at a place of its own, all labels first, as GİB's program writes them."""
    left = ("ADI SOYADI", "TİCARET ÜNVANI", "İŞ YERİ ADRESİ", "VERGİ TÜRÜ", "ANA FAALİYET KODU VE ADI")
    right = ("VERGİ DAİRESİ", "VERGİ KİMLİK NO", "TC KİMLİK NO", "İŞE BAŞLAMA TARİHİ")
    values = ("", TITLE, f"{STREET} ŞİŞLİ/ İSTANBUL", "KURUMLAR VERGİSİ", "791201-TUR OPERATÖRÜ FAALİYETLERİ")
    columns = ((10.0, 0.0, left), (430.0, 0.0, right), (120.0, below, values), (540.0, below, ("ŞİŞLİ", OURS)))
    cells = "".join(
        f'<div style="left: {x}pt; top: {40 + row * pitch + down}pt">{text}</div>'
        for x, down, texts in columns
        for row, text in enumerate(texts)
    )
    style = "div { position: absolute; white-space: nowrap; font-size: 8pt }"
    return pdf(f'<div style="left: 200pt; top: 0">VERGİ LEVHASI</div>{cells}', SHEET + style)


@dataclass(frozen=True, slots=True)
class Announcement:
    """One company's part of the gazette. Without `mersis` it is of the time before those numbers."""

    title: str = TITLE
    mersis: str = f"0{OURS}00015"
    address: str = "Cumhuriyet Mah. Silahşör Cad. No: 12 İç Kapı No: 4 Şişli/İstanbul"
    text: str = ""
    old_title: str = ""
    office: str = "İSTANBUL TİCARET SİCİLİ MÜDÜRLÜĞÜ'NDEN"

    @property
    def html(self) -> str:
        mersis = f"Mersis No: {self.mersis}<br>" if self.mersis else ""
        old = f"Eski Ticaret Unvanı:<br>{self.old_title}<br>" if self.old_title else ""
        filler = (
            "Yukarıda bilgileri verilen şirket ile ilgili olarak aşağıda belirtilen hususların, Türk Ticaret "
            "Kanununa uygun olarak 05.03.2024 tarihinde tescil edildiği ilan olunur. Tescil Edilen Hususlar: "
            "Genel Kurul İç Yönergesi. Tescile Delil Olan Belgeler: Genel kurul kararı, noter tasdikli."
        )
        return f"""<div class="one"><b>T.C. {self.office}</b><br>İlan Sıra No: 10412<br>{mersis}
Ticaret Sicil/Dosya No: 123456-5<br>Ticaret Unvanı:<br>{self.title}<br>{old}Adres: {self.address}
<p>{filler} {self.text}</p></div>"""


OTHERS = tuple(
    Announcement(
        title=f"{name} GIDA SANAYİ VE TİCARET ANONİM ŞİRKETİ",
        mersis=f"0{vkn(seed)}00017",
        address=f"Barbaros Mah. {name.title()} Sok. No: {seed} Bornova/İzmir",
        office="İZMİR TİCARET SİCİLİ MÜDÜRLÜĞÜ'NDEN",
    )
    for seed, name in enumerate(("PAPATYA", "LALE", "MENEKŞE", "SÜMBÜL", "NERGİS", "KARANFİL"), start=20)
)


def gazette(*announcements: Announcement, columns: int = 2, pages_before: int = 0) -> bytes:
    """Whole pages, in columns, under the head of each page."""
    style = f"""@page {{ size: A4; margin: 2cm 1cm 1cm;
  @top-center {{ content: "5 MART 2024 SAYI: 11035   TÜRKİYE TİCARET SİCİLİ GAZETESİ   SAYFA: " counter(page) }} }}
body {{ font: 7.5pt DejaVu Serif; text-align: justify; columns: {columns}; column-gap: 14pt }}
.one {{ margin-bottom: 8pt }} .page {{ break-after: page; height: 24cm; column-span: all }}"""
    before = "".join(f'<div class="page">{OTHERS[at % 6].html}</div>' for at in range(pages_before))
    return pdf(before + "".join(each.html for each in announcements), style)


def circular() -> bytes:
    return pdf(
        f"""<h1>İMZA SİRKÜLERİ</h1><p>İSTANBUL 12. NOTERLİĞİ, YEVMİYE NO: 04512</p>
<p>Şirketin ticaret unvanı: {TITLE}. Vergi Dairesi: ŞİŞLİ, Vergi Kimlik No: {OURS}. Şirketi her konuda münferiden
temsil ve ilzama yetkili müdür Defne Poyraz'ın imza örneği aşağıdadır. Mersis No: 0{OURS}00015.</p>"""
    )


def merged(*papers: bytes) -> bytes:
    whole = pikepdf.new()
    for each in papers:
        with pikepdf.open(io.BytesIO(each)) as one:
            whole.pages.extend(one.pages)
    return _saved(whole)


def turned(paper: bytes, degrees: int) -> bytes:
    """As a program turns pages that lie on their side."""
    with pikepdf.open(io.BytesIO(paper)) as document:
        for page in document.pages:
            page.rotate(degrees, relative=True)
        return _saved(document)


def drawn_sideways(paper: bytes) -> bytes:
    """The writing itself is turned, and the page with it, so that it is read as before."""
    with pikepdf.open(io.BytesIO(paper)) as document:
        for page in document.pages:
            _left, _low, width, height = (float(each) for each in page.mediabox)
            page.contents_add(f"q 0 1 -1 0 {height} 0 cm".encode(), prepend=True)
            page.contents_add(b"Q")
            page.mediabox = pikepdf.Array([0, 0, height, width])
            page.rotate(90, relative=True)
        return _saved(document)


def scan(text: bytes | None = None, *, over: bool = False) -> bytes:
    """A picture of a page; of `text` the words lie invisibly over it, or behind it with `over`."""
    picture = Image.new("L", (1240, 1754), 245)
    ImageDraw.Draw(picture).rectangle((100, 100, 1100, 1600), outline=30, width=4)
    out = io.BytesIO()
    picture.save(out, "JPEG")
    document = pikepdf.open(io.BytesIO(text)) if text else pikepdf.new()
    if not text:
        document.add_blank_page(page_size=(595, 842))
    for page in document.pages:
        _left, _low, width, height = (float(each) for each in page.mediabox)
        stream = pikepdf.Stream(
            document, out.getvalue(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1240,
            Height=1754, ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
        )  # fmt: skip
        name = page.add_resource(stream, pikepdf.Name.XObject)
        page.contents_add(f"q {width} 0 0 {height} 0 0 cm {name} Do Q".encode(), prepend=not over)
        if text and not over:
            _render(document, page, mode=3)
    return _saved(document)


def with_hidden(paper: bytes, hidden: bytes) -> bytes:
    """The words of `hidden` lie invisibly on the paper's first page."""
    with pikepdf.open(io.BytesIO(paper)) as document, pikepdf.open(io.BytesIO(hidden)) as other:
        _render(other, other.pages[0], mode=3)
        document.pages[0].add_overlay(other.pages[0], pikepdf.Rectangle(document.pages[0].mediabox))
        return _saved(document)


def _render(document: pikepdf.Pdf, page: pikepdf.Page, *, mode: int) -> None:
    found = []
    for each in pikepdf.parse_content_stream(page):
        found.append(each)
        if str(each.operator) == "BT":
            found.append(pikepdf.ContentStreamInstruction([mode], pikepdf.Operator("Tr")))
    page.Contents = document.make_stream(pikepdf.unparse_content_stream(found))


def wrong_letters(paper: bytes) -> bytes:
    """The font says of each glyph that it is another letter, as papers of careless programs do."""
    with pikepdf.open(io.BytesIO(paper)) as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
                table = item.ToUnicode.read_bytes().decode("ascii")
                item.ToUnicode = document.make_stream(
                    re.sub(r"(<[0-9a-fA-F]{4}> )<([0-9a-fA-F]+)>", _shifted, table).encode()
                )
        return _saved(document)


def _shifted(found: re.Match[str]) -> str:
    text = bytes.fromhex(found[2]).decode("utf-16-be")
    return f"{found[1]}<{''.join(chr(ord(each) + 29) for each in text).encode('utf-16-be').hex()}>"


def without_letters(paper: bytes) -> bytes:
    """The font does not say what its glyphs are."""
    with pikepdf.open(io.BytesIO(paper)) as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
                del item["/ToUnicode"]
        return _saved(document)


def _saved(document: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def many(announcements: Sequence[Announcement], at: int, one: Announcement) -> bytes:
    """A gazette of forty pages with `one` on page `at`."""
    each = [gazette(announcements[number % len(announcements)]) for number in range(len(announcements))]
    ours = gazette(one)
    return merged(*(ours if number == at else each[number % len(each)] for number in range(1, 41)))
