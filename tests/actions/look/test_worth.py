"""`verify-coverage --worth`: the verdict first, the arithmetic line by line, and nothing without a number of visits and a price."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from builders import TODAY, a_case, a_coverage, a_plan, a_prescription, write_case
from commands import files, run
from massage_claim.actions.look.worth import lacking, refuse_price, refuse_visits, worth
from massage_claim.actions.result import Result
from massage_claim.errors import UsageProblem
from massage_claim.models.case import Case
from massage_claim.writing.outline import as_text
from papers import today_is

GOOD = {
    "coverage_active": "yes",
    "out_of_network_benefit": "yes",
    "massage_excluded": "no",
    "massage_therapist_accepted": "yes",
    "only_within_other_therapy": "no",
    "approval_or_order_first": "no",
    "deductible": "500.00",
    "deductible_met": "350.00",
    "coinsurance": "40",
    "allowed_amount_97124": "28.00",
}


def a_priced(answers: dict[str, str]) -> Case:
    return a_case(plan=a_plan(rules=None), coverage=(a_coverage(answers=answers),))


def shown(folder: Path, case: Case, **given: str) -> Result:
    with today_is(TODAY):
        return worth(write_case(folder / "case", case), **given)


def test_the_arithmetic_is_shown_line_by_line(tmp_path: Path) -> None:
    result = shown(tmp_path, a_priced({**GOOD, "copay": "10.00", "visit_limit": "10", "visits_used": "0"}))
    sum_shown = " ".join(as_text(result.blocks, 200).split())
    for line in (
        "11 visits at $96.00 $1,056.00",
        "Visits within the plan's limit 9",
        "Allowed for a visit (3 units at $28.00), at most its price $84.00",
        "Allowed in all $756.00",
        "Less the deductible still open ($500.00 less $350.00 met) -$150.00",
        "Left to share $606.00",
        "Less the copay, $10.00 a visit -$80.00",  # the first visit goes to the deductible whole
        "Less your share, 40% of each visit -$210.40",
        "The plan would pay $315.60",
    ):
        assert line in sum_shown, sum_shown
    notes = " ".join(result.notes)
    assert "You would keep paying $740.40 of $1,056.00 yourself." in notes
    assert "Besides, $150.00 would be credited to your deductible" in notes
    assert "Deductible: said on February 20, 2026 [coverage/2026-02-20.yaml:" in notes
    assert result.data["worth"]["arithmetic"]["low"]["paid"] == Decimal("315.60")  # type: ignore[index]


def test_when_nothing_is_paid_it_says_what_the_deductible_is_credited(tmp_path: Path) -> None:
    result = shown(tmp_path, a_priced({**GOOD, "deductible": "5000.00"}), visits="12", price="96.00")
    # 3 units × 28.00 = 84.00 a visit, 12 times
    assert "Even where nothing is paid, $1,008.00 would be credited" in " ".join(result.notes)
    assert any("$0.00" in line for line in result.says)


def test_a_range_has_two_columns_and_names_the_question_that_narrows_it(tmp_path: Path) -> None:
    answers = {name: text for name, text in GOOD.items() if name != "allowed_amount_97124"}
    result = shown(tmp_path, a_priced(answers), visits="12", price="$96")
    sum_shown = " ".join(as_text(result.blocks, 200).split())
    assert "At least At most" in sum_shown
    assert "The plan would pay $0.00 $601.20" in sum_shown
    notes = " ".join(result.notes)
    assert "ask the plan: What is the allowed amount for one unit of 97124?" in notes
    # 12 × 48.00 = 576.00 − 150.00 = 426.00; 60 %
    assert "An example only: if the plan allowed half of the price, it would pay $255.60." in notes


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"massage_excluded": "yes"}, "Not covered: stop here."),
        ({"only_within_other_therapy": "yes"}, "Only from another kind of provider."),
        ({"out_of_network_benefit": "no"}, "In the network only."),
    ],
)
def test_where_the_plan_pays_nothing_no_sum_makes_it_pay(tmp_path: Path, answers: dict[str, str], words: str) -> None:
    result = shown(tmp_path, a_priced({**GOOD, **answers}))
    assert result.says[0].startswith(words)
    assert result.blocks == ()
    assert any("$0.00, because of the verdict" in line for line in result.says)
    assert result.data["worth"]["high"] == Decimal("0.00")  # type: ignore[index]


def test_while_coverage_is_not_certain_the_least_is_nothing(tmp_path: Path) -> None:
    result = shown(tmp_path, a_priced({**GOOD, "massage_excluded": "not sure"}))
    assert result.data["worth"]["low"] == Decimal("0.00")  # type: ignore[index]
    assert result.data["worth"]["high"] == Decimal("464.40")  # type: ignore[index]
    assert any("count on nothing" in line for line in result.says)


def test_a_stop_needs_no_visits_and_no_price(tmp_path: Path) -> None:
    case = a_case(
        plan=a_plan(rules=None),
        coverage=(a_coverage(answers={"massage_excluded": "yes"}),),
        sessions=(),
        prescriptions=(),
    )
    result = shown(tmp_path, case)
    assert result.data["worth"] is None
    assert result.says[0].startswith("Not covered")


def test_what_is_missing_is_named_by_its_option(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", a_case(sessions=(), prescriptions=()))
    with today_is(TODAY):
        assert lacking(folder, None, None) == ("--visits", "--price")
        assert lacking(folder, "12", None) == ("--price",)
        with pytest.raises(UsageProblem) as refused:
            worth(folder)
    assert [problem.says.split()[0] for problem in refused.value.problems] == ["--visits", "--price"]


@pytest.mark.parametrize("visits", ["0", "-1", "1.5", "twelve", "367", "", "٣"])
def test_a_number_of_visits_that_cannot_be_is_refused(tmp_path: Path, visits: str) -> None:
    assert refuse_visits(visits)
    with pytest.raises(UsageProblem) as refused:
        shown(tmp_path, a_case(), visits=visits)
    assert refused.value.problems[0].says.startswith("--visits: ")


@pytest.mark.parametrize("price", ["0", "0.00", "-5", "9.5", "lots", "", "1e5", "1000000"])
def test_a_price_that_cannot_be_is_refused(tmp_path: Path, price: str) -> None:
    assert refuse_price(price)
    with pytest.raises(UsageProblem) as refused:
        shown(tmp_path, a_case(), price=price)
    assert refused.value.problems[0].says.startswith("--price: ")


def test_the_command_line(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", a_priced(GOOD))
    before = files(folder)
    with today_is(TODAY):
        plain = run("verify-coverage", "-C", folder, "--worth", "--no-input")
        data = run("verify-coverage", "-C", folder, "--worth", "--visits", 12, "--price", "96.00", "--json").json[
            "data"
        ]
        alone = run("verify-coverage", "-C", folder, "--visits", 12, "--no-input")
        wrong = run("verify-coverage", "-C", folder, "--worth", "--visits", "many", "--no-input")
    assert plain.code == 0
    assert "Expected from the plan for 11 visits (left of the order of March 2, 2026): $464.40." in plain.flat
    assert all(len(line) <= 80 for line in plain.out.splitlines() if not line.startswith("Next: "))
    assert (data["worth"]["high"], data["verdict"]["name"]) == ("514.80", "out_of_network_superbill")
    assert (alone.code, wrong.code) == (2, 2)
    assert "--visits goes with --worth" in alone.err
    assert "--visits: this is not a number of visits" in wrong.err
    assert files(folder) == before


def test_the_order_with_visits_left_is_the_plan(tmp_path: Path) -> None:
    case = a_case(prescriptions=(a_prescription(visits=4),), coverage=(a_coverage(answers=GOOD),))
    assert any("3 visits (left of the order of March 2, 2026)" in line for line in shown(tmp_path, case).says)
