"""A code or a word in plain words; what nobody knows is said to be unknown."""

from __future__ import annotations

import pytest

from massage_claim.actions.explain import explain
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


@pytest.mark.parametrize(("word", "near"), [("deductable", "deductible"), ("M54.58", "M54.5"), ("medicar", "medicare")])
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
