"""Files put together by hand so that a signature seems to cover what it does not (USF, ISA, SWA and their like).

The attacks are those of Mladenov, Mainka and others, "1 Trillion Dollar Refund: How To Spoof PDF Signatures"
(2019) and "Shadow Attacks" (2021); the bytes are made here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.documents.papers.case import Case, Made, bad
from tests.documents.papers.desk import Desk, edited, issued, sheet
from tests.documents.papers.edits import contents_replaced, pages_of_another

# A revision's body that turns the first page's words into others, as a careless reader may find it.
EVIL = (
    b"\n900 0 obj\n<< /Type /Catalog /Pages 901 0 R >>\nendobj\n"
    b"901 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
)


@dataclass(frozen=True)
class Parts:
    """A signed file around its last signature: what is signed, the hexadecimal signature, what is signed again."""

    whole: bytes

    @property
    def place(self) -> re.Match[bytes]:
        return list(re.finditer(rb"/ByteRange ?\[ ?(\d+) (\d+) (\d+) (\d+) ?\]( *)", self.whole))[-1]

    @property
    def numbers(self) -> list[int]:
        return [int(each) for each in self.place.groups()[:4]]

    @property
    def head(self) -> bytes:
        return self.whole[: self.numbers[1]]

    @property
    def signature(self) -> bytes:
        return self.whole[self.numbers[1] : self.numbers[2]]

    @property
    def tail(self) -> bytes:
        return self.whole[self.numbers[2] :]

    def with_range(self, written: bytes) -> bytes:
        """Another ByteRange in the same room, so that nothing else moves."""
        room = self.place.end() - self.place.start()
        assert len(written) <= room
        return self.whole[: self.place.start()] + written.ljust(room) + self.whole[self.place.end() :]

    def with_signature(self, written: bytes) -> bytes:
        return self.head + written.ljust(len(self.signature)) + self.tail


def of_signed(change: Callable[[Parts], bytes]) -> Made:
    return lambda desk, paper: change(Parts(desk.sign(paper)))


def numbers(change: Callable[[list[int]], list[int]]) -> Made:
    def made(parts: Parts) -> bytes:
        return parts.with_range(b"/ByteRange [%s]" % b" ".join(b"%d" % each for each in change(parts.numbers)))

    return of_signed(made)


def range_written(written: bytes) -> Made:
    return of_signed(lambda parts: parts.with_range(written))


def signature_written(written: bytes) -> Made:
    return of_signed(lambda parts: parts.with_signature(written))


def wrapped(parts: Parts) -> bytes:
    """SWA: the range skips over the true tail, in which another date stands, to a copy of it at the file's end."""
    start = len(parts.whole) + len(EVIL)
    moved = parts.with_range(b"/ByteRange [0 %d %d %d]" % (len(parts.head), start, len(parts.tail)))
    changed = re.sub(rb"/M \(D(:|\\072)2\d\d\d", rb"/M (D\g<1>2001", moved)
    assert len(changed) == len(moved)
    assert changed != moved
    return changed + EVIL + parts.tail


def range_over_a_hole(parts: Parts) -> bytes:
    """The hole in the range is larger than the signature: the bytes behind it are not covered."""
    first, length, second, rest = parts.numbers
    return parts.with_range(b"/ByteRange [%d %d %d %d]" % (first, length, second + 40, rest - 40))


def page_freed(desk: Desk, paper: bytes) -> bytes:
    """A revision that takes the page's words out of the table, and adds nothing."""
    signed = desk.sign(paper)
    contents = re.findall(rb"/Contents (\d+) 0 R", paper) or [b"4"]
    last = int(re.findall(rb"startxref\s+(\d+)", signed)[-1])
    trailer = re.search(rb"/Root (\d+ 0 R)", signed)
    assert trailer
    at = len(signed) + 1
    size = max(int(each) for each in re.findall(rb"/Size (\d+)", signed))
    table = b"xref\n%s 1\n0000000000 00001 f \ntrailer\n<< /Size %d /Root %s /Prev %d >>\n" % (
        contents[-1],
        size,
        trailer[1],
        last,
    )
    return signed + b"\n" + table + b"startxref\n%d\n%%%%EOF\n" % at


def hidden_until_signed(desk: Desk, paper: bytes) -> bytes:
    """Shadow attack: other pages lie unseen in the file that is signed; a table at the end shows them."""
    other = edited(paper, pages_of_another)
    hidden = other[len(paper) :].rpartition(b"startxref")[0]
    signed = desk.sign(paper + b"%" + hidden.replace(b"\n", b"\n%") + b"\n" + paper[paper.rindex(b"startxref") :])
    return edited(signed, pages_of_another)


def older_revision_named(desk: Desk, paper: bytes) -> bytes:
    """The last startxref names the paper before its signature: shown is what nobody has signed."""
    start = re.findall(rb"startxref\s+(\d+)", paper)[-1]
    return desk.sign(paper) + b"startxref\n%s\n%%%%EOF\n" % start


def transplanted(desk: Desk, paper: bytes) -> bytes:
    """A sound signature of another paper in the place of this paper's."""
    stranger = Parts(desk.sign(issued(form="classic") + b"\n"))
    return Parts(desk.sign(paper)).with_signature(stranger.signature)


def sewn_on(desk: Desk, paper: bytes) -> bytes:
    """The issued paper with the whole of another signed file behind it."""
    return paper + desk.sign(sheet("Başka A.Ş."), field="Imza1")


def evil(written: bytes) -> Made:
    return lambda desk, paper: desk.sign(paper) + EVIL + written


BROKEN = "imza"
COVERS = "kapsa|imza bozuk|imza|bölüm"
APPENDED = "eklen|değiş|kapsa|imzadan sonra|bozuk|okunabilir"
TRAILER = b"trailer\n<< /Root 900 0 R /Size 902 >>\n"
TABLE = b"xref\n900 2\n0000000000 00000 n \n0000000060 00000 n \n"
FORGED: list[Case] = [
    bad("USF: no signature in its place", signature_written(b"<>"), BROKEN),
    bad("USF: a signature of nothing", signature_written(b"<00>"), BROKEN),
    bad(
        "USF: nothing but zeros",
        of_signed(lambda p: p.with_signature(b"<" + b"0" * (len(p.signature) - 2) + b">")),
    ),
    bad("USF: null in the signature's place", signature_written(b"null"), BROKEN),
    bad("USF: words in the signature's place", signature_written(b"(imza)"), BROKEN),
    bad(
        "USF: the signature under another name",
        of_signed(lambda p: p.head[:-10] + b"/Kontents " + p.signature + p.tail),
    ),
    bad("USF: no range", range_written(b""), BROKEN),
    bad("USF: a range of null", range_written(b"/ByteRange null"), BROKEN),
    bad("USF: an empty range", range_written(b"/ByteRange []"), BROKEN),
    bad("USF: a range of three numbers", numbers(lambda n: n[:3]), BROKEN),
    bad("USF: a range of words", range_written(b"/ByteRange (0 1 2 3)"), BROKEN),
    bad("USF: a range of zeros", range_written(b"/ByteRange [0 0 0 0]"), COVERS),
    bad("USF: a negative range", numbers(lambda n: [0, n[1], n[2], -n[3]]), COVERS),
    bad("USF: a range beyond the file", numbers(lambda n: [0, n[1], n[2], n[3] + 5000]), COVERS),
    bad("USF: the same part twice", numbers(lambda n: [0, n[1], 0, n[1]]), COVERS),
    bad("USF: the parts overlap", numbers(lambda n: [0, n[2], n[1], n[3]]), COVERS),
    bad("a range that does not begin at the beginning", numbers(lambda n: [9, n[1] - 9, n[2], n[3]]), COVERS),
    bad("a range with a larger hole", of_signed(range_over_a_hole), COVERS),
    bad("a range that ends early", numbers(lambda n: [0, n[1], n[2], n[3] - 40]), COVERS),
    bad("a range of the issued paper alone", numbers(lambda n: [0, 600, 600, 40]), COVERS),
    bad("SWA: a range over a copied tail", of_signed(wrapped), COVERS),
    bad("ISA: objects alone behind the end", evil(b""), APPENDED),
    bad("ISA: objects and an end", evil(b"%%EOF\n"), APPENDED),
    bad("ISA: objects and a trailer", evil(TRAILER + b"%%EOF\n"), APPENDED),
    bad("ISA: objects and a trailer that names the beginning", evil(TRAILER + b"startxref\n0\n%%EOF\n"), APPENDED),
    bad("ISA: objects, a table and a trailer", evil(TABLE + TRAILER + b"startxref\n9\n%%EOF\n"), APPENDED),
    bad("ISA: a sound revision", lambda d, p: edited(d.sign(p), contents_replaced), APPENDED),
    bad("ISA: a copy of the signed end", of_signed(lambda p: p.whole + EVIL + p.tail), APPENDED),
    bad("ISA: the page's words taken out of the table", page_freed),
    bad("shadow: pages hidden until signed", hidden_until_signed),
    bad("the paper before its signature named last", older_revision_named),
    bad("another paper's signature", transplanted, BROKEN),
    bad("another signed file sewn on", sewn_on),
    bad("cut in the middle of the signature", lambda d, p: d.sign(p)[: len(p) + 3000]),
    bad("cut before the end", lambda d, p: d.sign(p)[:-60]),
    bad("changed by one letter in what was issued", lambda d, p: d.sign(p).replace(b"/Type", b"/Tipe", 1)),
]
