"""What was typed stands in the form's fields again as a browser would show it, and nowhere else."""

import pytest

from tenancy.refilling import refill

PAGE = """<main><form method="get" action="/a/"><input name="name" value="1"></form>
<form method="post" action="/b/"><input type="hidden" name="move" value="hold"><textarea name="reason"></textarea>
<button name="go" value="1">Git</button></form>
<form method="post" class="card"><input type="hidden" name="move" value="withdraw">
<input name="name" value="Eski &amp; dost"><input name="number" disabled value="7">
<input type="password" name="password"><input data-secret name="identity" value="">
<textarea name="reason">
önce</textarea>
<select name="city"><option value="">Seçin</option><option selected>İzmir</option>
<option value="Ağrı">A</option></select>
<input type="checkbox" name="box" value="a" checked><input type="checkbox" name="box" value="b">
<input type="checkbox" name="plain">
<input type="radio" name="one" value="1" checked><input type="radio" name="one" value="2">
</form><form method="post"><textarea name="reason"></textarea></form></main>"""


def note(*, lacks: bool) -> str:
    return f"<p>not {lacks}</p>"


def filled(*typed: tuple[str, str], action: str = "/here/", page: str = PAGE) -> str | None:
    return refill(page, at="/here/", action=action, typed=typed, note=note)


def test_every_kind_of_field_shows_what_was_typed() -> None:
    page = filled(
        ("move", "withdraw"),
        ("name", 'Kırmızı "Deniz" <b>'),
        ("reason", "bir\niki </textarea><script>"),
        ("city", "Ağrı"),
        ("box", "b"),
        ("plain", "on"),
        ("one", "2"),
    )
    assert page is not None
    assert '<input name="name" value="Kırmızı &quot;Deniz&quot; &lt;b&gt;">' in page
    assert "\nbir\niki &lt;/textarea&gt;&lt;script&gt;</textarea>" in page
    assert '<option value="Ağrı" selected>' in page
    assert "<option selected>" not in page
    assert (
        '<input type="checkbox" name="box" value="a"><input type="checkbox" name="box" value="b" checked>' in page
    )
    assert '<input type="checkbox" name="plain" checked>' in page
    assert 'name="one" value="1"><input type="radio" name="one" value="2" checked>' in page
    assert '<p>not True</p><form method="post" class="card">' in page


@pytest.mark.parametrize(
    "typed", [("password", "x"), ("identity", "12345678901"), ("number", "8"), ("move", "hold"), ("other", "x")]
)
def test_what_no_form_takes_changes_nothing(typed: tuple[str, str]) -> None:
    page = filled(("box", "a"), ("move", "withdraw"), typed)
    assert page is not None
    assert page.replace("<p>not True</p>", "") == PAGE


def test_of_forms_of_one_address_it_is_the_one_whose_button_was_pressed() -> None:
    start = '<form method="post" action="/m/"><textarea name="reason"></textarea>'
    two = f'{start}<input type="hidden" name="move" value="hold"></form>\n{start}<button name="move" value="stop">'
    page = filled(("reason", "çünkü"), ("move", "stop"), action="/m/", page=two)
    assert page is not None
    first, second = page.splitlines()[0], page.split("<p>not False</p>")[1]
    assert "çünkü" not in first
    assert "çünkü" in second


def test_what_is_folded_up_is_unfolded() -> None:
    folded = '<details open><details class="a"><form method="post"></form></details></details><details></details>'
    page = filled(page=folded)
    assert page == folded.replace('<details class="a">', '<details class="a" open><p>not False</p>')


def test_a_page_without_the_form_stays_as_it_is() -> None:
    assert filled(("name", "x"), action="/elsewhere/") is None


def test_lines_that_only_some_count_do_not_shift_anything() -> None:
    odd = '<p>a\u2028b\x0cc\x85</p>\n<form method="post"><input name="name" value=""></form>'
    page = filled(("name", "Ece"), page=odd)
    assert page is not None
    assert page.endswith('<form method="post"><input name="name" value="Ece"></form>')
    assert page.startswith("<p>a\u2028b\x0cc\x85</p>\n<p>not False</p>")
