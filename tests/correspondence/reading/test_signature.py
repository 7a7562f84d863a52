"""What stands below a closing: a signature, or something that was still to be said."""

import pytest

from correspondence.reading.phrases import plain
from correspondence.reading.signature import is_signature_line
from correspondence.reading.understanding import Meaning, understand


@pytest.mark.parametrize(
    "line",
    [
        "Elif Karaçam",
        "Av. Elif Karaçam",
        "Müşteri Hizmetleri Uzmanı",
        "İş Ortakları Yöneticisi",
        "İleti Yönetim Sistemi A.Ş.",
        "TOBB",
        "Mustafa Kemal Mah. Dumlupınar Bulvarı No: 9 Kat 4",
        "—",
    ],
)
def test_a_signature(line: str) -> None:
    assert is_signature_line(plain(line), line)


@pytest.mark.parametrize(
    "line",
    [
        "Başvurunuz iptal edilmiştir",
        "Not: ödemeniz alınamadı",
        "Başvuru Birimi ret kararı",
        "Kaydınız silindi",
        "Maalesef Olmadı",
        "Lütfen belgenizi yenileyin",
        "Müşteri Hizmetleri Uzmanı başvurunuzu uygun bulmadı",
        "x" * 91,
    ],
)
def test_a_postscript(line: str) -> None:
    assert not is_signature_line(plain(line), line)


def test_a_name_counts_below_a_closing_alone() -> None:
    below, alone = understand("Saygılarımızla\nElif Karaçam"), understand("Elif Karaçam")
    assert [each.meaning for each in below.sentences] == [Meaning.HARMLESS, Meaning.HARMLESS]
    assert [each.meaning for each in alone.sentences] == [Meaning.UNKNOWN]
