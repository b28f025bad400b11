"""Every record kind: what is written is read back equal, every field explains itself, no message repeats a value."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from field_texts import EVERY_KIND, blocks_in, full_tree, trees
from massage_claim import yamltext
from massage_claim.models.record import Block, Record, fields_of, from_tree, to_tree
from massage_claim.yamltext import Node

CANARY = "Canary-Zq 7 hurts"
CANARY_NUMBER = "4471829.0123456"


def _read(kind: type[Record], tree: dict[str, Node]) -> tuple[Record | None, tuple[Any, ...]]:
    name = f"{kind.FOLDER or 'x'}/y"
    return from_tree(kind, yamltext.read(yamltext.write(tree), f"{name}.yaml"), name)


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_full_record_is_read_back_equal_with_every_field(kind: type[Record]) -> None:
    tree = full_tree(kind)
    record, problems = _read(kind, tree)
    assert record is not None, problems
    assert set(to_tree(record)) == set(tree) == set(fields_of(kind))
    assert _read(kind, to_tree(record)) == (record, ())


@pytest.mark.parametrize("kind", EVERY_KIND)
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(data=st.data())
def test_whatever_is_accepted_is_written_and_read_back_equal(kind: type[Record], data: st.DataObject) -> None:
    record, problems = _read(kind, data.draw(trees(kind)))
    assume(record is not None or not all(problem.says.startswith("The ") for problem in problems))
    assert record is not None, problems
    assert _read(kind, to_tree(record)) == (record, ())


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_every_field_is_described_in_one_short_sentence(kind: type[Record]) -> None:
    for block in blocks_in(kind):
        for name, sentence in fields_of(block).items():
            place = f"{block.__name__}.{name}"
            assert sentence.rstrip("…").strip() != "", place
            assert sentence.endswith((".", "?", "…")), place
            assert len(sentence.split()) <= 25, place


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_every_record_and_group_is_frozen_and_refuses_unknown_fields(kind: type[Record]) -> None:
    record, _ = _read(kind, full_tree(kind))
    assert record is not None
    for name in type(record).model_fields:
        with pytest.raises(ValidationError, match="frozen"):
            setattr(record, name, None)
    for block in blocks_in(kind):
        assert block.model_config["frozen"], block
        assert block.model_config["extra"] == "forbid", block


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_an_unknown_field_anywhere_is_named_with_its_line(kind: type[Record]) -> None:
    for path in _groups(full_tree(kind), ()):
        tree = copy.deepcopy(full_tree(kind))
        group = _at(tree, path)
        group["zzqx_field"] = "1"
        text = yamltext.write(tree)
        line = next(number for number, words in enumerate(text.splitlines(), 1) if "zzqx_field" in words)
        record, problems = from_tree(kind, yamltext.read(text, "a/b.yaml"), "a/b")
        if path and path[0] in ("answers", "examined"):
            assert record is not None, "these two take any names"
            continue
        assert record is None, path
        assert [str(problem.where) for problem in problems] == [f"a/b.yaml:{line}"]
        assert "zzqx_field" in problems[0].says


@pytest.mark.parametrize("kind", EVERY_KIND)
@pytest.mark.parametrize(
    "wrong",
    [CANARY, CANARY_NUMBER, f"{CANARY}\n{CANARY}", [CANARY], {CANARY: CANARY_NUMBER}, [{CANARY: [CANARY]}], "\x01"],
)
def test_no_message_repeats_a_value(kind: type[Record], wrong: Node) -> None:
    """A wrong value in each place; and once in all places together."""
    seen = 0
    for path in _leaves(full_tree(kind), ()):
        tree = copy.deepcopy(full_tree(kind))
        _at(tree, path[:-1])[path[-1]] = copy.deepcopy(wrong)
        seen += _silent(kind, tree)
    everywhere = {name: copy.deepcopy(wrong) for name in full_tree(kind)}
    assert _silent(kind, everywhere) + seen > 0, "no wrong value was refused"


def _silent(kind: type[Record], tree: dict[str, Node]) -> int:
    _, problems = _read_raw(kind, tree)
    for problem in problems:
        words = f"{problem.says} {problem.fix} {problem.because} {problem.where}"
        assert "Canary" not in words, words
        assert "4471829" not in words, words
        assert "\x01" not in words
        assert problem.fix[:1].isupper(), words
        assert problem.fix.endswith((".", "?")), words
        assert "``" not in words, words
    return len(problems)


def _read_raw(kind: type[Record], tree: dict[str, Node]) -> tuple[Record | None, tuple[Any, ...]]:
    return from_tree(kind, yamltext.Tree("a/b.yaml", tree, {}), "a/b")


def _leaves(node: Node, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _leaves(value, (*path, key))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _leaves(value, (*path, number))
    if path:
        yield path


def _groups(node: Node, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    if isinstance(node, dict):
        yield path
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        yield from _groups(value, (*path, key))


def _at(node: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        node = node[step]
    return node


def test_the_models_know_every_group() -> None:
    names = {block.__name__ for kind in EVERY_KIND for block in blocks_in(kind)}
    assert {"Service", "Note", "Pain", "Address", "LimitRule", "Adjustment", "ServiceLine", "Criterion"} <= names
    assert all(issubclass(block, Block) for kind in EVERY_KIND for block in blocks_in(kind))
