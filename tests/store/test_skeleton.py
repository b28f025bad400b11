"""A skeleton explains every field, reads back through its model, and keeps what was filled in."""

from __future__ import annotations

import pytest

from field_texts import EVERY_KIND, full_tree
from massage_claim import yamltext
from massage_claim.models.case import CaseSettings
from massage_claim.models.people import Patient
from massage_claim.models.plan import Plan
from massage_claim.models.record import Record, fields_of, from_tree, to_tree
from massage_claim.store.skeleton import WIDTH, skeleton


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_filled_skeleton_reads_back_equal(kind: type[Record]) -> None:
    tree = full_tree(kind)
    text = skeleton(kind, "A heading that explains what this file is for.", tree)
    made, problems = from_tree(kind, yamltext.read(text, "x.yaml"), "a/b")
    assert problems == ()
    assert made is not None
    assert made == from_tree(kind, yamltext.read(yamltext.write(tree), "x.yaml"), "a/b")[0]
    assert max(len(line) for line in text.splitlines()) <= WIDTH + 2


@pytest.mark.parametrize(("kind", "given"), [(CaseSettings, {"format": "1"}), (Patient, {}), (Plan, {})])
def test_an_empty_skeleton_counts_as_unknown_everywhere(kind: type[Record], given: dict[str, yamltext.Node]) -> None:
    text = skeleton(kind, "Heading.", given)
    made, problems = from_tree(kind, yamltext.read(text, "x.yaml"), "x")
    assert problems == ()
    assert made == from_tree(kind, yamltext.read(yamltext.write(given), "x.yaml"), "x")[0]
    for name in fields_of(kind):
        assert f"\n{name}:" in text


def test_every_field_has_its_sentence_above_it() -> None:
    lines = skeleton(Patient, "Heading.", {"name": "Zoë: #1", "address": {"zip": "02139"}}).splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("name:"))
    assert lines[at - 1] == f"# {fields_of(Patient)['name']}"
    assert "  # ZIP code, five or nine digits." in lines
    assert "  zip: 02139" in lines
    made, _ = from_tree(Patient, yamltext.read("\n".join(lines), "p"), "patient")
    assert made is not None
    assert to_tree(made) == {"name": "Zoë: #1", "address": {"zip": "02139"}}
