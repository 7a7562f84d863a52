"""The copy of the keys: opened by its passphrase, and by nothing else."""

from pathlib import Path

import pytest

from backups import keys

VALUES = {"SECRET_KEY": "gizli", "FIELD_KEYS": "bir,iki"}


def test_the_copy_gives_the_lines_of_the_env_file_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "keys.json"
    copy.write_bytes(keys.sealed_copy(VALUES, "parola"))
    monkeypatch.setenv("BACKUP_PASSPHRASE", "parola")
    assert keys.main([str(copy)]) == 0
    assert capsys.readouterr().out == "SECRET_KEY=gizli\nFIELD_KEYS=bir,iki\n"


@pytest.mark.parametrize("passphrase", ["", "Parola", "baska"])
def test_no_other_passphrase_opens_it(
    tmp_path: Path, passphrase: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "keys.json"
    copy.write_bytes(keys.sealed_copy(VALUES, "parola"))
    monkeypatch.setattr(keys, "getpass", lambda _asked: passphrase)
    monkeypatch.delenv("BACKUP_PASSPHRASE", raising=False)
    assert keys.main([str(copy)]) == 1
    assert "does not open" in capsys.readouterr().err


def test_nothing_of_a_key_stands_in_the_copy_or_in_its_marks() -> None:
    copy = keys.sealed_copy(VALUES, "parola").decode()
    assert not [value for value in ("gizli", "bir", "iki") if value in copy]
    assert keys.mark("bir") != keys.mark("iki")
    assert keys.name_of_copy(VALUES) != keys.name_of_copy({**VALUES, "FIELD_KEYS": "bir"})


def test_a_seal_is_of_its_content_and_its_key() -> None:
    said = keys.seal(b"manifest", "eski")
    assert keys.is_sealed_by(b"manifest", said, ["yeni", "eski"])
    assert not keys.is_sealed_by(b"manifest ", said, ["yeni", "eski"])
    assert not keys.is_sealed_by(b"manifest", said, ["yeni"])
