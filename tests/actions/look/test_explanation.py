"""A code or a word in plain words; what nobody knows is said to be unknown."""

from __future__ import annotations

import re

import pytest

from massage_claim.actions.look.explanation import explain
from massage_claim.checks import all_checks
from massage_claim.errors import UsageProblem


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("97124", "procedure code"),
        ("59", "modifier"),
        ("gp", "modifier"),
        ("11", "place of service"),
        ("CO-50", "reason code"),
        ("co 50", "reason code"),
        ("50", "reason code"),
        ("CO", "group code"),
        ("n290", "remark code"),
        ("M54.5", "diagnosis code that was split"),
        ("M54.2", "diagnosis code"),
        ("deductible", "word"),
        ("Allowed amount", "word"),
        ("odi", "measure"),
        ("employer-self-funded", "kind of plan"),
        ("oh", "state"),
        ("Texas", "state"),
        ("new york", "state"),
        ("M54.50", "diagnosis code"),
        ("not medically necessary", "kind of denial"),
        ("npi is valid", "check"),
        ("npi_is_valid", "check"),
        ("225700000X", "word"),
        ("lmt", "word"),
        ("NCCI", "word"),
        ("plan  year", "word"),
        ("plan-year", "word"),
        ("out of network", "word"),
        ("8 minute rule", "word"),
        ("97124-59", "procedure code"),
        ("97124 59", "modifier"),
        ("97124\u201359", "modifier"),
        ("N-290", "remark code"),
        ("n 290", "remark code"),
        ("HIT-6", "measure"),
    ],
)
def test_a_word_is_explained_with_its_source(word: str, kind: str) -> None:
    result = explain(word)
    meanings = {meaning["kind"]: meaning for meaning in result.data["meanings"]}  # type: ignore[attr-defined]
    assert kind in meanings
    assert meanings[kind]["says"]
    assert any(line.strip().startswith(("Source:", "Why:")) for line in result.says)


def test_every_check_is_explained() -> None:
    for name in all_checks():
        assert "Why:" in " ".join(explain(name).says)


def test_a_group_before_a_code_is_explained_too() -> None:
    assert any(line.strip().startswith("CO before it:") for line in explain("CO-50").says)
    assert not any("before it:" in line for line in explain("50").says)


def test_what_was_not_read_in_its_source_says_so() -> None:
    assert any("check with your plan" in line.lower() for line in explain("97010").says)


@pytest.mark.parametrize(("word", "near"), [("deductable", "deductible"), ("medicar", "medicare"), ("97125", "97124")])
def test_a_near_miss_is_named(word: str, near: str) -> None:
    with pytest.raises(UsageProblem) as refused:
        explain(word)
    assert near in refused.value.problems[0].fix
    assert word not in refused.value.problems[0].says


@pytest.mark.parametrize("word", ["", "   ", "zzzzzzzz", "\x1b[31m", "9" * 5000, "../../etc/passwd"])
def test_an_unknown_word_is_said_to_be_unknown(word: str) -> None:
    with pytest.raises(UsageProblem):
        explain(word)


def test_a_diagnosis_code_shows_its_list_and_never_a_code_to_use_instead() -> None:
    said = " ".join(explain("M54.50").says)
    assert "ICD-10-CM 2026, release of April 1, 2026: 74,719 codes, 97 kB" in said
    split = " ".join(explain("M54.5").says)
    assert "refused for visits after September 30, 2021" in split
    assert "Ask the prescriber for the finer code." in split
    assert "M54.50" not in split
    assert "M54.59" not in split


def test_a_check_says_what_should_hold_and_where_it_belongs() -> None:
    said = explain("npi is valid").says
    assert "  What should hold: every NPI (provider number) can be right, and is its owner's own." in said
    assert "  When it does not: must fix, in step 3 (Therapist)." in said


def test_a_source_that_was_read_says_when() -> None:
    assert any(line.endswith("(read 2026-11-23)") for line in explain("N290").says)


@pytest.mark.parametrize(
    "word", ["M54.58", "m54.58", "M54.6X", "M5458", "M545", "G44.27", "Z99.999", "M62.87", "N-999"]
)
def test_no_diagnosis_code_is_ever_offered_for_another(word: str) -> None:
    with pytest.raises(UsageProblem) as refused:
        explain(word)
    (problem,) = refused.value.problems
    assert "ICD-10-CM 2026, release of April 1, 2026" in problem.says
    assert problem.fix.startswith("Ask the prescriber")
    assert not re.search(r"[A-Z][0-9]", problem.fix)


@pytest.mark.parametrize("word", ["M54.2x9", "lumbago", "m54,5", "M 54.5 low back", "icd M54.2"])
def test_a_near_match_is_no_diagnosis_code(word: str) -> None:
    with pytest.raises(UsageProblem) as refused:
        explain(word)
    assert not re.search(r"\b[A-Z][0-9][0-9A-Z]\.", refused.value.problems[0].fix)


def test_a_code_with_modifiers_is_explained_part_by_part() -> None:
    said = {meaning["kind"]: meaning for meaning in explain("97124-59-ZZ").data["meanings"]}  # type: ignore[attr-defined]
    assert said["modifier"]["name"] == "ZZ"
    assert "not known here" in said["modifier"]["says"][0]
    whole, code, modifier = explain("97124-59").says, explain("97124").says, explain("59").says
    assert whole[: len(code)] == code
    assert whole[len(code) :] == modifier[: len(whole) - len(code)]
    assert whole[len(code)] == "59 (modifier)"


def test_what_to_do_and_what_a_letter_says_have_their_names() -> None:
    denied = " ".join(explain("CO-50").says)
    assert "What to do: ask the plan in writing to look again (an appeal)" in denied
    assert "In the letter: answers the plan's own definition" in denied
    share = " ".join(explain("PR-1").says)
    assert "What to do: nothing, if it is right." in share
    assert "When to object: only if the deductible was applied wrongly" in share
    assert "In the letter" not in " ".join(explain("16").says)
    assert "A change that counts: 10 of 50 points." in " ".join(explain("NDI").says)
    assert "license." not in " ".join(explain("WA").says).replace("licenses", "")
