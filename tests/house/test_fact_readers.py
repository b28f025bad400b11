"""No fact ships that nothing reads: each name of the library, each field of a kind, and each number that is known by its name has a reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from inspect import isclass
from pathlib import Path

import pytest

import massage_claim
from massage_claim.facts.fact import Fact
from massage_claim.facts.library import KINDS, Facts, everything
from massage_claim.frozen import fields_of
from massage_claim.shipped import shipped

HOUSE = Path(massage_claim.__file__).parent
ROOM = HOUSE / "facts"
ALL_KINDS = [kind for kinds in KINDS.values() for kind in kinds]

NO_READER_YET = {
    "AppealLevel.decides",
    "AppealLevel.passes_on",
    "Evidence.pmid",
    "Measure.ships_questions",
    "PlanKind.therapist_paid",
    "UnitRule.pooled",
    "estimate-dispute-fee",
    "estimate-dispute-threshold",
}
"""Stated with their source, and waiting for the code that uses them; whatever gets a reader leaves this list, and nothing joins it."""


def read_all(paths: Iterator[Path]) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


OUTSIDE = read_all(path for path in HOUSE.rglob("*.py") if ROOM not in path.parents)
INSIDE = read_all(ROOM.glob("*.py"))
TEMPLATES = read_all(shipped("templates").rglob("*.j2"))


def is_read(name: str, *texts: str) -> bool:
    return any(re.search(rf"\.{name}\b", text) for text in texts)


def test_the_library_names_every_kind_and_every_file() -> None:
    modules = [import_module(f"massage_claim.facts.{path.stem}") for path in sorted(ROOM.glob("*.py"))]
    kinds = {
        thing
        for module in modules
        for thing in vars(module).values()
        if isclass(thing) and issubclass(thing, Fact) and hasattr(thing, "place")
    }
    assert kinds == set(ALL_KINDS)
    assert len(ALL_KINDS) == len(kinds)
    assert {path.stem for path in ROOM.glob("*.yaml")} == set(KINDS)


@pytest.mark.parametrize("name", sorted(Facts.__annotations__))
def test_each_name_of_the_library_is_read(name: str) -> None:
    for_a_property = {
        "terms": "self.terms",
        "diagnosis_releases": "DiagnosisRelease)",
        "earlier_diagnosis_codes": "EarlierCodes)",
    }
    if name in for_a_property:
        assert for_a_property[name] in (ROOM / "library.py").read_text(encoding="utf-8")
    else:
        assert is_read(name, OUTSIDE, TEMPLATES)


def test_each_field_of_a_kind_is_read() -> None:
    own = {kind: fields_of(kind).keys() - set(kind.place.keys) for kind in ALL_KINDS}
    unread = {
        f"{kind.__name__}.{name}"
        for kind, names in own.items()
        for name in names
        if not is_read(name, OUTSIDE, INSIDE, TEMPLATES)
    }
    assert unread == {name for name in NO_READER_YET if "." in name}


@pytest.mark.parametrize("section", ["claim_rules", "amounts", "choices", "unit_rules", "day_remarks", "phases"])
def test_each_number_that_is_known_by_its_name_is_asked_for(section: str) -> None:
    names = {fact.known_as for _, found, fact in everything() if found == section}
    assert names
    assert {name for name in names if f'"{name}"' not in OUTSIDE} - _told_by_facts() - NO_READER_YET == set()


def _told_by_facts() -> set[str]:
    """Names of amounts that another fact calls for."""
    return {amount for _, _, fact in everything() if isinstance(amount := getattr(fact, "amount", None), str)}
