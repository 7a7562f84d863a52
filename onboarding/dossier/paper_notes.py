"""What is said about a paper: that it cannot be read, is of another kind, or is somebody else's. PURE."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from documents.reading.papers import Outcome, Paper, Reading
from identifiers import masking

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
SCANNED = (
    "Taranmış ya da fotoğraflanmış belgeyi okuyamıyoruz; bilgileri siz yazın. Belgeniz geçerlidir."
)
STRANGE_LETTERS = "Bu PDF'in yazı tipi okunamıyor; bilgileri siz yazın. Belgeniz geçerlidir."
NOT_IN_THE_GAZETTE = "Bu gazetede firmanızın ilanını bulamadık; başka firmaların bilgilerini önermiyoruz."
SEVERAL = (
    "Bu {paper} birden çok vergi numarası içeriyor. Hangisi sizin, anlaşılmıyor; hiçbir bilgi önermedik."
)
UNTIED = "Bu {paper} üzerinde vergi numaranızı ya da unvanınızı bulamadık; bu yüzden bilgi önermedik."
_CHANGE = "Yanlış dosyayı seçtiyseniz yenisiyle değiştirin; doğruysa olduğu gibi kalabilir."


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence about the document of a kind; `warns` when something may be wrong."""

    kind: str
    text: str
    warns: bool = True

    @property
    def name(self) -> str:
        """Of the kind, in words."""
        return NAMES[Paper(self.kind)] if self.kind else ""


def notes(kind: str, reading: Reading, tax_number: str) -> list[Note]:
    """`kind` is what the document was handed in as; `tax_number` the company's, in full."""
    try:
        wanted = Paper(kind)
    except ValueError:
        return []
    return [
        Note(kind, *said) for said in (*_of_its_kind(wanted, reading), *_of_values(wanted, reading, tax_number))
    ]


def _of_its_kind(wanted: Paper, reading: Reading) -> Iterator[tuple[str, bool]]:
    if reading.outcome in (Outcome.NO_TEXT, Outcome.ILLEGIBLE):
        return
    if wanted in reading.seen or wanted in reading.mentioned:
        return
    name = NAMES[wanted]
    if reading.seen:
        yield f"Bu bir {name} değil, {NAMES[min(reading.seen)]} gibi görünüyor. {_CHANGE}", True
    else:
        yield f"Bu bir {name} gibi görünmüyor. {_CHANGE}", True


def _of_values(wanted: Paper, reading: Reading, tax_number: str) -> Iterator[tuple[str, bool]]:
    paper = NAMES.get(reading.paper, "")
    match reading.outcome:
        case Outcome.NO_TEXT if wanted in READ:
            yield SCANNED, False
        case Outcome.ILLEGIBLE if wanted in READ:
            yield STRANGE_LETTERS, False
        case Outcome.ANOTHERS if reading.paper is Paper.TAX_PLATE:
            if reading.other_number != tax_number:
                yield _anothers(reading.other_number, tax_number), True
        case Outcome.ANOTHERS:
            yield NOT_IN_THE_GAZETTE, True
        case Outcome.SEVERAL:
            yield SEVERAL.format(paper=paper), True
        case Outcome.UNTIED:
            yield UNTIED.format(paper=paper), True
        case Outcome.READ if reading.unclear:
            fields = ", ".join(LABELS[name] for name in reading.unclear)
            yield f"Bu {paper} şu bilgileri birden çok biçimde veriyor, önermedik: {fields}.", False
        case _:
            return


def _anothers(theirs: str, ours: str) -> str:
    return (
        f"Bu vergi levhasındaki vergi numarası ({masking.shown(theirs)}) firmanızınkinden ({masking.shown(ours)}) "
        "farklı; içindeki bilgileri önermedik. Doğru belgeyi yüklediğinize bakın; numaranız yanlışsa bize yazın."
    )
