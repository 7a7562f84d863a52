"""What is said about a paper: it cannot be read, is of another kind, is somebody else's, stands for two. PURE."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from documents.reading.papers import Outcome, Paper, Reading
from identifiers import masking, turkish

LABELS: Mapping[str, str] = {
    "trade_name": "Ticaret unvanı",
    "mersis_number": "MERSİS numarası",
    "tax_number": "Vergi kimlik numarası",
    "tax_office": "Vergi dairesi",
    "province": "İl",
    "district": "İlçe",
    "address": "Adres",
}
NAMES: Mapping[Paper, str] = {
    Paper.TAX_PLATE: "vergi levhası",
    Paper.GAZETTE: "ticaret sicil gazetesi",
    Paper.SIGNATURE_CIRCULAR: "imza sirküleri",
    Paper.IDENTITY_CARD: "nüfus cüzdanı",
    Paper.CHAMBER_CERTIFICATE: "oda kayıt belgesi",
    Paper.UNDERTAKING: "taahhütname",
}
# From these values are read; of all others only what kind of paper they are.
READ = frozenset({Paper.TAX_PLATE, Paper.GAZETTE})


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence about the document of a kind, for the company and for support; `warns` when something may be
    wrong. Without a kind it is about several papers. `advice` is for whoever may exchange the document and was not
    asked to: beside the request it would say that the document may stay. `answered`: the company said that all is
    well.
    """

    kind: str
    fact: str
    for_support: str
    warns: bool = True
    advice: str = ""
    answered: bool = False

    @property
    def doubts(self) -> bool:
        """Whether the company has to look at the document again."""
        return self.warns and not self.answered

    @property
    def text(self) -> str:
        return f"{self.fact} {self.advice}".rstrip()

    def without_advice(self) -> "Note":
        return replace(self, advice="")

    @property
    def name(self) -> str:
        """Of the kind, as a line begins. Django's own filter would make “Imza” of “imza”."""
        words = NAMES[Paper(self.kind)] if self.kind else ""
        return turkish.begun(words)


Sentence = tuple[str, str, bool] | tuple[str, str, bool, str]
_CHANGE = "Yanlış dosyayı seçtiyseniz yenisiyle değiştirin; doğruysa olduğu gibi kalabilir."
_BY_HAND = "bilgileri siz yazın. Belgeniz geçerlidir."


def notes(kind: str, reading: Reading, tax_number: str) -> list[Note]:
    """`kind` is what the document was handed in as; `tax_number` the company's, in full."""
    try:
        wanted = Paper(kind)
    except ValueError:
        return []
    said = (*_of_its_kind(wanted, reading), *_of_values(wanted, reading, tax_number))
    return [Note(kind, *sentence) for sentence in said]


def same_file(kind: str, others: Iterable[str]) -> Note:
    """One and the same file stands for several papers; some companies do have one PDF with all in it."""
    named = " ve ".join(NAMES[Paper(each)] for each in others)
    said = f"Bu dosya {named} olarak da yüklendi."
    stays = "Yanlış dosyayı seçtiyseniz yenisiyle değiştirin; hepsi bu dosyadaysa olduğu gibi kalabilir."
    return Note(kind, said, said, advice=stays)


def too_few_pages(kind: str, name: str, made: int, handed_in: int) -> Note:
    """Of a paper that the portal made with more pages than came back signed.

    Two pages may be on one photo, so it is said and stops nothing.
    """
    said = f"Portalın hazırladığı {name} {made} sayfa, "
    mend = "Eksik sayfa varsa “Sayfa ekle” ile ekleyin; eksik yoksa olduğu gibi kalabilir."
    fact, for_support = f"{said}yüklediğiniz {handed_in} sayfa.", f"{said}yüklenen {handed_in} sayfa."
    return Note(kind, fact, for_support, advice=mend)


def disagreeing(field: str) -> Note:
    """Two papers say two things of it."""
    said = f"“{LABELS[field]}” belgelerinizde farklı yazıyor; doğrusunu siz yazın."
    return Note("", said, f"“{LABELS[field]}” belgelerde farklı yazıyor.")


def _of_its_kind(wanted: Paper, reading: Reading) -> Iterator[Sentence]:
    if reading.outcome in (Outcome.NO_TEXT, Outcome.UNREAD, Outcome.ILLEGIBLE):
        return
    if wanted in reading.seen or wanted in reading.mentioned:
        return
    said = f"Bu bir {NAMES[wanted]} gibi görünmüyor."
    if reading.seen:
        said = f"Bu bir {NAMES[wanted]} değil, {NAMES[min(reading.seen)]} gibi görünüyor."
    yield said, said, True, _CHANGE


def _of_values(wanted: Paper, reading: Reading, tax_number: str) -> Iterator[Sentence]:
    paper = NAMES.get(reading.paper, "")
    match reading.outcome:
        case Outcome.NO_TEXT if wanted in READ:
            said = "Taranmış ya da fotoğraflanmış belgeyi okuyamıyoruz"
            yield f"{said}; {_BY_HAND}", "Taranmış ya da fotoğraf; portal okuyamadı.", False
        case Outcome.UNREAD if wanted in READ:
            yield f"Bu belgeyi okuyamadık; {_BY_HAND}", "Portal belgeyi okuyamadı.", False
        case Outcome.ILLEGIBLE if wanted in READ:
            # From letters that mean nothing nobody can tell which of the two it is.
            said = f"Bu PDF'in yazısı okunamıyor ya da belge bir {NAMES[wanted]} değil."
            mend = "Yanlış dosyayı seçtiyseniz yenisiyle değiştirin; doğruysa bilgileri siz yazın."
            yield said, said, False, mend
        case Outcome.ANOTHERS if reading.paper is Paper.TAX_PLATE:
            if reading.other_number != tax_number:
                yield _anothers(masking.shown(reading.other_number), masking.shown(tax_number))
        case Outcome.ANOTHERS:
            said = "Bu gazetede firmanızın ilanını bulamadık; başka firmaların bilgilerini önermiyoruz."
            yield said, "Gazetede firmanın ilanı bulunamadı.", True
        case Outcome.SEVERAL:
            said = f"Bu {paper} birden çok vergi numarası içeriyor."
            yield f"{said} Hangisi sizin, anlaşılmıyor; hiçbir bilgi önermedik.", said, True
        case Outcome.UNTIED:
            said = f"Bu {paper} portalda okunamadı; yazdıklarınız geçerlidir. Doğru belge olduğuna bakmanız yeter."
            yield said, "Portal, firmanın vergi numarasını ya da unvanını belgede tanıyamadı.", False
        case Outcome.READ if reading.unclear:
            fields = ", ".join(LABELS[name] for name in reading.unclear)
            said = f"Bu {paper} şu bilgileri birden çok biçimde veriyor: {fields}."
            yield f"{said} Doğrusunu siz yazın.", said, False
        case _:
            return


def _anothers(theirs: str, ours: str) -> Sentence:
    said = (
        f"Bu vergi levhasındaki vergi numarası ({theirs}) firmanızınkinden ({ours}) farklı; içindeki bilgileri "
        "önermedik. Doğru belgeyi yüklediğinize bakın; numaranız yanlışsa bize yazın."
    )
    return said, f"Belgedeki vergi numarası ({theirs}) firmanınkinden ({ours}) farklı.", True
