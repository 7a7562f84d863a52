"""A kind of mail is one row: whole in itself, and at one with the steps, the reader and every screen."""

import ast
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from string import Formatter

import pytest

from correspondence.incoming.belief import BELIEVED_AS
from correspondence.reading.extraction import ExtractedFields
from correspondence.reading.kinds import KIND_OF_MOVE, KINDS, Kind, KindSpec, staff_rule_choices
from journal.parties import Party
from onboarding.mail.labels import EXTRACTED
from onboarding.mail.labels import KINDS as LABELS
from onboarding.steps import BY_KEY
from tests.test_house import PACKAGES, ROOT, imports, modules

EACH_KIND = pytest.mark.parametrize("spec", [pytest.param(spec, id=kind) for kind, spec in KINDS.items()])
FIELDS = {field.name for field in fields(ExtractedFields)}
HOME = ROOT / "correspondence" / "reading" / "kinds.py"
HOME_MODULE = "correspondence.reading.kinds"


def test_every_kind_has_one_row() -> None:
    assert list(KINDS) == [spec.kind for spec in KINDS.values()]
    assert set(KINDS) == set(Kind)
    assert list(LABELS) == list(Kind)


@EACH_KIND
def test_a_row_is_whole(spec: KindSpec) -> None:
    assert spec.label
    assert len(spec.label) <= 40, "it stands in a column of a list"
    assert bool(spec.needs) == bool(spec.needs_example)
    # What says nothing to a step is either nobody's work or a person's.
    assert not (spec.moves and spec.filed_because)
    assert all(row.name and row.any_of for row in spec.rules)


@EACH_KIND
def test_each_move_is_in_the_tables_of_the_steps_and_open_to_who_says_it(spec: KindSpec) -> None:
    for step_key, move in spec.moves:
        assert spec.said_by in BY_KEY[step_key].move(move).by
    assert len({each.step_key for each in spec.moves}) == len(spec.moves), "one move a step, else which is meant?"
    assert spec.said_by in BELIEVED_AS


def test_a_move_is_what_one_kind_stands_for() -> None:
    assert len(KIND_OF_MOVE) == sum(len(spec.moves) for spec in KINDS.values())


def test_what_is_known_of_the_step_decides_between_two_moves() -> None:
    refused = KINDS[Kind.REFUSED]
    assert refused.move_at("") == ("status_query", "refuse")
    assert refused.move_at("package_contract") == ("status_query", "refuse")
    assert refused.move_at("partner_assignment") == ("partner_assignment", "refuse")
    assert KINDS[Kind.UNKNOWN].move_at("status_query") is None


@EACH_KIND
def test_each_extracted_field_exists(spec: KindSpec) -> None:
    assert set(spec.extracts) <= FIELDS
    assert spec.needs in {*spec.extracts, ""}
    asked = {name for _text, name, _spec, _conversion in Formatter().parse(spec.detail) if name}
    assert asked <= {*spec.extracts, *({"brand_count"} if "brands" in spec.extracts else ())}


def test_every_field_is_extracted_by_some_kind_and_named_to_people() -> None:
    assert {name for spec in KINDS.values() for name in spec.extracts} == FIELDS
    assert FIELDS - set(EXTRACTED) == {"bounced_ids", "bounced_to"}


@EACH_KIND
def test_a_move_that_needs_a_reason_finds_one_in_the_mail(spec: KindSpec) -> None:
    """From its remarks or, in a kind that has none, from the words that made its rule fire."""
    for step_key, move in spec.moves:
        if BY_KEY[step_key].move(move).reason_required:
            assert "remarks" in spec.extracts


def test_no_two_rules_have_the_same_name() -> None:
    names = [rule.name for spec in KINDS.values() for rule in spec.rules]
    assert len(names) == len(set(names))


def test_staff_teach_what_iys_says_alone() -> None:
    """Neither for what a company says, nor for what is known by its headers or known not at all."""
    offered = {value for value, _label in staff_rule_choices()}
    assert offered == set(Kind) - {Kind.BOUNCE, Kind.PACKAGE_REQUEST, Kind.UNKNOWN}
    assert all(KINDS[value].said_by is Party.IYS for value in offered)


def test_phrases_of_the_product_are_well_written() -> None:
    """Long enough to stand in no other mail, and with stars only where they mean something."""
    for rule in (rule for spec in KINDS.values() for rule in spec.rules):
        for words in (phrase.split() for phrase in (*rule.any_of, *rule.none_of)):
            assert sum(len(word.strip("*")) for word in words) >= 8, (rule.name, words)
            assert not any("*" in word.removesuffix("*") for word in words), (rule.name, words)
            assert "*" not in (words[0], words[-1]), (rule.name, words)


def names_of_kind(tree: ast.Module) -> set[str]:
    """Under which names a module knows `Kind`."""
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == HOME_MODULE
        for alias in node.names
        if alias.name == "Kind"
    }


def listed(node: ast.expr, names: set[str]) -> str:
    """The kind that an element of a literal stands for; empty when it stands for none."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in names:
        return node.attr.lower()
    if isinstance(node, ast.Constant) and node.value in list(Kind):
        return str(node.value)
    if isinstance(node, ast.Tuple) and node.elts:
        return listed(node.elts[0], names)
    return ""


def tables_of_kinds(file: Path) -> Iterator[set[str]]:
    tree = ast.parse(file.read_text())
    names = names_of_kind(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            elements = [key for key in node.keys if key is not None]
        elif isinstance(node, ast.Set | ast.Tuple | ast.List):
            elements = node.elts
        elif isinstance(node, ast.ClassDef):
            elements = [each.value for each in node.body if isinstance(each, ast.Assign)]
        else:
            continue
        found = {kind for each in elements if (kind := listed(each, names))}
        if len(found) > 2:
            yield found


def test_no_other_table_lists_kinds() -> None:
    elsewhere = {
        str(file.relative_to(ROOT)): found
        for file in modules(*PACKAGES)
        # The states of steps have names of their own, some of them the same words.
        if file != HOME and not {"migrations", "steps", "coming_next.py"} & set(file.parts)
        for found in tables_of_kinds(file)
    }
    assert elsewhere == {}


def test_a_table_of_kinds_would_be_found(tmp_path: Path) -> None:
    file = tmp_path / "some.py"
    file.write_text(
        f"from {HOME_MODULE} import Kind as K\n"
        "A = {K.OFFER: 1, K.REFUSED: 2, K.UNKNOWN: 3}\n"
        'B = ["offer", "refused", "bounce"]\n'
        'class C:\n    OFFER = "offer", "x"\n    REFUSED = "refused", "y"\n    BOUNCE = "bounce", "z"\n'
        "D = {K.OFFER: 1}\n"
    )
    assert len(list(tables_of_kinds(file))) == 3
    assert HOME_MODULE in imports(ROOT / "onboarding" / "mail" / "applying.py"), "the table is still called so"
