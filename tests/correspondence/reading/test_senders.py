import pytest

from correspondence.reading.parsing import envelope

IYS, STRANGER = "onkayit@iys.org.tr", "kim@saldirgan.example"


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (IYS, ""),
        (f"<{IYS}>", ""),
        (f"İYS <{IYS}>", "İYS"),
        (f"{IYS} <{IYS}>", IYS),
        (f"{IYS.upper()} <{IYS}>", IYS.upper()),
        (f"'{IYS}' <{IYS}>", None),
        (f'"{IYS}" <{IYS}>', IYS),
        (f"{IYS} ({IYS}) <{IYS}>", None),
        (f"İYS, Ön Kayıt <{IYS}>", "İYS, Ön Kayıt"),
        (f"İYS: Ön Kayıt; <{IYS}>", None),
        (f"İYS [Ön Kayıt] <{IYS}>", "İYS [Ön Kayıt]"),
        (f'"İYS \\"Ön\\" Kayıt" <{IYS}>', 'İYS "Ön" Kayıt'),
        (f"=?utf-8?Q?=C4=B0YS?= <{IYS}>", "İYS"),
        (f"{IYS} (İYS)", "İYS"),
    ],
)
def test_a_name_may_be_any_text(value: str, name: str | None) -> None:
    head = envelope(f"From: {value}\n\n".encode())
    assert head.from_is_clear
    assert [each.email for each in head.senders] == [IYS]
    if name is not None:
        assert head.senders[0].name == name


@pytest.mark.parametrize(
    "value",
    [
        f"{STRANGER} <{IYS}>",
        f"{IYS} {STRANGER} <{IYS}>",
        f"kim @ saldirgan.example <{IYS}>",
        f"kim@ saldirgan.example <{IYS}>",
        f"{IYS}.example <{IYS}>",
        f"{STRANGER}, <{IYS}>",
        f"<{STRANGER}> <{IYS}>",
        f"{STRANGER} (x) <{IYS}>",
        f'İYS" <{IYS}>',
        f"İYS ( <{IYS}>",
        f"İYS \\ <{IYS}>",
        f"{IYS}, {IYS}",
        f"{IYS}>",
        f"<{IYS}> {STRANGER}",
        f"<{IYS}> Kim",
        f"İYS <{IYS}> <{IYS}>",
        f"İYS <@saldirgan.example:{IYS}>",
        f"İYS: <{IYS}>;",
        "İYS",
        "",
    ],
)
def test_a_second_address_or_a_broken_one_is_never_clear(value: str) -> None:
    assert not envelope(f"From: {value}\n\n".encode()).from_is_clear
