"""Lists as offices keep them, read in a confined process: encodings, delimiters, workbooks, refusals."""

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from identifiers import Refused
from team.importing import sheets
from team.importing.columns import Field, guessed
from team.importing.limits import MOST_ROWS
from team.importing.opening import rows_of

HEADINGS = ["Ticaret Ünvanı", "Vergi Kimlik No", "E-posta"]
LINE = ["İnci Şeker Gıda A.Ş.", "6140881534", "ığ@inci.example"]


def csv(delimiter: str, encoding: str, before: str = "") -> bytes:
    text = "\r\n".join([delimiter.join(HEADINGS), delimiter.join(f'"{each}"' for each in LINE)])
    return f"{before}{text}\r\n\r\n".encode(encoding)


def xlsx(*rows: list[object], hidden_first: bool = False) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    if hidden_first:
        sheet.sheet_state = "hidden"
        sheet.append(["gizli"])
        sheet = book.create_sheet("Liste")
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1254", "utf-16"])
def test_a_csv_of_each_kind_is_the_same_list(delimiter: str, encoding: str) -> None:
    assert rows_of(csv(delimiter, encoding)) == [HEADINGS, LINE]


def test_excels_own_line_names_the_delimiter() -> None:
    assert rows_of(csv("|", "utf-8-sig", before="sep=|\r\n")) == [HEADINGS, LINE]


def test_a_workbook_gives_what_stands_in_its_first_sheet_that_is_seen() -> None:
    formula, number = "=1+1", 6140881534
    found = rows_of(xlsx([*HEADINGS], ["İnci Şeker", number, formula], [None], hidden_first=True))
    assert found == [HEADINGS, ["İnci Şeker", "6140881534", "=1+1"]]


def test_a_formula_is_text_in_a_csv_too() -> None:
    assert rows_of(b"Unvan;VKN\n=cmd|' /C calc'!A0;1\n")[1] == ["=cmd|' /C calc'!A0", "1"]


def test_lines_of_several_lengths_are_made_one() -> None:
    assert rows_of(b"a;b;c\nd;e\n;;\n") == [["a", "b", "c"], ["d", "e", ""]]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * (101 * 2**20))
    return out.getvalue()


def laughs() -> bytes:
    """A workbook whose sheet is an entity of entities."""
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    source, out = io.BytesIO(xlsx(["a"])), io.BytesIO()
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(out, "w") as packed:
        for each in before.namelist():
            content = before.read(each)
            if each.endswith("sheet1.xml"):
                content = f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]><worksheet>&a11;</worksheet>'.encode()
            packed.writestr(each, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: b"", "boş"),
        (lambda: b"\n\n;;\n", "yazılı satır yok"),
        (lambda: b"\xd0\xcf\x11\xe0old", "XLSX ya da CSV olarak kaydedin"),
        (lambda: b"PK\x03\x04broken", "okunamadı"),
        (lambda: b"a;b\n\x00\x81\x8d", "okunamadı"),
        (lambda: b"x" * (5 * 2**20 + 1), "en çok 5 MB"),
        (lambda: b"a;b\n" * (MOST_ROWS + 2), "en çok 5000 satır"),
        (lambda: b";".join([b"a"] * 41), "en çok 40 sütun"),
        (bomb, "çok büyüyor"),
        (laughs, "okunamadı"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(make: Callable[[], bytes], why: str) -> None:
    with pytest.raises(Refused, match=why):
        rows_of(make())


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("TİCARET UNVANI", Field.TRADE_NAME), ("Firma Adı", Field.TRADE_NAME), ("Şirket", Field.TRADE_NAME),
        ("VKN/TCKN", Field.TAX_NUMBER), ("Vergi No", Field.TAX_NUMBER), ("vergi kimlik nosu", Field.TAX_NUMBER),
        ("Vergi Dairesi", Field.TAX_OFFICE), ("E-Posta Adresi", Field.EMAIL), ("yetkili e-posta", Field.EMAIL),
        ("E-mail", Field.EMAIL), ("İletişim Numarası", Field.PHONE), ("GSM", Field.PHONE), ("Açıklama", None),
        ("", None),
    ],
)  # fmt: skip
def test_headings_are_known(heading: str, field: Field | None) -> None:
    assert guessed([heading]) == ({0: field} if field else {})


def test_no_field_is_guessed_twice() -> None:
    assert guessed(["Unvan", "Firma", "VKN"]) == {0: Field.TRADE_NAME, 2: Field.TAX_NUMBER}


@pytest.mark.parametrize(
    "headings",
    [
        ["Müşteri No", "Unvan"], ["Firma Kodu", "Ticari Unvan"], ["Firma E-postası", "Firma Unvanı"],
        ["Müşteri Temsilcisi", "Şirket Ünvanı"], ["Firma Telefonu", "Firma"], ["Firma VKN", "Müşteri Adı"],
        ["Müşteri No", "Müşteri"],
    ],
)  # fmt: skip
def test_what_only_sounds_like_the_trade_name_is_not_taken_for_it(headings: list[str]) -> None:
    assert [n for n, field in guessed(headings).items() if field == Field.TRADE_NAME] == [1]


@pytest.mark.parametrize(
    "after",
    [
        "".join(f"F{n};{n};x@x\n" for n in range(50)),
        "F1;1;x@x\n",
        "F1;1;x@x\nF2;2;x@x",
        'F1;1;x@x\n"F2";2;x@x\n',
        "bir\n" * 7,
        "a" * 2001,
        "a" * 200_000,
    ],
)
def test_an_open_quotation_mark_takes_no_lines_in(after: str) -> None:
    with pytest.raises(Refused, match=r"^3\. satırda kapanmamış"):
        sheets.read(f'Unvan;VKN;E-posta\nİnci;1;a@a\n"Güneş Gıda;1;a@a\n{after}'.encode())


def test_a_cell_of_several_lines_is_one() -> None:
    assert (
        sheets.read('Unvan;VKN;Adres\nİnci;1;"A Cad. 1;\nB Mah.\nİzmir"\n'.encode())[1][2]
        == "A Cad. 1; B Mah. İzmir"
    )


@pytest.mark.parametrize("first", ["sep=\t\r\n", "SEP=\t\n", "sep=\t\r"])
def test_the_delimiter_that_excel_names_may_be_a_tab(first: str) -> None:
    assert sheets.read(f"{first}A;B\tC\r\n1\t2\r\n".encode()) == [["A;B", "C"], ["1", "2"]]


def test_lines_may_end_as_on_an_old_mac() -> None:
    assert sheets.read(b"Unvan;VKN\rA;1\rB;2\r") == [["Unvan", "VKN"], ["A", "1"], ["B", "2"]]


def formatted(value: object, number_format: str) -> bytes:
    book = openpyxl.Workbook()
    book.active.append([value])
    book.active["A1"].number_format = number_format
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (123456789, "0000000000", "0123456789"), (123456789.0, "0000000000", "0123456789"),
        (123456789, "General", "123456789"), (123456789, "0", "123456789"), (123456789, "0.00", "123456789"),
    ],
)  # fmt: skip
def test_zeros_that_a_workbook_shows_are_part_of_the_number(value: object, number_format: str, text: str) -> None:
    assert sheets.read(formatted(value, number_format)) == [[text]]


def test_what_stands_far_below_is_refused_at_once() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Unvan"
    book.active["A1048576"] = "x"
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(Refused, match="art arda 5000 boş satır"):
        sheets.read(out.getvalue())
