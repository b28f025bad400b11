"""A fact file with a mistake is refused, with every mistake at file:line; nothing without a source loads."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from massage_claim.errors import Unreadable
from massage_claim.facts.codes import Modifier
from massage_claim.facts.fact import Duration, Source
from massage_claim.facts.fact_file import read_file
from massage_claim.facts.library import KINDS, Facts

GOOD = """\
sources:
  cms: {title: "Manual, ch. 5", section: "20.2"}
shared: {verified: 2026-11-23, from: 2015-10-01, source: cms}
modifiers:
  - code: GP
    words: Under a plan of care
    when: If the plan asked
"""


def refused(folder: Path, text: str, name: str = "modifiers") -> list[tuple[int | None, str]]:
    file = folder / f"{name}.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Unreadable) as caught:
        read_file(file, KINDS[name])
    for problem in caught.value.problems:
        assert problem.where is not None
        assert problem.where.file == f"facts/{name}.yaml"
        assert problem.fix.startswith(("Correct", "Check", "Close"))
    return [(problem.where.line, problem.says) for problem in caught.value.problems if problem.where]


def test_a_good_file_loads(tmp_path: Path) -> None:
    file = tmp_path / "modifiers.yaml"
    file.write_text(GOOD, encoding="utf-8")
    (fact,) = read_file(file, KINDS["modifiers"])[Modifier]
    assert fact.source == Source("Manual, ch. 5", "20.2")
    assert (fact.verified, fact.valid_from, fact.valid_until) == (date(2026, 11, 23), date(2015, 10, 1), None)
    assert fact.may_be_quoted


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (("source: cms}", "note: x}"), 5, "`source` is missing"),
        (("source: cms}", "source: other}"), 5, "`source` must hold title and section"),
        (("source: cms}", "source: {title: X}}"), 5, "`source` is not complete: `section` is missing"),
        (("source: cms}", 'source: {title: X, section: ""}}'), 5, "`source` is not complete: `section` must be a text"),
        (("2026-11-23", "2026-02-30"), 5, "`verified` must be a date"),
        (("2026-11-23", "20261123"), 5, "`verified` must be a date"),
        (("2026-11-23", "true"), 5, "`verified` must be a date"),
        (("verified: 2026-11-23, ", ""), 5, "`verified` is missing"),
        (("2026-11-23", "false"), 5, "`verified` is false, so a note must say"),
        (("from: 2015-10-01, ", ""), 5, "`from` is missing"),
        (("    when: If the plan asked\n", ""), 5, "`when` is missing"),
        (("when: If", "whne: If"), 7, "`whne` is not a key"),
        (("words: Under", "words: [Under"), 6, "not valid YAML"),
        (("words: Under a plan of care", "words: {a: b}"), 6, "`words` must be a text"),
        (("when: If the plan asked", "when: x\n    until: 2015-09-30"), 8, "`until` is before `from`"),
        (
            ("when: If the plan asked", "when: x\n    applies_to: [hmo]"),
            8,
            "`applies_to` must be one of: employer-insured",
        ),
        (
            ("when: If the plan asked", "when: x\n    applies_to:\n      - medicare\n      - hmo"),
            10,
            "`applies_to` must be one of",
        ),
        (("when: If the plan asked", "when: x\n    applies_to: {a: b}"), 8, "`applies_to` must be a list"),
        (("modifiers:", "modifers:"), 4, "`modifers` is not a section"),
        (("when: If the plan asked", "when: x\n  - {code: GP, words: y, when: z}"), 8, "given twice"),
        (("  - code: GP", "  - GP\n  - code: GP"), 5, "must hold keys and values"),
    ],
)
def test_a_mistake_is_named_at_its_line(tmp_path: Path, change: tuple[str, str], line: int, says: str) -> None:
    assert change[0] in GOOD
    found = refused(tmp_path, GOOD.replace(*change))
    assert any(where == line and says in text for where, text in found), found


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    text = (
        GOOD.replace("    when: If the plan asked\n", "") + "  - {code: KX, words: x, when: y, until: soon, extra: 1}\n"
    )
    found = refused(tmp_path, text)
    assert len(found) == 3
    assert found == sorted(found, key=lambda one: one[0] or 0)


def test_the_same_fact_for_other_days_is_no_mistake(tmp_path: Path) -> None:
    file = tmp_path / "modifiers.yaml"
    later = "    until: 2020-12-31\n  - {code: GP, words: y, when: z, from: 2021-01-01}\n"
    file.write_text(GOOD + later, encoding="utf-8")
    assert len(read_file(file, KINDS["modifiers"])[Modifier]) == 2
    assert refused(tmp_path, GOOD + later.replace("from: 2021-01-01", "from: 2020-12-31"))


@pytest.mark.parametrize(
    "limit", ["180", "{days: 0}", "{days: -1}", "{weeks: 2}", "{days: 1, months: 1}", "{days: six}", "[180]"]
)
def test_a_duration_is_one_number_with_its_unit(tmp_path: Path, limit: str) -> None:
    text = f"""\
shared: {{verified: 2026-11-23, from: 2015-10-01, source: {{title: T, section: S}}}}
deadlines:
  - name: n
    clock: internal_appeal
    starts: received
    words: w
    limit: {limit}
amounts:
  - {{name: a, dollars: 1.00, words: w}}
"""
    ((line, says),) = refused(tmp_path, text, "deadlines")
    assert line == 7
    assert "{days: 180}" in says


def test_kinds_check_what_belongs_together(tmp_path: Path) -> None:
    shared = "shared: {verified: 2026-11-23, from: 2015-10-01, source: {title: T, section: S}}\n"
    code = "{code: '50', words: w, action: appeal, severity: appealable}"
    both = refused(
        tmp_path,
        f"{shared}groups:\n  - {{code: CO, words: w, patient_owes: maybe}}\ncarcs:\n  - {code}\nrarcs:\n  - {code}\n",
        "denial_codes",
    )
    assert [line for line, _ in both] == [3, 5, 5, 7, 7]
    stop = "coverage_questions:\n  - {id: a, question: q, answer: yes-no, where: w, group: g, knock_out: true}\n"
    ((_, says),) = refused(tmp_path, shared + stop, "coverage_questions")
    assert "stop_answer" in says
    bands = "measures:\n  - {name: m, title: t, scoring: single, lowest: 0, highest: 10, unit: u, better: low, threshold_words: w, plain: p, bands: [[5, b], [1, a]]}\nremeasure:\n  - {visits: 6, days: 30, plateau_after: 3, words: w}\n"
    ((_, says),) = refused(tmp_path, shared + bands, "measures")
    assert "must rise" in says


def test_a_file_that_is_no_list_of_facts(tmp_path: Path) -> None:
    assert refused(tmp_path, "- a\n- b\n")[0][0] == 1
    assert refused(tmp_path, "shared: x\nmodifiers: y\n")


def test_a_typed_duration() -> None:
    assert Duration.of(days=180) == Duration(180, "days")
    assert Duration.of() is None
    assert str(Duration(1, "years")) == "1 year"
    assert str(Duration(3, "business_days")) == "3 business days"
    for wrong in ({"days": 1, "months": 1}, {"days": 0}):
        with pytest.raises(ValueError, match="one number"):
            Duration.of(**wrong)


def test_a_fact_holds_on_its_days_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "modifiers.yaml"
    later = "    until: 2020-12-31\n  - {code: GP, words: After., when: z, from: 2021-01-01}\n"
    file.write_text(GOOD + later, encoding="utf-8")
    both = read_file(file, KINDS["modifiers"])
    monkeypatch.setattr("massage_claim.facts.library.shipped_file", lambda name: both)
    early, late, before = (Facts(date(year, 6, 1)).modifiers for year in (2016, 2026, 2014))
    assert [found["GP"].words for found in (early, late)] == ["Under a plan of care", "After."]
    assert before.get("GP") is None
