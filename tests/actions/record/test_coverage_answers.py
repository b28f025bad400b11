"""What the plan answered: the form each answer is kept in, and the answers that end the matter."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from builders import TODAY, a_case, write_case
from commands import files
from massage_claim.actions.record.answer_forms import AnswerError, check, check_among, means_stop, normal_answer
from massage_claim.actions.record.coverage_answers import call_sheet, questions, verify_coverage
from massage_claim.actions.result import Result
from massage_claim.errors import UsageProblem
from massage_claim.models.coverage import Coverage
from massage_claim.store.read import read_case
from massage_claim.writing.outline import as_text
from massage_claim.yamltext import Node
from papers import today_is

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
        ("number", "No limit.", "none"),
        ("money", "none", "none"),
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


def test_the_call_sheet_asks_everything_and_writes_only_the_paper(case: Path) -> None:
    before = files(case)
    assert call_sheet(case, dry_run=True).written == ()
    assert files(case) == before
    result = call_sheet(case)
    sheet = " ".join(as_text(result.blocks).split())
    asked = questions(case)
    assert [question.knock_out for question in asked[:6]] == [True] * 6
    assert all(" ".join(question.question.split()) in sheet for question in asked)
    assert all(question.id in sheet for question in asked)
    after = files(case)
    assert set(after) - set(before) == {"out/papers/coverage_call_sheet.pdf"} == set(result.written)
    assert {name: after[name] for name in before} == before


def test_a_questions_number_on_the_sheet_stands_for_its_name(case: Path) -> None:
    verify_coverage(case, {**CALL, "answers": {"3": "no", "deductible": "500"}}, options={})
    added = read_case(case).find(Coverage, "2026-03-01")
    assert added is not None
    assert added.answers == {"massage_excluded": "no", "deductible": "500.00"}
    for twice in ({"3": "no", "massage_excluded": "no"}, {"0": "no"}, {"99": "no"}):
        with pytest.raises(UsageProblem):
            verify_coverage(case, {**CALL, "answers": dict(twice)}, options={})


@pytest.mark.parametrize(
    ("answers", "named", "says"),
    [
        (
            {"deductible": "500", "deductible_met": "600"},
            "deductible_met",
            "more of the deductible is met than there is",
        ),
        (
            {"in_network_deductible": "500.00", "in_network_deductible_met": "500.01"},
            "in_network_deductible_met",
            "more of the deductible is met than there is",
        ),
        ({"visit_limit": "20", "visits_used": "21"}, "visits_used", "more visits are used than are allowed"),
        ({"coinsurance": "101"}, "coinsurance", "a share above 100 per cent cannot be"),
    ],
)
def test_answers_that_cannot_be_are_refused_and_named(
    case: Path, answers: dict[str, Node], named: str, says: str
) -> None:
    before = files(case)
    with pytest.raises(UsageProblem) as refused:
        verify_coverage(case, {**CALL, "answers": answers}, options={})
    (problem,) = refused.value.problems
    assert problem.says == f"--answer {named}: {says}."
    assert files(case) == before
    by_id = {question.id: question for question in questions(case)}
    others = {name: answer for name, answer in answers.items() if name != named}
    assert check_among(by_id[named], others)(str(answers[named]))
    assert check_among(by_id[named], {})("0") is None


@pytest.mark.parametrize(
    "answers",
    [
        {"deductible": "500", "deductible_met": "500.00"},
        {"visit_limit": "none", "visits_used": "21"},
        {"deductible_met": "600"},
        {"coinsurance": "100"},
        {"dollar_limit": "no limit"},
    ],
)
def test_answers_that_can_be_are_taken(case: Path, answers: dict[str, Node]) -> None:
    assert verify_coverage(case, {**CALL, "answers": answers}, options={}).written


@pytest.mark.parametrize("source", ["call", "portal", "letter"])
def test_nobody_asked_in_the_future(case: Path, source: str) -> None:
    with today_is(TODAY), pytest.raises(UsageProblem) as refused:
        verify_coverage(case, {"date": "2026-03-21", "source": source}, options={"date": "--date"})
    assert refused.value.problems[0].says == "--date: the day is in the future."
    with today_is(TODAY):
        assert verify_coverage(case, {"date": "2027-01-01", "source": "booklet"}, options={}).written


def test_after_the_answers_the_verdict_and_the_payment_are_said(case: Path) -> None:
    answers: dict[str, Node] = {
        "coverage_active": "yes",
        "only_within_other_therapy": "no",
        "deductible": "500",
        "deductible_met": "350",
        "coinsurance": "40",
        "allowed_amount_97124": "28.00",
    }
    dry = verify_coverage_on(case, answers, dry_run=True)
    real = verify_coverage_on(case, answers, dry_run=False)
    for result in (dry, real):
        assert any(line.startswith("Outside the network, with a superbill.") for line in result.says)
        # 11 visits left; 3 units × 28.00 = 84.00; 924.00 − 150.00 = 774.00; 60 % = 464.40
        assert any("11 visits" in line and "$464.40" in line for line in result.says), result.says
        assert result.data["verdict"]["name"] == "out_of_network_superbill"  # type: ignore[index]
        assert result.data["worth"]["high"] == Decimal("464.40")  # type: ignore[index]
        assert result.findings == ()
    assert dry.data["verdict"] == real.data["verdict"]


def test_a_contradiction_is_pointed_out_at_once(case: Path) -> None:
    verify_coverage_on(case, {"massage_excluded": "yes", "deductible": "500"})
    again = verify_coverage_on(case, {"massage_excluded": "no", "deductible": "750"})
    says = [finding.says for finding in again.findings]
    assert sum("answered both yes and no" in line for line in says) == 1
    assert sum("two different numbers" in line for line in says) == 1
    assert again.code == 0
    assert again.data["verdict"]["name"] == "unknown_ask"  # type: ignore[index]


def test_answers_are_kept_even_when_another_record_cannot_be_read(case: Path) -> None:
    (case / "plan.yaml").write_text("kind: nonsense\n", encoding="utf-8")
    result = verify_coverage_on(case, {"massage_excluded": "no"})
    assert result.written == ("coverage/2026-03-01.yaml",)
    assert any("no verdict yet" in note for note in result.notes)
    assert "verdict" not in result.data


def verify_coverage_on(case: Path, answers: dict[str, Node], *, dry_run: bool = False) -> Result:
    with today_is(TODAY):
        return verify_coverage(case, {**CALL, "answers": answers}, options={}, dry_run=dry_run)
