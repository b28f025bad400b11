"""What the plan answered: the form each answer is kept in, and the answers that end the matter."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import a_case, write_case
from commands import files
from massage_claim.actions.answers import AnswerError, check, means_stop, normal_answer
from massage_claim.actions.verify_coverage import call_sheet, questions, verify_coverage
from massage_claim.errors import UsageProblem
from massage_claim.models.coverage import Coverage
from massage_claim.store.read import read_case
from massage_claim.writing.outline import as_text
from massage_claim.yamltext import Node

CALL: dict[str, Node] = {"date": "2026-03-01", "source": "call"}


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return write_case(tmp_path / "case", a_case(coverage=()))


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("yes-no", "Y", "yes"),
        ("yes-no", "NO", "no"),
        ("yes-no", "Yes, after the order", "Yes, after the order"),
        ("money", "$1,500", "1500.00"),
        ("money", "40.50", "40.50"),
        ("number", "40%", "40"),
        ("number", "12", "12"),
        ("date", "2026-01-01", "2026-01-01"),
        ("date", "01-01", "01-01"),
        ("text", "  GP on every line ", "GP on every line"),
    ],
)
def test_an_answer_is_kept_in_its_form(kind: str, typed: str, kept: str) -> None:
    assert normal_answer(kind, typed) == kept
    assert check(kind)(typed) is None


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("yes-no", "maybe"),
        ("yes-no", "no idea"),
        ("money", "-5"),
        ("money", "lots"),
        ("money", "1.5"),
        ("number", "ten"),
        ("date", "2026-02-30"),
        ("date", "13-01"),
        ("date", "January"),
        ("text", "  "),
        ("date", "2026-W01-1"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_without_quoting_it(kind: str, typed: str) -> None:
    with pytest.raises(AnswerError) as refused:
        normal_answer(kind, typed)
    assert not typed.strip() or typed not in refused.value.says
    assert check(kind)(typed) is not None


def test_which_answers_end_the_matter() -> None:
    assert means_stop("yes", "Yes, all of it")
    assert not means_stop("yes", "no")
    assert not means_stop("no", "unknown")
    assert not means_stop(None, "no")


def test_answers_are_kept_in_the_order_of_the_questions(case: Path) -> None:
    answers: dict[str, Node] = {"deductible": "$500", "coverage_active": "y", "out_of_network_benefit": "yes"}
    result = verify_coverage(case, {**CALL, "answers": answers}, options={})
    added = read_case(case).find(Coverage, "2026-03-01")
    assert added is not None
    assert list(added.answers.items()) == [
        ("coverage_active", "yes"),
        ("out_of_network_benefit", "yes"),
        ("deductible", "500.00"),
    ]
    assert any(line.startswith("3 of ") for line in result.says)
    assert sum(note.startswith("Still to ask the plan") for note in result.notes) == 4
    assert any("no promise" in note for note in result.notes)


def test_an_answer_that_ends_the_matter_is_said_plainly(case: Path) -> None:
    result = verify_coverage(case, {**CALL, "answers": {"massage_excluded": "yes"}}, options={})
    assert result.data["stops"] == ["massage_excluded"]
    assert any("you may stop here" in line for line in result.says)


def test_every_wrong_answer_is_named_and_nothing_written(case: Path) -> None:
    before = files(case)
    answers: dict[str, Node] = {"coverage_actve": "yes", "deductible": "lots", "massage_excluded": "perhaps"}
    with pytest.raises(UsageProblem) as refused:
        verify_coverage(case, {**CALL, "answers": answers}, options={})
    says = [problem.says for problem in refused.value.problems]
    assert len(says) == 3
    assert "coverage_active" in refused.value.problems[0].fix
    assert files(case) == before


def test_the_call_sheet_asks_everything_and_writes_nothing(case: Path) -> None:
    before = files(case)
    result = call_sheet(case)
    sheet = " ".join(as_text(result.blocks).split())
    asked = questions(case)
    assert [question.knock_out for question in asked[:6]] == [True] * 6
    assert all(" ".join(question.question.split()) in sheet for question in asked)
    assert all(question.id in sheet for question in asked)
    assert files(case) == before
