"""What all identifiers have in common: any text is either cleaned or refused, and cleaning is final."""

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from identifiers import Refused, email, iys, kep, masking, mersis, passport, phone, places, tckn, vkn, web

ROOT = Path(__file__).resolve().parents[2]
CLEANERS: dict[str, Callable[[str], str]] = {
    "tckn": tckn.clean,
    "vkn": vkn.clean,
    "mersis": mersis.clean,
    "passport": passport.clean,
    "phone": phone.clean,
    "mobile": partial(phone.clean, mobile=True),
    "web": web.clean,
    "email": email.clean,
    "kep": kep.clean,
    "code": iys.clean_code,
    "application number": iys.clean_application_number,
    "province": places.clean_province,
}
TYPED = st.one_of(
    st.text(max_size=40),
    st.text("0123456789 .-+()", max_size=24),
    st.from_regex(r"[a-zıİş0-9.@:/\[\]?#-]{0,30}", fullmatch=True),
)


def outcome(clean: Callable[[str], str], text: str) -> tuple[str, str]:
    """The canonical form, and the sentence of the refusal: one of them is empty."""
    try:
        return clean(text), ""
    except Refused as refusal:
        return "", str(refusal)


@pytest.mark.parametrize("clean", CLEANERS.values(), ids=CLEANERS)
def test_any_text_is_cleaned_for_good_or_refused_with_a_sentence(clean: Callable[[str], str]) -> None:
    @settings(max_examples=400)
    @given(TYPED)
    def check(text: str) -> None:
        cleaned, sentence = outcome(clean, text)
        assert clean(cleaned) == cleaned if cleaned else len(sentence) > 20

    check()


def test_national_id_numbers_are_masked_in_running_text_and_other_numbers_are_not() -> None:
    text = "TCKN: 10000000146, sipariş 12345678901, MERSİS 1000000014600001, tel. 05550102030"
    assert masking.masked(text) == text.replace("TCKN: 10000000146", "TCKN: *******0146")


def test_identifiers_and_inspection_import_no_django() -> None:
    names = [f"identifiers.{file.stem}" for file in (ROOT / "identifiers").glob("[a-z]*.py")]
    program = f"import sys, {', '.join([*names, 'documents.inspection'])}; sys.exit('django' in sys.modules)"
    assert len(names) > 10
    assert subprocess.run([sys.executable, "-c", program], check=False, cwd=ROOT).returncode == 0
