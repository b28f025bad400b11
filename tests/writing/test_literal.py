"""A value stays a value: in every place of a paper, whatever it contains, it comes out as the same text."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import DictLoader
from markupsafe import Markup

from massage_claim.errors import Where
from massage_claim.writing import markdown, template_code
from massage_claim.writing.blocks import Block, Paragraph, Run
from massage_claim.writing.formats import NotText
from massage_claim.writing.literal import join, lines, literal, restore
from massage_claim.writing.sandbox import Sandbox

HOLE = "Q"  # stands for the value; no template below has this letter

PLACES = {
    "paragraph": "X {{ v }} Y\n",
    "alone": "{{ v }}\n",
    "glued": "X{{ v }}Y\n",
    "bold": "**{{ v }}** Y\n",
    "bold inside a word": "X**{{ v }}**Y\n",
    "italic": "*{{ v }}* Y\n",
    "italic by underscore": "_{{ v }}_ Y\n",
    "bold and italic": "***{{ v }}*** Y\n",
    "code": "`{{ v }}` Y\n",
    "brackets": "X [{{ v }}] Y [Dr.: {{ v }}]\n",
    "link text": "[{{ v }}](https://example.org) Y\n",
    "link address": "[x](https://example.org/{{ v }}) Y\n",
    "entity": "X &{{ v }}; Y\n",
    "angle": "X <{{ v }}> Y\n",
    "backslash": "X \\{{ v }} Y\n",
    "list item": "- {{ v }}\n- Y\n",
    "item of a numbered list": "1. {{ v }}\n2. Y\n",
    "item after a paragraph": "Y\n- X {{ v }}\n",
    "list number": "{{ v }}. Y\n",
    "heading": "# {{ v }} Y\n",
    "heading end": "## Y {{ v }}\n",
    "heading mark": "{{ v }}# Y\n",
    "quote": "> {{ v }}\n> Y\n",
    "table cell": "| a | b |\n|---|--:|\n| {{ v }} | Y |\n| Y | {{ v }} |\n",
    "table head": "| {{ v }} | b |\n|---|---|\n| Y | Z |\n",
    "table cell by itself": "a | b\n--|--\n{{ v }} | Y\n",
    "second line": "Y\n{{ v }}\nZ\n",
    "after an indent": "Y\n\n    {{ v }} Z\n",
    "before a line of dashes": "{{ v }} Y\n---\n",
    "before a line of bars": "{{ v }} Y\n===\n",
    "definition": "[{{ v }}]: Y\n",
    "definition end": "[Y]: {{ v }}\n",
    "box": "::: box\n{{ v }} Y\n:::\n",
    "columns": ":::: columns\n::: col\n{{ v }} Y\n:::\n::: col\nZ\n:::\n::::\n",
    "field": "::: fields\n- Y: {{ v }} Z\n:::\n",
    "field label": "::: fields\n- {{ v }} Y: Z\n:::\n",
    "field title": '::: fields title="{{ v }} Y"\n- a: b\n:::\n',
    "signature": "::: signature\n{{ v }} Y\n\n{{ v }} Z\n:::\n",
    "slot": "::: slot key={{ v }}\n",
    "slot in quotes": '::: slot "{{ v }}"\n',
    "colons": "::{{ v }} Y\n",
    "macro": "{% macro m(x) %}**{{ x }}** Y{% endmacro %}{{ m(v) }}\n",
    "macro and value": "{% macro m(x) %}*Y* {% endmacro %}{{ m(1) ~ v ~ m(1) }}\n",
    "macro plus value": "{% macro m(x) %}*Y* {% endmacro %}{{ m(1) + v }}\n",
    "macro joined": "{% macro m(x) %}*Y* {% endmacro %}{{ [m(1), v]|join('*') }}\n",
    "set block": "{% set b %}Y **{{ v }}**{% endset %}{{ b }}\n",
    "loop": "{% for x in [v, v] %}\n- {{ x }} Y\n{% endfor %}\n",
    "escaped once": "{{ v|lines }} Y\n",
    "constant": "{{ v }}{{ '*a* #' }} Y\n",
}

SIGNS = "*_`#>-+=|<>&[]()!\\.:~\"'$%^{}1 \t\n\r/@;,a0\u00a0\u2028\u200b\u0085\x00\x0b\ue000\ue003\ue005\ufffd(“”—"
LETTERS = st.one_of(st.sampled_from(SIGNS), st.characters(exclude_categories=["Cs"]))
STARTS = (
    "#",
    "|",
    ":::",
    "1.",
    "-",
    ">",
    "    ",
    "[x]: y",
    "---",
    "===",
    "***",
    "```",
    "<b>",
    "![i](j)",
    "{{",
    "&amp;",
    "\\",
)
VALUES = st.one_of(
    st.text(LETTERS, max_size=40),
    st.tuples(st.sampled_from(STARTS), st.text(LETTERS, max_size=20)).map("".join),
    st.tuples(st.text(LETTERS, max_size=9), st.sampled_from(STARTS), st.text(LETTERS, max_size=9)).map("\n".join),
)

# Every hostile string goes through these; through each other place goes every fifth, another fifth in each.
EVERY_STRING = ("paragraph", "alone", "bold inside a word", "list item", "heading", "table cell", "field", "slot")

SANDBOX = Sandbox(DictLoader(PLACES))


def drawn(place: str, value: str) -> tuple[Block, ...]:
    SANDBOX.begin()
    rendered = SANDBOX.get_template(place).render(v=value)
    rows, origins = template_code.remove_marks(rendered, lambda number: "t")
    assert all(isinstance(each, Where) for each in origins)

    def slot(attributes: Any) -> list[Block]:
        return [Paragraph((Run(f"{key}={word}"),)) for key, word in attributes.items()]

    return markdown.to_blocks(rows, origins, {"slot": slot})


def filled(node: Any, value: str) -> Any:
    """The same blocks with `value` wherever the hole stood."""
    if isinstance(node, str):
        return node.replace(HOLE, value)
    if isinstance(node, tuple):
        return tuple(filled(each, value) for each in node)
    if dataclasses.is_dataclass(node) and not isinstance(node, type):
        kept = {"link"} if isinstance(node, Run) else set()
        changes = {f.name: filled(getattr(node, f.name), value) for f in dataclasses.fields(node) if f.name not in kept}
        return dataclasses.replace(node, **changes)
    return node


def without_links(node: Any) -> Any:
    if isinstance(node, tuple):
        return tuple(map(without_links, node))
    if isinstance(node, Run):
        return dataclasses.replace(node, link="…" if node.link else None)
    if dataclasses.is_dataclass(node) and not isinstance(node, type):
        return dataclasses.replace(
            node, **{f.name: without_links(getattr(node, f.name)) for f in dataclasses.fields(node)}
        )
    return node


def single_spaced(value: str) -> str:
    return " ".join("".join(c for c in value if c.isspace() or unicodedata.category(c) != "Cc").split())


def assert_same(place: str, value: str) -> None:
    if place == "escaped once":
        assert without_whitespace(drawn(place, value)) == without_whitespace(filled(drawn(place, HOLE), value))
        return
    expected = without_links(filled(drawn(place, HOLE), single_spaced(value)))
    assert without_links(drawn(place, value)) == expected, (place, value)


def without_whitespace(blocks: tuple[Block, ...]) -> str:
    assert len(blocks) == 1
    assert isinstance(blocks[0], Paragraph)
    return "".join(single_spaced("".join(run.text for run in blocks[0].text)).split())


@pytest.mark.parametrize("place", PLACES)
@settings(max_examples=30)
@given(value=VALUES)
def test_any_value_comes_out_as_the_same_text_and_changes_nothing_around_it(place: str, value: str) -> None:
    if single_spaced(value):
        assert_same(place, value)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("file", ["blns.json", "ssti/ssti.fuzz"])
def test_hostile_strings_come_out_as_the_same_text(place: str, file: str, corpus: Callable[[str], list[str]]) -> None:
    start, step = (0, 1) if place in EVERY_STRING else (list(PLACES).index(place) % 5, 5)
    for value in corpus(file)[start::step]:
        if single_spaced(value):
            assert_same(place, value)


def test_every_hostile_corpus_is_long_enough_to_prove_something(corpus: Callable[[str], list[str]]) -> None:
    assert len(corpus("blns.json")) > 500
    assert len(corpus("ssti/ssti.fuzz")) > 50


@pytest.mark.parametrize("place", ["bold", "list item", "heading", "table cell", "quote", "field", "second line"])
def test_an_empty_value_changes_nothing_around_it(place: str) -> None:
    def kinds(node: Any) -> Any:
        if isinstance(node, tuple):
            return [kinds(each) for each in node if not isinstance(each, Run)]
        if dataclasses.is_dataclass(node) and not isinstance(node, type):
            return type(node).__name__, [kinds(getattr(node, f.name)) for f in dataclasses.fields(node)]
        return None

    with_text = drawn(place, HOLE)
    assert kinds(drawn(place, "")) == kinds(with_text) or place == "list item"
    assert "*" not in repr(drawn(place, ""))


@given(st.text(LETTERS))
def test_the_letters_come_back(value: str) -> None:
    assert restore(literal(value)) == single_spaced(value)


def test_lines_keep_typed_breaks_and_drop_empty_ends() -> None:
    assert restore(lines("\n 12 Main St \r\nApt #4\n\n\n\nColumbus\n")) == "12 Main St\nApt #4\n\nColumbus"
    assert restore(lines(["12 Main St", " ", "", "Columbus,  OH"])) == "12 Main St\nColumbus, OH"


def test_what_a_template_made_passes_and_what_was_typed_beside_it_stays_literal() -> None:
    made = Markup("**x**")
    assert literal(made) == made
    assert join(made, "*") == made + literal("*")
    assert join("a*", "b") == "a*b"
    assert not isinstance(join("a*", "b"), Markup)


@pytest.mark.parametrize("value", [None, True, object(), {"a": 1}, float("nan")])
def test_a_value_without_a_text_is_refused(value: object) -> None:
    with pytest.raises(NotText) as caught:
        literal(value)
    assert caught.value.fix
