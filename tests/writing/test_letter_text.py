"""A filled letter as Markdown, and back: the same blocks whatever was typed, and no template ever runs in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from massage_claim.errors import Unreadable
from massage_claim.writing.blocks import Paragraph, plain
from massage_claim.writing.front_matter import Vocabulary
from massage_claim.writing.letter_text import blocks_of
from massage_claim.writing.shelf import Library

WORDS = Vocabulary(*(frozenset({"x"}) for _ in range(5)))
TEMPLATE = """---
title: T
step: x
per: x
signer: x
---
# {{ value }} by name

{{ value }}

> {{ value|lines }}

Said **{{ value }}** and *{{ value }}*: {{ value }}.

- {{ value }}
1. {{ value|lines }}

| Head | {{ value }} |
|---|---|
| {{ value }} | x |

::: fields columns=1
- Label: {{ value }}
- Nothing: {{ nothing }}

- Last: {{ value }}
:::

::: signature
Signature

{{ value }}
:::
"""
NASTY = [
    "# not a heading",
    "| a | b |",
    "::: box",
    "1. first",
    "- item",
    "+ plus",
    "**bold** _it_ `code` ~~gone~~",
    "<b>x</b> <img src=/etc/passwd>",
    "[a](javascript:x) ![p](y)",
    "{{ 7*7 }} {% if x %}",
    "a\\b \\",
    "&amp; &#42;",
    "two\n\nparagraphs\n# more\n> quoted",
    "---",
    "===",
    "(x)",
    "2. \n::: end",
    "Nguyễn Đặng, Łukasz",
    "[^1] footnote",
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("templates")
    (folder / "t.md.j2").write_text(TEMPLATE, encoding="utf-8")
    return Library([folder], WORDS)


def same(library: Library, value: str) -> None:
    values = {"value": value, "nothing": ""}
    text = library.filled("t", values)
    assert not any("\ue000" <= letter <= "\ue005" for letter in text)
    assert blocks_of(text, "letters/x.md") == library.render("t", values, {})


@pytest.mark.parametrize("value", NASTY)
def test_a_value_that_looks_like_structure_comes_back_as_it_was(library: Library, value: str) -> None:
    same(library, value)


@settings(max_examples=40)
@given(
    st.text(
        st.characters(exclude_categories=["Cs", "Co", "Cc"]) | st.sampled_from("\n*_#|:>-`<&\\[]()~1."), max_size=40
    )
)
def test_any_value_comes_back_as_it_was(library: Library, value: str) -> None:
    same(library, value)


def test_usual_words_need_no_signs(library: Library) -> None:
    text = library.filled("t", {"value": "Dr. O'Hara, 2026-03-10 (PR-50): $90.00", "nothing": ""})
    assert "- Label: Dr. O'Hara, 2026-03-10 (PR-50): $90.00\n- Last:" in text
    assert "Nothing" not in text
    assert "\n\n\n" not in text


def test_template_signs_are_only_text() -> None:
    (block,) = blocks_of("{{ patient.name }} {% include 'x' %} {{ 7*7 }}", "letters/x.md")
    assert isinstance(block, Paragraph)
    assert plain(block.text) == "{{ patient.name }} {% include 'x' %} {{ 7*7 }}"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("fine\n\n<b>x</b>\n", 12, "HTML"),
        ("::: box\nnever closed\n", 10, "never closed"),
        ("::: service-lines\n", 10, "not known"),
        ("a\nb\ue000c", 11, "invisible"),
    ],
)
def test_a_mistake_is_told_at_its_line(text: str, line: int, says: str) -> None:
    with pytest.raises(Unreadable) as caught:
        blocks_of(text, "letters/x.md", 10)
    assert str(caught.value.problems[0].where) == f"letters/x.md:{line}"
    assert says in caught.value.problems[0].says
    assert "The template" not in caught.value.problems[0].says


def test_the_letter_of_an_example_reads_as_the_paper_does(tmp_path: Path) -> None:
    from appeal_scenes import LIBRARY, TODAY, full, letter_of, view_of
    from massage_claim.documents.build import fill
    from massage_claim.documents.claims import orders_of, sessions_of, view_claim
    from massage_claim.documents.scene import Scene
    from massage_claim.facts.library import facts_on
    from massage_claim.models.claim import Claim

    for case in (full(), full("practice")):
        view, decision = view_of(case), case.decisions[-1]
        claim = case.find(Claim, decision.about)
        assert claim is not None
        sessions = sessions_of(case, claim.lines)
        shown = view_claim(case, claim.id, claim.lines, claim)
        scene = Scene(
            case,
            facts_on(TODAY),
            TODAY,
            claim=shown,
            orders=orders_of(case, sessions),
            sessions=sessions,
            decision=decision,
            appeal=view,
        )
        assert blocks_of(fill(LIBRARY, "appeal_letter", scene), "x") == letter_of(case, view).blocks
