"""Papers as programs sign them and as forgers change them: the good are taken, the others told what is wrong."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from documents.signatures.report import Outcome, Report
from documents.signatures.trust import Trust, from_folder
from documents.signatures.verifying import verify
from sandbox.authority import Authority
from tests.documents.papers.case import EITHER, NEVER_ALONE, Case
from tests.documents.papers.changed import CHANGED
from tests.documents.papers.desk import Desk, issued
from tests.documents.papers.forged import FORGED
from tests.documents.papers.good import FIELDS, GOOD
from tests.documents.papers.strangers import STRANGERS
from tests.documents.responder import responder

BAD = [*CHANGED, *FORGED, *STRANGERS]


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    authority = Authority.new()
    with responder(authority) as served:
        yield Desk(authority, f"{served.url}/crl")


@pytest.fixture(scope="module")
def trust(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Trust:
    folder: Path = tmp_path_factory.mktemp("trust")
    (folder / "root.pem").write_bytes(desk.authority.root.pem)
    return from_folder(folder)


def handed_in(case: Case, desk: Desk, trust: Trust, form: str = "as issued") -> Report:
    paper = issued(*case.people, form=form)
    return verify(case.made(desk, paper), paper, people=case.people, trust=trust, at=datetime.now(UTC))


def said(report: Report) -> str:
    return " ".join(check.sentence for check in report.checks if check.outcome is Outcome.FAILED)


def named(cases: list[Case]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", cases, ids=[case.name for case in cases])


def test_the_cases_have_names_of_their_own() -> None:
    names = [case.name for case in [*GOOD, *BAD]]
    assert len(set(names)) == len(names)


def check_taken(case: Case, desk: Desk, trust: Trust, form: str = "as issued") -> None:
    report = handed_in(case, desk, trust, form)
    assert report.accepted, said(report)
    assert {signer.identity for signer in report.signers} == {person.identity for person in case.people}


@named(GOOD)
def test_a_paper_that_was_only_signed_is_taken(case: Case, desk: Desk, trust: Trust) -> None:
    check_taken(case, desk, trust)


@pytest.mark.parametrize("form", ["classic", "packed"])
@named(FIELDS)
def test_a_paper_of_either_form_is_taken(case: Case, form: str, desk: Desk, trust: Trust) -> None:
    check_taken(case, desk, trust, form)


@named(BAD)
def test_what_is_wrong_with_a_paper_is_said(case: Case, desk: Desk, trust: Trust) -> None:
    report = handed_in(case, desk, trust)
    sentences = said(report)
    assert not report.accepted or (case.becomes == EITHER) or (case.becomes == NEVER_ALONE and report.undecided)
    if not report.accepted:
        assert [each for each in case.says if not re.search(each, sentences, re.IGNORECASE)] == [], sentences
        assert [each for each in case.says_not if re.search(each, sentences, re.IGNORECASE)] == [], sentences
