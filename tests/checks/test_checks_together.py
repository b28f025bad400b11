"""All checks together: none raises whatever is missing, none repeats a person's words, none judges what was sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from bad_cases import bad_cases
from builders import TODAY, a_case, a_claim, a_decision, an_appeal, an_authorization
from checks_assert import well_said
from massage_claim import yamltext
from massage_claim.calc.steps import list_steps
from massage_claim.checks import find
from massage_claim.facts.library import facts_on
from massage_claim.models.case import Case
from massage_claim.models.record import Record, from_tree, to_tree
from massage_claim.yamltext import Node

CANARY = "Quetzalcoatlus"
FACTS = facts_on(TODAY)


def full_case() -> Case:
    return a_case(
        claims=(a_claim(),),
        decisions=(a_decision(),),
        appeals=(an_appeal(),),
        authorizations=(an_authorization(),),
    )


def with_record(case: Case, old: Record, new: Record) -> Case:
    """The case with one record in place of another, and without trees, as for a file that is gone."""
    for name, value in vars(case).items():
        if value is old:
            return replace(case, **{name: new})
        if isinstance(value, tuple) and any(item is old for item in value):
            return replace(case, **{name: tuple(new if item is old else item for item in value)})
    raise AssertionError(old.record_id)


def without_each_field(
    node: Mapping[str, Node], path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], dict[str, Node]]]:
    """The tree again and again, each time without one of its fields, at any depth of groups."""
    for key, value in node.items():
        yield (*path, key), {other: item for other, item in node.items() if other != key}
        if isinstance(value, dict):
            for deeper, changed in without_each_field(value, (*path, key)):
                yield deeper, {**node, key: changed}
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for deeper, changed in without_each_field(value[0], (*path, key)):
                yield deeper, {**node, key: [changed, *value[1:]]}


def test_no_check_raises_whichever_field_is_missing() -> None:
    case = full_case()
    tried = 0
    for unsent in (case, replace(case, claims=())):
        for record in unsent.everything():
            for path, tree in without_each_field(to_tree(record)):
                text = yamltext.write(tree)
                changed, _ = from_tree(type(record), yamltext.read(text, "x.yaml"), record.record_id)
                if changed is None:
                    continue  # the models refuse it: it never reaches a check
                tried += 1
                bent = with_record(unsent, record, changed)
                for finding in find(bent, FACTS, TODAY):
                    well_said(finding)
                assert len(list_steps(bent, FACTS, TODAY)) == 7, path
    assert tried > 200


def test_no_check_raises_without_a_whole_kind_of_record() -> None:
    case = full_case()
    for name, value in vars(case).items():
        if isinstance(value, tuple) and value:
            for finding in find(replace(case, **{name: ()}), FACTS, TODAY):
                well_said(finding)
            assert len(list_steps(replace(case, **{name: ()}), FACTS, TODAY)) == 7


def test_no_message_repeats_what_a_person_wrote() -> None:
    heard = 0
    for case in bad_cases().values():
        marked = case
        for record in case.everything():
            tree = to_tree(record)
            for key, value in tree.items():
                marked_tree = {**tree, key: _marked(value)}
                changed, _ = from_tree(
                    type(record), yamltext.read(yamltext.write(marked_tree), "x.yaml"), record.record_id
                )
                if changed is not None and marked_tree != tree:
                    tree = marked_tree
                    heard += 1
            final, _ = from_tree(type(record), yamltext.read(yamltext.write(tree), "x.yaml"), record.record_id)
            if final is not None and final != record and record.record_id in {r.record_id for r in marked.everything()}:
                marked = with_record(
                    marked, next(r for r in marked.everything() if r.record_id == record.record_id), final
                )
        for finding in find(marked, FACTS, TODAY):
            if finding.check in SHOWS_FILE_NAMES:
                continue
            assert CANARY not in f"{finding.says} {finding.fix} {finding.because}", finding.check
    assert heard > 100


SHOWS_FILE_NAMES = frozenset({"attachments_are_described_and_unchanged"})


def _marked(node: Node) -> Node:
    if isinstance(node, dict):
        return {key: _marked(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_marked(item) for item in node]
    words = str(node)
    return f"{words} {CANARY}" if " " in words or words.isalpha() else node


@pytest.mark.parametrize("name", list(bad_cases()))
def test_what_was_sent_is_never_judged_again(name: str) -> None:
    case = bad_cases()[name]
    if not case.sessions:
        return
    sent = replace(case, claims=(a_claim(case.sessions),), decisions=())
    tied = [finding.check for finding in find(sent, FACTS, TODAY) if finding.session is not None]
    assert tied == []


def test_relaxation_is_never_judged_as_treatment() -> None:
    for case in bad_cases().values():
        only = tuple(session.model_copy(update={"purpose": "relaxation"}) for session in case.sessions)
        bent = replace(case, sessions=only, claims=(), decisions=())
        tied = {finding.check for finding in find(bent, FACTS, TODAY) if finding.session is not None}
        assert tied <= {"dates_are_possible"}
