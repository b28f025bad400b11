"""A fact that is looked up by its code is the one of the whole file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from massage_claim.facts.files import FOLDER, shipped_facts
from massage_claim.facts.lookup import LookedUp

from massage_claim.errors import Unreadable
from massage_claim.facts import files, lookup
from massage_claim.facts.fact import Fact

DAY = date(2026, 3, 1)
LISTS = [
    ("denial_codes", "groups", "code"),
    ("denial_codes", "carcs", "code"),
    ("denial_codes", "rarcs", "code"),
    ("licences", "licences", "state"),
]


@pytest.mark.parametrize(("file", "section", "field"), LISTS)
def test_every_entry_is_found_and_is_the_one_of_the_whole_file(file: str, section: str, field: str) -> None:
    found: LookedUp[Fact] = LookedUp(file, section, field, DAY)
    whole = {getattr(fact, field): fact for fact in shipped_facts(file)[section] if fact.holds_on(DAY)}
    assert list(found) == list(whole)
    assert len(found) == len(whole) > 3
    assert {code: found[code] for code in whole} == whole


@pytest.mark.parametrize("code", ["", "no", "5", ".", "50\n", '50"', "CO", "- code", "(", "50, x"])
def test_what_is_no_code_is_not_found(code: str) -> None:
    found: LookedUp[Fact] = LookedUp("denial_codes", "rarcs", "code", DAY)
    assert code not in found
    assert found.get(code) is None


def test_a_fact_holds_on_its_days_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _shipped(tmp_path, monkeypatch, BOTH_DAYS)
    early, late = (LookedUp[Fact]("denial_codes", "groups", "code", date(year, 1, 1)) for year in (2016, 2026))
    assert [found["CO"].words for found in (early, late)] == ["Before.", "After."]  # type: ignore[attr-defined]
    assert LookedUp[Fact]("denial_codes", "groups", "code", date(2014, 1, 1)).get("CO") is None


def test_a_mistake_is_found_on_its_line_when_its_entry_is_looked_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _shipped(tmp_path, monkeypatch, BOTH_DAYS.replace("words: After.", "word: After."))
    with pytest.raises(Unreadable) as raised:
        LookedUp[Fact]("denial_codes", "groups", "code", DAY).get("CO")
    assert {str(problem.where) for problem in raised.value.problems} == {
        "facts/denial_codes.yaml:15",
        "facts/denial_codes.yaml:16",
    }


BOTH_DAYS = """\
sources:
  x: {title: A list, section: all of it}
shared: {verified: 2026-11-23, from: 2015-10-01, source: x}

groups:
  - code: PR
    words: Another.
    patient_owes: "yes"
  - code: CO
    words: Before.
    patient_owes: "no"
    until: 2019-12-31

  # from here on
  - code: CO
    words: After.
    patient_owes: "no"
    from: 2020-01-01

carcs:
  - code: CO
    nonsense: true
"""


def _shipped(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    (folder / "denial_codes.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(lookup, "FOLDER", folder)
    lookup._entries_of.cache_clear()
    monkeypatch.setattr(lookup, "_entries_of", lookup._entries_of.__wrapped__)
    assert files.FOLDER == FOLDER != folder
