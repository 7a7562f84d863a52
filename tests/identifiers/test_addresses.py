"""Dots and letters in addresses (RFC 5321, 4.1.2: a dot stands between two others, never at an end)."""

import pytest

from identifiers import Refused, email, kep
from tests.identifiers.test_refusals import outcome


@pytest.mark.parametrize(
    "local",
    [
        "a..b",
        "a...b",
        ".a",
        "a.",
        ".",
        "..",
        "a.b..c",
        ".a.b",
        "a.b.",
        "info..",
        "..info",
        "a@b",
        "",
        "a\u2024b",
        "a。b",
    ],
)
@pytest.mark.parametrize(
    ("clean", "domain"), [(email.clean, "firma.com.tr"), (kep.clean, "hs01.kep.tr")], ids=["e-mail", "KEP"]
)
def test_a_name_with_a_dot_too_many_is_refused(clean: object, domain: str, local: str) -> None:
    assert callable(clean)
    with pytest.raises(Refused) as refusal:
        clean(f"{local}@{domain}")
    assert len(str(refusal.value)) > 20


@pytest.mark.parametrize(
    "domain",
    [
        "firma..com",
        ".firma.com",
        "firma.com..tr",
        "-firma.com",
        "firma-.com",
        "firma",
        "firma.c",
        "firma .com",
        "com",
        "[127.0.0.1]",
        "127.0.0.1",
    ],
)
def test_a_domain_that_is_none_is_refused(domain: str) -> None:
    with pytest.raises(Refused):
        email.clean(f"info@{domain}")


@pytest.mark.parametrize("local", ["a.b", "a.b.c", "a-b", "a_b", "a+iys", "1", "a1.b2", "o'neil"])
def test_names_with_dots_between_are_taken(local: str) -> None:
    assert email.clean(f"{local}@Firma.COM.tr") == f"{local}@firma.com.tr"


@pytest.mark.parametrize(
    "local", ["ayşe", "çağrı", "ISIĞIN", "bilgı", "satış", "öztürk", "ünal", "İnfo", "a\u0327yse"]
)
@pytest.mark.parametrize(
    ("clean", "domain"), [(email.clean, "firma.com.tr"), (kep.clean, "hs01.kep.tr")], ids=["e-mail", "KEP"]
)
def test_turkish_letters_in_the_name_are_told(clean: object, domain: str, local: str) -> None:
    assert callable(clean)
    with pytest.raises(Refused, match="harf"):
        clean(f"{local}@{domain}")


@pytest.mark.parametrize(
    "written",
    ["info@firma.com.", "info@firma.com,", "info@firma.com;", "<info@firma.com>", "mailto:info@firma.com"],
)
def test_what_stands_around_an_address_in_a_sentence_never_stays(written: str) -> None:
    cleaned, sentence = outcome(email.clean, written)
    assert cleaned == "info@firma.com" or len(sentence) > 20
