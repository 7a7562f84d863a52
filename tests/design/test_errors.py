import pytest
from django import forms

from design.templatetags.errors import in_summary
from design.templatetags.sentences import ended


@pytest.mark.parametrize(
    ("label", "error", "said"),
    [
        ("Kod", "Kod doğru değil.", "Kod doğru değil."),
        ("Şifre", "Şifreniz çok kısa.", "Şifre: Şifreniz çok kısa."),
        ("Vergi numarası", "Vergi numarasında bir rakam yanlış.", "Vergi numarasında bir rakam yanlış."),
        ("T.C. numarası (ya da pasaport)", "T.C. numarasında yanlış.", "T.C. numarasında yanlış."),
        ("İYSKod", "Kod 4 ile 15 hane arasında", "İYSKod: Kod 4 ile 15 hane arasında"),
        ("Hangi kanal?", "Birini seçin.", "Hangi kanal? Birini seçin."),
        ("Okudum, onaylıyorum.", "İşaretleyin.", "İşaretleyin."),
        ("A & B", "A & B boş olamaz.", "A & B boş olamaz."),
    ],
)
def test_a_field_is_named_once(label: str, error: str, said: str) -> None:
    form = forms.Form({})
    form.fields["it"] = forms.CharField(label=label, required=False)
    form.full_clean()
    form.add_error("it", error)
    assert in_summary(form["it"]) == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [("Unvan değişti", "Unvan değişti."), ("Olmadı. ", "Olmadı."), ("Neden?", "Neden?"), ("…", "…"), ("", "")],
)
def test_a_sentence_ends_once(typed: str, said: str) -> None:
    assert ended(typed) == said
